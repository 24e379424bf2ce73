"""Who has a circle open.

Invariant: one program at a time writes to a circle. The lock is the system's own, on a file
beside the circle's that is never deleted; it is free the moment its holder is gone, however it
went.
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
    from filelock import BaseFileLock

_NOTE_BYTES = 4096


class Holder(msgspec.Struct, frozen=True):
    """Who has it: a process number, a host's name, an aware UTC moment."""

    process: int
    host: str
    since: datetime


class LockedError(CircleError):
    """Somebody else has the circle open; `holder` is None where they left no note."""

    def __init__(self, name: str, holder: Holder | None) -> None:
        self.holder = holder
        who, where = "", "in another terminal"
        if holder is not None:
            # The day is named because this room cannot know which day it is.
            since = f"{holder.since.astimezone():%A %H:%M}"
            who = f" (process {holder.process} on {holder.host}, since {since})"
            if holder.host != _this_host():
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
        """A sentence, where the lock file that was taken named another computer; None elsewhere.

        A folder that is synced brings the file from there, and the lock on it stays behind.
        """

    @property
    def held(self) -> bool:
        """Whether this one has it."""
        return self._lock is not None

    def acquire(self) -> None:
        """Take it, or leave it as it is where this one has it already.

        Raises `LockedError`, or `SaveError` where the folder allows no lock.
        """
        if self._lock is not None:
            return
        # 42 ms, which `circle-tui --version` should not pay.
        from filelock import FileLock, Timeout

        try:
            lock = FileLock(
                self.path,
                timeout=0,
                mode=0o600,
                thread_local=False,
                is_singleton=False,
                fallback_to_soft=False,
                preserve_lock_file=True,
                on_acquired=self._sign,
            )
            lock.acquire()
        except Timeout:
            raise LockedError(self.name, _signed(self.path)) from None
        except NotImplementedError as error:
            raise no_locks(self.path.parent) from error
        except OSError as error:
            if error.errno in {errno.ENOTSUP, errno.EOPNOTSUPP}:
                raise no_locks(self.path.parent) from error
            raise save_error(error, self.path) from error
        self._lock = lock

    def release(self) -> None:
        """Give it back; may be repeated. The file stays."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        with suppress(OSError):
            # By its handle: what has its name by now may be a link to anything.
            os.ftruncate(self._handle, 0)
        with suppress(OSError):
            lock.release(force=True)

    def _sign(self, handle: int) -> None:
        self._handle = handle
        holder = _read_note(handle)
        self.open_elsewhere = None
        if holder is not None and holder.host != _this_host():
            # It may have been left there long ago, so the date is said.
            since = f"{holder.since.astimezone():%A %-d %B %H:%M}"
            self.open_elsewhere = (
                f"{self.name} seems to be open on {holder.host} too, since {since}: "
                "close it there, so that you don't both change it."
            )
        _sign(handle)


def _this_host() -> str:
    return text.clean(platform.node())[: text.NAME_CELLS]


def _sign(handle: int) -> None:
    """Write who we are into the lock file we hold; a full disk does not keep us from holding it."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        # The file's own stamp, because only `clock` asks what time it is.
        os.write(handle, b"{")
        since = datetime.fromtimestamp(os.fstat(handle).st_mtime, UTC)
        note = Holder(os.getpid(), platform.node(), since.replace(microsecond=0))
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, msgspec.json.encode(note))


def _signed(path: Path) -> Holder | None:
    try:
        with path.open("rb") as file:
            return _read_note(file.fileno())
    except OSError:
        return None


def _read_note(handle: int) -> Holder | None:
    """Who signed the lock file; None where nobody did, or that makes no sense."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        note = msgspec.json.decode(os.read(handle, _NOTE_BYTES), type=Holder)
        note.since.astimezone()
    except (OSError, ValueError, OverflowError):
        return None
    return msgspec.structs.replace(note, host=text.clean(note.host)[: text.NAME_CELLS])
