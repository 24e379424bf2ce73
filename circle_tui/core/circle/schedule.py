"""When a circle meets.

Invariant: a rhythm keeps its anchor's wall time in the circle's time zone, also across daylight
saving changes; results are aware UTC. A wall time that such a change skips moves forward by the
gap, as Python's `datetime` does.
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from circle_tui.core.attendance.facts import AttendanceFacts, CycleChoice
from circle_tui.core.circle.circle import CircleFacts, Rhythm

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

_DAYS_AT_MOST = {"day": 1, "week": 7, "month": 31}


def _stride(rhythm: Rhythm, times: int) -> "timedelta | relativedelta":
    number = rhythm.every * times
    match rhythm.unit:
        case "day":
            return timedelta(days=number)
        case "week":
            return timedelta(weeks=number)
        case "month":
            # Imported here, because few circles need it and it is slow to load.
            from dateutil.relativedelta import relativedelta

            return relativedelta(months=number)


def moment(circle: CircleFacts, wall: datetime) -> datetime:
    """The aware UTC moment at which the circle's clocks show `wall` (naive)."""
    return wall.replace(tzinfo=circle.tz).astimezone(UTC)


def next_meeting(circle: CircleFacts, anchor: datetime, started: datetime) -> datetime:
    """The date (aware UTC) of the meeting after the one that started at `started` (aware UTC).

    `anchor` is the naive wall time that the rhythm counts from. The result is at least half a
    rhythm after `started`, so that a meeting held some days early is not followed by its own
    regular date.
    """
    # Start the search before the result: no stride is longer than this.
    longest = timedelta(days=circle.rhythm.every * _DAYS_AT_MOST[circle.rhythm.unit])
    times = max(0, (started - moment(circle, anchor)) // longest - 1)
    while True:
        candidate = moment(circle, anchor + _stride(circle.rhythm, times))
        if is_later_date(circle, candidate, started):
            return candidate
        times += 1


def anchor(facts: AttendanceFacts) -> datetime:
    """The naive wall time that the rhythm counts from.

    That is the first date the circle chose at a meeting, because its very first meeting may have
    begun spontaneously.
    """
    circle = facts.circle
    # A meeting recorded afterwards may not have set the next date.
    chosen = next((each.next for each in facts.records if each.next is not None), None)
    if chosen is not None:
        return chosen.astimezone(circle.tz).replace(tzinfo=None)
    return circle.first


def by_rhythm(facts: AttendanceFacts, started: datetime) -> datetime:
    """The date (aware UTC) after a meeting at `started`, if nobody chose another."""
    circle = facts.circle
    # After a rest, the rhythm continues from when the circle was woken.
    awake = started if circle.woken is None else max(started, circle.woken)
    return next_meeting(circle, anchor(facts), awake)


def is_later_date(circle: CircleFacts, planned: datetime, started: datetime) -> bool:
    """Whether `planned` is a date after the one at which a meeting at `started` was due."""
    return planned >= started + timedelta(days=circle.rhythm.days / 2)


def earlier_by_rhythm(circle: CircleFacts, planned: datetime) -> datetime:
    """The date (aware UTC) one rhythm before `planned`, at the same wall time."""
    wall = planned.astimezone(circle.tz).replace(tzinfo=None)
    return moment(circle, wall + _stride(circle.rhythm, -1))


def planned(facts: AttendanceFacts) -> datetime:
    """The planned date (aware UTC) of the next meeting."""
    rhythm_from = anchor(facts)
    circle, records = facts.circle, facts.records
    if not records:
        next_date = moment(circle, circle.first)
    else:
        last = records[-1]
        next_date = last.next or by_rhythm(facts, last.started)
    for cancelled in facts.cancelled_since_last_meeting:
        after = next_meeting(circle, rhythm_from, cancelled.planned)
        if after <= cancelled.at:
            after = next_meeting(circle, rhythm_from, cancelled.at)
        next_date = cancelled.rebooked or after
    return next_date.astimezone(UTC)


def resting(facts: AttendanceFacts) -> bool:
    """Whether the circle chose to rest, and nobody has woken it since."""
    if not facts.records:
        return False
    last, woken = facts.records[-1], facts.circle.woken
    return (
        last.looked_back is not None
        and last.looked_back.choice is CycleChoice.REST
        and (woken is None or woken < last.ended)
    )
