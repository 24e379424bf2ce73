"""Leaving well when the terminal goes away or the machine shuts down.

Invariant: every act is in the journal before it is on the screen, so a signal has nothing to
save. It only gives the terminal back, and ends the program within a second even if nobody reads
it.
"""

import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

PATIENCE = 1.0
"""Seconds the program has to end by itself; a terminal that nobody reads can block it for ever."""

_PATIENCE_AT_START = 5.0
"""The same for one that is still starting, which it does to its end first."""

_A_MOMENT = 0.2

_AS_IT_WAS = (
    b"\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b[?1015l"
    b"\x1b[<u\x1b[?1049l\x1b[?25h"
)
"""No paste in brackets, lines that wrap, no mouse, the keyboard, the screen and the cursor."""


class SignalsThatEnd:
    """SIGINT, SIGTERM, SIGHUP and SIGQUIT: the status is 128 plus the number, as a shell counts.

    Between `watch` and `leave_with`, while the app is starting, a signal waits.
    """

    def __init__(self, at_last: Callable[[], object]) -> None:
        """`at_last` is called in a thread of its own where the program did not end by itself."""
        self._at_last = at_last
        self._leave: Callable[[int], object] | None = None
        self._came: int | None = None
        self._terminal_was: list[Any] | None = None

    def watch(self) -> None:
        """From now on these signals end the program; the terminal's present settings are kept."""
        self._terminal_was = _terminal_settings()
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"):
            if (number := getattr(signal, name, None)) is not None:
                signal.signal(number, self._handle)

    def leave_with(self, leave: Callable[[int], object]) -> None:
        """Call `leave` with the exit status: at a signal, or now where one came before."""
        self._leave = leave
        if self._came is not None:
            leave(128 + self._came)

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        self._came = number
        patience = _PATIENCE_AT_START if self._leave is None else PATIENCE
        watchdog = threading.Timer(patience, self._end, (number,))
        watchdog.daemon = True
        watchdog.start()
        if self._leave is not None:
            self._leave(128 + number)

    def _end(self, number: int) -> None:
        try:
            self._at_last()
            if self._terminal_was is not None:
                back = threading.Thread(target=_give_back, args=(self._terminal_was,), daemon=True)
                back.start()
                # If nobody reads the terminal, this write blocks for ever.
                back.join(_A_MOMENT)
        finally:
            os._exit(128 + number)


def _terminal_settings() -> list[Any] | None:
    """The settings of the terminal; None if there is none."""
    if sys.platform == "win32":
        return None
    import termios

    try:
        return list(termios.tcgetattr(0))
    except termios.error:
        return None


def _give_back(settings: list[Any]) -> None:
    """Restore the terminal, as Textual does at its end, if the program does not get there."""
    if sys.platform != "win32":
        import termios

        with suppress(termios.error, OSError):
            termios.tcsetattr(0, termios.TCSANOW, settings)
            os.write(1, _AS_IT_WAS)


def end_if_terminal_is_gone() -> None:
    """End as after SIGHUP if the terminal is gone; not every program gets that signal.

    Otherwise Textual would look for keys for ever, and use all of a processor.
    """
    if not hasattr(select, "poll"):
        return
    terminal = select.poll()
    # No events are asked for, because a hang-up is always reported.
    terminal.register(sys.__stdin__ or 0, 0)
    if any(event & select.POLLHUP for _, event in terminal.poll(0)):
        signal.raise_signal(signal.SIGHUP)


def go_on_after_stop(repaint: Callable[[], object]) -> None:
    """Let Textual take the terminal back only after a suspension of its own.

    After a plain SIGSTOP it never gave the terminal away; taking it back all the same would start
    a second reader of keys. Then `repaint` is enough.
    """
    if not hasattr(signal, "SIGTSTP"):
        return
    suspend, resume = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    if not (callable(suspend) and callable(resume)):
        return
    suspended = False

    def on_suspend(number: int, frame: FrameType | None) -> None:
        nonlocal suspended
        suspended = True
        suspend(number, frame)

    def on_continue(number: int, frame: FrameType | None) -> None:
        nonlocal suspended
        if suspended:
            suspended = False
            resume(number, frame)
        else:
            repaint()

    signal.signal(signal.SIGTSTP, on_suspend)
    signal.signal(signal.SIGCONT, on_continue)
