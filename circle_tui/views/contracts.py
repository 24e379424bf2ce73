"""The contracts of a circle: the current ones, due ones first, and the ended ones.

Invariant: a state is a word, never a colour; contracts are ordered by what is due, and nobody is
named for something they have not done.
"""

from collections.abc import Collection
from typing import ClassVar

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import overview
from circle_tui.core.contracts.standing import ContractSnapshot
from circle_tui.views import contract_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import (
    Action,
    ContractStep,
    GoToContract,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    SpokenField,
    View,
    offered,
)

EARLIER = "Earlier contracts"
NO_CONTRACT = (
    "No contract yet. Two to five of you write down what each will do, needs, and where the limits "
    "are, and when you'll look at it again. Everyone in this circle can read it."
)
NONE_GOES_ON = "No contract is running now. n begins one · tab shows your earlier ones."
_N_BEGINS = "n begins a contract"


class ContractsView(View, frozen=True, kw_only=True):
    """The list under its title; `explained` is the text below it, about the chosen contract.

    `cursor` is None if there is no contract; `explained` then says what a contract is.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("rows", label_field="title", numbered=True),
        SpokenField("explained"),
    )

    title: str
    rows: tuple[Row, ...] = ()
    cursor: int | None = None
    explained: str = ""


def contracts_view(
    snapshot: CircleSnapshot, *, cursor: int, earlier: bool, steps: Collection[ContractStep]
) -> ContractsView:
    """The current contracts, or with `earlier` the ended ones, with the cursor on one.

    `steps` are the steps that have a screen.
    """
    state = snapshot.state
    gone = overview.earlier(state, snapshot.now)
    earlier = earlier and bool(gone)
    listed = gone if earlier else overview.listed(state, snapshot.now)
    at = min(cursor, len(listed) - 1) if listed else None
    chosen = None if at is None else listed[at]
    return ContractsView(
        headline=(state.circle.name, "earlier contracts" if earlier else "contracts"),
        status=_status(chosen),
        actions=_actions(chosen, earlier=earlier, any_earlier=bool(gone), steps=steps),
        signs=contract_words.SIGNS,
        title=EARLIER if earlier else contract_words.CONTRACTS,
        rows=tuple(_row(snapshot, found) for found in listed),
        cursor=at,
        explained=_explained(chosen, any_earlier=bool(gone)),
    )


def contract_at(snapshot: CircleSnapshot, cursor: int, *, earlier: bool) -> ContractSnapshot | None:
    """The contract that the cursor is on."""
    find = overview.earlier if earlier else overview.listed
    listed = find(snapshot.state, snapshot.now)
    return listed[min(cursor, len(listed) - 1)] if listed else None


def _explained(chosen: ContractSnapshot | None, *, any_earlier: bool) -> str:
    if chosen is not None:
        return chosen.shown.scope
    return NONE_GOES_ON if any_earlier else NO_CONTRACT


def _row(snapshot: CircleSnapshot, found: ContractSnapshot) -> Row:
    people = contract_words.parties_in_words(snapshot.state, found.shown)
    return Row(
        "",
        f"{found.shown.name}  ·  {people}",
        contract_words.state_in_words(snapshot, found),
        name=contract_words.state_glyph(found),
    )


def _status(chosen: ContractSnapshot | None) -> str:
    if chosen is None:
        return _N_BEGINS
    return f"Enter opens {chosen.shown.name} · n begins another"


def _actions(
    chosen: ContractSnapshot | None,
    *,
    earlier: bool,
    any_earlier: bool,
    steps: Collection[ContractStep],
) -> tuple[Action, ...]:
    offers: dict[str, Offer | Intent] = {"new": Request.NEW_CONTRACT, "back": Request.HOME}
    if chosen is not None:
        contract = chosen.shown.contract
        offers |= {
            "open": GoToContract(contract, "contract"),
            "previous": Move(-1),
            "next": Move(1),
        }
        offers |= {
            step: GoToContract(contract, step) for step in ("map", "stakes") if step in steps
        }
    if any_earlier:
        offers["list" if earlier else "earlier"] = Local.OTHER_LIST
    return offered(TABLE[Place.CONTRACTS], offers)
