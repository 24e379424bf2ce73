"""The lock that says who has a circle open.

Invariant: only one program at a time writes to a circle. The operating system holds the lock, on a
file beside the circle's, and frees it when its holder ends, even by a kill. The lock file is never
deleted.
"""

import errno
import os
import platform
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from circle_tui.core import text
from circle_tui.core.errors import CircleError
from circle_tui.store.errors import no_locks, save_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from filelock import BaseFileLock

_NOTE_BYTES = 4096


class Holder(msgspec.Struct, frozen=True):
    """Who holds a lock: process id, host name, and since when (aware UTC)."""

    process: int
    host: str
    since: datetime


class LockedError(CircleError):
    """Another program has the circle open; `holder` is None if its lock file does not say who."""

    def __init__(self, name: str, holder: Holder | None) -> None:
        self.holder = holder
        who, where = "", "in another terminal"
        if holder is not None:
            # The weekday is always named, because this module does not know which day it is today.
            since = f"{holder.since.astimezone():%A %H:%M}"
            who = f" (process {holder.process} on {holder.host}, since {since})"
            if is_elsewhere(holder):
                where = "on another computer"
        super().__init__(f"{name} is open {where}{who}: close it there first.")


class CircleLock:
    """The lock of one circle. `name` is what to call the circle in a sentence."""

    def __init__(self, path: Path, name: str = "") -> None:
        self.path = path
        self.name = name or path.stem
        self._lock: BaseFileLock | None = None
        self._handle = -1
        self.open_elsewhere: str | None = None
        """A sentence if the lock file named another computer when we took it; None otherwise.

        A synced folder copies the lock file between computers, but not the lock itself.
        """

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._lock is not None

    def acquire(self) -> None:
        """Take the lock; does nothing if this object already holds it.

        Raises `LockedError`, or `SaveError` if the folder or its disk allows no lock.
        """
        if self._lock is not None:
            return
        # Importing it takes 42 ms, so commands that lock nothing do without it.
        from filelock import Timeout

        try:
            lock = _lock_on(self.path, self._note_holder)
            lock.acquire()
        except Timeout:
            raise LockedError(self.name, holder_of(self.path)) from None
        except NotImplementedError as error:
            raise no_locks(self.path.parent) from error
        except OSError as error:
            if error.errno in {errno.ENOTSUP, errno.EOPNOTSUPP}:
                raise no_locks(self.path.parent) from error
            raise save_error(error, self.path) from error
        self._lock = lock
        if _can_be_taken_again(self.path):
            # Some network and shared disks say yes to everybody.
            self.release()
            raise no_locks(self.path.parent)

    def release(self) -> None:
        """Release the lock; may be repeated. The lock file stays."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        with suppress(OSError):
            # Through the handle, because the path may be a planted link by now.
            os.ftruncate(self._handle, 0)
        with suppress(OSError):
            lock.release(force=True)

    def _note_holder(self, handle: int) -> None:
        self._handle = handle
        holder = _read_note(handle)
        self.open_elsewhere = None
        if holder is not None and is_elsewhere(holder):
            # The note may be old, so the sentence has its date.
            since = f"{holder.since.astimezone():%A %-d %B %H:%M}"
            self.open_elsewhere = (
                f"{self.name} seems to be open on {holder.host} too, since {since}: "
                "close it there, so that you don't both change it."
            )
        _write_note(handle)


def _lock_on(path: Path, on_acquired: "Callable[[int], None] | None" = None) -> "BaseFileLock":
    from filelock import FileLock

    return FileLock(
        path,
        timeout=0,
        mode=0o600,
        thread_local=False,
        is_singleton=False,
        fallback_to_soft=False,
        preserve_lock_file=True,
        on_acquired=on_acquired,
    )


def _can_be_taken_again(path: Path) -> bool:
    """Whether a lock that we hold can be taken a second time, so that it keeps nobody out."""
    second = _lock_on(path)
    try:
        second.acquire()
    except (OSError, NotImplementedError):
        return False
    second.release(force=True)
    return True


def _this_host() -> str:
    return text.clean(platform.node())[: text.NAME_CELLS]


def _write_note(handle: int) -> None:
    """Write who we are into the lock file. If the disk is full, we hold the lock without a note."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        # An earlier note was read to its end, and we would write behind it.
        os.lseek(handle, 0, os.SEEK_SET)
        # The file's modification time serves as the clock, because only `service.clock` reads that.
        os.write(handle, b"{")
        since = datetime.fromtimestamp(os.fstat(handle).st_mtime, UTC)
        note = Holder(os.getpid(), platform.node(), since.replace(microsecond=0))
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, msgspec.json.encode(note))


def holder_of(path: Path) -> Holder | None:
    """Who the lock file at `path` says has the circle; None if it says nobody.

    A holder that was killed is still named: see `is_gone`.
    """
    try:
        with path.open("rb") as file:
            return _read_note(file.fileno())
    except OSError:
        return None


def is_elsewhere(holder: Holder) -> bool:
    """Whether the holder is on another computer, where nobody can ask for its process."""
    return holder.host != _this_host()


def is_gone(holder: Holder) -> bool:
    """Whether the holder's process, on this computer, has ended."""
    if os.name != "posix" or is_elsewhere(holder):
        return False
    try:
        os.kill(holder.process, 0)
    except (ProcessLookupError, OverflowError, ValueError):
        return True
    except OSError:
        return False
    try:
        # Ended, and its parent has not asked how; only Linux says so here.
        status = Path(f"/proc/{holder.process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[:1] == ["Z"]


def _read_note(handle: int) -> Holder | None:
    """The holder that the lock file names; None if it is empty or damaged."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        note = msgspec.json.decode(os.read(handle, _NOTE_BYTES), type=Holder)
        note.since.astimezone()
    except (OSError, ValueError, OverflowError):
        return None
    return msgspec.structs.replace(note, host=text.clean(note.host)[: text.NAME_CELLS])
