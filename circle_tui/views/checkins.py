"""Check-ins: reading and writing what members want to say before the next gathering.

Invariant: a check-in is written by the chosen member. Members without one are not marked.
"""

from typing import ClassVar

from circle_tui.core.circle import checkins
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CheckIn, CircleState
from circle_tui.core.ids import MemberId
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.text import Span, Text, muted, text
from circle_tui.views.view import (
    Action,
    ChooseSeat,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    Scroll,
    SpokenField,
    View,
    ask,
    offered,
)

CHECKINS = "Check-ins"
LINES_READ_ON = 3
"""How many lines one key scrolls."""


class CheckInsView(View, frozen=True, kw_only=True):
    """The members in seat order, each with their latest check-in.

    `cursor` is the row of the chosen member, `title` their name, and `words` all their check-ins
    with the dates. `member` is their id.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("rows", CHECKINS, numbered=True),
        SpokenField("words", label_field="title"),
    )

    rows: tuple[Row, ...]
    cursor: int
    member: MemberId
    title: str
    words: Text


def checkins_view(snapshot: CircleSnapshot, *, cursor: int, asking: bool) -> CheckInsView:
    """The check-ins for the next gathering; a `cursor` beyond the last row is on the last.

    `asking` is whether words are being typed.
    """
    members = _who_can_write(snapshot.state)
    cursor = min(cursor, len(members) - 1)
    written = _written(snapshot, members)
    seats = {member.id: str(seat) for seat, member in enumerate(snapshot.state.active, 1)}
    chosen = members[cursor]
    return CheckInsView(
        headline=(snapshot.circle.name, "check-ins"),
        status=(
            f"Two or three sentences. {every_screen.TYPING}"
            if asking
            else "You'll all see these at the next gathering."
        ),
        actions=_actions(chosen, asking=asking),
        rows=tuple(
            _row(seats.get(member.id, ""), member, written[member.id]) for member in members
        ),
        cursor=cursor,
        member=chosen.id,
        title=chosen.name,
        words=_words(snapshot, written[chosen.id]),
    )


def checkins_face(snapshot: CircleSnapshot, view: CheckInsView) -> RingFace:
    """The circle with the chosen member lit."""
    return place_face(snapshot, chosen=view.member, title=CHECKINS, note="between two meetings")


def row_of_seat(state: CircleState, seat: int) -> int | None:
    """The row of the member on a seat, counted from 1; None if there is none."""
    if not 1 <= seat <= len(state.active):
        return None
    return _who_can_write(state).index(state.active[seat - 1])


def _who_can_write(state: CircleState) -> tuple[Member, ...]:
    """The members in seat order, also those who are away."""
    return tuple(member for member in state.circle.members if member.left is None)


def _written(
    snapshot: CircleSnapshot, members: tuple[Member, ...]
) -> dict[MemberId, list[CheckIn]]:
    """What each member has written since the last meeting, oldest first."""
    written: dict[MemberId, list[CheckIn]] = {member.id: [] for member in members}
    for checkin in checkins.since_last_meeting(snapshot.state):
        if checkin.member in written:
            written[checkin.member].append(checkin)
    return written


def _actions(chosen: Member, *, asking: bool) -> tuple[Action, ...]:
    if asking:
        # The text field receives the other keys.
        return offered(TABLE[Place.CHECKINS], {"back": Local.BACK})
    offers: dict[str, Offer | Intent] = {
        "write": ask(
            f"{chosen.name}, how is it going?",
            checkins.check_in,
            chosen.id,
            flash="Saved for the next gathering.",
        ),
        "previous": Move(-1),
        "next": Move(1),
        "read_on": Scroll(LINES_READ_ON),
        "read_back": Scroll(-LINES_READ_ON),
        "back": Request.HOME,
        **{f"seat_{seat}": ChooseSeat(seat) for seat in range(1, 10)},
    }
    return offered(TABLE[Place.CHECKINS], offers)


def _row(seat: str, member: Member, written: list[CheckIn]) -> Row:
    words = written[-1].text if written else ""
    return Row(seat, words, "away" if member.away else "", name=member.name)


def _words(snapshot: CircleSnapshot, written: list[CheckIn]) -> Text:
    if not written:
        return text(muted("Enter to write two or three sentences"))
    parts: list[str | Span] = []
    for checkin in written:
        day = checkin.at.astimezone(snapshot.circle.tz)
        gap = "\n\n" if parts else ""
        parts += [muted(f"{gap}{day:%A} {day.day} {day:%B}"), f"\n{checkin.text}"]
    return text(*parts)
