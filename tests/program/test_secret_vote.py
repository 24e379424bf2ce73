"""The proof that a vote is secret: whatever is chosen, the same is sent, and nothing is written."""

import re
import signal
from itertools import islice
from pathlib import Path

import pytest

from . import vote
from .sandbox import Sandbox

QUIET = 0.5
"""Seconds after which all is drawn that a key has changed."""

CHOICES = [
    ("met", "met", "met"),
    ("partly", "not met", "met"),
    ("not met", "not met", "not met"),
]


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.iterdir()}


def names_and_bytes(folder: Path) -> dict[str, bytes]:
    return {name: content for name, (content, _) in contents(folder).items()}


def test_whatever_is_chosen_the_bytes_and_the_folder_are_the_same_until_the_count(
    sandbox: Sandbox, full: bool
) -> None:
    file = vote.circle_with_a_vote(sandbox.sessions)
    before = file.path.read_bytes()
    sent, folders = [], []
    for choices in CHOICES if full else CHOICES[:2]:
        for each in sandbox.sessions.iterdir():
            each.unlink()
        file.path.write_bytes(before)
        terminal = vote.start_vote(sandbox)
        vote.begin(terminal)
        terminal.let_pass(QUIET)
        begun, at_start = len(terminal.raw), contents(sandbox.sessions)
        screens = [terminal.text]
        for seat, choice in zip(vote.SEATS, choices, strict=True):
            vote.put_in(terminal, seat, choice)
            # Neither a byte nor a time of any file has changed.
            assert contents(sandbox.sessions) == at_start
            screens.append(terminal.text)
        terminal.wait_for("Enter counts the votes. That can't be undone.")
        terminal.let_pass(QUIET)
        sent.append((bytes(terminal.raw[begun:]), screens))
        folders.append(
            {name: len(each) for name, each in names_and_bytes(sandbox.sessions).items()}
        )
        terminal.press("enter")
        terminal.wait_for("What comes back")
        assert len(sandbox.table("harbour", "judgings")) == vote.PARTS
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert all(each == sent[0] for each in sent)
    assert all(each == folders[0] for each in folders)


def test_a_program_that_writes_during_a_vote_is_caught(sandbox: Sandbox) -> None:
    """What the other tests here rely on: they would end as this one does."""
    vote.circle_with_a_vote(sandbox.sessions)
    writing = (
        "take = Box.take\n"
        "def taking(self, voter):\n"
        "    take(self, voter)\n"
        "    self.service.file.path.with_suffix('.votes').write_text(voter)\n"
        "Box.take = taking\n"
    )
    terminal = vote.start_vote(sandbox, writing)
    vote.begin(terminal)
    terminal.press("3")
    assert terminal.wait_exit() == vote.HAS_WRITTEN
    assert not [each for each in sandbox.files() if each.endswith(".votes")]


def test_killed_during_a_vote_nothing_is_lost_but_the_ballots(sandbox: Sandbox, full: bool) -> None:
    """At every key with --full; a sample: in the middle of the second voter's ballots."""
    vote.circle_with_a_vote(sandbox.sessions)
    for keys in range(1, vote.KEYS_OF_VOTE + 1) if full else (vote.KEYS_OF_VOTE // 2,):
        terminal = vote.start_vote(sandbox)
        before = contents(sandbox.sessions)
        for _ in islice(vote.keys_of_vote(terminal, "not met"), keys):
            assert contents(sandbox.sessions) == before
        terminal.kill(signal.SIGKILL)
        terminal.clear_away()
        assert contents(sandbox.sessions) == before
    terminal = vote.start_vote(sandbox)
    vote.begin(terminal)
    for seat in vote.SEATS:
        assert terminal.shows({3: "Priya", 4: "Lena", 5: "Sam"}[seat])
        vote.put_in(terminal, seat, "met")
    terminal.press("enter")
    terminal.wait_for(re.compile(r"Maya +100% comes back"))


@pytest.mark.parametrize("choice", ["not met"])
def test_a_crash_during_a_vote_leaves_no_choice_anywhere(sandbox: Sandbox, choice: str) -> None:
    vote.circle_with_a_vote(sandbox.sessions)
    crash = (
        "def crash(self, by):\n"
        "    ballots = self.vote.ballot_box._ballots\n"
        "    raise ValueError(str(ballots))\n"
        "VoteScreen.move_cursor = crash\n"
        # What a crash leaves behind is written after it.
        "failed = CircleApp._handle_exception\n"
        "def handle(self, error):\n"
        "    taken.clear()\n"
        "    failed(self, error)\n"
        "CircleApp._handle_exception = handle\n"
    )
    terminal = vote.start_vote(sandbox, crash)
    vote.begin(terminal)
    vote.put_in(terminal, 3, choice)
    terminal.press("down")
    assert terminal.wait_exit() != 0
    written = {
        str(path): path.read_bytes()
        for root in (sandbox.home, sandbox.temporary)
        for path in root.rglob("*")
        if path.is_file()
    }
    assert any("crash" in path for path in written), sorted(written)
    for path, content in written.items():
        for canary in (b"not met", b"NOT_MET"):
            assert canary not in content, path
    assert choice not in terminal.said_after_leaving
