"""The live journal: what has happened in a meeting that is not over.

Invariant: an act that was acknowledged is synced, and there after kill -9 or a power cut; what
was taken back is gone from the disk. After any error the handle is never trusted again:
everything is written anew before anything is acknowledged. Calls come one at a time, from any
thread.
"""

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from circle_tui.store import atomic, sidecars
from circle_tui.store.errors import LoadError, SaveError, load_error, save_error, shown
from circle_tui.store.journal_database import (
    TABLES,
    Acts,
    circle_of,
    connect,
    empty_log,
    failure,
    read_acts,
    tables_of,
)
from circle_tui.store.journal_errors import check_file, unreadable
from circle_tui.store.write_ahead_log import log_is_cut_off


class JournalForkedError(SaveError):
    """Somebody else wrote to this journal, or took it away; nothing was written."""


class Journal(Protocol):
    """The acts of one live meeting, each the JSON texts of its events."""

    cut_off: bool
    """Whether acts that were acknowledged were missing when it was last loaded."""

    def load(self) -> tuple[Acts, datetime | None]:
        """The acts, oldest first, and the last pulse (aware UTC). Raises `LoadError`."""

    def write(self, keep: int, acts: Sequence[tuple[str, ...]]) -> None:
        """Hold the first `keep` acts, then exactly `acts`; synced on return.

        `keep` counts in what was last loaded or acknowledged: a write that raised `SaveError`
        counts as not having happened, and may be repeated or followed by another. Raises
        `ValueError` where `keep` is more than there are, or an act is empty.
        """

    def pulse(self, moment: datetime) -> None:
        """The meeting was alive at `moment` (aware); synced. Nothing while there are no acts.

        Raises `SaveError`.
        """

    def remove(self) -> None:
        """Nothing of it is left on the disk; may be repeated. Raises `SaveError`."""

    def set_aside(self) -> Path | None:
        """Put it away as `<slug>.dropped`, over an earlier one, and say where that is.

        None where there was nothing. Raises `SaveError`.
        """

    def close(self) -> None:
        """Let go of the file. The journal stays, and may be used again."""


class MemoryJournal:
    """A journal that is nowhere: for tests, and for making the sample."""

    cut_off = False

    def __init__(self) -> None:
        self._acts: Acts = ()
        self._pulse: datetime | None = None

    def exists(self) -> bool:
        """Whether there is something to carry on."""
        return bool(self._acts)

    def load(self) -> tuple[Acts, datetime | None]:
        """See `Journal.load`."""
        return self._acts, self._pulse

    def write(self, keep: int, acts: Sequence[tuple[str, ...]]) -> None:
        """See `Journal.write`."""
        self._acts = _joined(self._acts, keep, acts)

    def pulse(self, moment: datetime) -> None:
        """See `Journal.pulse`."""
        if self._acts:
            self._pulse = moment.astimezone(UTC)

    def remove(self) -> None:
        """See `Journal.remove`."""
        self._acts, self._pulse = (), None

    def set_aside(self) -> Path | None:
        """See `Journal.set_aside`; there is no file, so this is `remove`."""
        self.remove()
        return None

    def close(self) -> None:
        """See `Journal.close`."""


