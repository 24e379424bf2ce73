"""Files made for somebody else.

Law: such a file is written whole or not at all, and readable by its owner alone; it never takes
the place of a circle's own. Its temporary name is one that nobody can have taken beforehand.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from circle_tui.store import facts_file
from circle_tui.store.beside import is_beside
from circle_tui.store.facts_file import Read
from circle_tui.store.failures import NotSaved, not_saved, shown


@contextmanager
def outgoing(path: Path) -> Iterator[BinaryIO]:
    """A file to write into, which takes the place of `path` once all is well.

    Raises `NotSaved` for a circle's own file, and where it cannot be written.
    """
    goal = Path(os.path.realpath(path))
    if is_beside(goal.name) or isinstance(facts_file.read(goal), Read):
        raise _a_circles_own(path)
    fresh: Path | None = None
    try:
        if goal.exists() and not goal.is_file():
            raise NotSaved(f"{shown(path)} is no file that can be replaced: choose another name.")
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
    """Raises `NotSaved` where `path` is the file that is `read`, whole or damaged."""
    with suppress(OSError):
        if path.samefile(read):
            raise _a_circles_own(path)


def _a_circles_own(path: Path) -> NotSaved:
    return NotSaved(f"{shown(path)} is a circle's own file: choose another name.")


def _not_written(error: OSError, path: Path) -> NotSaved:
    folder = shown(path.parent)
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return NotSaved(f"There is no folder {folder}: make it first, or choose another.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return NotSaved(f"You have no right to write into {folder}: choose another folder.")
    return not_saved(error, path)
