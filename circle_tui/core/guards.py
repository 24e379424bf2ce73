"""What a move may ask before anything happens.

Law: each of these answers with what it was asked for, or raises `Refused` with a sentence.
"""

from collections.abc import Callable
from typing import TypeVar

from circle_tui.core.circle import Member
from circle_tui.core.history import History
from circle_tui.core.meeting import Meeting, Person, Phase, Turn
from circle_tui.core.refused import Refused

_Found = TypeVar("_Found")

_WHERE = {
    Phase.GATHERING: "while the circle gathers",
    Phase.READY: "before a share begins",
    Phase.SHARE: "during a share",
    Phase.RESPONSES: "during the responses",
    Phase.COMMITMENTS: "among the commitments",
    Phase.CLOSING: "at the closing",
}


def only(meeting: Meeting, *phases: Phase) -> None:
    """Go on in these phases alone."""
    if meeting.phase not in phases:
        where = " or ".join(_WHERE[phase] for phase in phases)
        raise Refused(f"That can be done {where}.")


def turn(meeting: Meeting) -> Turn:
    """The turn under way."""
    if meeting.turn is None:
        raise Refused("Nobody has the turn now.")
    return meeting.turn


def person_of(meeting: Meeting, member: str) -> Person:
    """Whoever has that id in this meeting."""
    return _found(meeting.person, member)


def member_of(history: History, member: str) -> Member:
    """Whoever has that id in the circle, or had."""
    return _found(history.member, member)


def _found(look: Callable[[str], _Found], member: str) -> _Found:
    try:
        return look(member)
    except KeyError:
        raise Refused("Nobody in this circle has that seat.") from None
