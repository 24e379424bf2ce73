"""When the system refuses something, the program says so, loses nothing, and can go on."""

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

from .postmortem import PossibleSnapshots, find_fault
from .power_cuts import SESSIONS
from .random_life import FIRST, NOTHING, RandomLife, new_circle
from .recording_disk import DiskRecorder, FailureRule, no_failure

SEED, STEPS = 281, 60
EXTRA_STEPS = 12
"""After everything works again, all must be saved within so many steps."""

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
OPTIONAL_OPERATIONS = {"link", "unlink", "fsync folder"}
"""Operations that the program can do without: it copies instead, leaves a file behind for later, or
repeats the operation before anything builds on it.
"""


class LifeEnd(NamedTuple):
    """How a random life with failures in it ended."""

    failures: list[str]
    """The sentences in which the program reported a failure."""
    operations: list[str]
    """The kind of each operation that was tried."""


def run_life(
    folder: Path, failure_rule: FailureRule = no_failure, at_end: Callable[[], object] = list
) -> LifeEnd:
    """Run a random life with the failures of `failure_rule`, and check what is on the disk.

    Failures must stop after `STEPS` steps; `at_end` is called before the disk is checked.
    """
    snapshots = PossibleSnapshots(NOTHING)
    operations: list[str] = []

    def note_operation(kind: str, number: int) -> OSError | None:
        operations.append(kind)
        return failure_rule(kind, number)

    folder.mkdir()
    recorder = DiskRecorder(
        folder, possible=lambda: snapshots.possible, failure_rule=note_operation
    )
    life = RandomLife(folder / SESSIONS, Random(SEED), FIRST, snapshots)
    with recorder.recording():
        try:
            for step in range(STEPS + EXTRA_STEPS):
                # Until something is acknowledged again, the last refused act may or may not be
                # saved.
                if step < STEPS or not life.is_saved() or len(snapshots.possible) > 1:
                    life.step()
            assert life.is_saved(), snapshots.failures
        finally:
            at_end()
            life.close_as_if_killed()
    check_final_state(folder, life, snapshots)
    return LifeEnd(snapshots.failures, operations)


def check_final_state(folder: Path, life: RandomLife, snapshots: PossibleSnapshots) -> None:
    assert snapshots.faults == []
    assert len(snapshots.possible) == 1
    found = PossibleSnapshots(*snapshots.possible)
    assert find_fault(folder / SESSIONS, found, life.clock.now() + timedelta(minutes=1)) is None
    for sentence in snapshots.failures:
        assert re.fullmatch(r"[A-Z/][^\n]*\.", sentence), sentence
        # A message contains no words that a member wrote.
        assert "aa" not in sentence, sentence


def fails_during(during: range, number: int) -> FailureRule:
    """Let these operations fail."""
    error = OSError(number, os.strerror(number))
    return lambda _kind, at: error if at in during else None


def sampled(whole: Sequence[Any], full: bool, count: int) -> Sequence[Any]:
    return whole if full else Random(SEED).sample(whole, min(count, len(whole)))


def test_one_failing_operation_is_reported_and_loses_nothing(
    memory_folder: Path, full: bool
) -> None:
    operations = run_life(memory_folder / "calm").operations
    assert set(operations) == set(ERRORS)
    cases = [(at, kind, error) for at, kind in enumerate(operations, 1) for error in ERRORS[kind]]
    for at, kind, error in sampled(cases, full, 5):
        case = f"{at} {kind} {errno.errorcode[error]}"
        folder = memory_folder / case
        messages = run_life(folder, fails_during(range(at, at + 1), error)).failures
        assert messages or kind in OPTIONAL_OPERATIONS, case
        if error in {errno.ENOSPC, errno.EDQUOT} and kind not in OPTIONAL_OPERATIONS:
            assert messages[0] == "The disk is full: free some space, then try again.", case


def test_a_disk_that_is_full_for_a_while_loses_nothing(memory_folder: Path, full: bool) -> None:
    whole = range(1, len(run_life(memory_folder / "calm").operations) + 1)
    for at in sampled(whole, full, 3):
        for length in (3, 10):
            folder = memory_folder / f"{at} {length}"
            life_end = run_life(folder, fails_during(range(at, at + length), errno.ENOSPC))
            assert life_end.failures, (at, length)


# When SQLite refuses something


