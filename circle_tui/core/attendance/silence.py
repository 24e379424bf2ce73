"""The dates that passed with nothing recorded: no meeting, and no cancellation.

Invariant: a date is counted once, as held, as cancelled, or here (guide: practice, Attendance).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from circle_tui.core.attendance.facts import AttendanceFacts, Cancelled, CycleChoice, HeldMeeting
from circle_tui.core.circle import schedule

MOST = 1000
"""The most dates to count: a circle that was set up long ago and never met has thousands."""


def silent_dates(facts: AttendanceFacts, now: datetime) -> tuple[datetime, ...]:
    """The dates that passed by `now` with nothing recorded (aware UTC), oldest first.

    A date before the last meeting has passed if the next meeting began at least half a rhythm after
    it; a date after the last meeting, if its meeting would be over. Dates follow the circle's
    present rhythm; a resting circle has none. The new date of a cancelled meeting does not count,
    because the cancellation already does.
    """
    if not facts.circle.preset.meets:
        return ()
    return tuple(each for _, each in zip(range(MOST), _silent(facts, now), strict=False))


def silent_since_last_meeting(facts: AttendanceFacts, dates: Sequence[datetime]) -> int:
    """How many of the silent `dates` lie after the last meeting."""
    if not facts.records:
        return len(dates)
    last = facts.records[-1].started
    return sum(date > last for date in dates)


def _silent(facts: AttendanceFacts, now: datetime) -> Iterator[datetime]:
    befores: list[HeldMeeting | None] = [None, *facts.records]
    afters: list[HeldMeeting | None] = [*facts.records, None]
    for before, after in zip(befores, afters, strict=True):
        yield from _between(facts, before, after, now)


def _between(
    facts: AttendanceFacts, before: HeldMeeting | None, after: HeldMeeting | None, now: datetime
) -> Iterator[datetime]:
    circle = facts.circle
    half = timedelta(days=circle.rhythm.days / 2)
    end = now if after is None else after.started
    awake = _awake(facts, before, end)
    if awake is None:
        return
    date = _first_date(facts, before, awake)
    made_up = False
    for cancelled in _cancelled_between(facts, before, after):
        while date + circle.length < cancelled.at:
            if not made_up and date >= awake and abs(date - cancelled.planned) >= half:
                yield date
            made_up, date = False, _next(facts, date)
        made_up = cancelled.rebooked is not None
        date = cancelled.rebooked or _after(facts, cancelled)
    passed = circle.length if after is None else half
    while date + passed < end or (after is not None and date + passed == end):
        if not made_up and date >= awake:
            yield date
        made_up, date = False, _next(facts, date)


def _awake(facts: AttendanceFacts, before: HeldMeeting | None, end: datetime) -> datetime | None:
    """Since when dates count after a meeting; None while the circle rests until the next one."""
    if before is None:
        return schedule.moment(facts.circle, facts.circle.first)
    rests = before.looked_back is not None and before.looked_back.choice is CycleChoice.REST
    if not rests:
        return before.started
    woken = facts.circle.woken
    return woken if woken is not None and before.ended <= woken <= end else None


def _first_date(facts: AttendanceFacts, before: HeldMeeting | None, awake: datetime) -> datetime:
    if before is None:
        return awake
    return before.next or _next(facts, awake)


def _cancelled_between(
    facts: AttendanceFacts, before: HeldMeeting | None, after: HeldMeeting | None
) -> Iterator[Cancelled]:
    for cancelled in facts.cancelled:
        if (before is None or cancelled.at > before.ended) and (
            after is None or cancelled.at <= after.ended
        ):
            yield cancelled


def _after(facts: AttendanceFacts, cancelled: Cancelled) -> datetime:
    """The date after a cancelled meeting that was not rebooked."""
    date = _next(facts, cancelled.planned)
    return date if date > cancelled.at else _next(facts, cancelled.at)


def _next(facts: AttendanceFacts, date: datetime) -> datetime:
    return schedule.next_meeting(facts.circle, schedule.anchor(facts), date)
