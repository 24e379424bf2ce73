"""The members: joining, leaving, being away, seats, names, and being forgotten.

Invariant: forgetting takes `f`, `f` again below an explanation, and the name typed once more.
Everything else here can be undone.
"""

from datetime import datetime
from typing import ClassVar

from circle_tui.core import dates
from circle_tui.core.circle import membership
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place
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
    execute,
    offered,
)

MEMBERS = "Members"

_FORGETTING = (
    "This can't be undone, and clears the undo history.",
    "All their words go: their name, their commitments and what got in the way, their wins, "
    "check-ins and signatures. The file's backup goes too, and any meeting that was set aside.",
    "Their seat stays in the attendance, without a name. What others wrote stays, and so do copies "
    "of the file that you made yourselves.",
)
PARAGRAPHS = len(_FORGETTING)
"""The number of paragraphs that explain forgetting."""

JOIN = membership.join
FORGET = membership.forget

_FORGOTTEN = "Forgotten. Their words are gone, and a seat without a name stays."


class PeopleView(View, frozen=True, kw_only=True):
    """All present and former members, in seat order.

    `explained` says what can be done about the chosen one. `forgetting` explains what forgetting
    them means, before it is done; it is shown instead of the rows, under the title `forget`.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("rows", MEMBERS, numbered=True),
        SpokenField("explained"),
        SpokenField("forgetting", label_field="forget"),
    )

    rows: tuple[Row, ...]
    explained: str = ""
    forget: str = ""
    forgetting: tuple[str, ...] = ()


def people_view(
    snapshot: CircleSnapshot, *, cursor: int, asking: bool, forgetting: bool
) -> PeopleView:
    """The members with the cursor on one of them.

    `asking` is whether text is being typed, `forgetting` whether the explanation of forgetting is
    shown.
    """
    state = snapshot.state
    chosen = state.circle.members[cursor]
    return PeopleView(
        headline=(state.circle.name, "people"),
        status=_status(chosen, asking=asking, forgetting=forgetting),
        actions=_actions(snapshot, chosen, asking=asking, forgetting=forgetting),
        rows=_rows(state, snapshot.now),
        explained=_explained(chosen),
        forget=f"Forget {chosen.name}?" if forgetting else "",
        forgetting=_FORGETTING if forgetting else (),
    )


def row_of_seat(state: CircleState, seat: int) -> int | None:
    """The row of the member on a seat, counted from 1 among those who are expected."""
    if not 1 <= seat <= len(state.active):
        return None
    return state.circle.members.index(state.active[seat - 1])


def _status(chosen: Member, *, asking: bool, forgetting: bool) -> str:
    if asking and forgetting:
        return "Enter forgets · Esc cancels"
    if asking:
        return every_screen.TYPING
    if forgetting:
        return f"f to forget {chosen.name} · Esc cancels"
    return "↑ ↓ to choose someone · < > to move their seat"


def _explained(chosen: Member) -> str:
    if chosen.forgotten:
        return "Their words are gone. Their seat stays in the attendance."
    if chosen.left is not None:
        return f"{chosen.name} has left. Records of their meetings keep their name."
    if chosen.away is not None:
        return f"{chosen.name} isn't expected at meetings for now. a when they're back."
    return f"{chosen.name} comes to meetings. a if they're away for a while, l if they leave."


def _why_not_forget(snapshot: CircleSnapshot, chosen: Member) -> str | None:
    """Why they can't be forgotten; None if they can. Trying it would go through all records."""
    blocked = snapshot.blocked_by_meeting(membership.forget)
    if blocked is not None:
        return blocked
    try:
        membership.check_forget(snapshot.state, chosen.id)
    except RuleError as refused:
        return str(refused)
    return None


def _actions(
    snapshot: CircleSnapshot, chosen: Member, *, asking: bool, forgetting: bool
) -> tuple[Action, ...]:
    if asking:
        return offered(TABLE[Place.PEOPLE], {"back": Local.BACK})
    why_not_forget = _why_not_forget(snapshot, chosen) or snapshot.reading_only
    if forgetting:
        forget = ask(
            f"To forget {chosen.name} for good, type their name:",
            FORGET,
            chosen.id,
            flash=_FORGOTTEN,
        )
        offers: dict[str, Offer | Intent] = {
            "forget": Offer(forget, why_not_forget),
            "previous": Scroll(-1),
            "next": Scroll(1),
            "back": Local.BACK,
        }
        return offered(TABLE[Place.PEOPLE], offers)

    def offer(command: membership.MemberCommand, flash: str | None = None) -> Offer:
        return Offer(execute(command, chosen.id, flash=flash), snapshot.why_not(command, chosen.id))

    left = f"{chosen.name} has left. Records of their meetings keep their name."
    offers = {
        "join": ask("What's the new member's name?", membership.join),
        "leave": offer(membership.leave, left),
        "rename": Offer(
            ask(
                f"What should we call {chosen.name} from now on?",
                membership.rename,
                chosen.id,
                value=chosen.name,
            ),
            membership.refusal_to_rename(chosen),
        ),
        "forget": Offer(Local.CONFIRM, why_not_forget),
        "seat_up": execute(membership.move_seat, chosen.id, -1),
        "seat_down": execute(membership.move_seat, chosen.id, 1),
        "previous": Move(-1),
        "next": Move(1),
        "back": Request.HOME,
        **{f"seat_{seat}": ChooseSeat(seat) for seat in range(1, 10)},
    }
    if chosen.expected:
        offers["away"] = offer(membership.go_away)
    else:
        offers["come_back"] = offer(membership.come_back)
    return offered(TABLE[Place.PEOPLE], offers)


def _rows(state: CircleState, now: datetime) -> tuple[Row, ...]:
    circle = state.circle
    today = circle.day(now)
    seats = {member.id: seat for seat, member in enumerate(state.active, 1)}

    def since(moment: datetime) -> str:
        return dates.spoken_day(circle.day(moment), today)

    def row(member: Member) -> Row:
        seat, name = str(seats.get(member.id, "")), member.name
        if member.forgotten:
            return Row(seat, "forgotten", dim=True, name=name)
        if member.left is not None:
            return Row(seat, f"left {since(member.left)}", dim=True, name=name)
        if member.away is not None:
            return Row(seat, f"away since {since(member.away)}", dim=True, name=name)
        return Row(seat, f"here since {since(member.joined)}", name=name)

    return tuple(map(row, circle.members))