class RefusingConnection(sqlite3.Connection):
    """Statements fail if their number, counted over all connections, is in `during`."""

    executed: list[str] = []
    during = range(0)
    failure = ""
    takes_effect = False

    def execute(self, statement: str, *arguments: Any) -> sqlite3.Cursor:
        return self._execute_unless_refused(
            statement, lambda: super(RefusingConnection, self).execute(statement, *arguments)
        )

    def executemany(self, statement: str, *arguments: Any) -> sqlite3.Cursor:
        return self._execute_unless_refused(
            statement, lambda: super(RefusingConnection, self).executemany(statement, *arguments)
        )

    def _execute_unless_refused(
        self, statement: str, do: Callable[[], sqlite3.Cursor]
    ) -> sqlite3.Cursor:
        self.executed.append(statement)
        if len(self.executed) not in self.during:
            return do()
        if self.takes_effect:
            do()
        error = sqlite3.OperationalError("refused")
        error.sqlite_errorname = self.failure
        raise error


@pytest.fixture
def refuse_statements(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give a function that chooses which statements fail, and how."""
    connect = sqlite3.connect
    monkeypatch.setattr(
        journals.sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=RefusingConnection)
    )

    def refuse_statements(during: range, failure: str = "", *, takes_effect: bool = False) -> None:
        monkeypatch.setattr(RefusingConnection, "executed", [])
        monkeypatch.setattr(RefusingConnection, "during", during)
        monkeypatch.setattr(RefusingConnection, "failure", failure)
        monkeypatch.setattr(RefusingConnection, "takes_effect", takes_effect)

    return refuse_statements


@pytest.mark.parametrize("length", [1, 7])
def test_acts_that_sqlite_refuses_are_reported_and_saved_once_it_works_again(
    memory_folder: Path, refuse_statements: Callable[..., None], length: int, full: bool
) -> None:
    refuse_statements(range(0))
    executed: list[str] = []
    run_life(memory_folder / "calm", at_end=lambda: executed.extend(RefusingConnection.executed))
    cases = [
        (at, failure, takes_effect)
        for at in range(1, len(executed) + 1)
        for failure, takes_effect in REFUSALS["COMMIT" if executed[at - 1] == "COMMIT" else ""]
        if not executed[at - 1].startswith("SELECT")
    ]
    for at, failure, takes_effect in sampled(cases, full, 3):
        refuse_statements(range(at, at + length), failure, takes_effect=takes_effect)
        case = f"{at} {failure} {takes_effect}"
        life_end = run_life(memory_folder / case, at_end=lambda: refuse_statements(range(0)))
        assert not any("set it aside" in sentence for sentence in life_end.failures), case


def test_a_meeting_whose_beginning_failed_is_not_found_later(
    memory_folder: Path, refuse_statements: Callable[..., None]
) -> None:
    service = CircleService(CircleFile.create(memory_folder, new_circle()), ManualClock(FIRST))
    refuse_statements(range(0))
    service.begin()
    service.park()
    at = 1 + RefusingConnection.executed.index("COMMIT")
    refuse_statements(range(at, at + 1), "SQLITE_IOERR_FSYNC", takes_effect=True)
    with pytest.raises(RuleError, match="check the disk, then try again"):
        service.begin()
    assert service.resume() is None
    refuse_statements(range(0))
    live = service.begin()
    live.execute(commands.begin)
    # A parked meeting is not cleared away by a beginning that fails.
    service.park()
    refuse_statements(range(1, 99), "SQLITE_FULL")
    with pytest.raises(RuleError):
        service.begin()
    refuse_statements(range(0))
    parked = service.resume()
    assert parked is not None
    assert not parked.untouched
    service.park()
    service.close()


def test_an_undone_act_is_not_in_the_journal_even_if_its_failed_write_took_effect(
    memory_folder: Path, refuse_statements: Callable[..., None]
) -> None:
    service = CircleService(CircleFile.create(memory_folder, new_circle()), ManualClock(FIRST))
    live = service.begin()
    refuse_statements(range(0))
    live.execute(commands.mark_next, "m1")
    at = 1 + RefusingConnection.executed.index("COMMIT")
    refuse_statements(range(at, at + 1), "SQLITE_IOERR_FSYNC", takes_effect=True)
    live.execute(commands.mark_next, "m2")
    assert live.trouble is not None
    live.undo()
    assert live.trouble is None
    service.park()
    journal = SQLiteJournal(service.file.journal_path)
    assert len(journal.load()[0]) == 2
    journal.close()
    service.close()


def test_a_disk_error_is_not_reported_as_a_damaged_journal(
    memory_folder: Path, refuse_statements: Callable[..., None]
) -> None:
    journal = SQLiteJournal(memory_folder / "harbour.live")
    journal.write(0, [("an act",)])
    for failure, sentence in {
        "SQLITE_IOERR_READ": "check the disk, then try again",
        "SQLITE_FULL": "^The disk is full: free some space",
    }.items():
        refuse_statements(range(1, 9), failure)
        with pytest.raises(LoadError, match=sentence):
            journal.load()
    refuse_statements(range(0))
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
"""How a COMMIT and other statements fail, and whether they take effect all the same."""
