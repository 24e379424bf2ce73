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
from types import FrameType

PATIENCE = 1.0
"""Seconds the program has to end by itself; a terminal that nobody reads can block it for ever."""


def end_on_signals(leave: Callable[[], object], at_last: Callable[[], object]) -> None:
    """Call `leave` on SIGTERM and SIGHUP, and end the process if it has not ended soon after.

    Then `at_last` comes first, in a thread of its own.
    """

    def end(number: int) -> None:
        try:
            at_last()
        finally:
            os._exit(128 + number)

    def handle(number: int, _frame: FrameType | None) -> None:
        watchdog = threading.Timer(PATIENCE, end, (number,))
        watchdog.daemon = True
        watchdog.start()
        leave()

    for name in ("SIGTERM", "SIGHUP"):
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, handle)


def end_if_terminal_is_gone() -> None:
    """Do as if SIGHUP had come, where it did not: not every program hears of its terminal's end.

    Textual would look for keys there without end, and take all of a processor for it.
    """
    if not hasattr(select, "poll"):
        return
    terminal = select.poll()
    # Nothing is asked of it: that it was hung up is said all the same.
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
