"""What went wrong, for whoever mends it.

Invariant: a crash leaves a traceback without local variables and without what the error says of
itself, in a file only its owner can read; people's words never leave their circle's file.
"""

import traceback
from pathlib import Path

from circle_tui.store import atomic


def without_words(error: BaseException) -> str:
    """Where an error came from, and of what kind it and what led to it are: never its message."""
    told, seen = [], set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        kind = f"{type(at).__module__}.{type(at).__qualname__}\n"
        told.append("".join(traceback.format_tb(at.__traceback__)) + kind)
        at = at.__cause__ or at.__context__
    return "\nand then\n\n".join(reversed(told))


def keep_crash(said: str) -> Path | None:
    """Write what was `without_words` to the user's log folder; None where that cannot be done."""
    from platformdirs import user_log_path

    try:
        folder = user_log_path("circle-tui", appauthor=False)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "crash.txt"
        with atomic.replacing(path) as file:
            file.write(said.encode("utf-8", "replace"))
    except OSError:
        return None
    return path
