"""What to open and say once a meeting's record is saved.

Invariant: a circle that chose to redesign goes straight to its covenant.
"""

from typing import NamedTuple

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.cycle import last_choice
from circle_tui.core.circle.state import CircleState
from circle_tui.views.view import Request


class AfterMeeting(NamedTuple):
    """The place to open, and the sentence to flash there."""

    place: Request
    flash: str


def after_meeting(state: CircleState) -> AfterMeeting:
    """What follows the last meeting of `state`, which has just been saved."""
    number = state.records[-1].number
    match last_choice(state.records):
        case CycleChoice.REDESIGN:
            return AfterMeeting(
                Request.COVENANT,
                f"Meeting {number} is kept. Now the covenant: what should it say from here on?",
            )
        case CycleChoice.REST:
            return AfterMeeting(
                Request.HOME, f"Meeting {number} is kept. The circle rests from here on."
            )
        case _:
            return AfterMeeting(Request.HOME, f"Meeting {number} is kept. Until next time.")
