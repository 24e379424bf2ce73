"""A file that somebody asked for, such as a report.

Invariant: it is written whole or not at all, is readable by its owner alone, and never takes the
place of a circle's own file.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from circle_tui.store import atomic, attendance_reader
from circle_tui.store.attendance_reader import Read
from circle_tui.store.errors import SaveError, save_error, shown
from circle_tui.store.sidecars import is_beside


@contextmanager
def output_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write into, which takes the place of `path` once all went well.

    Raises `SaveError` for a circle's own file, and where it cannot be written.
    """
    goal = Path(os.path.realpath(path))
    if is_beside(goal.name) or isinstance(attendance_reader.read(goal), Read):
        raise _circles_own(path)
    try:
        if goal.exists() and not goal.is_file():
            raise SaveError(f"{shown(path)} is no file that can be replaced: choose another name.")
        with atomic.replacing(goal) as file:
            yield file
    except BrokenPipeError:
        # That is another file's error: this one has no other side.
        raise
    except OSError as error:
        raise _not_written(error, path) from error


def refuse_input(path: Path, read: Path) -> None:
    """Raises `SaveError` where `path` is the file that is `read`, whole or damaged."""
    with suppress(OSError):
        if path.samefile(read):
            raise _circles_own(path)


def _circles_own(path: Path) -> SaveError:
    return SaveError(f"{shown(path)} is a circle's own file: choose another name.")


def _not_written(error: OSError, path: Path) -> SaveError:
    folder = shown(path.parent)
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return SaveError(f"There is no folder {folder}: make it first, or choose another.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return SaveError(f"You have no right to write into {folder}: choose another folder.")
    return save_error(error, path)
