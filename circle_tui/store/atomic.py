"""Writes whole files atomically.

Invariant: at every moment the name of a file leads to one whole version, the old or the new one. A
version that was acknowledged survives kill -9, a full disk and a power cut. Nothing is written
through a link or into a file that somebody else has planted.
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
"""How many random names to try for a temporary file; one is only taken if somebody planted it."""


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable. Raises `OSError`.

    Without this, a synced file may be gone after a power cut. Call it after creating, replacing or
    removing a file.
    """
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network drives refuse to sync a folder, because they do it by themselves.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Create `folder` (0700) if it is missing, and make its name durable. Raises `OSError`."""
    missing = {each for each in folder.parents if not each.exists()}
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Also for a folder that exists, because its creator may have died before syncing.
    for each in {folder, *missing}:
        # In a parent that we cannot open, we created nothing.
        with suppress(PermissionError):
            sync_folder(each.parent)


def create_file(path: Path, content: bytes) -> None:
    """Create the file `path` (0600) with all of its content at once.

    Raises `FileExistsError` if the name is taken, or another `OSError`.
    """
    with _temporary_file(path) as (file, fresh):
        file.write(content)
        _sync(file)
        try:
            os.link(fresh, path)
        except FileExistsError:
            raise
        except OSError:
            # This disk has no hard links. Reserving the name first would leave an empty file after
            # a crash, which is likelier than two programs creating it at the same moment.
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, "File exists", str(path)) from None
            fresh.replace(path)
    sync_folder(path.parent)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file (0600) to write into, which replaces `path` at the end unless an error was raised.

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
    """Replace the content of `path`, keeping its mode and owner; a new file gets 0600.

    A file that others could access becomes its owner's alone. The version before is kept as
    `backup`. `check` is called just before the file is replaced; if it raises, nothing changes.
    Raises `OSError`.
    """
    before = _status(path)
    _remove_leftovers(path)
    with _temporary_file(path) as (file, fresh):
        file.write(content)
        file.flush()
        if before is not None:
            fresh.chmod(_private(stat.S_IMODE(before.st_mode)))
            if hasattr(os, "chown"):
                # If an administrator writes it, the file keeps its owner.
                with suppress(OSError):
                    os.chown(fresh, before.st_uid, before.st_gid)
        _sync(file)
        check()
        if backup is not None and before is not None and before.st_size:
            _back_up(path, backup)
        fresh.replace(path)
    sync_folder(path.parent)


def make_private(path: Path) -> None:
    """Make a file private if everybody can access it, as a copied file may have arrived.

    A file that only its group can access stays as it is, because somebody decided that. Anything
    but a regular file, and other people's files, are left alone.
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


def _back_up(path: Path, backup: Path) -> None:
    """Make `backup` the version that `path` has now."""
    second = _temporary_name(path)
    try:
        try:
            os.link(path, second)
        except OSError:
            # This disk has no hard links.
            with _temporary_file(path) as (file, copy):
                file.write(path.read_bytes())
                _sync(file)
                copy.replace(backup)
            return
        second.replace(backup)
    finally:
        # Needed also after the rename: if both names lead to one file, POSIX keeps both.
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
        # If this fails, the next write removes the file.
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _temporary_name(path: Path) -> Path:
    return path.with_name(f"{_prefix(path)}{_random_part()}.tmp")


def _prefix(path: Path) -> str:
    """The prefix of temporary files for `path`, and for no other file."""
    raw = os.fsencode(path.name)
    # A file name can have at most 255 bytes.
    return f".{path.name}." if len(raw) <= 200 else f".{path.name[:40]}.{crc32(raw):08x}."


def _remove_leftovers(path: Path) -> None:
    """Remove temporary files of a program that died while it wrote `path`."""
    prefix = _prefix(path)
    for leftover in path.parent.iterdir():
        if leftover.name.startswith(prefix) and leftover.name.endswith(".tmp"):
            leftover.unlink(missing_ok=True)


def _random_part() -> str:
    return os.urandom(4).hex()
