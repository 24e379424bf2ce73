"""Whatever the system refuses, the program says so, loses nothing, and goes on."""

import errno
import os
import re
import sqlite3
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store import journal as journals
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.store.journal import SQLiteJournal

from .power import SESSIONS
from .recorder import Fails, Recorder, never
from .remains import Memory, judged
from .seasons import FIRST, NOTHING, Season, harbour

SEED, STEPS = 281, 60
SETTLING = 12
"""How many more steps at most until all is kept once everything works again."""

ERRORS = {
    "open": (errno.ENOSPC, errno.EIO, errno.EMFILE),
    "write": (errno.ENOSPC, errno.EDQUOT, errno.EIO),
    "fsync": (errno.EIO, errno.ENOSPC),
    "fsync folder": (errno.EIO,),
    "link": (errno.EMLINK, errno.EIO),
    "unlink": (errno.EIO, errno.EROFS),
    "rename": (errno.EIO, errno.ENOSPC),
    "mkdir": (errno.ENOSPC, errno.EIO),
}
NOT_NEEDED = {"link", "unlink", "fsync folder"}
"""What the program can do without: it copies instead, leaves something behind for later, or does
it again before anything is built on it."""


class CycleEnd(NamedTuple):
    """How a season with failures in it ended."""

    troubles: list[str]
    """What the program said."""
    operations: list[str]
    """The kinds of what was tried, one by one."""


def lived(folder: Path, fails: Fails = never, over: Callable[[], object] = list) -> CycleEnd:
    """A season in which something fails, until it is `over`; in the end everything is kept."""
    memory = Memory(NOTHING)
    operations: list[str] = []

    def noted(kind: str, number: int) -> OSError | None:
        operations.append(kind)
        return fails(kind, number)

    folder.mkdir()
    recorder = Recorder(folder, possible=lambda: memory.possible, fails=noted)
    season = Season(folder / SESSIONS, Random(SEED), FIRST, memory)
    with recorder.recording():
        try:
            for step in range(STEPS + SETTLING):
                # What was refused last stays in doubt until something is acknowledged again.
                if step < STEPS or not season.settled() or len(memory.possible) > 1:
                    season.step()
            assert season.settled(), memory.troubles
        finally:
            over()
            season.die()
    kept_in_the_end(folder, season, memory)
    return CycleEnd(memory.troubles, operations)


def kept_in_the_end(folder: Path, season: Season, memory: Memory) -> None:
    assert memory.wrong == []
    assert len(memory.possible) == 1
    found = Memory(*memory.possible)
    assert judged(folder / SESSIONS, found, season.clock.now() + timedelta(minutes=1)) is None
    for sentence in memory.troubles:
        assert re.fullmatch(r"[A-Z/][^\n]*\.", sentence), sentence
        # Nobody's words.
        assert "aa" not in sentence, sentence


def fails_during(during: range, number: int) -> Fails:
    """Those operations fail."""
    error = OSError(number, os.strerror(number))
    return lambda _kind, at: error if at in during else None


def sampled(whole: Sequence[Any], full: bool, count: int) -> Sequence[Any]:
    return whole if full else Random(SEED).sample(whole, min(count, len(whole)))


def test_one_operation_that_fails_is_said_and_loses_nothing(quick: Path, full: bool) -> None:
    operations = lived(quick / "calm").operations
    assert set(operations) == set(ERRORS)
    cases = [(at, kind, error) for at, kind in enumerate(operations, 1) for error in ERRORS[kind]]
    for at, kind, error in sampled(cases, full, 12):
        case = f"{at} {kind} {errno.errorcode[error]}"
        folder = quick / case
        said = lived(folder, fails_during(range(at, at + 1), error)).troubles
        assert said or kind in NOT_NEEDED, case
        if error in {errno.ENOSPC, errno.EDQUOT} and kind not in NOT_NEEDED:
            assert said[0] == "The disk is full: make room on it, then try again.", case


def test_a_disk_that_is_full_for_a_while_costs_nothing(quick: Path, full: bool) -> None:
    whole = range(1, len(lived(quick / "calm").operations) + 1)
    for at in sampled(whole, full, 4):
        for length in (3, 10):
            folder = quick / f"{at} {length}"
            ended = lived(folder, fails_during(range(at, at + length), errno.ENOSPC))
            assert ended.troubles, (at, length)


# What SQLite says


