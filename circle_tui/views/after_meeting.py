"""What to open and say once a meeting's record is saved.

Invariant: a circle that chose to redesign goes straight to its covenant, and one with contracts
that are due goes to one after the other, while their people are still in the room.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from circle_tui.core import text
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.comparison import Missing
from circle_tui.core.circle.cycle import last_choice
from circle_tui.core.circle.state import CircleState
from circle_tui.views.view import GoToContract, Request


class AfterMeeting(NamedTuple):
    """The place to open, and the sentence to flash there.

    `to_come` are the ids of the due contracts to open after it.
    """

    place: Request | GoToContract
    flash: str
    to_come: tuple[str, ...] = ()


def after_meeting(
    state: CircleState, now: datetime, missing: Missing | None = None, kept_in: str = ""
) -> AfterMeeting:
    """What follows the last meeting of `state`, which has just been saved, at `now` (aware UTC).

    If another program has put back an older version of the file, `missing` is what that lacks, and
    `kept_in` the name of the file that still has it.
    """
    number = state.records[-1].number
    if missing is not None:
        return AfterMeeting(Request.HOME, _older_file(state, number, missing, kept_in))
    if state.circle.passes_up:
        return AfterMeeting(
            Request.PASSING_UP,
            f"Meeting {number} saved. What would you like the circle above yours to hear?",
        )
    match last_choice(state.records):
        case CycleChoice.REDESIGN:
            return AfterMeeting(
                Request.COVENANT,
                f"Meeting {number} saved. Now your covenant: what should it say from now on?",
            )
        case CycleChoice.REST:
            return AfterMeeting(Request.HOME, f"Meeting {number} saved. The circle is resting now.")
        case _ if (due := _next_due(state, now, None)) is not None:
            return due._replace(flash=f"Meeting {number} saved. {due.flash}")
        case _:
            return AfterMeeting(
                Request.HOME, f"Meeting {number} saved. See you next time · u opens it again"
            )


def next_contract(
    state: CircleState, now: datetime, to_come: Collection[str]
) -> AfterMeeting | None:
    """The first of these contracts (by id) that is still due; None if there is none."""
    return _next_due(state, now, to_come) if to_come else None


def _next_due(
    state: CircleState, now: datetime, to_come: Collection[str] | None
) -> AfterMeeting | None:
    """The first due contract, with those that follow it; None if there is none.

    Only those in `to_come` count, unless it is None.
    """
    if not state.contracts:
        return None
    # Imported here, because a circle without contracts does not need their rules.
    from circle_tui.core.contracts import lookup, overview

    found = [
        each.shown
        for each in overview.due(state, now)
        if to_come is None or each.shown.contract in to_come
    ]
    if not found:
        return None
    first, *others = found
    people = text.join_with_and([member.name for member in lookup.parties(state, first)])
    more = f", then {len(others)} more" if others else ""
    return AfterMeeting(
        GoToContract(first.contract, "contract"),
        f"Now the contract of {people}{more} · Esc leaves it for later",
        tuple(each.contract for each in others),
    )


def _older_file(state: CircleState, number: int, missing: Missing, kept_in: str) -> str:
    """The sentence if another program has replaced the circle's file by an older one."""
    days = [f"{state.circle.day(meeting.started):%-d %B}" for meeting in missing.meetings]
    names = [member.name for member in missing.members]
    lost = text.join_with_and([*(f"the meeting of {day}" for day in days), *names])
    return (
        f"Meeting {number} saved. Another program put back an older file, without {lost}. You'll "
        f"find what's missing in {kept_in}."
    )