class SQLiteJournal:
    """The journal in an SQLite file, made (0600) by the first write.

    With a `circle_id`, a journal that was begun by another circle is not loaded.
    """

    def __init__(self, path: Path, circle_id: str = "") -> None:
        self.path = path
        self.cut_off = False
        self._circle_id = circle_id
        self._db: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._acts: Acts = ()
        # What the file may hold: after a failed write nobody knows whether it came through.
        self._possible: list[Acts] = [()]
        self._doubted = False
        self._log_holds_more = False
        """Whether the log may hold what was taken back."""

    def exists(self) -> bool:
        """Whether there is a file; it may hold no acts yet. Raises nothing."""
        return os.path.lexists(self.path)

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
                # Whoever wrote it may have died before that.
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

    def write(self, keep: int, acts: Sequence[tuple[str, ...]]) -> None:
        """See `Journal.write`. Raises `JournalForkedError` where another process wrote to it."""
        wanted = _joined(self._acts, keep, acts)
        with self._transaction() as (db, stored):
            same = 0
            if not self._doubted:
                same = next(
                    (
                        act
                        for act, (one, other) in enumerate(zip(stored, wanted, strict=False))
                        if one != other
                    ),
                    min(len(stored), len(wanted)),
                )
            self._possible.append(wanted)
            self._log_holds_more |= same < len(stored)
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
        self._acts, self._possible, self._doubted = wanted, [wanted], False
        if self._log_holds_more:
            self._clear_log(done)

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
        if self._log_holds_more:
            self._clear_log(done)

    def remove(self) -> None:
        """See `Journal.remove`."""
        self._disconnect()
        try:
            # The file first: without it the others are nothing, but it without them would be an
            # earlier state of a meeting that is over.
            self.path.unlink(missing_ok=True)
            self._clear(self.path)
            if self.path.parent.is_dir():
                atomic.sync_folder(self.path.parent)
        except OSError as error:
            raise save_error(error, self.path) from error
        self._forget()

    def set_aside(self) -> Path | None:
        """See `Journal.set_aside`. A damaged journal is put away as it is."""
        if not self.exists():
            self.remove()
            return None
        with suppress(sqlite3.Error, OSError, ValueError, SaveError):
            if self.path.stat().st_size:
                # SQLite takes the log of an empty file away.
                self._clear_log(self._opened())
                # The log goes into the file, and looking into it later needs no second file.
                self._opened().execute("PRAGMA journal_mode=DELETE").fetchall()
        self._disconnect()
        dropped = self.path.with_suffix(sidecars.DROPPED)
        try:
            self._clear(dropped)
            self.path.replace(dropped)
            for tail in ("-wal", "-journal"):
                # Only beside a damaged one; they may hold what it does not.
                with suppress(FileNotFoundError):
                    Path(f"{self.path}{tail}").replace(f"{dropped}{tail}")
            self._clear(self.path)
            atomic.sync_folder(self.path.parent)
        except OSError as error:
            # Who is told that it could not be put away goes on with it.
            with suppress(OSError):
                if not self.exists():
                    dropped.replace(self.path)
            raise save_error(error, self.path) from error
        self._forget()
        return dropped

    def close(self) -> None:
        """See `Journal.close`."""
        if self._db is not None and not self._doubted:
            # SQLite does it by itself only where no other program has the file open.
            self._clear_log(self._db)
        self._disconnect()

    def _clear_log(self, db: sqlite3.Connection) -> None:
        """Let nothing stay in the log of what was taken back.

        While another program is reading, that has to wait. Nothing is lost where it fails: what
        was acknowledged is in the log, or in the file by then.
        """
        self._log_holds_more = True
        try:
            self._log_holds_more = not empty_log(db)
        except sqlite3.Error:
            self._disconnect()

    def _disconnect(self) -> None:
        db, self._db, self._file = self._db, None, None
        if db is not None:
            with suppress(sqlite3.Error):
                db.close()

    def _forget(self) -> None:
        self._acts, self._possible, self._doubted = (), [()], False

    @staticmethod
    def _clear(path: Path) -> None:
        for tail in sidecars.JOURNAL_TAILS:
            Path(f"{path}{tail}").unlink(missing_ok=True)

    @contextmanager
    def _transaction(self) -> Iterator[tuple[sqlite3.Connection, Acts]]:
        """One synced transaction on what the file holds, which is handed out beside it."""
        try:
            db = self._opened()
            if self._doubted:
                # What lies in the write-ahead log may never have reached the disk: begin another.
                (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if busy:
                    raise failure("SQLITE_BUSY")
            db.execute("BEGIN IMMEDIATE")
            for missing in TABLES.keys() - tables_of(db):
                db.execute(TABLES[missing])
            yield db, self._stored(db)
            db.execute("COMMIT")
        except JournalForkedError:
            self._disconnect()
            raise
        except BaseException as error:
            self._disconnect()
            self._doubted = True
            if isinstance(error, (sqlite3.Error, OSError, ValueError, OverflowError)):
                raise save_error(error, self.path) from error
            raise

    def _stored(self, db: sqlite3.Connection) -> Acts:
        """Which of the possible states the file is in, told by its tail."""
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
            f"The meeting in {shown(self.path)} was carried on or ended by another program: "
            "leave this one, and open the circle again."
        )

    def _opened(self) -> sqlite3.Connection:
        """A connection to the file that has our name now, which is made where there is none."""
        if self._db is not None:
            with suppress(FileNotFoundError):
                if _identity(self.path) == self._file:
                    return self._db
            # Writing to a file that lost its name would be writing to nothing.
            self._disconnect()
        if self._acts and not self.exists():
            # Raises where it is the folder that is gone: that is no other program's doing.
            self.path.parent.stat()
            raise self._forked()
        with suppress(FileExistsError):
            # A log that a removed journal may have left: SQLite drops it, as this file is empty.
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        # Also where it was there: whoever made it may have died, or failed, before this.
        atomic.sync_folder(self.path.parent)
        self._file = _identity(self.path)
        self._db = connect(self.path)
        return self._db

    def _check_circle(self, acts: Acts) -> None:
        """Raises `LoadError` for a meeting of another circle; earlier versions noted no id."""
        begun_by = circle_of(acts[0][0]) if acts else ""
        if self._circle_id and begun_by and begun_by != self._circle_id:
            self._disconnect()
            raise LoadError(
                f"The live meeting in {shown(self.path)} is another circle's: put it beside that "
                "circle's file, or set it aside, which keeps it as a .dropped file."
            )


def _joined(acts: Acts, keep: int, more: Sequence[tuple[str, ...]]) -> Acts:
    if not 0 <= keep <= len(acts):
        raise ValueError(f"{keep} acts cannot be kept of {len(acts)}")
    if not all(more):
        raise ValueError("an act without events")
    return (*acts[:keep], *(tuple(events) for events in more))


def _identity(path: Path) -> tuple[int, int]:
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        # We never made one: somebody wants us to write elsewhere.
        raise OSError(errno.ELOOP, "a link to somewhere else")
    return found.st_dev, found.st_ino