class Refusing(sqlite3.Connection):
    """A connection on which the statements of those numbers fail, counted over all connections."""

    executed: list[str] = []
    during = range(0)
    failure = ""
    comes_through = False

    def execute(self, statement: str, *arguments: Any) -> sqlite3.Cursor:
        return self._unless_refused(
            statement, lambda: super(Refusing, self).execute(statement, *arguments)
        )

    def executemany(self, statement: str, *arguments: Any) -> sqlite3.Cursor:
        return self._unless_refused(
            statement, lambda: super(Refusing, self).executemany(statement, *arguments)
        )

    def _unless_refused(self, statement: str, do: Callable[[], sqlite3.Cursor]) -> sqlite3.Cursor:
        self.executed.append(statement)
        if len(self.executed) not in self.during:
            return do()
        if self.comes_through:
            do()
        error = sqlite3.OperationalError("refused")
        error.sqlite_errorname = self.failure
        raise error


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let so many statements from that one on fail, in that way."""
    connect = sqlite3.connect
    monkeypatch.setattr(
        journals.sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=Refusing)
    )

    def refusing(during: range, failure: str = "", *, comes_through: bool = False) -> None:
        monkeypatch.setattr(Refusing, "executed", [])
        monkeypatch.setattr(Refusing, "during", during)
        monkeypatch.setattr(Refusing, "failure", failure)
        monkeypatch.setattr(Refusing, "comes_through", comes_through)

    return refusing


@pytest.mark.parametrize("length", [1, 7])
def test_what_sqlite_refuses_is_said_and_kept_once_it_can_be(
    quick: Path, refusing: Callable[..., None], length: int, full: bool
) -> None:
    refusing(range(0))
    executed: list[str] = []
    lived(quick / "calm", over=lambda: executed.extend(Refusing.executed))
    cases = [
        (at, failure, comes_through)
        for at in range(1, len(executed) + 1)
        for failure, comes_through in REFUSALS["COMMIT" if executed[at - 1] == "COMMIT" else ""]
        if not executed[at - 1].startswith("SELECT")
    ]
    for at, failure, comes_through in sampled(cases, full, 8):
        refusing(range(at, at + length), failure, comes_through=comes_through)
        case = f"{at} {failure} {comes_through}"
        ended = lived(quick / case, over=lambda: refusing(range(0)))
        assert not any("set aside" in sentence for sentence in ended.troubles), case


def test_a_meeting_that_was_said_not_to_begin_is_not_found_later(
    quick: Path, refusing: Callable[..., None]
) -> None:
    opened = CircleService(CircleFile.create(quick, harbour()), ManualClock(FIRST))
    refusing(range(0))
    opened.begin()
    opened.park()
    at = 1 + Refusing.executed.index("COMMIT")
    refusing(range(at, at + 1), "SQLITE_IOERR_FSYNC", comes_through=True)
    with pytest.raises(RuleError, match="look after the disk, then try again"):
        opened.begin()
    assert opened.resume() is None
    refusing(range(0))
    live = opened.begin()
    live.execute(commands.begin)
    # And one that is parked is nobody's to clear away.
    opened.park()
    refusing(range(1, 99), "SQLITE_FULL")
    with pytest.raises(RuleError):
        opened.begin()
    refusing(range(0))
    parked = opened.resume()
    assert parked is not None
    assert not parked.untouched
    opened.park()
    opened.close()


def test_an_act_that_failed_and_was_taken_back_is_not_found_though_it_came_through(
    quick: Path, refusing: Callable[..., None]
) -> None:
    opened = CircleService(CircleFile.create(quick, harbour()), ManualClock(FIRST))
    live = opened.begin()
    refusing(range(0))
    live.execute(commands.mark_next, "m1")
    at = 1 + Refusing.executed.index("COMMIT")
    refusing(range(at, at + 1), "SQLITE_IOERR_FSYNC", comes_through=True)
    live.execute(commands.mark_next, "m2")
    assert live.trouble is not None
    live.undo()
    assert live.trouble is None
    opened.park()
    journal = SQLiteJournal(opened.file.journal_path)
    assert len(journal.load()[0]) == 2
    journal.close()
    opened.close()


def test_a_disk_in_trouble_is_not_called_a_damaged_journal(
    quick: Path, refusing: Callable[..., None]
) -> None:
    journal = SQLiteJournal(quick / "harbour.live")
    journal.write(0, [("an act",)])
    for failure, sentence in {
        "SQLITE_IOERR_READ": "look after the disk, then try again",
        "SQLITE_FULL": "^The disk is full: make room",
    }.items():
        refusing(range(1, 9), failure)
        with pytest.raises(LoadError, match=sentence):
            journal.load()
    refusing(range(0))
    assert journal.load()[0] == (("an act",),)
    journal.close()


REFUSALS = {
    "": (("SQLITE_FULL", False), ("SQLITE_IOERR_WRITE", False)),
    "COMMIT": (
        ("SQLITE_FULL", False),
        ("SQLITE_IOERR_FSYNC", False),
        ("SQLITE_IOERR_FSYNC", True),
    ),
}
"""How a COMMIT or another statement fails, and whether it comes through all the same."""
