"""Dates as a calendar takes them: ready words, a start, an end.

Invariant: nothing here holds what anybody said. What an event says is put together in the views.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

DAY_BEFORE = timedelta(days=1)
MINUTES_BEFORE = timedelta(minutes=10)
MORNING_BEFORE = timedelta(hours=15)
"""Nine in the morning of the day before a whole day."""


class CalendarEvent(NamedTuple):
    """One event: from `starts` until `ends`, both aware UTC, or both days for whole days.

    `ends` is no longer part of it. `uid` stays the same however often the event is moved;
    `alarms` is how long before the start each alarm comes.
    """

    uid: str
    summary: str
    description: str
    starts: date
    ends: date
    cancelled: bool = False
    alarms: tuple[timedelta, ...] = ()

    @property
    def whole_day(self) -> bool:
        """Whether it has no time of day."""
        return not isinstance(self.starts, datetime)


class Calendar(NamedTuple):
    """The events of one circle; `saved` is when its file was last written (aware UTC).

    A calendar that has an event already takes another version of it only if that is newer, so
    `saved` must rise with each change of the circle.
    """

    name: str
    saved: datetime
    events: tuple[CalendarEvent, ...]
