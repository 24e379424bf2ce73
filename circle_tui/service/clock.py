"""The one place that asks what time it is.

Invariant: everybody else is handed moments. A clock never goes back while the program runs, and
goes on through a suspended process and a sleeping machine, so that both can be noticed.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that knows the present moment (aware UTC), and runs `speed` times as fast."""

    speed: float

    def now(self) -> datetime:
        """The present moment."""
        ...


def _seconds_up() -> float:
    """Seconds on a clock that nobody sets. Linux counts sleep in CLOCK_BOOTTIME alone."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


class SystemClock:
    """The machine's time, read once and carried on from there; `speed` times as fast."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._began = datetime.now(UTC)
        self._began_up = _seconds_up()

    def now(self) -> datetime:
        """The present moment."""
        return self._began + timedelta(seconds=(_seconds_up() - self._began_up) * self.speed)


class ManualClock:
    """A clock that stands until somebody moves it: for making the sample, and for tests."""

    speed = 1.0

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.moment += by


def local_zone() -> str:
    """The name of this machine's time zone; "UTC" where it has none that can be named."""
    from tzlocal import get_localzone_name

    try:
        return get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError):
        return "UTC"
