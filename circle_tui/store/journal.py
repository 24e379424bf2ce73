"""The live journal: the events of a meeting that is not over.

An act is the group of events that one command caused.

Invariant: an act that was acknowledged survives kill -9 and a power cut; an act that was undone is
gone from the disk. After any error the connection is not used again, and all acts are written anew
before another write is acknowledged. Calls may come from any thread; one waits for the other.
"""

import errno
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from threading import RLock
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from circle_tui.store import atomic, sidecars
from circle_tui.store.errors import LoadError, SaveError, clean_path, load_error, save_error
from circle_tui.store.journal_database import (
    TABLES,
    Acts,
    circle_of,
    connect,
    empty_log,
    failure,
    is_parked,
    joined,
    mark_parked,
    read_acts,
    tables_of,
)
from circle_tui.store.journal_errors import check_file, unreadable
from circle_tui.store.write_ahead_log import log_is_cut_off

P = ParamSpec("P")
R = TypeVar("R")


class JournalForkedError(SaveError):
    """Another program changed or removed this journal; nothing was written."""


class Journal(Protocol):
    """The acts of one live meeting, each the JSON texts of its events."""

    cut_off: bool
    """Whether acknowledged acts were missing when it was last loaded."""

    def load(self) -> tuple[Acts, datetime | None]:
        """The acts, oldest first, and the last pulse (aware UTC). Raises `LoadError`."""

    def write(self, keep: int, acts: Sequence[tuple[str, ...]]) -> None:
        """Keep the first `keep` acts and replace the rest by `acts`; synced on return.

        `keep` refers to the acts that were last loaded or acknowledged. After a `SaveError`, the
        write counts as not done; it may be repeated, or another one may follow. Raises `ValueError`
        if there are fewer acts than `keep`, or if an act is empty.
        """

    def pulse(self, moment: datetime) -> None:
        """Note that the program was running at `moment` (aware); synced on return.

        Does nothing while there are no acts. Raises `SaveError`.
        """

    def remove(self) -> None:
        """Delete the journal from the disk; may be repeated. Raises `SaveError`."""

    def set_aside(self) -> Path | None:
        """Rename it to `<slug>.dropped`, replacing an earlier one, and return the new path.

        None if there was no journal. Raises `SaveError`.
        """

    def close(self) -> None:
        """Close the file. The journal stays, and may be used again."""


def _alone(
    method: "Callable[Concatenate[SQLiteJournal, P], R]",
) -> "Callable[Concatenate[SQLiteJournal, P], R]":
    """`method`, which waits until no other thread uses the journal."""

    @wraps(method)
    def alone(journal: "SQLiteJournal", /, *args: P.args, **kwargs: P.kwargs) -> R:
        with journal.one_at_a_time:
            return method(journal, *args, **kwargs)

    return alone


def _same_acts(stored: Acts, wanted: Acts) -> int:
    """How many acts at the beginning of both are the same."""
    if wanted[: len(stored)] == stored:
        # As for every act that isn't an undo.
        return len(stored)
    pairs = enumerate(zip(stored, wanted, strict=False))
    return next((act for act, (one, other) in pairs if one != other), min(len(stored), len(wanted)))


