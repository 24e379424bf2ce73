"""Reads and checks the events that a journal stores.

Invariant: accepted events make a meeting that can be shown, continued and recorded: each of them is
possible after the previous ones, and names only members and commitments that the meeting knows.
"""

from collections.abc import Iterable
from itertools import islice

from circle_tui.core.circle.circle import FORMATS, Circle
from circle_tui.core.errors import RuleError
from circle_tui.core.fields import MEMBER, Changer, FieldError
from circle_tui.core.ids import MemberId
from circle_tui.core.meeting import events
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.replay import apply, replay


def read_acts(acts: Iterable[Iterable[str]]) -> list[events.Events]:
    """The acts of a meeting, each from the JSON texts of its events.

    Raises `ValueError` for events that no meeting has.
    """
    read = [tuple(events.from_json(line) for line in act) for act in acts]
    try:
        _check(event for act in read for event in act)
    except (RuleError, FieldError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError("not the events of a meeting") from error
    return read


def _check(happened: Iterable[events.Event]) -> None:
    """Replay the events one by one. Raises for the first that cannot have happened."""
    rest = iter(happened)
    meeting = replay(islice(rest, 1))
    _check_circle(meeting.circle)
    seats = [person.id for person in meeting.people]
    if not seats or len(set(seats)) < len(seats):
        raise ValueError("no people, or one of them twice")
    known = frozenset(seats)

    def check_member(member: MemberId) -> MemberId:
        if member not in known:
            raise FieldError
        return member

    check_members = Changer({MEMBER: check_member})
    for event in rest:
        check_members(event)
        _check_follows(meeting, event)
        meeting = apply(meeting, event)


def _check_circle(circle: Circle) -> None:
    if circle.format not in FORMATS or not all(circle.prompts):
        raise ValueError("no format that can be followed")
    _ = circle.tz


def _check_follows(meeting: Meeting, event: events.Event) -> None:
    """Raises `ValueError` for an event that no command gives in this state of the meeting."""
    match event:
        case _ if meeting.phase is Phase.CLOSED:
            raise ValueError("the meeting is over")
        case events.RoundBegan(order=order) if len(set(order)) < len(order) or not order:
            raise ValueError("somebody speaks twice, or nobody")
        case (
            events.CommitmentAnswered(commitment=known) | events.CommitmentChanged(commitment=known)
        ):
            turn = meeting.turn
            open_now = () if turn is None else meeting.open_commitments_of(turn.member)
            if known not in [each.id for each in open_now]:
                raise ValueError("no such commitment is open")
    made = event.id if isinstance(event, events.CommitmentMade) else getattr(event, "becomes", None)
    if made in [each.id for each in meeting.made]:
        raise ValueError("two commitments have one id")
