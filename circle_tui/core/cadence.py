"""When a circle meets.

Law: a rhythm keeps the wall time of its anchor in the circle's own zone, across changes of
clock; moments that come out are aware UTC. Wall times that the clock skips are moved on by the
gap: Python reads them by the offset before it.
"""

import re
from datetime import UTC, date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from circle_tui.core import text
from circle_tui.core.circle import Circle, Rhythm
from circle_tui.core.facts import CycleChoice, Facts
from circle_tui.core.refused import Refused

_DAYS_AT_MOST = {"day": 1, "week": 7, "month": 31}

_NO_DATE = "That is not a date: write it like 2 April 10:00."
_LONGEST_DATE = 80
"""Characters; reading a pasted megabyte as a date takes minutes."""

_HALF_DAY = re.compile(r"\b([0-9]{1,2})\.([0-9]{2})(?=\s?[ap]\.?\s?m\b)", re.IGNORECASE)
"""The time in "6.30 pm", which dateutil would take for six."""

FURTHEST = timedelta(days=2 * 366)
"""How far ahead a meeting can be set; what is typed beyond that is a slip."""


def _stride(rhythm: Rhythm, times: int) -> relativedelta:
    number = rhythm.every * times
    match rhythm.unit:
        case "day":
            return relativedelta(days=number)
        case "week":
            return relativedelta(weeks=number)
        case "month":
            return relativedelta(months=number)


def moment(circle: Circle, wall: datetime) -> datetime:
    """The aware UTC moment at which the circle's clocks show `wall` (naive)."""
    return wall.replace(tzinfo=circle.tz).astimezone(UTC)


def next_meeting(circle: Circle, anchor: datetime, started: datetime) -> datetime:
    """When the meeting after the one that started at `started` (aware UTC) falls, in UTC.

    `anchor` is the naive wall time that the rhythm counts from. A meeting held some days early
    or late still hands over to the next date of the rhythm, so a date counts only from half a
    rhythm after the start.
    """
    half = timedelta(days=circle.rhythm.days / 2)
    # Looking starts a little before: no stride is longer than this.
    longest = timedelta(days=circle.rhythm.every * _DAYS_AT_MOST[circle.rhythm.unit])
    times = max(0, (started - moment(circle, anchor)) // longest - 1)
    while True:
        falls = moment(circle, anchor + _stride(circle.rhythm, times))
        if falls >= started + half:
            return falls
        times += 1


def anchor(facts: Facts) -> datetime:
    """The wall time the rhythm counts from.

    A circle that began on the spot finds its rhythm with the first date it chooses.
    """
    circle, records = facts.circle, facts.records
    if records and (chosen := records[0].next) is not None:
        return chosen.astimezone(circle.tz).replace(tzinfo=None)
    return circle.first


def planned(facts: Facts) -> datetime:
    """When the next meeting falls (aware UTC), as far as it is known."""
    rhythm_from = anchor(facts)
    circle, records = facts.circle, facts.records
    if not records:
        falls = moment(circle, circle.first)
    else:
        last = records[-1]
        # After a rest, the rhythm goes on from when the circle was woken.
        awake = last.started if circle.woken is None else max(last.started, circle.woken)
        falls = last.next or next_meeting(circle, rhythm_from, awake)
    for cancelled in facts.cancelled_since_met:
        after = next_meeting(circle, rhythm_from, cancelled.planned)
        if after <= cancelled.at:
            after = next_meeting(circle, rhythm_from, cancelled.at)
        falls = cancelled.rebooked or after
    return falls.astimezone(UTC)


def resting(facts: Facts) -> bool:
    """Whether the circle chose to rest, and nobody has woken it since."""
    if not facts.records:
        return False
    last, woken = facts.records[-1], facts.circle.woken
    return (
        last.looked_back is not None
        and last.looked_back.choice is CycleChoice.REST
        and (woken is None or woken < last.ended)
    )


def read_moment(circle: Circle, typed: str, usual: datetime, now: datetime) -> datetime:
    """The aware UTC moment a person typed: "2 April", "2026-04-02 10:30", "18:00", "6:30 pm".

    What is not said is taken from `usual` (aware UTC). Days come before months, years before
    both. Raises `Refused` for what is no date, or lies before `now`.
    """
    from dateutil import parser

    # What is usual may be now, and nobody types the seconds of a date.
    local = usual.astimezone(circle.tz).replace(tzinfo=None, second=0, microsecond=0)
    if len(typed) > _LONGEST_DATE:
        raise Refused(_NO_DATE)
    typed = _HALF_DAY.sub(r"\1:\2", typed)
    try:
        days_first = not typed.strip()[:4].isdigit()
        wall = parser.parse(typed, default=local, dayfirst=days_first, ignoretz=True)
        found = moment(circle, wall)
        later = parser.parse(
            typed, default=local + relativedelta(years=1), dayfirst=days_first, ignoretz=True
        )
        # A day without a year, as "2 January" said in December, is the coming one; but what has
        # only just passed is a slip.
        if found <= now < moment(circle, later) <= now + timedelta(days=183):
            wall, found = later, moment(circle, later)
    except (OverflowError, ValueError):
        raise Refused(_NO_DATE) from None
    if found <= now:
        day = f"{wall.day} {wall:%B} {wall.year}"
        raise Refused(
            f"{day}, {spoken_time(found, circle)}, has passed: write a date still to come."
        )
    if found - now > FURTHEST:
        raise Refused("That is more than two years away: write a nearer date.")
    return found


def read_day(typed: str) -> date:
    """The day a person typed, as in "2026-03-05" or "5 March 2026". Raises `Refused`."""
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
        raise Refused(f"“{text.brief(typed)}” is not a day: write it like 2026-03-05.")
    return found.pop()


def read_first(typed: str) -> datetime:
    """The naive wall time of a first meeting, as in "2026-03-05T10:00". Raises `Refused`."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        raise Refused("The first meeting is not a date: write it like 2026-03-05T10:00.") from None


def spoken_date(when: datetime, circle: Circle) -> str:
    """A moment as the circle would say it: "Thursday 2 April, 10:00", "…, 10:00 am"."""
    local = when.astimezone(circle.tz)
    return f"{local:%A} {local.day} {local:%B}, {spoken_time(when, circle)}"


def spoken_time(when: datetime, circle: Circle) -> str:
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
