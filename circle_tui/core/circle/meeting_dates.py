"""The dates of a circle's meetings: those that were held, and those up to the end of the cycle.

Invariant: a meeting is identified by its number, whatever its date. The dates depend only on the
circle's state, not on today.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from circle_tui.core.attendance.facts import MOST
from circle_tui.core.circle import cycle, schedule
from circle_tui.core.circle.state import CircleState


class MeetingDate(NamedTuple):
    """One meeting; `starts` and `ends` are aware UTC, `at` is its number within its cycle.

    `off` is whether it will not be held, because the circle rests or nobody is left in it.
    """

    number: int
    cycle: int
    at: int
    starts: datetime
    ends: datetime
    off: bool = False


def coming(state: CircleState) -> tuple[MeetingDate, ...]:
    """The next meeting and those after it in its cycle; empty in a circle that never meets."""
    return tuple(_coming(state)) if state.circle.preset.meets else ()


def _coming(state: CircleState) -> Iterator[MeetingDate]:
    circle, records = state.circle, state.records
    number = min(1 + max((record.number for record in records), default=0), MOST)
    in_cycle, at = cycle.next_position(records, circle.cycle)
    off = schedule.resting(state) or not state.active
    try:
        starts, anchor = schedule.planned(state), schedule.anchor(state)
        for ahead in range(max(circle.cycle - at, 0) + 1):
            ends = starts + circle.length
            yield MeetingDate(number + ahead, in_cycle, at + ahead, starts, ends, off)
            starts = schedule.next_meeting(circle, anchor, starts)
    except OverflowError:
        # All later ones would be after the last day that a `date` can hold.
        return


def held(state: CircleState) -> tuple[MeetingDate, ...]:
    """The meetings that were held in the latest cycle with any and in the one before it."""
    latest = state.records[-1].cycle if state.records else 0
    found = []
    for record in state.records:
        if record.cycle >= latest - 1:
            before = sum(
                other.cycle == record.cycle and other.number < record.number
                for other in state.records
            )
            found.append(
                MeetingDate(record.number, record.cycle, before + 1, record.started, record.ended)
            )
    return tuple(found)


def checkin_day(state: CircleState, meeting: MeetingDate, before: datetime) -> date:
    """The day halfway between a meeting and the one that began at `before` (aware UTC)."""
    return state.circle.day(before + (meeting.starts - before) / 2)
