"""What to open and say once a meeting's record is saved.

Invariant: a circle that chose to redesign goes straight to its covenant, and one with a contract
that is due goes to that, while its people are still in the room.
"""

from datetime import datetime
from typing import NamedTuple

from circle_tui.core import text
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.comparison import Missing
from circle_tui.core.circle.cycle import last_choice
from circle_tui.core.circle.state import CircleState
from circle_tui.views.view import GoToContract, Request


class AfterMeeting(NamedTuple):
    """The place to open, and the sentence to flash there."""

    place: Request | GoToContract
    flash: str


def after_meeting(
    state: CircleState, now: datetime, missing: Missing | None = None, kept_in: str = ""
) -> AfterMeeting:
    """What follows the last meeting of `state`, which has just been saved, at `now` (aware UTC).

    `missing` is what an older version of the file, brought back meanwhile, no longer has; the
    version that has it lies in `kept_in`.
    """
    number = state.records[-1].number
    if missing is not None:
        return AfterMeeting(Request.HOME, _older_file(state, number, missing, kept_in))
    if state.circle.passes_up:
        return AfterMeeting(
            Request.PASSING_UP, f"Meeting {number} saved. What may the circle above yours hear?"
        )
    match last_choice(state.records):
        case CycleChoice.REDESIGN:
            return AfterMeeting(
                Request.COVENANT,
                f"Meeting {number} saved. Now your covenant: what should it say from here on?",
            )
        case CycleChoice.REST:
            return AfterMeeting(Request.HOME, f"Meeting {number} saved. The circle is resting now.")
        case _ if (due := _contract_due(state, now)) is not None:
            contract, people = due
            return AfterMeeting(
                GoToContract(contract, "contract"),
                f"Meeting {number} saved. Now the contract of {people} · Esc leaves it for later",
            )
        case _:
            return AfterMeeting(
                Request.HOME, f"Meeting {number} saved. See you next time · u opens it again"
            )


def _contract_due(state: CircleState, now: datetime) -> tuple[str, str] | None:
    """The contract that comes first now that all are still here: its id, and its people."""
    if not state.contracts:
        return None
    # Late: a circle without contracts has no use for their rules.
    from circle_tui.core.contracts import in_it, overview

    for found in overview.due(state, now):
        people = [member.name for member in in_it.members_in(state, found.shown)]
        return found.shown.contract, text.join_with_and(people)
    return None


def _older_file(state: CircleState, number: int, missing: Missing, kept_in: str) -> str:
    """What is said where another program put an older file in the place of the circle's."""
    days = [f"{state.circle.day(meeting.started):%-d %B}" for meeting in missing.meetings]
    names = [member.name for member in missing.members]
    lost = text.join_with_and([*(f"the meeting of {day}" for day in days), *names])
    return (
        f"Meeting {number} saved. An older file was put back in the meantime, without {lost}: "
        f"{kept_in} has them."
    )
