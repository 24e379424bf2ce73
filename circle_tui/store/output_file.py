"""A file that a user asked for, such as a report.

Invariant: it is written whole or not at all, and is readable by its owner alone. It never replaces
anything that looks like a circle's file (even if damaged or of another version), nor its backup,
journal or lock.
"""

import errno
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from circle_tui.store import atomic
from circle_tui.store.codec.facts_heading import is_facts
from circle_tui.store.errors import SaveError, clean_path, save_error
from circle_tui.store.read_file import read_beginning, read_file
from circle_tui.store.sidecars import CIRCLE, is_sidecar, sidecar_paths

_BEGINNING = 1 << 16
_SQLITE = b"SQLite format 3\0"
_TABLES = re.compile(rb'"(circle|sessions|covenants|checkins|cancelled)"\s*(:|\Z)')
"""Names of tables in a circle's file, also at the point where it is cut off; no report has them."""


@contextmanager
def output_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write into, which replaces `path` at the end unless an error was raised.

    A pipe, a terminal, and whatever is this program's own stdout are written as they are. Raises
    `SaveError` for a circle's own file, and where it cannot be written.
    """
    target = Path(os.path.realpath(path))
    try:
        if (stream := _stream(path)) is not None:
            with stream:
                yield stream
            return
        if target.exists() and not target.is_file():
            raise SaveError(
                f"{clean_path(path)} isn't a file that can be replaced: choose another name."
            )
        if _is_circles_own(target):
            raise _circles_own(path)
        with atomic.replacing(target) as file:
            yield file
            # Check again, because another program may have put a circle there meanwhile.
            if _is_circles_own(target):
                raise _circles_own(path)
    except BrokenPipeError:
        # Comes from another stream, such as stdout: a file cannot raise it.
        raise
    except OSError as error:
        raise not_written(error, path) from error


def is_stream(path: Path) -> bool:
    """Whether `path` is a pipe, a terminal or this program's stdout, and no file of its own."""
    try:
        status = path.stat()
    except OSError:
        return False
    if stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode):
        return True
    return _is_stdout(status)


def discard_stdout() -> None:
    """Redirect stdout to nowhere, or Python would try to flush it again when it exits."""
    with suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_stdout(status: os.stat_result) -> bool:
    try:
        return os.path.samestat(status, os.fstat(1))
    except OSError:
        return False


def _stream(path: Path) -> BinaryIO | None:
    """`path` to be written as it is; None for a file that is to be replaced. Raises `OSError`."""
    if not is_stream(path):
        return None
    if _is_stdout(path.stat()):
        # Opened anew, a file would be written from its beginning, over what stands there.
        return os.fdopen(os.dup(1), "wb")
    return path.open("wb")


def _is_circles_own(path: Path) -> bool:
    """Whether `path` looks like a circle's own file. Raises `OSError`."""
    if is_sidecar(path.name) or any(map(os.path.lexists, sidecar_paths(path))):
        return True
    try:
        # A .json file is read whole. Any other file may be large, and its beginning is enough.
        raw = read_file(path) if path.suffix == CIRCLE else read_beginning(path, _BEGINNING)
    except FileNotFoundError:
        return False
    except PermissionError:
        # It may be a circle.
        return True
    if is_facts(raw):
        # Made before, by this very command.
        return False
    return raw.startswith(_SQLITE) or _TABLES.search(raw.replace(b"\0", b"")) is not None


def refuse_input(path: Path, read: Path) -> None:
    """Raises `SaveError` if `path` is the file that is `read`, whole or damaged."""
    with suppress(OSError):
        if path.samefile(read):
            raise _circles_own(path)


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file; False where that can't be found out."""
    with suppress(OSError):
        return one.samefile(other)
    return False


def _circles_own(path: Path) -> SaveError:
    return SaveError(f"{clean_path(path)} is a circle's own file: choose another name.")


def not_written(error: OSError, path: Path) -> SaveError:
    """The error to raise for `error`, which happened while `path` was written."""
    folder = clean_path(path.parent)
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return SaveError(f"There's no folder {folder}: make it first, or choose another.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return SaveError(f"You aren't allowed to write to {folder}: choose another folder.")
    return save_error(error, path)
