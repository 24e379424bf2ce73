"""Puts dates and times into words.

Invariant: dates that the program shows can be typed back; see `date_reading`.
"""

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct

from circle_tui.core import zones
from circle_tui.core.circle.circle import CircleFacts

DAY_TURNS_AT = 4
"""The hour until which a night belongs to the day before."""


class Clocks(Struct, frozen=True):
    """How a circle tells the time."""

    zone: ZoneInfo
    twelve_hours: bool


def spoken_date(
    when: datetime, circle: CircleFacts, *, now: datetime | None = None, here: tzinfo | None = None
) -> str:
    """A moment as the circle would say it: "Thursday 2 April, 10:00", "…, 10:00 am".

    With `now`, another year than the present one is added. With `here` (the zone of the terminal's
    clock), the circle's zone is added if that clock shows another time: "…, 10:00 Tokyo time".
    """
    return spoken_by(when, Clocks(circle.tz, circle.twelve_hours), now, here)


def spoken_by(
    when: datetime, clocks: Clocks, now: datetime | None = None, here: tzinfo | None = None
) -> str:
    """A moment as it is said by these clocks; see `spoken_date`."""
    local = when.astimezone(clocks.zone)
    today = local.date() if now is None else now.astimezone(clocks.zone).date()
    return f"{local:%A} {spoken_day(local.date(), today)}, {_time(when, clocks, here)}"


def _time(when: datetime, clocks: Clocks, here: tzinfo | None) -> str:
    local = when.astimezone(clocks.zone)
    shown = f"{local:%H:%M}"
    if clocks.twelve_hours:
        shown = f"{(local.hour - 1) % 12 + 1}:{local:%M} {'am' if local.hour < 12 else 'pm'}"
    if zones.comes_twice(local.replace(tzinfo=None), clocks.zone):
        zone = zones.spoken_zone(clocks.zone, when)
    else:
        zone = "" if here is None else zones.zone_to_show(clocks.zone, when, here)
    return f"{shown} {zone}" if zone else shown


def understood(when: datetime, circle: CircleFacts, now: datetime, here: tzinfo | None) -> str:
    """How a date was understood: "Thursday 2 April, 10:00 Tokyo time, in 13 days"."""
    return f"{spoken_date(when, circle, now=now, here=here)}, {spoken_distance(when, now)}"


def large_day(when: datetime, circle: CircleFacts) -> str:
    """The day of a moment (aware UTC) in as few letters as it can be read in: "19 March"."""
    local = when.astimezone(circle.tz)
    return f"{local.day} {local:%B}"


def beside_large_day(when: datetime, circle: CircleFacts, *, here: tzinfo | None = None) -> str:
    """What `large_day` leaves out: "Thursday, 10:00", with the zone as in `spoken_date`."""
    clocks = Clocks(circle.tz, circle.twelve_hours)
    return f"{when.astimezone(circle.tz):%A}, {_time(when, clocks, here)}"


def understood_day(day: date, today: date) -> str:
    """How a day still to come was understood: "Thursday 2 April, in 13 days"."""
    return f"{day:%A} {spoken_day(day, today)}, in {spoken_length(day - today)}"


def spoken_day(day: date, today: date) -> str:
    """A day as people say it: "2 April", or "2 April 2027" in another year."""
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


def spoken_time(when: datetime, circle: CircleFacts, *, here: tzinfo | None = None) -> str:
    """A moment on the circle's own clocks: "10:58", or "10:58 am" where they have twelve hours.

    Twelve o'clock at night is 12:00 am, at noon 12:00 pm. (`%p` depends on the locale.) With
    `here`, the circle's zone is added as in `spoken_date`.
    """
    return _time(when, Clocks(circle.tz, circle.twelve_hours), here)


def spoken_length(length: timedelta) -> str:
    """A stretch of time in everyday words, rounded: "12 seconds", "3 minutes", "2 hours"."""
    for unit, size, from_seconds in (
        ("day", 86_400, 129_600),
        ("hour", 3_600, 5_400),
        ("minute", 60, 60),
        ("second", 1, 0),
    ):
        if length.total_seconds() >= from_seconds:
            number = round(length.total_seconds() / size)
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "no time"


def spoken_distance(when: datetime, now: datetime) -> str:
    """How far off a moment is: "in 13 days", "now", "2 hours ago"."""
    apart = abs(when - now)
    if apart < timedelta(minutes=1):
        return "now"
    words = spoken_length(apart)
    return f"in {words}" if when > now else f"{words} ago"


def doubt_about_clock(
    circle: CircleFacts,
    last_ended: datetime | None,
    now: datetime,
    here: tzinfo | None = None,
) -> str | None:
    """What to ask before a meeting begins `now`, if the last one ended after `now`; else None.

    `last_ended` is when the last one ended (aware UTC); None if there was none.
    """
    if last_ended is None or now >= last_ended:
        return None
    present, last = (spoken_date(each, circle, now=now, here=here) for each in (now, last_ended))
    return f"Here it is {present}, but the last meeting ended {last}. Is this clock right?"
