"""Whether a screen can be drawn here, and what has to be said before it is."""

import gc
import os
import sys
from typing import TextIO

from circle_tui.cli.output import UsageError


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody sits there; a stream that was closed before the start is None."""
    return stream is not None and stream.isatty()


def require_terminal(what: str) -> None:
    """Raises `UsageError` with the sentence why `what` cannot be shown here."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise UsageError(f"{what} needs a terminal; run it in one, or see circle-tui --help.")
    if os.environ.get("TERM", "") in {"", "dumb"}:
        raise UsageError("this terminal cannot draw a screen (TERM=dumb); use another.")


def make_ready_to_draw() -> None:
    """What has to be said before anything of Textual is imported."""
    # Until the first frame: there is hardly any garbage in a start.
    gc.disable()
    # Not a sixtieth of a second after the drawing before, as when a key comes with a tick of the
    # clock: nothing here draws without end.
    os.environ.setdefault("TEXTUAL_FPS", "1000")