class SQLiteJournal:
    """A journal in an SQLite file, which the first write creates (0600).

    With a `circle_id`, loading refuses a journal that another circle began.
    """

    def __init__(self, path: Path, circle_id: str = "") -> None:
        self.path = path
        self.cut_off = False
        self.one_at_a_time = RLock()
        """A meeting's last pulse may come while another thread removes its journal."""
        self._circle_id = circle_id
        self._db: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._acts: Acts = ()
        self._possible: list[Acts] = [()]
        """What the file may hold now; a failed write adds to it, because it may have succeeded."""
        self._in_doubt = False
        """Whether an error occurred since the last write that was acknowledged."""
        self._log_has_undone_acts = False
        """Whether acts that were undone may still be in the write-ahead log."""

    def exists(self) -> bool:
        """Whether there is a file; it may hold no acts yet."""
        return os.path.lexists(self.path)

    @_alone
    def load(self) -> tuple[Acts, datetime | None]:
        """See `Journal.load`."""
        self.close()
        acts: Acts = ()
        pulse: datetime | None = None
        self.cut_off = False
        if self.exists():
            check_file(self.path)
            try:
                self.cut_off = log_is_cut_off(self.path)
                db = self._opened()
                acts, pulse = read_acts(db)
                # The program that wrote it may have died before it cleared the log.
                self._clear_log(db)
            except OSError as error:
                self._disconnect()
                raise load_error(error, self.path) from error
            except (sqlite3.Error, ValueError, OverflowError) as error:
                self._disconnect()
                raise unreadable(error, self.path) from None
            self._check_circle(acts)
        self._acts, self._possible = acts, [acts]
        return acts, pulse

    @_alone
    def write(self, keep: int, acts: Sequence[tuple[str, ...]]) -> None:
        """See `Journal.write`. Raises `JournalForkedError` where another process wrote to it."""
        wanted = joined(self._acts, keep, acts)
        with self._transaction() as (db, stored):
            same = 0
            if not self._in_doubt:
                same = _same_acts(stored, wanted)
            self._possible.append(wanted)
            self._log_has_undone_acts |= same < len(stored)
            if same < len(stored):
                db.execute("DELETE FROM events WHERE act >= ?", (same,))
            db.executemany(
                "INSERT INTO events VALUES (?, ?, ?)",
                (
                    (act, place, event)
                    for act, events in enumerate(wanted[same:], same)
                    for place, event in enumerate(events)
                ),
            )
            done = db
        self._acts, self._possible, self._in_doubt = wanted, [wanted], False
        if self._log_has_undone_acts:
            self._clear_log(done)

    @_alone
    def pulse(self, moment: datetime) -> None:
        """See `Journal.pulse`."""
        if not self._acts:
            return
        with self._transaction() as (db, _):
            db.execute(
                "INSERT OR REPLACE INTO pulse VALUES (1, ?)",
                (moment.astimezone(UTC).isoformat(),),
            )
            done = db
        if self._log_has_undone_acts:
            self._clear_log(done)

    @_alone
    def remove(self) -> None:
        """See `Journal.remove`."""
        self._disconnect()
        try:
            # Delete the database first: without its log it would be an earlier state of a meeting
            # that is over, but the other files are nothing without it.
            self.path.unlink(missing_ok=True)
            self._remove_logs(self.path)
            if self.path.parent.is_dir():
                atomic.sync_folder(self.path.parent)
        except OSError as error:
            raise save_error(error, self.path) from error
        self._reset()

    @_alone
    def set_aside(self) -> Path | None:
        """See `Journal.set_aside`. A damaged journal is put away as it is."""
        if not self.exists():
            self.remove()
            return None
        with suppress(sqlite3.Error, OSError, ValueError, SaveError):
            if self.path.stat().st_size:
                # For an empty file SQLite would delete the log, which may have the acts.
                self._clear_log(self._opened())
                # Without WAL, everything is in one file, and reading it later creates no others.
                self._opened().execute("PRAGMA journal_mode=DELETE").fetchall()
        self._disconnect()
        dropped = self.path.with_suffix(sidecars.DROPPED)
        try:
            self._remove_logs(dropped)
            self.path.replace(dropped)
            for tail in ("-wal", "-journal"):
                # These exist only beside a damaged journal, and may have acts that it lacks.
                with suppress(FileNotFoundError):
                    Path(f"{self.path}{tail}").replace(f"{dropped}{tail}")
            self._remove_logs(self.path)
            atomic.sync_folder(self.path.parent)
        except OSError as error:
            # After the error the meeting continues with this journal, so move it back.
            with suppress(OSError):
                if not self.exists():
                    dropped.replace(self.path)
            raise save_error(error, self.path) from error
        self._reset()
        return dropped

    @_alone
    def close(self) -> None:
        """See `Journal.close`."""
        if self._db is not None and not self._in_doubt:
            with suppress(sqlite3.Error):
                if self._acts and not is_parked(self._db):
                    mark_parked(self._db, parked=True)
            # SQLite only does this by itself if no other program has the file open.
            self._clear_log(self._db)
        self._disconnect()

    def _clear_log(self, db: sqlite3.Connection) -> None:
        """Empty the write-ahead log, so that no undone act stays in it.

        That has to wait while another program is reading. If it fails, nothing is lost, because
        every acknowledged act is either in the log or in the database file.
        """
        self._log_has_undone_acts = True
        try:
            self._log_has_undone_acts = not empty_log(db)
        except sqlite3.Error:
            self._disconnect()

    def _disconnect(self) -> None:
        db, self._db, self._file = self._db, None, None
        if db is not None:
            with suppress(sqlite3.Error):
                db.close()

    def _reset(self) -> None:
        self._acts, self._possible, self._in_doubt = (), [()], False

    @staticmethod
    def _remove_logs(path: Path) -> None:
        for tail in sidecars.JOURNAL_TAILS:
            Path(f"{path}{tail}").unlink(missing_ok=True)

    @contextmanager
    def _transaction(self) -> Iterator[tuple[sqlite3.Connection, Acts]]:
        """A synced transaction: the connection, and the acts that the file holds."""
        try:
            db = self._opened()
            if self._in_doubt:
                # After an error the log may not have reached the disk, so start a new one.
                (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if busy:
                    raise failure("SQLITE_BUSY")
            db.execute("BEGIN IMMEDIATE")
            for missing in TABLES.keys() - tables_of(db):
                db.execute(TABLES[missing])
            if is_parked(db):
                mark_parked(db, parked=False)
            yield db, self._stored(db)
            db.execute("COMMIT")
        except JournalForkedError:
            self._disconnect()
            raise
        except BaseException as error:
            self._disconnect()
            self._in_doubt = True
            if isinstance(error, (sqlite3.Error, OSError, ValueError, OverflowError)):
                raise save_error(error, self.path) from error
            raise

    def _stored(self, db: sqlite3.Connection) -> Acts:
        """Which of the possible lists of acts the file holds, by their number and the last act."""
        (last,) = db.execute("SELECT max(act) FROM events").fetchone()
        tail = tuple(
            event
            for (event,) in db.execute(
                "SELECT event FROM events WHERE act = ? ORDER BY place", (last,)
            )
        )
        length = 0 if last is None else last + 1
        for acts in self._possible:
            if len(acts) == length and (not acts or acts[-1] == tail):
                return acts
        raise self._forked()

    def _forked(self) -> JournalForkedError:
        return JournalForkedError(
            f"The meeting in {clean_path(self.path)} was continued or ended by another program: "
            "quit this one, and open the circle again."
        )

    def _opened(self) -> sqlite3.Connection:
        """A connection to the file that is at `path` now, which is created if needed."""
        if self._db is not None:
            with suppress(FileNotFoundError):
                if _identity(self.path) == self._file:
                    return self._db
            # Another file is at the path now; what we wrote to the old one would be lost.
            self._disconnect()
        if self._acts and not self.exists():
            # If the folder is gone, this raises an `OSError`, and its sentence says so.
            self.path.parent.stat()
            raise self._forked()
        with suppress(FileExistsError):
            # If a removed journal left a log, SQLite deletes it, because this file is empty.
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        # Also if the file existed, because its creator may have died before syncing.
        atomic.sync_folder(self.path.parent)
        self._file = _identity(self.path)
        self._db = connect(self.path)
        return self._db

    def _check_circle(self, acts: Acts) -> None:
        """Raises `LoadError` for another circle's meeting; journals of version 0.1 have no id."""
        begun_by = circle_of(acts[0][0]) if acts else ""
        if self._circle_id and begun_by and begun_by != self._circle_id:
            self._disconnect()
            raise LoadError(
                f"The live meeting in {clean_path(self.path)} belongs to another circle: put it "
                "beside that circle's file, or set it aside, which saves it as a .dropped file."
            )


def _identity(path: Path) -> tuple[int, int]:
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        # We never create links, so somebody planted it to make us write elsewhere.
        raise OSError(errno.ELOOP, "a link to somewhere else")
    return found.st_dev, found.st_ino
