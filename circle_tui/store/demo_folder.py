"""A folder for the demo.

Invariant: it is gone when the program ends, and only its owner can look into it while it is
there.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

from circle_tui.store.errors import SaveError

_MADE: set[Path] = set()


def throw_away_folder() -> Path:
    """A new folder (0700) that goes with the program. Raises `SaveError` where none can be made."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="circle-demo-"))
    except OSError:
        raise SaveError("There is no room for the demo: free some space and try again.") from None
    _MADE.add(folder)
    return folder


@atexit.register
def clear_throw_aways() -> None:
    """They are gone; also for an end that Python does not get to tidy up after."""
    for folder in tuple(_MADE):
        shutil.rmtree(folder, ignore_errors=True)
        _MADE.discard(folder)
