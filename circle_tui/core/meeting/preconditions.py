"""The checks that commands begin with.

Invariant: each function returns what it checked for, or raises `RuleError` with a sentence.
"""

from circle_tui.core.circle.state import NO_SUCH_MEMBER
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import MemberId
from circle_tui.core.meeting.meeting import Meeting, Person, Phase, Turn

_WHERE = {
    Phase.GATHERING: "while the circle gathers",
    Phase.READY: "before a share begins",
    Phase.SHARE: "during a share",
    Phase.RESPONSES: "during the responses",
    Phase.COMMITMENTS: "during the commitments",
    Phase.CLOSING: "at the closing",
}


def require_phase(meeting: Meeting, *phases: Phase) -> None:
    """Raise `RuleError` unless the meeting is in one of `phases`."""
    if meeting.phase not in phases:
        where = " or ".join(_WHERE[phase] for phase in phases)
        raise RuleError(f"You can do that {where}.")


def require_turn(meeting: Meeting) -> Turn:
    """The current turn. Raises `RuleError` if there is none."""
    if meeting.turn is None:
        raise RuleError("It's nobody's turn right now.")
    return meeting.turn


def require_person(meeting: Meeting, member: MemberId) -> Person:
    """The person with that id. Raises `RuleError` if there is none."""
    try:
        return meeting.person(member)
    except KeyError:
        raise RuleError(NO_SUCH_MEMBER) from None
