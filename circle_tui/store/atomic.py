"""How a file gets onto the disk whole.

Invariant: under its name there is at every moment one whole version, the old one or the new one,
and a version that was acknowledged survives kill -9, a full disk and a power cut. Nothing is
written through a link or a file that somebody else put there.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

_ATTEMPTS = 100
"""So many names are tried for a temporary file; none is ever taken, unless by somebody's intent."""


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable. Raises `OSError`.

    A synced file may be gone after a power cut if its folder is not synced: whoever makes,
    replaces or removes a file calls this.
    """
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network drives cannot sync a folder, and do it on their own.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make `folder`, 0700 where it is new, and make its name durable. Raises `OSError`."""
    missing = {each for each in folder.parents if not each.exists()}
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Also where it is there: who made it may have died before this.
    for each in {folder, *missing}:
        # Where we may not even look, we made nothing.
        with suppress(PermissionError):
            sync_folder(each.parent)


def create_file(path: Path, content: bytes) -> None:
    """Make the file `path`, 0600, with everything in it at once.

    Raises `FileExistsError` where something of that name is there already, `OSError` otherwise.
    """
    with _temporary_file(path) as (file, fresh):
        file.write(content)
        _sync(file)
        try:
            os.link(fresh, path)
        except FileExistsError:
            raise
        except OSError:
            # No hard links here. To reserve the name first would leave an empty file to whoever
            # dies before it is filled; two programs at the very same moment are less likely.
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, "File exists", str(path)) from None
            fresh.replace(path)
    sync_folder(path.parent)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file (0600) to write into that takes the place of `path` at the end, if all went well.

    Raises `OSError`.
    """
    with _temporary_file(path) as (file, fresh):
        yield file
        _sync(file)
        fresh.replace(path)
    sync_folder(path.parent)


def replace_file(
    path: Path,
    content: bytes,
    *,
    backup: Path | None = None,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Let `path` hold `content`, with the mode and the owner it has, or else 0600.

    What everybody could read is its owner's alone from then on. The version before stays as
    `backup`. `check` is called at the last moment, and keeps everything as it is by raising. Raises
    `OSError`.
    """
    before = _status(path)
    _remove_leftovers(path)
    with _temporary_file(path) as (file, fresh):
        file.write(content)
        file.flush()
        if before is not None:
            fresh.chmod(_private(stat.S_IMODE(before.st_mode)))
            if hasattr(os, "chown"):
                # Written by an administrator, it still belongs to whom it belonged.
                with suppress(OSError):
                    os.chown(fresh, before.st_uid, before.st_gid)
        _sync(file)
        check()
        if backup is not None and before is not None and before.st_size:
            _keep(path, backup)
        fresh.replace(path)
    sync_folder(path.parent)


def make_private(path: Path) -> None:
    """Let a file that everybody may read, as a copy may have come, be its owner's alone.

    What a group may do is somebody's decision, and stays. Nothing is done for what is no file, or
    belongs to somebody else.
    """
    with suppress(OSError):
        status = path.lstat()
        mode = stat.S_IMODE(status.st_mode)
        if stat.S_ISREG(status.st_mode) and _private(mode) != mode:
            path.chmod(_private(mode))


def _private(mode: int) -> int:
    return mode & 0o700 if mode & 0o007 else mode


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _keep(path: Path, backup: Path) -> None:
    """Let `backup` be the version that `path` is now."""
    second = _temporary_name(path)
    try:
        try:
            os.link(path, second)
        except OSError:
            # No hard links here.
            with _temporary_file(path) as (file, copy):
                file.write(path.read_bytes())
                _sync(file)
                copy.replace(backup)
            return
        second.replace(backup)
    finally:
        # Also after a rename: of two names of one file, POSIX leaves both.
        second.unlink(missing_ok=True)


@contextmanager
def _temporary_file(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file (0600) beside `path`, and its path; removed at the end if it is still there."""
    for _ in range(_ATTEMPTS):
        fresh = _temporary_name(path)
        with suppress(FileExistsError):
            handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            break
    else:
        raise FileExistsError(errno.EEXIST, "File exists", str(path))
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle
            yield file, fresh
    finally:
        # What is left is removed before the next write.
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _temporary_name(path: Path) -> Path:
    return path.with_name(f"{_prefix(path)}{_random_part()}.tmp")


def _prefix(path: Path) -> str:
    """How the names of temporary files for `path` begin, and of those for no other file."""
    raw = os.fsencode(path.name)
    # A name may have 255 bytes.
    return f".{path.name}." if len(raw) <= 200 else f".{path.name[:40]}.{crc32(raw):08x}."


def _remove_leftovers(path: Path) -> None:
    """Remove what a program that died while it wrote `path` has left."""
    prefix = _prefix(path)
    for leftover in path.parent.iterdir():
        if leftover.name.startswith(prefix) and leftover.name.endswith(".tmp"):
            leftover.unlink(missing_ok=True)


def _random_part() -> str:
    return os.urandom(4).hex()
