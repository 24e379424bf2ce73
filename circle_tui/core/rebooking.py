"""Meetings that are cancelled, and rebooked; and circles that wake from a rest.

Law: what was cancelled stays known, with when another date was found; nobody is named. Finding
yet another date for a meeting cancels nothing twice.
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core import cycle, dates, text
from circle_tui.core.circle import check_meets
from circle_tui.core.facts import Cancelled, CycleChoice
from circle_tui.core.history import History
from circle_tui.core.refused import Refused
from circle_tui.core.standing import Standing, standing


def waiting(history: History) -> Cancelled | None:
    """The cancelled meeting for which no other date is found yet."""
    recent = history.cancelled_since_met
    return recent[-1] if recent and recent[-1].rebooked is None else None


def rebooked(history: History) -> Cancelled | None:
    """What the coming meeting stands for, where it was rebooked."""
    recent = history.cancelled_since_met
    return recent[-1] if recent and recent[-1].rebooked is not None else None


def in_cycle(history: History, number: int) -> tuple[Cancelled, ...]:
    """What was cancelled in a cycle, oldest first."""
    return tuple(each for each in history.cancelled if each.cycle == number)


def cancel(history: History, now: datetime) -> History:
    """The coming meeting will not take place as planned."""
    return replace(history, cancelled=(*history.cancelled, _cancelled(history, now)))


def rebook(history: History, now: datetime, typed: str) -> History:
    """Another date for the coming meeting, as typed, or for the one that was just cancelled."""
    coming = _awake(history, now)
    moved = waiting(history) or rebooked(history)
    if moved is not None and moved.rebooked is not None and moved.rebooked <= now:
        # Nobody met on that date either.
        moved = None
    usual = coming.planned if moved is None else moved.rebooked or moved.planned
    when = dates.read_moment(history.circle, text.clean(typed), max(usual, now), now)
    if moved is None and _undated(history):
        return _first_date(history, when)
    if moved is None:
        fresh = replace(_cancelled(history, now), rebooked=when, rebooked_at=now)
        return replace(history, cancelled=(*history.cancelled, fresh))
    if when == moved.rebooked:
        raise Refused("That is the date already.")
    # How soon a first other date was found is what counts (field guide, 2).
    dated = replace(moved, rebooked=when, rebooked_at=moved.rebooked_at or now)
    return replace(history, cancelled=(*history.cancelled[:-1], dated))


def wake(history: History, now: datetime) -> History:
    """A circle that rested meets again."""
    if not standing(history, now).resting:
        raise Refused("The circle is awake.")
    return replace(history, circle=replace(history.circle, woken=now))


def _awake(history: History, now: datetime) -> Standing:
    coming = standing(history, now)
    check_meets(history.circle)
    if coming.resting:
        raise Refused("The circle rests: w wakes it first.")
    return coming


def _cancelled(history: History, now: datetime) -> Cancelled:
    coming = _awake(history, now)
    taken = {each.id for each in history.cancelled}
    number = 1 + len(taken)
    while f"x{number}" in taken:
        number += 1
    return Cancelled(id=f"x{number}", cycle=coming.cycle, planned=coming.planned, at=now)


def _undated(history: History) -> bool:
    """Whether nobody has set a date since the circle was woken: the rhythm only proposes one."""
    return cycle.chosen_last(history.records) is CycleChoice.REST and (
        history.records[-1].next is None
    )


def _first_date(history: History, when: datetime) -> History:
    """The date that the meeting before the rest left open."""
    last = replace(history.records[-1], next=when)
    return replace(history, records=(*history.records[:-1], last))
