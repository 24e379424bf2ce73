"""The events of a calendar file: finished texts, a start, an end.

Invariant: an event has no words that members said. Its texts come from the views.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

DAY_BEFORE = timedelta(days=1)
MINUTES_BEFORE = timedelta(minutes=10)
MORNING_BEFORE = timedelta(hours=15)
"""Nine in the morning of the day before a whole day."""


class CalendarEvent(NamedTuple):
    """One event: from `starts` until `ends`, both aware UTC, or both days for whole days.

    `ends` itself is not included. `uid` stays the same however often the event is moved; `alarms`
    is how long before the start each alarm comes.
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
        """Whether it lasts whole days."""
        return not isinstance(self.starts, datetime)


class Calendar(NamedTuple):
    """The events of one circle; `saved` is when its file was last written (aware UTC).

    Calendar programs replace an event only by a newer version, so `saved` must rise with each
    change of the circle.
    """

    name: str
    saved: datetime
    events: tuple[CalendarEvent, ...]
