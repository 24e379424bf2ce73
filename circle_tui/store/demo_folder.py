"""The temporary folder of the demo.

Invariant: it is removed when the program ends, and until then only its owner can access it.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

from circle_tui.store.errors import SaveError

_MADE: set[Path] = set()
_SPEED = "demo-speed"
_FASTEST = 1000.0


def make_temporary_folder(speed: float = 1.0) -> Path:
    """A new folder (0700), removed when the program ends. Raises `SaveError`.

    It also stores `speed`, how fast its clocks run, for programs that follow a meeting there.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="circle-demo-"))
        _MADE.add(folder)
        (folder / _SPEED).write_text(repr(speed), encoding="utf-8")
    except OSError:
        raise SaveError("There's no room for the demo: free some space and try again.") from None
    return folder


def speed_in(folder: Path) -> float:
    """How many times as fast as real time clocks run there: 1, but for the demo's folder."""
    try:
        speed = float((folder / _SPEED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 1.0
    return speed if 0 < speed <= _FASTEST else 1.0


@atexit.register
def remove_temporary_folders() -> None:
    """Remove the folders; call it before the program ends in a way that skips `atexit`."""
    for folder in tuple(_MADE):
        shutil.rmtree(folder, ignore_errors=True)
        _MADE.discard(folder)
