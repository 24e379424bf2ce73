"""Hands that are hard on a terminal, for 200,000 keys: nothing breaks, and nothing is lost.

Bytes that are no text, codes that arrive in two parts, keys that bounce, other layouts, new and old
terminals, and a sync client at work on the folder. The ordinary run tries a sample of it; `pytest
tests/program/test_rough_hands.py --full` all of it.
"""

import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from circle_tui.core.meeting.events import from_json
from circle_tui.core.meeting.replay import replay
from circle_tui.store.circle_file import CircleFile
from tests.core.invariants import check_state

from .between_meetings import new_circle
from .rough_hands import HANDS, PAUSE, SyncClient, some_strokes
from .sandbox import Sandbox
from .terminal import Terminal

KEYS, KEYS_OF_A_SAMPLE = 200_000, 60
MONKEYS = 20
"""They share the keys with `--full`."""

KEYS_AT_ONCE = 40
QUIET = 0.04
"""Seconds without anything drawn, after which the keys are taken to have arrived."""

_SEQUENCE_IS_OVER = 0.2
_ITS_OWN_SCREEN = "1049"


class RoughMonkey:
    """One walk: the program is started again as often as it is left."""

    def __init__(self, sandbox: Sandbox, seed: str) -> None:
        self.sandbox = sandbox
        self.chance = Random(seed)
        state = new_circle()
        self.file = CircleFile.create(sandbox.sessions, state.circle)
        self.file.save(state)
        self.sync = SyncClient(sandbox.sessions, sandbox.temporary, self.chance)
        self.keys = 0
        self.sent: list[bytes] = []

    def walk(self, keys: int) -> None:
        """Send so many keys. Raises `AssertionError` for what breaks or is lost."""
        try:
            while self.keys < keys:
                terminal = self.sandbox.start()
                # Before it has the terminal, the system edits what is typed, by the byte.
                terminal.wait_for(lambda terminal=terminal: _ITS_OWN_SCREEN in terminal.modes)
                self._settle(terminal)
                while self.keys < keys and terminal.process.poll() is None:
                    self._send_some(terminal)
                    if self.chance.random() < 0.3:
                        self.sync.work(self.file.path)
                    self._look_at_the_file()
                self._leave(terminal)
        except (AssertionError, OSError, ValueError) as error:
            error.add_note(f"after {self.keys} keys: {self.sent[-80:]}")
            raise

    def _send_some(self, terminal: Terminal) -> None:
        for _ in range(self.chance.randint(1, KEYS_AT_ONCE)):
            for part in some_strokes(tuple(HANDS), self.chance):
                self.sent.append(part)
                terminal.send(part)
                if part == PAUSE:
                    self._pause(terminal, _SEQUENCE_IS_OVER)
                elif self.chance.random() < 0.05:
                    self._pause(terminal, self.chance.choice((0.005, 0.02, _SEQUENCE_IS_OVER)))
            self.keys += 1
        self._settle(terminal)

    def _pause(self, terminal: Terminal, seconds: float) -> None:
        if terminal.process.poll() is None:
            terminal.rest(seconds)

    def _settle(self, terminal: Terminal) -> None:
        """Wait until it has nothing to do. What somebody suspended goes on, as with `fg`."""
        drawn = -1
        while terminal.process.poll() is None:
            state = terminal.state
            if state == "T":
                terminal.kill(signal.SIGCONT)
            elif state != "R" and drawn == len(terminal.raw):
                return
            drawn = len(terminal.raw)
            terminal.rest(QUIET)

    def _leave(self, terminal: Terminal) -> None:
        """It ends in its own time, says nothing of a bug, and leaves the terminal as it was."""
        if terminal.process.poll() is None:
            # A sequence that was begun would swallow the first, or make another key of it.
            for _ in range(3):
                terminal.send(b"\x11")
                terminal.rest(_SEQUENCE_IS_OVER)
                self._settle(terminal)
        status = terminal.wait_exit()
        crashes = self.sandbox.home.glob("state/**/*crash*")
        said = terminal.said_after_leaving + "".join(each.read_text() for each in crashes)
        assert (status, "Traceback" in said, "hit a bug" in said) == (0, False, False), said
        assert terminal.flags == terminal.flags_before
        assert not list(self.sandbox.home.glob("state/**/*crash*"))
        terminal.clear_away()
        self._look_at_the_journal()

    def _look_at_the_file(self) -> None:
        """It can be read, makes sense, and has all that was brought from elsewhere."""
        state = CircleFile(self.file.path).read()
        check_state(state, datetime.now(UTC))
        there = {each.text for each in state.checkins}
        lost = [words for words in self.sync.brought if words not in there]
        assert lost == []

    def _look_at_the_journal(self) -> None:
        journal: Path = self.file.journal_path
        if journal.exists():
            with closing(sqlite3.connect(journal)) as db:
                rows = db.execute("SELECT event FROM events ORDER BY act, place").fetchall()
            replay(from_json(event) for (event,) in rows)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("seed", [f"all {seed}" for seed in range(MONKEYS)])
def test_rough_hands_break_nothing_and_lose_nothing(
    sandbox: Sandbox, seed: str, full: bool
) -> None:
    RoughMonkey(sandbox, seed).walk(KEYS // MONKEYS if full else KEYS_OF_A_SAMPLE)
