"""Arriving and leaving during a round.

Invariant: one key does what is sensible for the chosen member: an absent member arrives, a waiting
one speaks next and then leaves, anybody else leaves.
"""

from typing import ClassVar

from circle_tui.core.attendance import labels
from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.ids import MemberId
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.commands import Movement
from circle_tui.core.meeting.meeting import Meeting, Person
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
    SpokenField,
    View,
    execute,
    offered,
)

_SEATS_WITH_KEYS = 9

_WOULD = {
    Movement.ARRIVES: "Enter: {name} is here",
    Movement.LEAVES_SOON: "Enter: {name} speaks next, then leaves",
    Movement.LEAVES: "Enter: {name} leaves",
}


class ArrivalsView(View, frozen=True, kw_only=True):
    """Everybody in seat order; the status says what the key would do about the chosen one."""

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (SpokenField("rows", numbered=True),)

    rows: tuple[Row, ...]


def arrivals_view(snapshot: MeetingSnapshot, *, cursor: int | None) -> ArrivalsView:
    """Everybody, with the cursor on a row; None while nobody is chosen."""
    meeting = snapshot.meeting
    seats = range(1, min(len(meeting.people), _SEATS_WITH_KEYS) + 1)
    offers: dict[str, Offer | Intent] = {
        "previous": Move(-1),
        "next": Move(1),
        **{f"seat_{seat}": ChooseSeat(seat) for seat in seats},
        "back": Local.BACK,
        "help": Local.HELP,
    }
    if cursor is not None:
        offers["choose"] = _come_or_go(snapshot, meeting.people[cursor].id)
    return ArrivalsView(
        headline=("Who has arrived or is leaving?",),
        status=_status(meeting, cursor),
        actions=offered(TABLE[Place.ARRIVALS], offers),
        rows=_rows(meeting),
    )


def first_cursor(meeting: Meeting) -> int | None:
    """The row of the first absent member.

    None if everybody is here, because pressing enter at once must not make anybody leave.
    """
    return next((row for row, person in enumerate(meeting.people) if not person.here), None)


def _come_or_go(snapshot: MeetingSnapshot, member: MemberId) -> Execute:
    after = snapshot.meeting
    for event in commands.arrive_or_leave(snapshot.meeting, snapshot.now, member):
        after = apply(after, event)
    return execute(commands.arrive_or_leave, member, flash=movement_sentence(after, member))


def _status(meeting: Meeting, cursor: int | None) -> str:
    if cursor is None:
        return "↑ ↓ to choose someone"
    person = meeting.people[cursor]
    would = _WOULD[commands.next_movement(meeting, person.id)]
    return would.format(name=person.name)


def _rows(meeting: Meeting) -> tuple[Row, ...]:
    return tuple(
        Row(labels.GLYPHS[person.attendance], person.name, _state(person), dim=not person.here)
        for person in meeting.people
    )


def _state(person: Person) -> str:
    if person.here:
        return "leaving soon" if person.attendance is Attendance.LEFT_EARLY else "here"
    match person.attendance:
        case Attendance.LATE:
            return "not here yet"
        case Attendance.LEFT_EARLY:
            return "left"
        case _:
            return labels.word(person.attendance)
