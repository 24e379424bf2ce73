"""Whatever fails, the journal holds what it acknowledged, and it can be written to again."""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from circle_tui.store import atomic
from circle_tui.store import journal as journals
from circle_tui.store.errors import SaveError
from circle_tui.store.journal import JournalForkedError, SQLiteJournal

NOW = datetime(2026, 3, 5, 10, 0, 4, 250_000, tzinfo=UTC)


def acts(*names: str) -> tuple[tuple[str, ...], ...]:
    return tuple((f'{{"{name}": 1}}', f'{{"{name}": 2}}') for name in names)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "harbour.live"


# Failures


class FailingConnection(sqlite3.Connection):
    """A connection whose COMMIT fails, before or after it has taken effect."""

    fails: list[str] = []

    def execute(self, statement: str, *arguments: Any) -> sqlite3.Cursor:
        if statement == "COMMIT" and self.fails:
            when = self.fails.pop()
            if when == "after":
                super().execute(statement)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
            raise error
        return super().execute(statement, *arguments)


class ConnectionWithoutWAL(sqlite3.Connection):
    """A connection as on a file system where the write-ahead log does not work."""

    raises = False

    def execute(self, statement: str, *arguments: Any) -> sqlite3.Cursor:
        if statement == "PRAGMA journal_mode=WAL":
            if self.raises:
                raise sqlite3.OperationalError("locking protocol")
            statement = "PRAGMA journal_mode"
        return super().execute(statement, *arguments)


class ConnectionWhereWALRaises(ConnectionWithoutWAL):
    raises = True


def connect_with(monkeypatch: pytest.MonkeyPatch, factory: type[sqlite3.Connection]) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(
        journals.sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=factory)
    )


@pytest.mark.parametrize("when", [["before"], ["after"], ["after", "before"], ["before", "after"]])
@pytest.mark.parametrize("next_act", ["retry", "other", "undo", "pulse", "load"])
def test_writing_continues_after_a_failed_write_whether_or_not_it_took_effect(
    path: Path, monkeypatch: pytest.MonkeyPatch, when: list[str], next_act: str
) -> None:
    connect_with(monkeypatch, FailingConnection)
    journal = SQLiteJournal(path)
    journal.write(0, acts("a", "b"))
    FailingConnection.fails[:] = when
    for _ in when:
        # After an undo that took effect, the file holds fewer acts than are kept now.
        with pytest.raises(SaveError, match=r"harbour\.live couldn't be written"):
            journal.write(1, [])
    if next_act == "retry":
        journal.write(1, [])
        expected = acts("a")
    elif next_act == "other":
        journal.write(2, acts("c"))
        expected = acts("a", "b", "c")
    elif next_act == "undo":
        journal.write(0, [])
        expected = ()
    elif next_act == "pulse":
        journal.pulse(NOW)
        journal.write(2, [])
        expected = acts("a", "b")
    else:
        expected = journal.load()[0]
        assert expected in (acts("a"), acts("a", "b"))
        journal.write(len(expected), acts("c"))
        expected += acts("c")
    assert journal.load()[0] == expected
    journal.close()
    other = SQLiteJournal(path)
    assert other.load()[0] == expected
    other.close()


def test_after_a_failure_the_journal_is_reopened_and_written_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect_with(monkeypatch, FailingConnection)
    journal = SQLiteJournal(path)
    journal.write(0, acts("a"))
    first = journal._db
    FailingConnection.fails[:] = ["after"]
    with pytest.raises(SaveError):
        journal.write(1, acts("b"))
    said: list[str] = []
    written: list[tuple[int, int, str]] = []
    execute, executemany = FailingConnection.execute, FailingConnection.executemany
    monkeypatch.setattr(FailingConnection, "execute", lambda *a: said.append(a[1]) or execute(*a))
    monkeypatch.setattr(
        FailingConnection,
        "executemany",
        lambda db, s, rows: executemany(db, s, written.extend(r := list(rows)) or r),
    )
    journal.write(1, acts("b"))
    assert journal._db is not first
    assert said.index("PRAGMA wal_checkpoint(TRUNCATE)") < said.index("BEGIN IMMEDIATE")
    assert [act for act, *_ in written] == [0, 0, 1, 1]
    journal.close()


def test_a_journal_is_not_written_to_before_its_folder_is_synced(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = [OSError(5, "Input/output error"), None]
    synced: list[Path] = []

    def sync_folder(folder: Path) -> None:
        if fails and (error := fails.pop(0)):
            raise error
        synced.append(folder)

    monkeypatch.setattr(atomic, "sync_folder", sync_folder)
    journal = SQLiteJournal(path)
    with pytest.raises(SaveError):
        journal.write(0, acts("a"))
    assert path.exists()
    journal.write(0, acts("a"))
    assert synced == [path.parent]
    journal.close()


def test_a_journal_that_could_not_be_set_aside_can_still_be_written_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = SQLiteJournal(path)
    journal.write(0, acts("a"))

    def refuse(_folder: Path) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "sync_folder", refuse)
        with pytest.raises(SaveError):
            journal.set_aside()
    journal.write(1, acts("b"))
    assert journal.load()[0] == acts("a", "b")
    assert journal.set_aside() == path.with_suffix(".dropped")
    assert not path.exists()


def test_a_journal_that_was_not_loaded_does_not_overwrite_the_file(path: Path) -> None:
    one, other = SQLiteJournal(path), SQLiteJournal(path)
    one.write(0, acts("a"))
    with pytest.raises(JournalForkedError, match=r"harbour\.live was continued"):
        other.write(0, acts("b"))
    other.load()
    other.write(1, acts("b"))
    for action in (
        lambda: one.write(1, acts("c")),
        lambda: one.write(0, []),
        lambda: one.pulse(NOW),
    ):
        with pytest.raises(JournalForkedError):
            action()
    assert one.load()[0] == acts("a", "b")
    one.write(2, acts("c"))
    other.close()
    one.close()


