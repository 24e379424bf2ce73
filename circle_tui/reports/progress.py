"""A line that says how far a long reading has come.

Invariant: it is only on a terminal, only where reading takes long enough to wonder, and gone in
the end.
"""

from datetime import timedelta
from typing import TextIO

from circle_tui.service.clock import Clock

_DELAY = timedelta(seconds=0.5)
_INTERVAL = timedelta(seconds=0.1)


class Progress:
    """How many of how many files are read, on `stream` if that is a terminal."""

    def __init__(self, stream: TextIO | None, clock: Clock) -> None:
        self._stream = stream if stream is not None and stream.isatty() else None
        self._clock = clock
        self._next = clock.now() + _DELAY
        self._line = ""

    def __call__(self, done: int, of: int) -> None:
        """So many are done."""
        if self._stream is None or (now := self._clock.now()) < self._next:
            return
        self._next = now + _INTERVAL
        self._show(f"reading: {done} of {of}")

    def clear(self) -> None:
        """Leave the line empty, for somebody else to write there."""
        if self._line:
            # Blanks over what stood there: that works on every terminal.
            self._show(" " * len(self._line))
            self._show("")

    def _show(self, line: str) -> None:
        assert self._stream is not None
        self._stream.write(f"\r{line}")
        self._stream.flush()
        self._line = line
