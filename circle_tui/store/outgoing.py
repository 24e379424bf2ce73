"""Files made for somebody else.

Invariant: such a file is written whole or not at all, and readable by its owner alone; it never
takes the place of a circle's own. Its temporary name is one that nobody can have taken
beforehand.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from circle_tui.store import attendance_reader
from circle_tui.store.attendance_reader import Read
from circle_tui.store.errors import SaveError, save_error, shown
from circle_tui.store.sidecars import is_beside


@contextmanager
def outgoing(path: Path) -> Iterator[BinaryIO]:
    """A file to write into, which takes the place of `path` once all is well.

    Raises `SaveError` for a circle's own file, and where it cannot be written.
    """
    goal = Path(os.path.realpath(path))
    if is_beside(goal.name) or isinstance(attendance_reader.read(goal), Read):
        raise _a_circles_own(path)
    fresh: Path | None = None
    try:
        if goal.exists() and not goal.is_file():
            raise SaveError(f"{shown(path)} is no file that can be replaced: choose another name.")
        handle, name = tempfile.mkstemp(".tmp", ".circle-tui-", goal.parent)
        fresh = Path(name)
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(goal)
    except BrokenPipeError:
        # That is somebody else's: a file has no other side.
        raise
    except OSError as error:
        raise _not_written(error, path) from error
    finally:
        if fresh is not None:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)


def refuse_same(path: Path, read: Path) -> None:
    """Raises `SaveError` where `path` is the file that is `read`, whole or damaged."""
    with suppress(OSError):
        if path.samefile(read):
            raise _a_circles_own(path)


def _a_circles_own(path: Path) -> SaveError:
    return SaveError(f"{shown(path)} is a circle's own file: choose another name.")


def _not_written(error: OSError, path: Path) -> SaveError:
    folder = shown(path.parent)
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return SaveError(f"There is no folder {folder}: make it first, or choose another.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return SaveError(f"You have no right to write into {folder}: choose another folder.")
    return save_error(error, path)
