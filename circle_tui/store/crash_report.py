"""The report that a crash leaves, for developers.

Invariant: a report has tracebacks and types of errors, but no error message and no local variable,
because these may have people's words in them. Only its owner can read the file.
"""

import traceback
from pathlib import Path

from circle_tui.store import atomic
from circle_tui.store.read_file import read_file
from circle_tui.store.user_folders import NoHomeError, user_log


def traceback_without_messages(error: BaseException) -> str:
    """The traceback and type of an error and of those that led to it, without their messages."""
    told, seen = [], set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        kind = f"{type(at).__module__}.{type(at).__qualname__}\n"
        told.append("".join(traceback.format_tb(at.__traceback__)) + kind)
        at = at.__cause__ or at.__context__
    return "\nand then\n\n".join(reversed(told))


def is_last_crash(said: str) -> bool:
    """Whether the report in the file is this one."""
    try:
        return read_file(_path()) == said.encode("utf-8", "replace")
    except (OSError, NoHomeError):
        return False


def keep_crash(said: str) -> Path | None:
    """Write a report to the user's log folder, and return its path; None if that fails.

    `said` is from `traceback_without_messages`.
    """
    try:
        path = _path()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic.replacing(path) as file:
            file.write(said.encode("utf-8", "replace"))
    except (OSError, NoHomeError):
        return None
    return path


def _path() -> Path:
    return user_log() / "crash.txt"
