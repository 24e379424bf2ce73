"""Who comes and goes during a round, and what one key about each of them does.

Invariant: one key about a person does the next sensible thing: whoever is away arrives, whoever
waits speaks sooner and then leaves, whoever is here leaves.
"""

from circle_tui.core.attendance import labels
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.commands import Movement
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.core.meeting.replay import apply
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.rounds import movement_sentence
from circle_tui.views.view import (
    ChooseSeat,
    Execute,
    Intent,
    Local,
    Move,
    Offer,
    Row,
    View,
    offered,
)

_SEATS_WITH_KEYS = 9

_WOULD = {
    Movement.ARRIVES: "arrives",
    Movement.LEAVES_SOON: "goes early: speaks next",
    Movement.LEAVES: "leaves",
}


class ArrivalsView(View, frozen=True, kw_only=True):
    """Everybody by seat, with what would happen to each; the headline is the question."""

    rows: tuple[Row, ...]


def arrivals_view(snapshot: MeetingSnapshot, *, cursor: int | None) -> ArrivalsView:
    """Everybody, with the cursor on one of them or on nobody yet."""
    meeting = snapshot.meeting
    seats = range(1, min(len(meeting.people), _SEATS_WITH_KEYS) + 1)
    offers: dict[str, Offer | Intent] = {
        "previous": Move(-1),
        "next": Move(1),
        **{f"seat_{seat}": ChooseSeat(seat) for seat in seats},
        "back": Local.BACK,
    }
    if cursor is not None:
        offers["choose"] = _come_or_go(snapshot, meeting.people[cursor].id)
    return ArrivalsView(
        headline=("Who arrives or leaves?",),
        status="↑ ↓ choose · enter yes · esc back",
        actions=offered(TABLE[Place.ARRIVALS], offers),
        rows=_rows(meeting),
    )


def first_cursor(meeting: Meeting) -> int | None:
    """The row of the first who may arrive.

    With nobody to arrive nobody is chosen yet: enter must not send anybody away.
    """
    return next((row for row, person in enumerate(meeting.people) if not person.here), None)


def _come_or_go(snapshot: MeetingSnapshot, member: str) -> Execute:
    after = snapshot.meeting
    for event in commands.arrive_or_leave(snapshot.meeting, snapshot.now, member):
        after = apply(after, event)
    return Execute(commands.arrive_or_leave, (member,), flash=movement_sentence(after, member))


def _rows(meeting: Meeting) -> tuple[Row, ...]:
    return tuple(
        Row(
            labels.GLYPHS[person.attendance],
            person.name,
            _WOULD[commands.next_movement(meeting, person.id)],
        )
        for person in meeting.people
    )
