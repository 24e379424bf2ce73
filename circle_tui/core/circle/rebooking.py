"""Cancelling and rebooking the coming meeting, and waking a circle that rests.

Invariant: a cancellation is kept, with the moment at which a new date was found, and names nobody.
Moving a meeting several times counts as one cancellation.
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core import date_reading, text
from circle_tui.core.attendance.facts import Cancelled, CycleChoice
from circle_tui.core.circle import cycle
from circle_tui.core.circle.circle import check_meets
from circle_tui.core.circle.command import CircleCommand, blocked_by_meeting
from circle_tui.core.circle.context import MeetingContext, meeting_context
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import new_id

_BLOCKED_BY_MEETING = "You're in a meeting. Enter takes you back to it."


def awaiting_new_date(state: CircleState) -> Cancelled | None:
    """The last cancelled meeting, if it has no new date yet."""
    recent = state.cancelled_since_last_meeting
    return recent[-1] if recent and recent[-1].rebooked is None else None


def latest_rebooked(state: CircleState) -> Cancelled | None:
    """The cancelled meeting that the coming one replaces, if it was rebooked."""
    recent = state.cancelled_since_last_meeting
    return recent[-1] if recent and recent[-1].rebooked is not None else None


def cancelled_in_cycle(state: CircleState, number: int) -> tuple[Cancelled, ...]:
    """The cancellations of a cycle, oldest first."""
    return tuple(cancellation for cancellation in state.cancelled if cancellation.cycle == number)


@blocked_by_meeting(_BLOCKED_BY_MEETING)
def cancel(state: CircleState, now: datetime) -> CircleState:
    """Cancel the coming meeting."""
    return replace(state, cancelled=(*state.cancelled, _cancelled(state, now)))


@blocked_by_meeting(_BLOCKED_BY_MEETING)
def rebook(state: CircleState, now: datetime, typed: str) -> CircleState:
    """Set another date, as typed, for the coming meeting or for the one just cancelled."""
    coming = _require_awake(state, now)
    moved = awaiting_new_date(state) or latest_rebooked(state)
    if moved is not None and moved.rebooked is not None and moved.rebooked <= now:
        # The new date has passed without a meeting, so this moves the date after it.
        moved = None
    usual = coming.planned if moved is None else moved.rebooked or moved.planned
    when = date_reading.read_moment(state.circle, text.clean(typed), max(usual, now), now)
    if moved is None and _has_no_date_since_rest(state):
        return _with_first_date(state, when)
    if moved is None:
        fresh = replace(_cancelled(state, now), rebooked=when, rebooked_at=now)
        return replace(state, cancelled=(*state.cancelled, fresh))
    if when == moved.rebooked:
        raise RuleError("It's already set for that date.")
    # What counts is when the first new date was found (guide: practice, Attendance).
    dated = replace(moved, rebooked=when, rebooked_at=moved.rebooked_at or now)
    return replace(state, cancelled=(*state.cancelled[:-1], dated))


@CircleCommand
def wake(state: CircleState, now: datetime) -> CircleState:
    """End a circle's rest."""
    if not meeting_context(state, now).resting:
        raise RuleError("The circle is awake already.")
    return replace(state, circle=replace(state.circle, woken=now))


def _require_awake(state: CircleState, now: datetime) -> MeetingContext:
    coming = meeting_context(state, now)
    check_meets(state.circle)
    if coming.resting:
        raise RuleError("The circle is resting. Press w to wake it first.")
    return coming


def _cancelled(state: CircleState, now: datetime) -> Cancelled:
    coming = _require_awake(state, now)
    cancelled_id = new_id("x", (each.id for each in state.cancelled), now)
    return Cancelled(id=cancelled_id, cycle=coming.cycle, planned=coming.planned, at=now)


def _has_no_date_since_rest(state: CircleState) -> bool:
    """Whether no date was set since the circle's rest, so that only the rhythm proposes one."""
    return cycle.last_choice(state.records) is CycleChoice.REST and (state.records[-1].next is None)


def _with_first_date(state: CircleState, when: datetime) -> CircleState:
    """The state with the first date after a rest, stored with the last meeting's record."""
    last = replace(state.records[-1], next=when)
    return replace(state, records=(*state.records[:-1], last))
