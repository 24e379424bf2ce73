"""Meetings in which members promise something and answer for it, to test commitments with."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import commitments
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import Outcome
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import closing_commands, commands, events
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.core.meeting.recording import record_of
from circle_tui.core.meeting.replay import apply, replay

from .meetings import START, circle_of

DAY = timedelta(days=1)
FORTNIGHT = timedelta(weeks=2)

Act = tuple[object, ...]


def hold(state: CircleState, at: datetime, **said: Sequence[Act]) -> CircleState:
    """Hold a meeting; `said` holds each member's commands about their commitments."""
    opened = events.MeetingOpened(at=at, id=at.isoformat(), context=meeting_context(state, at))
    meeting = replay((opened,))
    now = at

    def do(command: Callable[..., events.Events], *words: object) -> None:
        nonlocal meeting
        for event in command(meeting, now, *words):
            meeting = apply(meeting, event)

    do(commands.begin)
    while meeting.phase is not Phase.CLOSING:
        assert meeting.turn is not None
        do(commands.start)
        do(commands.finish)
        do(commands.end_responses)
        for command, *words in said.get(meeting.turn.member, ()):
            do(command, *words)  # type: ignore[arg-type]
        do(commands.end_turn)
        now += timedelta(minutes=5)
    while meeting.phase is not Phase.CLOSED:
        match meeting.closing_step:
            case ClosingStep.WORKED | ClosingStep.CHANGE:
                do(closing_commands.look_back, "")
            case ClosingStep.CHOICE:
                do(closing_commands.choose, CycleChoice.RENEW)
            case ClosingStep.VITALITY:
                do(closing_commands.answer_question, "yes")
            case ClosingStep.DATE:
                do(closing_commands.keep_date)
            case ClosingStep.REACH_OUT:
                do(closing_commands.settle_reach_out, meeting.unreached[0].id, None)
            case ClosingStep.CLOSE:
                do(closing_commands.close)
    return replace(state, records=(*state.records, record_of(meeting)))


def met(**promised: str) -> CircleState:
    """A circle of three after its first meeting, in which members made commitments."""
    return hold(
        CircleState(circle=circle_of(3)),
        START,
        **{member: [(commands.promise, words)] for member, words in promised.items()},
    )


def missed(commitment: str, why: str, *reset: object) -> list[Act]:
    return [
        (commands.answer, commitment, Outcome.MISSED),
        (commands.say_what_got_in_the_way, why),
        (commands.reset, *reset),
    ]


def open_of(state: CircleState, member: str = "m1") -> Commitment:
    """A member's only open commitment."""
    (only,) = [each for each in commitments.open_commitments(state) if each.member == member]
    return only


def texts(state: CircleState) -> list[str]:
    return [each.text for each in commitments.open_commitments(state)]
