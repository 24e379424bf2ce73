"""The seats of the ring in words, for people who don't see it: whose turn it is, and who is next.

Invariant: it has only names, and each member's state in the meeting.
"""

from collections.abc import Iterable

from circle_tui.core.ids import MemberId
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.core.text import join_with_and
from circle_tui.views.meeting_face import meeting_face
from circle_tui.views.ring import SeatState

_GATHERING = {
    SeatState.NOW: "Opens",
    SeatState.DONE: "Here",
    SeatState.AWAY: "Not here",
}
_RESPONSES = {
    SeatState.NOW: "Has spoken",
    SeatState.RESPONDING: "Responds now",
    SeatState.WAITING: "Responds after that",
    SeatState.DONE: "Has responded",
    SeatState.AWAY: "Not here",
}


def seats_in_words(snapshot: MeetingSnapshot) -> tuple[str, ...]:
    """A line for each state that somebody is in: who has the turn, who is next, and so on."""
    meeting = snapshot.meeting
    seats = meeting_face(snapshot).seats
    by_state = {state: [seat.name for seat in seats if seat.state is state] for state in SeatState}
    match meeting.phase:
        case Phase.GATHERING:
            return _lines((label, by_state[state]) for state, label in _GATHERING.items())
        case Phase.RESPONSES:
            by_state[SeatState.WAITING] = _names(meeting, meeting.responders[1:])
            return _lines((label, by_state[state]) for state, label in _RESPONSES.items())
    to_come = _names(meeting, (*meeting.waiting, *meeting.waiting_again))
    following = to_come[:1]
    return _lines(
        (
            (_turn(meeting), by_state[SeatState.NOW]),
            ("Next", following),
            ("Then", [each for each in to_come[1:] if each in by_state[SeatState.WAITING]]),
            ("Asked again", _without(by_state[SeatState.PASSED], following)),
            ("Had their turn", by_state[SeatState.DONE]),
            ("Had no turn", _without(by_state[SeatState.WAITING], to_come)),
            ("Not here", _without(by_state[SeatState.AWAY], following)),
        )
    )


def _turn(meeting: Meeting) -> str:
    """What the member who has the turn is doing."""
    if meeting.phase is Phase.COMMITMENTS:
        return "Names commitments"
    if meeting.phase is not Phase.SHARE:
        return "Has the turn"
    return "On hold" if meeting.countdown is not None and meeting.countdown.is_paused else "Speaks"


def _names(meeting: Meeting, members: Iterable[MemberId]) -> list[str]:
    return [meeting.person(each).name for each in members]


def _without(names: list[str], others: list[str]) -> list[str]:
    return [each for each in names if each not in others]


def _lines(labelled: Iterable[tuple[str, list[str]]]) -> tuple[str, ...]:
    return tuple(f"{label}: {join_with_and(names)}." for label, names in labelled if names)
