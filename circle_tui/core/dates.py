"""Dates and times as people type them, and as they are said.

Invariant: what is said can be typed back. Days come before months; what is no date, or is a slip,
is refused with a sentence that shows how to write one.
"""

import re
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from circle_tui.core import text
from circle_tui.core.circle import schedule
from circle_tui.core.circle.circle import CircleFacts
from circle_tui.core.errors import RuleError

_NO_DATE = "That is not a date: write it like 2 April 10:00."
_LONGEST_DATE = 80
"""Characters; reading a pasted megabyte as a date takes minutes."""

_HALF_DAY = re.compile(r"\b([0-9]{1,2})\.([0-9]{2})(?=\s?[ap]\.?\s?m\b)", re.IGNORECASE)
"""The time in "6.30 pm", which dateutil would take for six."""

FURTHEST = timedelta(days=2 * 366)
"""How far ahead a meeting can be set; what is typed beyond that is a slip."""


def read_moment(circle: CircleFacts, typed: str, usual: datetime, now: datetime) -> datetime:
    """The aware UTC moment a person typed: "2 April", "2026-04-02 10:30", "18:00", "6:30 pm".

    What is not said is taken from `usual` (aware UTC). Days come before months, years before
    both. Raises `RuleError` for what is no date, or lies before `now`.
    """
    from dateutil import parser

    # What is usual may be now, and nobody types the seconds of a date.
    local = usual.astimezone(circle.tz).replace(tzinfo=None, second=0, microsecond=0)
    if len(typed) > _LONGEST_DATE:
        raise RuleError(_NO_DATE)
    typed = _HALF_DAY.sub(r"\1:\2", typed)
    days_first = not typed.strip()[:4].isdigit()

    def read(usually: datetime) -> datetime:
        wall = parser.parse(typed, default=usually, dayfirst=days_first, ignoretz=True)
        # Read twice: what is not said is as usual. "9 am" is the full hour, whatever is usual.
        other = usually.replace(hour=(usually.hour + 1) % 24, minute=(usually.minute + 1) % 60)
        again = parser.parse(typed, default=other, dayfirst=days_first, ignoretz=True)
        hour_alone = again.hour == wall.hour and again.minute != wall.minute
        return wall.replace(minute=0) if hour_alone else wall

    try:
        wall = read(local)
        found = schedule.moment(circle, wall)
        later = read(local + relativedelta(years=1))
        # A day without a year, as "2 January" said in December, is the coming one; but what has
        # only just passed is a slip.
        if found <= now < schedule.moment(circle, later) <= now + timedelta(days=183):
            wall, found = later, schedule.moment(circle, later)
    except (OverflowError, ValueError):
        raise RuleError(_NO_DATE) from None
    if found <= now:
        day = f"{wall.day} {wall:%B} {wall.year}"
        raise RuleError(
            f"{day}, {spoken_time(found, circle)}, has passed: write a date still to come."
        )
    if found - now > FURTHEST:
        raise RuleError("That is more than two years away: write a nearer date.")
    return found


def read_day(typed: str) -> date:
    """The day a person typed, as in "2026-03-05" or "5 March 2026". Raises `RuleError`."""
    from dateutil import parser

    days_first = not typed.strip()[:4].isdigit()
    try:
        # Read twice: what is not said takes its day, month and year from what is usual.
        found = {
            parser.parse(typed, default=usual, dayfirst=days_first, ignoretz=True).date()
            for usual in (datetime(2001, 1, 1), datetime(2004, 2, 2))  # noqa: DTZ001 - wall time
            if len(typed) <= _LONGEST_DATE
        }
    except (OverflowError, ValueError):
        found = set()
    if len(found) != 1:
        raise RuleError(f"“{text.brief(typed)}” is not a day: write it like 2026-03-05.")
    return found.pop()


def read_first(typed: str) -> datetime:
    """The naive wall time of a first meeting, as in "2026-03-05T10:00". Raises `RuleError`."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        raise RuleError(
            "The first meeting is not a date: write it like 2026-03-05T10:00."
        ) from None


def spoken_date(when: datetime, circle: CircleFacts) -> str:
    """A moment as the circle would say it: "Thursday 2 April, 10:00", "…, 10:00 am"."""
    local = when.astimezone(circle.tz)
    return f"{local:%A} {local.day} {local:%B}, {spoken_time(when, circle)}"


def spoken_day(day: date, today: date) -> str:
    """A day as people say it: "2 April", and with its number in another year."""
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


def spoken_time(when: datetime, circle: CircleFacts) -> str:
    """A moment on the circle's own clocks: "10:58", or "10:58 am" where they have twelve hours.

    Twelve o'clock at night is 12:00 am, at noon 12:00 pm. (`%p` would follow the machine.)
    """
    local = when.astimezone(circle.tz)
    if not circle.twelve_hours:
        return f"{local:%H:%M}"
    return f"{(local.hour - 1) % 12 + 1}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


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
