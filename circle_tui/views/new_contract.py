"""A new contract: what it begins from, and who its parties are.

Invariant: a template fills in everything, so that nobody has to complete a form; a circle of two is
not asked for the parties.
"""

from collections.abc import Sequence
from typing import ClassVar

from circle_tui.core import dates
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import making, overview
from circle_tui.core.contracts.contract import Line
from circle_tui.core.contracts.templates import TEMPLATES
from circle_tui.core.ids import MemberId
from circle_tui.core.text import join_with_and
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.view import (
    ChooseSeat,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    SpokenField,
    View,
    execute,
    offered,
)

BEGIN_FROM = "Begin from"
_A_NEW_ONE = "A new contract"
WHO = "Who is in it?"
NOTE = "Everyone in this circle can read a contract. Leads never see one."
_ONLY_TWO = 2
_DIGITS = range(1, 10)


class NewContractView(View, frozen=True, kw_only=True):
    """A list of what to begin from, or of the people to choose, and a preview below it.

    `shown` are the lines of the chosen template under `shown_title`, empty while people are chosen.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("rows", label_field="title", numbered=True),
        SpokenField("note"),
        SpokenField("shown", label_field="shown_title"),
    )

    title: str
    rows: tuple[Row, ...]
    cursor: int
    shown_title: str = ""
    shown: tuple[Row, ...] = ()
    note: str = ""


def sources(snapshot: CircleSnapshot) -> tuple[str, ...]:
    """What a contract can begin from: templates by key, then ended contracts by id."""
    before = overview.earlier(snapshot.state, snapshot.now)
    return (*TEMPLATES, *(found.newest.contract for found in before))


def may_be_in_it(state: CircleState) -> tuple[Member, ...]:
    """The members of the circle, including those who are away, in seat order."""
    return tuple(member for member in state.circle.members if member.left is None)


def only_two(state: CircleState) -> tuple[MemberId, ...] | None:
    """The ids of the members of a circle of two; None for any other circle."""
    members = may_be_in_it(state)
    return tuple(each.id for each in members) if len(members) == _ONLY_TWO else None


def row_of_seat(state: CircleState, seat: int) -> int | None:
    """The row of the member on a seat; None if the seat is empty."""
    seats = _seats(state)
    return next(
        (at for at, each in enumerate(may_be_in_it(state)) if seats.get(each.id) == seat), None
    )


def new_contract_view(
    snapshot: CircleSnapshot, *, cursor: int, source: str | None, people: Sequence[MemberId]
) -> NewContractView:
    """The choice of a source, or with a `source` of the parties; `people` are chosen so far."""
    if source is None:
        return _begin_from(snapshot, cursor)
    state = snapshot.state
    members, seats = may_be_in_it(state), _seats(state)
    cursor = min(cursor, len(members) - 1)
    make = execute(making.make, source, tuple(people))
    offers: dict[str, Offer | Intent] = {
        "make": Offer(make, snapshot.why_not(making.make, source, tuple(people))),
        "mark": Local.SELECT,
        **_cursor_keys(),
        **{f"seat_{seat}": ChooseSeat(seat) for seat in _DIGITS},
        "back": Local.BACK,
    }
    return NewContractView(
        headline=(state.circle.name, "a new contract", "who is in it"),
        status=_status(state, people),
        actions=offered(TABLE[Place.NEW_CONTRACT], offers),
        title=WHO,
        rows=tuple(
            Row(
                "●" if each.id in people else "○",
                _role(source, people, each.id),
                name=f"{seats.get(each.id, ' ')} {each.name}",
            )
            for each in members
        ),
        cursor=cursor,
        signs=(("●", "in it"), ("○", "not in it")),
        note=NOTE,
    )


def new_contract_face(snapshot: CircleSnapshot, people: Sequence[MemberId]) -> RingFace:
    """The circle with those lit who are in it so far."""
    return place_face(snapshot, done=people, title=_A_NEW_ONE)


def _seats(state: CircleState) -> dict[MemberId, int]:
    return {member.id: seat for seat, member in enumerate(state.active, 1)}


def _cursor_keys() -> dict[str, Offer | Intent]:
    return {"previous": Move(-1), "next": Move(1)}


def _role(source: str, people: Sequence[MemberId], member: MemberId) -> str:
    template = TEMPLATES.get(source)
    if member not in people or template is None:
        return ""
    return template.role(list(people).index(member), max(len(people), _ONLY_TWO)).who


def _status(state: CircleState, people: Sequence[MemberId]) -> str:
    if len(people) < _ONLY_TWO:
        return "Two to five of you: press your numbers, then Enter."
    names = {member.id: member.name for member in state.circle.members}
    listed = join_with_and([names[member] for member in people])
    return f"Enter makes it for {listed}. Nobody has signed anything yet."


def _begin_from(snapshot: CircleSnapshot, cursor: int) -> NewContractView:
    state = snapshot.state
    begin_from = sources(snapshot)
    cursor = min(cursor, len(begin_from) - 1)
    two = only_two(state)
    take: Offer | Intent = Local.SELECT
    if two is not None:
        make = execute(making.make, begin_from[cursor], two)
        take = Offer(make, snapshot.why_not(making.make, begin_from[cursor], two))
    title, lines = _shown(snapshot, begin_from[cursor])
    return NewContractView(
        headline=(state.circle.name, "a new contract"),
        status="Enter begins with this one. You can change everything in it.",
        actions=offered(
            TABLE[Place.NEW_CONTRACT],
            {
                "take": take,
                **_cursor_keys(),
                **{f"seat_{seat}": ChooseSeat(seat) for seat in _DIGITS},
                "back": Request.CONTRACTS,
            },
        ),
        title=BEGIN_FROM,
        rows=_source_rows(snapshot),
        cursor=cursor,
        shown_title=title,
        shown=lines,
        note=_about(begin_from[cursor]),
    )


def _about(source: str) -> str:
    """What the chosen source is for, and who can read the contract."""
    template = TEMPLATES.get(source)
    about = "" if template is None else template.about
    return f"{about[:1].upper()}{about[1:]}. {NOTE}" if about else NOTE


def _source_rows(snapshot: CircleSnapshot) -> tuple[Row, ...]:
    # The whole description of the chosen one is below the list.
    rows = [(each.title, "") for each in TEMPLATES.values()]
    for found in overview.earlier(snapshot.state, snapshot.now):
        ended = snapshot.circle.day(found.newest.ended or found.now)
        rows.append((found.newest.name, f"yours, ended {dates.spoken_day(ended, found.today)}"))
    return tuple(
        Row("", f"{number if number in _DIGITS else ' '} {title}", about)
        for number, (title, about) in enumerate(rows, 1)
    )


def _shown(snapshot: CircleSnapshot, source: str) -> tuple[str, tuple[Row, ...]]:
    """The name and scope of a source, and the lines of its first role."""
    template = TEMPLATES.get(source)
    if template is not None:
        role = template.roles[0]
        # No people are chosen yet, so a placeholder is shown for their names.
        lines = tuple(_plain(line) for line in role.lines)
        head = Row("", template.scope, name="about")
        return f"{template.title}{', ' if role.who else ''}{role.who}", (head, *lines)
    found = next(
        each.newest
        for each in overview.earlier(snapshot.state, snapshot.now)
        if each.newest.contract == source
    )
    lines = tuple(_plain(line) for line in found.parts[0].lines) if found.parts else ()
    return found.name, (Row("", found.scope, name="about"), *lines)


def _plain(line: Line) -> Row:
    text = line.text.replace("{S}", "the third").replace("{A}", "one").replace("{B}", "the other")
    return Row("", text, name=line.kind.value)
