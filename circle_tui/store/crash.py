"""What went wrong, for whoever mends it.

Law: a crash leaves a traceback without local variables, in a file only its owner can read;
people's words never leave their circle's file.
"""

import os
from pathlib import Path


def keep_crash(traceback: str) -> Path | None:
    """Write the traceback to the user's log folder; None where that cannot be done."""
    from platformdirs import user_log_path

    try:
        folder = user_log_path("circle-tui", appauthor=False, ensure_exists=True)
        path = folder / "crash.txt"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(traceback)
    except OSError:
        return None
    return path
