"""A progress line for reading many files.

Invariant: it appears only on a terminal and only if reading takes a while, and is cleared at the
end.
"""

from datetime import timedelta
from typing import TextIO

from circle_tui.service.clock import Clock

_DELAY = timedelta(seconds=0.5)
_INTERVAL = timedelta(seconds=0.1)


class Progress:
    """Shows how many files are read, on `stream` if that is a terminal."""

    def __init__(self, stream: TextIO | None, clock: Clock) -> None:
        self._stream = stream if stream is not None and stream.isatty() else None
        self._clock = clock
        self._next = clock.now() + _DELAY
        self._line = ""

    def __call__(self, done: int, of: int) -> None:
        """Show that `done` of `of` files are read, unless the line changed just now."""
        if self._stream is None or (now := self._clock.now()) < self._next:
            return
        self._next = now + _INTERVAL
        self._show(f"reading: {done} of {of}")

    def clear(self) -> None:
        """Clear the line, so that other output can be written there."""
        if self._line:
            # Overwriting with blanks works on every terminal.
            self._show(" " * len(self._line))
            self._show("")

    def _show(self, line: str) -> None:
        assert self._stream is not None
        self._stream.write(f"\r{line}")
        self._stream.flush()
        self._line = line
