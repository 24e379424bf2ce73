"""The stakes of judged contracts, and the map of who has a contract with whom.

Invariant: a stake is only words. Nothing is moved, added up or counted for a person, and nothing is
said about members without a contract.
"""

from collections.abc import Sequence
from typing import ClassVar

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import ledger, making, shares
from circle_tui.core.contracts.ledger import Stake
from circle_tui.core.ids import MemberId
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.contract_parts import name_of, names_in_words
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.view import (
    Action,
    Intent,
    Move,
    Offer,
    Pick,
    Request,
    Row,
    SpokenField,
    View,
    execute,
    offered,
)

STAKES, MAP = "Stakes", "The map"
NO_STAKES = "There's no open stake. A stake is what someone put in, in their own words."
NO_MAP = "Nobody has a running contract yet."
_ON_MAP = "Who has a contract with whom"
_IS_SETTLED, _OPEN_AGAIN = "Settled · u takes it back", "It's open again."
_SETTLED = "You say what's settled. Nothing is moved or added up."


class LedgerView(View, frozen=True, kw_only=True):
    """The stakes, then the map, with one cursor over both; `members` are those of the map."""

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("stakes", STAKES, numbered=True),
        SpokenField("map_rows", MAP, numbered=True),
        SpokenField("explained"),
    )

    stakes: tuple[Row, ...]
    map_rows: tuple[Row, ...]
    members: tuple[MemberId, ...]
    cursor: int
    explained: str = ""

    @property
    def rows(self) -> int:
        """How many rows the cursor goes over."""
        return len(self.stakes) + len(self.map_rows)


def ledger_view(snapshot: CircleSnapshot, *, cursor: int) -> LedgerView:
    """All stakes with a final result, and the map, hubs first."""
    state = snapshot.state
    stakes = ledger.stakes(state, snapshot.now)
    rows = ledger.contract_map(state, snapshot.now)
    cursor = min(cursor, max(len(stakes) + len(rows) - 1, 0))
    hub = rows[cursor - len(stakes)] if len(stakes) <= cursor < len(stakes) + len(rows) else None
    return LedgerView(
        headline=(snapshot.circle.name, "contracts", "stakes and the map"),
        status=_status(any_stakes=bool(stakes), on_map=hub is not None),
        actions=_actions(snapshot, stakes, cursor, None if hub is None else hub.member),
        stakes=tuple(_stake_row(state, each) for each in stakes),
        map_rows=tuple(_map_row(state, each) for each in rows),
        members=tuple(each.member for each in rows),
        cursor=cursor,
        explained="" if hub is None else _explained(snapshot, hub.member),
        signs=(("●", "settled"), ("○", "open")),
    )


def _explained(snapshot: CircleSnapshot, member: MemberId) -> str:
    """What `n` does on a row of the map, and which pairs could use a hub."""
    state = snapshot.state
    lines = [f"n to make one between {name_of(state, member)} and someone else"]
    pairs = ledger.pairs_for_a_hub(state, snapshot.now)
    if pairs is not None:
        one, other = (names_in_words(state, pair) for pair in pairs)
        lines.append(f"{one}, and {other}: one hub could keep you all in step.")
    return "\n".join(lines)


def _status(*, any_stakes: bool, on_map: bool) -> str:
    if on_map:
        return _ON_MAP
    return _SETTLED if any_stakes else ""


def ledger_face(snapshot: CircleSnapshot, view: LedgerView) -> RingFace:
    """The circle with whoever's row on the map is chosen."""
    at = view.cursor - len(view.stakes)
    chosen = view.members[at] if 0 <= at < len(view.members) else None
    return place_face(snapshot, chosen=chosen, title="contracts")


def _stake_row(state: CircleState, stake: Stake) -> Row:
    said = f"{shares.in_words(stake.comes_back)} · {'settled' if stake.settled else 'open'}"
    glyph = "●" if stake.settled else "○"
    return Row(glyph, stake.words, said, name=name_of(state, stake.member))


def _map_row(state: CircleState, row: ledger.MapRow) -> Row:
    said = ", ".join(
        f"with {names_in_words(state, each.members)} ({each.name})" for each in row.neighbours
    )
    return Row("", said, name=name_of(state, row.member))


def _actions(
    snapshot: CircleSnapshot, stakes: Sequence[Stake], cursor: int, hub: MemberId | None
) -> tuple[Action, ...]:
    offers: dict[str, Offer | Intent] = {
        "previous": Move(-1),
        "next": Move(1),
        "back": Request.CONTRACTS,
    }
    if cursor < len(stakes):
        stake = stakes[cursor]
        args = (stake.contract, stake.version, stake.member)
        offers["settle"] = Offer(
            execute(ledger.settle, *args, flash=_OPEN_AGAIN if stake.settled else _IS_SETTLED),
            snapshot.why_not(ledger.settle, *args),
            "Open again" if stake.settled else "Settled",
        )
    if hub is not None:
        offers["spoke"] = _spoke(snapshot, hub)
    return offered(TABLE[Place.LEDGER], offers)


def _spoke(snapshot: CircleSnapshot, hub: MemberId) -> Offer:
    """A draft between a hub and somebody it speaks for."""
    state, name = snapshot.state, name_of(snapshot.state, hub)
    answers = tuple(
        (
            each.name,
            execute(
                making.make_spoke,
                hub,
                each.id,
                flash=f"A draft between {name} and {each.name}. It's in the list of contracts.",
            ),
        )
        for each in state.active
        if each.id != hub and snapshot.why_not(making.make_spoke, hub, each.id) is None
    )
    if not answers:
        others = [each.id for each in state.active if each.id != hub]
        why = snapshot.why_not(making.make_spoke, hub, others[0]) if others else None
        return Offer(Pick("", ()), why or "There's nobody else in this circle.")
    return Offer(Pick(f"Who does {name} make a contract with?", answers))
