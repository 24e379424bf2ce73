"""Meetings that are cancelled, and rebooked; and circles that wake from a rest.

Invariant: what was cancelled stays known, with when another date was found; nobody is named.
Finding yet another date for a meeting cancels nothing twice.
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core import dates, text
from circle_tui.core.attendance.facts import Cancelled, CycleChoice
from circle_tui.core.circle import cycle
from circle_tui.core.circle.circle import check_meets
from circle_tui.core.circle.command import CircleCommand, blocked_by_meeting
from circle_tui.core.circle.context import MeetingContext, meeting_context
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import new_id

_UNDER_WAY = "A meeting is under way: enter goes on with it."


def waiting(state: CircleState) -> Cancelled | None:
    """The cancelled meeting for which no other date is found yet."""
    recent = state.cancelled_since_met
    return recent[-1] if recent and recent[-1].rebooked is None else None


def rebooked(state: CircleState) -> Cancelled | None:
    """What the coming meeting stands for, where it was rebooked."""
    recent = state.cancelled_since_met
    return recent[-1] if recent and recent[-1].rebooked is not None else None


def in_cycle(state: CircleState, number: int) -> tuple[Cancelled, ...]:
    """What was cancelled in a cycle, oldest first."""
    return tuple(each for each in state.cancelled if each.cycle == number)


@blocked_by_meeting(_UNDER_WAY)
def cancel(state: CircleState, now: datetime) -> CircleState:
    """The coming meeting will not take place as planned."""
    return replace(state, cancelled=(*state.cancelled, _cancelled(state, now)))


@blocked_by_meeting(_UNDER_WAY)
def rebook(state: CircleState, now: datetime, typed: str) -> CircleState:
    """Another date for the coming meeting, as typed, or for the one that was just cancelled."""
    coming = _awake(state, now)
    moved = waiting(state) or rebooked(state)
    if moved is not None and moved.rebooked is not None and moved.rebooked <= now:
        # Nobody met on that date either.
        moved = None
    usual = coming.planned if moved is None else moved.rebooked or moved.planned
    when = dates.read_moment(state.circle, text.clean(typed), max(usual, now), now)
    if moved is None and _undated(state):
        return _first_date(state, when)
    if moved is None:
        fresh = replace(_cancelled(state, now), rebooked=when, rebooked_at=now)
        return replace(state, cancelled=(*state.cancelled, fresh))
    if when == moved.rebooked:
        raise RuleError("That is the date already.")
    # How soon a first other date was found is what counts (field guide, 2).
    dated = replace(moved, rebooked=when, rebooked_at=moved.rebooked_at or now)
    return replace(state, cancelled=(*state.cancelled[:-1], dated))


@CircleCommand
def wake(state: CircleState, now: datetime) -> CircleState:
    """A circle that rested meets again."""
    if not meeting_context(state, now).resting:
        raise RuleError("The circle is awake.")
    return replace(state, circle=replace(state.circle, woken=now))


def _awake(state: CircleState, now: datetime) -> MeetingContext:
    coming = meeting_context(state, now)
    check_meets(state.circle)
    if coming.resting:
        raise RuleError("The circle rests: w wakes it first.")
    return coming


def _cancelled(state: CircleState, now: datetime) -> Cancelled:
    coming = _awake(state, now)
    cancelled_id = new_id("x", (each.id for each in state.cancelled), now)
    return Cancelled(id=cancelled_id, cycle=coming.cycle, planned=coming.planned, at=now)


def _undated(state: CircleState) -> bool:
    """Whether nobody has set a date since the circle was woken: the rhythm only proposes one."""
    return cycle.chosen_last(state.records) is CycleChoice.REST and (state.records[-1].next is None)


def _first_date(state: CircleState, when: datetime) -> CircleState:
    """The date that the meeting before the rest left open."""
    last = replace(state.records[-1], next=when)
    return replace(state, records=(*state.records[:-1], last))
