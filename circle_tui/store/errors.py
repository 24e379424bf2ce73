"""The errors of this package, and their sentences.

Invariant: no `OSError`, `sqlite3.Error` or `ValueError` leaves this package; each becomes a
`LoadError` or a `SaveError`. Its text is one sentence that says which file, what is wrong and what
to do, and never quotes the file, because that holds what people said.
"""

import errno
import os
import sys
from pathlib import Path

from circle_tui.core import text
from circle_tui.core.errors import CircleError

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM}
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS}


class LoadError(CircleError):
    """A file cannot be read or used; `str()` is the sentence for people."""


class SaveError(CircleError):
    """Saving failed, or may have failed; `str()` is the sentence for people."""


class ChangedOnDiskError(SaveError):
    """Another program changed the file since it was read, so nothing was written.

    The caller has to read the file again and repeat the change on the new state.
    """


class SchemaError(CircleError):
    """These documents are no circle.

    `str()` is the part of a sentence that follows the file's name, without the advice. `advice` is
    what to do; None if an earlier version of the file may help.
    """

    def __init__(self, what: str, advice: str | None = None) -> None:
        super().__init__(what)
        self.advice = advice


class NewerSchemaError(SchemaError):
    """A newer version of this program wrote these documents."""


class NotACircleError(SchemaError):
    """These documents are something else."""


def clean_path(path: Path) -> str:
    """A path for a sentence, cleaned, because a file name may have control characters."""
    return text.clean(str(path))


def _gone(folder: Path) -> str:
    return f"The folder {clean_path(folder)} is gone: bring it back, then try again."


def _is_sqlite(error: Exception) -> bool:
    # Not imported here, because that is slow. An `sqlite3.Error` exists only if others imported it.
    sqlite3 = sys.modules.get("sqlite3")
    return sqlite3 is not None and isinstance(error, sqlite3.Error)


def _reason(error: Exception) -> str:
    """The system's short description of the error, which has nothing from the file."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if _is_sqlite(error):
        return str(getattr(error, "sqlite_errorname", "SQLite"))
    return type(error).__name__


def _sqlite_name(error: Exception) -> str:
    return str(getattr(error, "sqlite_errorname", "")) if _is_sqlite(error) else ""


def save_error(error: Exception, path: Path) -> SaveError:
    """The error to raise for `error`, which happened while `path` was written."""
    number = error.errno if isinstance(error, OSError) else None
    name = _sqlite_name(error)
    folder = path.parent
    if number in _NO_LOCKS or name.startswith(("SQLITE_IOERR_LOCK", "SQLITE_NOLFS")):
        return no_locks(folder)
    if number in _FULL or name.startswith("SQLITE_FULL"):
        return SaveError("The disk is full: free some space, then try again.")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return SaveError(
            f"Another program is using {clean_path(path)}: close it there, then try again."
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return SaveError(
            f"{clean_path(path)} is damaged, or isn't a circle-tui file: set it aside, then try "
            "again."
        )
    if number == errno.EROFS or (
        (number in _FORBIDDEN or name.startswith(("SQLITE_READONLY", "SQLITE_PERM")))
        and not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK))
    ):
        return SaveError(
            f"The folder {clean_path(folder)} is read-only: give yourself permission to write "
            "there, or choose another folder with --sessions."
        )
    if number in _FORBIDDEN or name.startswith(("SQLITE_READONLY", "SQLITE_PERM")):
        return SaveError(
            f"The file {clean_path(path)} is read-only: give yourself permission to write to it."
        )
    if number in {errno.ENOTDIR, errno.EEXIST}:
        return SaveError(
            f"{clean_path(folder)} isn't a folder: choose another folder with --sessions."
        )
    if number == errno.ENOENT:
        return SaveError(_gone(folder))
    return SaveError(
        f"{clean_path(path)} couldn't be written ({_reason(error)}): check the disk, then try "
        "again."
    )


def no_locks(folder: Path) -> SaveError:
    """The error for a disk on which files cannot be locked."""
    return SaveError(
        f"The disk that {clean_path(folder)} is on can't lock files, so two programs could write "
        "at once: move the circle to another disk, or choose another folder with --sessions."
    )


def load_error(error: OSError, path: Path) -> LoadError:
    """The error to raise for `error`, which happened while `path` was opened or read."""
    if error.errno == errno.ENOENT and not path.parent.is_dir():
        return LoadError(_gone(path.parent))
    if error.errno in {errno.ENOENT, errno.ELOOP} and path.is_symlink():
        return LoadError(
            f"{clean_path(path)} is a link that leads nowhere: bring back what it led to, "
            "or remove the link."
        )
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return LoadError(f"There's no file {clean_path(path)}: look for it under another name.")
    if error.errno in _FORBIDDEN:
        return LoadError(f"{clean_path(path)} can't be read: give yourself permission to read it.")
    if error.errno == errno.EISDIR:
        return LoadError(f"{clean_path(path)} isn't a file: move it away, or choose another.")
    return LoadError(
        f"{clean_path(path)} couldn't be read ({_reason(error)}): check the disk, then try again."
    )
