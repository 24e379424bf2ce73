"""Follows the journal of a meeting that another program carries.

Invariant: nothing is written, and no lock is held between two looks. A look costs a few
microseconds while nothing has changed. Only one follower of a journal is in a process, and none
beside a `SQLiteJournal` that is open there: the system drops a file's locks when any of the
process's handles on it closes.
"""

import os
import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from circle_tui.store.journal_database import Acts, is_parked, read_tables

_PATIENCE = 0.05
"""Seconds to wait for a writer; the next look comes soon anyway."""

_WAL_FORMAT = 2
"""What byte 18 of an SQLite file says where it is written through a log (SQLite file format)."""


class _Stamp(NamedTuple):
    """Which file is at the path, and how it can be read."""

    device: int
    inode: int
    empty: bool
    has_log: bool


class JournalFollower:
    """What the journal at `path` holds, as of the last `poll`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = Path(f"{path}-wal")
        self._stamp: _Stamp | None = None
        self._db: sqlite3.Connection | None = None
        self._version = -1
        self.acts: Acts = ()
        """The acts, oldest first; empty where there is no meeting."""
        self.pulse: datetime | None = None
        """When the program that carries the meeting last said that it runs (aware UTC)."""
        self.parked = False
        """Whether that program closed the meeting, so that it waits."""
        self.damaged = False
        """Whether there is a journal that can't be read; `acts` is empty then."""
        self.is_new = False
        """Whether the last change was another file, rather than a change of the same one."""

    def poll(self) -> bool:
        """Look whether the journal changed since the last look, and read it if it did."""
        stamp = self._look()
        if stamp != self._stamp:
            return self._open(stamp)
        self.is_new = False
        if self._db is None:
            return False
        try:
            (version,) = self._db.execute("PRAGMA data_version").fetchone()
            return version != self._version and self._read(version)
        except sqlite3.OperationalError:
            # Somebody is writing, or it is being taken away: the next look tells.
            return False
        except (sqlite3.Error, ValueError, OverflowError):
            return self._give_up()

    def close(self) -> None:
        """Close the file; the next `poll` reads it anew."""
        self._disconnect()
        self._stamp = None

    def _look(self) -> _Stamp | None:
        try:
            found = self._path.lstat()
        except OSError:
            return None
        return _Stamp(found.st_dev, found.st_ino, not found.st_size, os.path.lexists(self._log))

    def _open(self, stamp: _Stamp | None) -> bool:
        before, self._stamp = self._stamp, stamp
        self._disconnect()
        self.is_new = (
            before is None
            or stamp is None
            or (before.device, before.inode) != (stamp.device, stamp.inode)
        )
        if stamp is None or stamp.empty:
            return self._set((), None, parked=False)
        try:
            self._db = self._connect(stamp)
            (version,) = self._db.execute("PRAGMA data_version").fetchone()
            return self._read(version)
        except (sqlite3.OperationalError, OSError):
            self.close()
            return False
        except (sqlite3.Error, ValueError, OverflowError):
            return self._give_up()

    def _connect(self, stamp: _Stamp) -> sqlite3.Connection:
        uri = f"{self._path.absolute().as_uri()}?mode=ro"
        if not stamp.has_log and self._is_logged():
            # Nobody has it open. SQLite would make a log all the same, and leave it there.
            uri += "&immutable=1"
        return sqlite3.connect(
            uri, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )

    def _is_logged(self) -> bool:
        """Whether the file's writers use a write-ahead log, whether or not there is one now."""
        with self._path.open("rb") as file:
            return file.read(20)[18:19] == bytes([_WAL_FORMAT])

    def _read(self, version: int) -> bool:
        assert self._db is not None
        self._db.execute("BEGIN")
        try:
            acts, pulse = read_tables(self._db)
            parked = is_parked(self._db)
        finally:
            with suppress(sqlite3.Error):
                self._db.execute("COMMIT")
        self._version = version
        return self._set(acts, pulse, parked=parked)

    def _set(self, acts: Acts, pulse: datetime | None, *, parked: bool) -> bool:
        if acts == self.acts:
            # The same object: whoever replays them sees at once that there is nothing to do.
            acts = self.acts
        changed = (acts, pulse, parked) != (self.acts, self.pulse, self.parked) or self.damaged
        self.acts, self.pulse, self.parked, self.damaged = acts, pulse, parked, False
        return changed

    def _give_up(self) -> bool:
        self._disconnect()
        changed = self._set((), None, parked=False) or not self.damaged
        self.damaged = True
        return changed

    def _disconnect(self) -> None:
        db, self._db, self._version = self._db, None, -1
        if db is not None:
            with suppress(sqlite3.Error):
                db.close()
