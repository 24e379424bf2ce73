"""Clocks: the only module that asks the system for the time of day.

Invariant: all other code gets moments passed in. A clock can go back only in `read_again`, which is
called between meetings. It also counts time while the process is suspended or the machine sleeps,
so that the program can notice both.
"""

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

from circle_tui.core import zones

DEMO_SPEED = 20.0
"""How many times faster the demo's clock runs, unless somebody says."""


class Clock(Protocol):
    """A source of the current time (aware UTC) that runs `speed` times as fast as real time.

    `zone` is that of the clock people see beside this program; None if there is no such clock.
    """

    speed: float
    zone: tzinfo | None

    def now(self) -> datetime:
        """The present moment."""
        ...

    def read_again(self) -> None:
        """Read the system time again, which may have been corrected; called as a meeting begins."""
        ...


def _seconds_up() -> float:
    """Monotonic seconds, including sleep; on Linux only CLOCK_BOOTTIME includes it."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


class MachineZone(tzinfo):
    """What this machine's own clock shows, also where its zone has no name (TZ=EST5EDT).

    To find the zone's name as `find_local_zone` does takes longer than to draw a screen.
    """

    def utcoffset(self, wall: datetime | None) -> timedelta | None:
        return None if wall is None else wall.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, _wall: datetime | None) -> None:
        return None

    def tzname(self, wall: datetime | None) -> str | None:
        return None if wall is None else wall.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        # Not `astimezone`, which fails for a TZ that is a day or more from UTC.
        shown = datetime.fromtimestamp(moment.replace(tzinfo=UTC).timestamp())  # noqa: DTZ006
        return shown.replace(tzinfo=self)


class SystemClock:
    """The system time at its creation, advanced by the monotonic clock times `speed`."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self.zone: tzinfo | None = MachineZone()
        self._read()

    def _read(self) -> None:
        self._began = datetime.now(UTC)
        self._began_up = _seconds_up()

    def read_again(self) -> None:
        """Read the system time again, unless this clock runs faster than real time."""
        if self.speed == 1.0:
            self._read()

    def now(self) -> datetime:
        """The present moment."""
        return self._began + timedelta(seconds=(_seconds_up() - self._began_up) * self.speed)


class ManualClock:
    """A clock that moves only by `move`, for creating the sample circle and for tests."""

    speed = 1.0

    def __init__(self, moment: datetime, zone: tzinfo | None = None) -> None:
        self.moment = moment
        self.zone = zone

    def now(self) -> datetime:
        """The moment that it is set to."""
        return self.moment

    def read_again(self) -> None:
        """Do nothing: this clock has no system time to read."""

    def move(self, by: timedelta) -> None:
        """Advance the clock."""
        self.moment += by


def find_local_zone() -> str | None:
    """The zone whose clocks show what this machine's clock shows; None where there is none.

    A machine may have a zone without a name, as with TZ=EST5EDT,M3.2.0,M11.1.0, or with a copy of
    a zone's file. It is then found by what its clock shows in the next two years.
    """
    from tzlocal import get_localzone_name

    now = time.time()
    # No two rules for when clocks change differ by less than three days.
    moments = [now + days * 86_400 for days in range(0, 2 * 366, 3)]
    local = [time.localtime(moment) for moment in moments]
    shown = [_Shown(timedelta(seconds=each.tm_gmtoff), each.tm_zone) for each in local]
    with suppress(LookupError, ValueError, OSError):
        named = get_localzone_name()
        if named and _offsets(_clock(named, moments)) == _offsets(shown):
            return named
    return _zone_that_shows(shown, moments)


class _Shown(Struct, frozen=True):
    """What a clock shows at a moment: how far it is from UTC, and the letters for that."""

    offset: timedelta
    letters: str


def _clock(zone: str, moments: list[float]) -> list[_Shown]:
    tz = ZoneInfo(zone)
    local = (datetime.fromtimestamp(moment, tz) for moment in moments)
    return [_Shown(each.utcoffset() or timedelta(), each.tzname() or "") for each in local]


def _offsets(shown: list[_Shown]) -> list[timedelta]:
    return [each.offset for each in shown]


def _zone_that_shows(shown: list[_Shown], moments: list[float]) -> str | None:
    """The zone most like `shown`: of the same offsets, or else of the same letters and offsets.

    The second is for a summer time without rules, as in TZ=CET-1CEST.
    """
    offsets, fixed = set(_offsets(shown)), len(set(shown)) == 1
    numbered = not shown[0].letters.isalpha()
    found: list[tuple[tuple[bool, bool, bool], str]] = []
    for zone in zones.names():
        if not offsets.issuperset(_offsets(_clock(zone, moments[:122:61]))):
            continue
        clock = _clock(zone, moments)
        same = _offsets(clock) == _offsets(shown)
        if same or set(clock) == set(shown):
            # What is called by its offset alone, or by letters nobody uses, is no place.
            place = fixed and (numbered or clock != shown) and not zone.startswith("Etc/")
            found.append(((not same, clock != shown, place), zone))
    return min(found, key=lambda each: each[0])[1] if found else None
