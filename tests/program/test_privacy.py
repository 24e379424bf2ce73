"""What is nobody else's: files that only their owner reads, no words elsewhere, no network."""

import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import facilitator
from .sandbox import Sandbox
from .terminal import SOON

# Runs before the program: what it does outside is written down by Python itself.
WATCHED = """\
import os, sys

def watch(event, said):
    if event == "socket.__new__" and len(said) > 1 and said[1] == 1:
        return  # A pair of ends within this process, by which asyncio wakes itself.
    if event.split(".")[0] in {"socket", "http", "urllib", "ftplib", "smtplib", "webbrowser"}:
        with open("watched", "a") as file:
            print(event, said[1:], file=file)

sys.addaudithook(watch)
"""

ALL_MODULES = """\
import circle_tui, importlib, pkgutil
for each in pkgutil.walk_packages(circle_tui.__path__, "circle_tui."):
    if not each.name.endswith("__main__"):
        importlib.import_module(each.name)
"""

# It would have been noticed.
ASKS_THE_NETWORK = """\
print("so far", os.path.exists("watched"))
import socket
socket.getaddrinfo("localhost", 80)
"""

BREAKS = """\
import circle_tui.core.meeting.commands as moves
def promise(meeting, now, words):
    raise ValueError(f"{words!r} of {meeting.people}")
moves.promise._rule = promise
"""


@pytest.fixture
def open_handed() -> Iterator[None]:
    """A machine on which what is made is everybody's, unless its maker says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """The permissions of everything in a folder."""
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


@pytest.mark.usefixtures("open_handed")
def test_every_file_is_its_owners_alone_and_so_is_the_folder(sandbox: Sandbox) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    facilitator.end_share(terminal, "Ana")
    facilitator.add_commitment(terminal, "I call the printer")
    found = modes(sandbox.sessions)
    terminal.kill(signal.SIGKILL)
    again = sandbox.start()
    again.wait_for("I call the printer")
    again.press("q")
    assert again.wait_exit() == 0
    found |= modes(sandbox.sessions)
    assert {".json", ".live", ".live-wal", ".lock"} <= {
        name.removeprefix(facilitator.SLUG) for name in found
    }
    assert set(found.values()) == {0o600}
    assert stat.S_IMODE(sandbox.sessions.stat().st_mode) == 0o700


@pytest.mark.usefixtures("open_handed")
def test_what_is_set_aside_and_what_was_before_are_their_owners_alone_too(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    (sandbox.sessions / f"{facilitator.SLUG}.live").write_bytes(b"no meeting at all " * 300)
    terminal = sandbox.start()
    terminal.wait_for("damaged")
    terminal.press("x")
    terminal.wait_for("set aside")
    terminal.press("v")
    terminal.wait_for("w writes")
    terminal.press("w")
    terminal.wait_for("d to choose a review date")
    terminal.press("q")
    assert terminal.wait_exit() == 0
    found = modes(sandbox.sessions)
    assert found[f"{facilitator.SLUG}.json.bak"] == found[f"{facilitator.SLUG}.json"] == 0o600
    assert f"{facilitator.SLUG}.dropped" in found


@pytest.mark.sampled(1)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
def test_after_a_signal_the_meeting_is_one_file(sandbox: Sandbox, number: signal.Signals) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    terminal.kill(number)
    terminal.wait_exit(SOON)
    tails = (".json", ".live", ".lock")
    assert set(sandbox.files()) == {f"{facilitator.SLUG}{tail}" for tail in tails}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("end", ["SIGHUP", "closed", "unread"])
def test_the_demo_leaves_nothing_behind_however_it_ends(sandbox: Sandbox, end: str) -> None:
    terminal = sandbox.start("demo", "--speed", "20")
    terminal.wait_for("Harbour Circle")
    assert len(list(sandbox.temporary.iterdir())) == 1
    if end == "closed":
        terminal.hang_up()
    else:
        if end == "unread":
            terminal.block()
        terminal.kill(signal.SIGHUP)
    status = terminal.process.wait(SOON)
    assert end != "unread" or status == 128 + signal.SIGHUP
    assert list(sandbox.temporary.iterdir()) == []


def test_no_network_is_asked_for_in_a_whole_turn_nor_by_any_module(sandbox: Sandbox) -> None:
    watched = sandbox.home / "watched"
    terminal = facilitator.begin_a_share(sandbox, WATCHED)
    facilitator.end_share(terminal, "Ana")
    facilitator.add_commitment(terminal, "I call the printer")
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert not watched.exists(), watched.read_text()
    done = sandbox.run_python("-c", WATCHED + ALL_MODULES + ASKS_THE_NETWORK)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "so far False\n", watched.read_text()
    assert "getaddrinfo" in watched.read_text()


def test_a_crash_shows_and_keeps_nobodys_words(sandbox: Sandbox) -> None:
    terminal = facilitator.begin_a_share(sandbox, BREAKS)
    facilitator.end_share(terminal, "Ana")
    terminal.press("n")
    terminal.type("I told nobody")
    terminal.wait_for("I told nobody")
    terminal.press("enter")
    terminal.wait_exit(SOON)
    said = terminal.said_after_leaving
    assert "hit a bug and stopped" in said
    (kept,) = sandbox.home.rglob("crash.txt")
    for words in ("I told nobody", *facilitator.MEMBERS, facilitator.NAME):
        assert words not in said
        assert words not in kept.read_text()
    assert "promise" in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.sampled(2)
@pytest.mark.parametrize("slug", ["../outside", "/etc/passwd", "..", ".", "", "a/../../outside"])
def test_no_circle_is_looked_for_outside_the_folder(sandbox: Sandbox, slug: str) -> None:
    facilitator.make_circle(sandbox)
    outside = sandbox.sessions.parent / "outside.json"
    outside.write_bytes((sandbox.sessions / f"{facilitator.SLUG}.json").read_bytes())
    before = outside.read_bytes()
    done = sandbox.run_in_process("today", "Ana", "--yes", "--circle", slug)
    assert done.returncode == 2
    assert "--circle takes four-winds" in done.stderr
    assert outside.read_bytes() == before
    assert {path.name for path in outside.parent.iterdir()} == {"outside.json", "circle-tui"}
