"""The temporary folder of the demo.

Invariant: it is removed when the program ends, and until then only its owner can access it.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

from circle_tui.store.errors import SaveError

_MADE: set[Path] = set()


def throw_away_folder() -> Path:
    """A new folder (0700), removed when the program ends. Raises `SaveError`."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="circle-demo-"))
    except OSError:
        raise SaveError("There is no room for the demo: free some space and try again.") from None
    _MADE.add(folder)
    return folder


@atexit.register
def clear_throw_aways() -> None:
    """Remove the folders; call it before an end of the program that skips `atexit`."""
    for folder in tuple(_MADE):
        shutil.rmtree(folder, ignore_errors=True)
        _MADE.discard(folder)
