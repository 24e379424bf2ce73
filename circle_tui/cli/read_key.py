"""One key from somebody at a terminal, without enter.

Invariant: however the wait ends, by a key, a signal, or the terminal going away, the terminal is
left as it was found. A key that is not asked for does nothing.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

LEAVES = "\x1b"
"""What esc is, and every other way of leaving: q, ctrl+c, ctrl+d, and a terminal that is gone."""

_LEAVING = {"q", "\x03", "\x04", "\x1b", ""}

_CODE_COMES_WITHIN = 0.05
"""Seconds after which an escape is the key itself, and not the beginning of another key's code."""


def one_key(terminal: TextIO, asked_for: str) -> str:
    """Wait, within `key_by_key`, for one of the letters in `asked_for`, or `LEAVES`."""
    while True:
        key = _next(terminal).casefold()
        if key in _LEAVING:
            return LEAVES
        if key in asked_for:
            return key


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def key_by_key(_terminal: TextIO) -> Iterator[None]:
        """Keys come one by one and unseen here as it is."""
        yield

    def _next(_terminal: TextIO) -> str:
        key = msvcrt.getwch()
        # Arrows and the like come as two.
        return f"{key}{msvcrt.getwch()}" if key in {"\x00", "\xe0"} else key

else:
    import os
    import select
    import signal
    import termios
    from types import FrameType

    @contextmanager
    def key_by_key(terminal: TextIO) -> Iterator[None]:
        """Keys as they come, unseen, and none of them a signal; text is still written as usual."""
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
            # What was typed ahead counts.
            termios.tcsetattr(handle, termios.TCSADRAIN, during)
            yield
        finally:
            with suppress(termios.error):  # The terminal may be gone.
                termios.tcsetattr(handle, termios.TCSADRAIN, before)
            for number, handler in handlers.items():
                signal.signal(number, handler)

    def _next(terminal: TextIO) -> str:
        """A letter, or the whole code of an arrow or the like; "" where nothing comes any more."""
        handle = terminal.fileno()
        code = key = _byte(handle)
        while code[:1] == "\x1b" and select.select([handle], [], [], _CODE_COMES_WITHIN)[0]:
            key = _byte(handle)
            if key in {"", "\x1b"}:
                return key
            code += key
            if len(code) > 2 and "@" <= key <= "~":
                break
        return code

    def _byte(handle: int) -> str:
        """A character of ASCII, or "?" for a part of any other.

        Not by the stream's own reading, which would take in more than it was asked for.
        """
        try:
            return os.read(handle, 1).decode("ascii", "replace").replace("\ufffd", "?")
        except OSError:
            return ""