def test_a_journal_whose_file_was_deleted_is_not_written_to(path: Path) -> None:
    journal = SQLiteJournal(path)
    journal.write(0, acts("a"))
    SQLiteJournal(path).remove()
    for action in (lambda: journal.write(1, acts("b")), lambda: journal.pulse(NOW)):
        with pytest.raises(JournalForkedError):
            action()
    assert not path.exists()


def test_a_journal_whose_file_was_replaced_is_not_written_to(path: Path) -> None:
    journal = SQLiteJournal(path)
    journal.write(0, acts("a"))
    second = SQLiteJournal(path)
    second.remove()
    second.write(0, acts("b"))
    with pytest.raises(JournalForkedError):
        journal.write(1, acts("c"))
    assert second.load()[0] == acts("b")
    second.close()


@pytest.mark.parametrize("factory", [ConnectionWithoutWAL, ConnectionWhereWALRaises])
def test_a_journal_works_without_a_write_ahead_log(
    path: Path, monkeypatch: pytest.MonkeyPatch, factory: type[sqlite3.Connection]
) -> None:
    connect_with(monkeypatch, factory)
    journal = SQLiteJournal(path)
    journal.write(0, acts("a", "b"))
    journal.write(1, acts("c"))
    assert journal._db is not None
    assert journal._db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert journal.load()[0] == acts("a", "c")
    dropped = journal.set_aside()
    assert list(path.parent.iterdir()) == [dropped]


def test_a_file_in_the_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    journal = SQLiteJournal(tmp_path / "file" / "harbour.live")
    with pytest.raises(SaveError, match="isn't a folder"):
        journal.write(0, acts("a"))
    assert journal.load() == ((), None)
    journal = SQLiteJournal(tmp_path / "gone" / "harbour.live")
    with pytest.raises(SaveError, match="is gone"):
        journal.write(0, acts("a"))
    journal.remove()


def test_a_read_only_folder_is_reported(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SaveError, match=r"^The folder .* is read-only: "):
        SQLiteJournal(path).write(0, acts("a"))


def test_error_messages_contain_no_words_of_members(path: Path) -> None:
    journal = SQLiteJournal(path)
    with pytest.raises(SaveError) as failure:
        journal.write(0, [("secret \ud800",)])
    assert "secret" not in str(failure.value)
    journal.write(0, acts("a"))
    journal.close()


def test_a_locked_journal_is_reported(path: Path) -> None:
    journal = SQLiteJournal(path)
    journal.write(0, acts("a"))
    assert journal._db is not None
    journal._db.execute("PRAGMA busy_timeout=0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(SaveError, match="Another program is using"):
        journal.write(1, acts("b"))
    other.execute("ROLLBACK")
    other.close()
    journal.write(1, acts("b"))
    assert journal.load()[0] == acts("a", "b")
    journal.close()


# Killed programs and full disks

WRITES_ON = """
import sys
from pathlib import Path
from circle_tui.store.journal import SQLiteJournal
journal = SQLiteJournal(Path(sys.argv[1]))
turn = 0
while True:
    journal.write(turn, [(f"{turn}.0", "x" * (turn * 7919 % 9000))])
    turn += 1
    print(turn, flush=True)
"""


@pytest.mark.sampled(3)
@pytest.mark.parametrize("acknowledged", [1, 2, 3, 5, 8, 30, 90])
def test_after_a_kill_during_a_write_every_acknowledged_act_is_there(
    path: Path, start_python: Callable[..., subprocess.Popen[str]], acknowledged: int
) -> None:
    writer = start_python(WRITES_ON, path)
    assert writer.stdout is not None
    for _ in range(acknowledged):
        line = writer.stdout.readline()
    writer.kill()
    rest = writer.communicate()[0].split()
    last = int(rest[-1]) if rest else int(line)
    journal = SQLiteJournal(path)
    loaded = journal.load()[0]
    assert len(loaded) >= last
    assert loaded == tuple((f"{turn}.0", "x" * (turn * 7919 % 9000)) for turn in range(len(loaded)))
    journal.write(len(loaded), acts("on"))
    journal.close()


FILLS = """
import resource, signal, sys
from pathlib import Path
from circle_tui.store.errors import SaveError
from circle_tui.store.journal import SQLiteJournal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
soft = 200_000
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, resource.RLIM_INFINITY))
journal = SQLiteJournal(Path(sys.argv[1]))
turn = 0
try:
    while True:
        journal.write(turn, [(f"{turn}.0", "x" * 3000)])
        turn += 1
except SaveError as failure:
    print(turn, flush=True)
if sys.argv[2] == "room":
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    journal.write(turn, [(f"{turn}.0", "x" * 3000)])
    print(turn + 1, flush=True)
"""


@pytest.mark.parametrize("next_act", ["dies", "room"])
def test_on_a_full_disk_every_acknowledged_act_is_there(
    path: Path, start_python: Callable[..., subprocess.Popen[str]], next_act: str
) -> None:
    said = start_python(FILLS, path, next_act).communicate()[0].split()
    assert len(said) == (2 if next_act == "room" else 1)
    assert int(said[0]) > 5
    journal = SQLiteJournal(path)
    loaded = journal.load()[0]
    assert loaded[: int(said[-1])] == tuple((f"{n}.0", "x" * 3000) for n in range(int(said[-1])))
    journal.close()
