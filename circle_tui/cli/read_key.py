"""Reads single keys from a terminal, without enter.

Invariant: whether a key, a signal or the end of the terminal ends the wait, the terminal gets its
mode back. Keys that were not asked for are ignored.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

LEAVE = "\x1b"
"""Stands for esc and for every other way to leave: q, ctrl+c, ctrl+d, and the terminal's end."""

_LEAVE_KEYS = {"q", "\x03", "\x04", "\x1b", ""}

_ESCAPE_TIMEOUT = 0.05
"""Seconds to wait after an escape for the rest of another key's escape sequence."""


def one_key(terminal: TextIO, asked_for: str) -> str:
    """Wait for one of the letters in `asked_for`, or `LEAVE`; call it within `key_by_key`."""
    while True:
        key = _next(terminal).casefold()
        if key in _LEAVE_KEYS:
            return LEAVE
        if key in asked_for:
            return key


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def key_by_key(_terminal: TextIO) -> Iterator[None]:
        """Does nothing: `msvcrt` gives single keys without echo."""
        yield

    def _next(_terminal: TextIO) -> str:
        key = msvcrt.getwch()
        # Arrows and other special keys come as two characters.
        return f"{key}{msvcrt.getwch()}" if key in {"\x00", "\xe0"} else key

else:
    import os
    import select
    import signal
    import termios
    from types import FrameType

    @contextmanager
    def key_by_key(terminal: TextIO) -> Iterator[None]:
        """A mode of the terminal for single keys, without echo and signals; output is unchanged."""
        handle = terminal.fileno()
        before = termios.tcgetattr(handle)
        during = termios.tcgetattr(handle)
        during[0] &= ~(termios.IXON | termios.ICRNL)
        during[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
        during[6][termios.VMIN], during[6][termios.VTIME] = 1, 0

        def end(number: int, _frame: FrameType | None) -> None:
            raise SystemExit(128 + number)

        handlers = {each: signal.signal(each, end) for each in (signal.SIGTERM, signal.SIGHUP)}
        try:
            # TCSADRAIN keeps keys that were typed before.
            termios.tcsetattr(handle, termios.TCSADRAIN, during)
            yield
        finally:
            with suppress(termios.error):  # The terminal may be gone.
                termios.tcsetattr(handle, termios.TCSADRAIN, before)
            for number, handler in handlers.items():
                signal.signal(number, handler)

    def _next(terminal: TextIO) -> str:
        """A letter, or the whole escape sequence of another key; "" at the terminal's end."""
        handle = terminal.fileno()
        code = key = _byte(handle)
        while code[:1] == "\x1b" and select.select([handle], [], [], _ESCAPE_TIMEOUT)[0]:
            key = _byte(handle)
            if key in {"", "\x1b"}:
                return key
            code += key
            if len(code) > 2 and "@" <= key <= "~":
                break
        return code

    def _byte(handle: int) -> str:
        """An ASCII character, or "?" for a byte of any other.

        It does not read through the stream, which would buffer more than one key.
        """
        try:
            return os.read(handle, 1).decode("ascii", "replace").replace("\ufffd", "?")
        except OSError:
            return ""
