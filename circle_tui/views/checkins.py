"""Check-ins: reading and writing what members want to say before the next gathering.

Invariant: a check-in is written by the chosen member. Members without one are not marked.
"""

from circle_tui.core.circle import checkins
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CheckIn
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.text import Span, Text, muted, strong, text
from circle_tui.views.view import (
    Action,
    Ask,
    ChooseSeat,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    Scroll,
    View,
    offered,
)

LINES_READ_ON = 3
"""How many lines one key scrolls."""


class CheckInsView(View, frozen=True, kw_only=True):
    """The members in seat order, each with their latest check-in.

    `cursor` is the row of the chosen member, `words` are all their check-ins with the dates.
    """

    rows: tuple[Row, ...]
    cursor: int
    words: Text


def checkins_view(snapshot: CircleSnapshot, *, cursor: int, asking: bool) -> CheckInsView:
    """The check-ins for the next gathering; a `cursor` beyond the last row is on the last.

    `asking` is whether words are being typed.
    """
    # Members who are away can write as well.
    members = tuple(member for member in snapshot.circle.members if member.left is None)
    cursor = min(cursor, len(members) - 1)
    written = _written(snapshot, members)
    chosen = members[cursor]
    return CheckInsView(
        headline=(snapshot.circle.name, "check-ins"),
        status=(
            "Two or three sentences. Enter keeps them, esc leaves it."
            if asking
            else "The next gathering shows them to those who are there."
        ),
        actions=_actions(chosen, asking=asking),
        rows=tuple(
            _row(seat, member, written[member.id]) for seat, member in enumerate(members, 1)
        ),
        cursor=cursor,
        words=_words(snapshot, chosen, written[chosen.id]),
    )


def _written(snapshot: CircleSnapshot, members: tuple[Member, ...]) -> dict[str, list[CheckIn]]:
    """What each member has written since the last meeting, oldest first."""
    written: dict[str, list[CheckIn]] = {member.id: [] for member in members}
    for checkin in checkins.since_last_meeting(snapshot.state):
        if checkin.member in written:
            written[checkin.member].append(checkin)
    return written


def _actions(chosen: Member, *, asking: bool) -> tuple[Action, ...]:
    if asking:
        # The text field receives the other keys.
        return offered(TABLE[Place.CHECKINS], {"back": Local.BACK})
    offers: dict[str, Offer | Intent] = {
        "write": Ask(
            f"{chosen.name}, how is it going?",
            checkins.check_in,
            (chosen.id,),
            flash="It is kept for the next gathering.",
        ),
        "previous": Move(-1),
        "next": Move(1),
        "read_on": Scroll(LINES_READ_ON),
        "read_back": Scroll(-LINES_READ_ON),
        "back": Request.HOME,
        **{f"seat_{seat}": ChooseSeat(seat) for seat in range(1, 10)},
    }
    return offered(TABLE[Place.CHECKINS], offers)


def _row(seat: int, member: Member, written: list[CheckIn]) -> Row:
    words = f"{member.name}: {written[-1].text}" if written else member.name
    return Row(str(seat), words, "away" if member.away else "")


def _words(snapshot: CircleSnapshot, chosen: Member, written: list[CheckIn]) -> Text:
    if not written:
        return text(strong(chosen.name), muted("\n\nEnter takes two or three sentences."))
    parts: list[str | Span] = []
    for checkin in written:
        day = checkin.at.astimezone(snapshot.circle.tz)
        parts += [muted(f"\n\n{day:%A} {day.day} {day:%B}"), f"\n{checkin.text}"]
    return text(strong(chosen.name), *parts)
