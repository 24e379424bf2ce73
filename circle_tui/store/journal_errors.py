"""The errors of a live journal, and their sentences.

Invariant: each sentence says what to do, and none advises to set aside a journal that may be
undamaged.
"""

import os
import stat
from pathlib import Path

from circle_tui.store.errors import LoadError, clean_path, load_error

_SET_ASIDE = "you can set it aside, which saves it as a .dropped file, and begin the meeting again"


def check_file(path: Path) -> None:
    """Raises `LoadError` for a pipe, which would block SQLite, or a file it would read as empty."""
    try:
        status = path.lstat()
        log = Path(f"{path}-wal")
        log_size = log.lstat().st_size if os.path.lexists(log) else 0
    except OSError as error:
        raise load_error(error, path) from error
    if not stat.S_ISREG(status.st_mode):
        what = "a link to somewhere else" if stat.S_ISLNK(status.st_mode) else "not a file"
        raise LoadError(
            f"{clean_path(path)} is {what}, so it can't be a meeting: move it away, then try again."
        )
    if log_size and not status.st_size:
        raise LoadError(
            f"{clean_path(path)} is empty, but its log {clean_path(log)} isn't: unless you can "
            f"bring back a whole copy, {_SET_ASIDE}."
        )


def nothing_left(path: Path) -> LoadError:
    """The error for a journal that has no acts, though one was written when it began."""
    return LoadError(
        f"The live meeting in {clean_path(path)} is empty now: unless you can bring back a whole "
        f"copy, {_SET_ASIDE}."
    )


def unreadable(error: Exception, path: Path) -> LoadError:
    """The error to raise for `error`, which happened while the journal was opened or read."""
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LoadError(
            f"Another program is using {clean_path(path)}: close it there, then try again."
        )
    if name.startswith("SQLITE_FULL"):
        return LoadError("The disk is full: free some space, then try again.")
    if name.startswith("SQLITE_IOERR"):
        # This does not advise to set it aside, because the fault may be in the disk alone.
        return LoadError(
            f"{clean_path(path)} couldn't be read ({name}): check the disk, then try again."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN")):
        return LoadError(
            f"{clean_path(path)} can't be read: give yourself permission to read it, and to write "
            "to its folder."
        )
    return LoadError(
        f"The live meeting in {clean_path(path)} is damaged, or isn't a circle-tui file: "
        f"{_SET_ASIDE}."
    )
