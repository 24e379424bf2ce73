"""Leaving well when the terminal goes away or the machine shuts down.

Law: every act is in the journal before it is on the screen, so a signal has nothing to save. It
only gives the terminal back, and ends the program within a second even if nobody reads it.
"""

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

PATIENCE = 1.0
"""Seconds the program has to end by itself; a terminal that nobody reads can block it for ever."""


def end_on_signals(leave: Callable[[], None]) -> None:
    """Call `leave` on SIGTERM and SIGHUP, and end the process if it has not ended soon after."""

    def handle(number: int, _frame: FrameType | None) -> None:
        watchdog = threading.Timer(PATIENCE, os._exit, (128 + number,))
        watchdog.daemon = True
        watchdog.start()
        leave()

    for name in ("SIGTERM", "SIGHUP"):
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, handle)
