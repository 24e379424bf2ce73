"""The page of one contract: its text, its signatures, and the actions on it.

Invariant: writing, signing and reading use one page. An action on a person's behalf needs that
person's number first; an action that ends something needs its key twice.
"""

from collections.abc import Collection
from typing import ClassVar

from msgspec import Struct

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import (
    lookup,
    making,
    signing,
    wording,
)
from circle_tui.core.contracts.contract import Contract
from circle_tui.core.contracts.standing import (
    IT_IS_DUE,
    NOT_YET_DUE,
    ContractSnapshot,
    State,
    standing,
)
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views import contract_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.contract_cards import Item, ItemCard, ask_review, contract_cards
from circle_tui.views.contract_end import end_offers
from circle_tui.views.contract_status import TO_SIGN, contract_status
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.view import (
    Action,
    ChooseSeat,
    ContractStep,
    GoToContract,
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

SIGNS = (("●", "signed, or will judge"), ("○", "not yet"))
_DIGITS = range(1, 10)
_ON_TRIAL = "A one-week trial, starting with the last signature · t takes that back"


class ContractCard(Struct, frozen=True):
    """A card with its rows; `first` is the index of its first row on the page."""

    id: str
    title: str
    rows: tuple[Row, ...]
    first: int


class ContractView(View, frozen=True, kw_only=True):
    """The cards, with one cursor over all of their rows; None in an earlier version.

    `items` are all rows in their order, with what their keys do.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (SpokenField("cards", numbered=True),)

    cards: tuple[ContractCard, ...] = ()
    items: tuple[Item, ...] = ()
    cursor: int | None = None

    @property
    def active(self) -> str:
        """The id of the card that the cursor is in; empty without a cursor."""
        if self.cursor is None:
            return ""
        return next(card.id for card in reversed(self.cards) if card.first <= self.cursor)


def shown_version(
    snapshot: CircleSnapshot, found: ContractSnapshot, earlier: int | None = None
) -> Contract:
    """The version that the page shows: the newest, or, if the contract is due, that in force.

    `earlier` is the index of an earlier version; None for the present one.
    """
    if earlier is not None:
        return lookup.versions(snapshot.state, found.newest.contract)[earlier]
    return found.newest if found.state in NOT_YET_DUE else found.shown


def first_cursor(view: ContractView, at: str) -> int:
    """The cursor's first row: in the card with the id `at`, or else the first line of a part."""
    wanted = at or "part-0"
    return next((card.first for card in view.cards if card.id == wanted), 0)


def contract_view(
    snapshot: CircleSnapshot,
    contract: ContractId,
    *,
    cursor: int,
    earlier: int | None,
    asking: bool,
    confirming: bool,
    steps: Collection[ContractStep],
) -> ContractView:
    """The page with the cursor on a row. Raises `RuleError` where the contract is gone.

    `earlier` is the place of an earlier version that is shown, None for the present one; `asking`
    is whether words are being typed, `confirming` whether a key that ends something was pressed
    once. `steps` are those that have a screen.
    """
    found = standing(snapshot.state, contract, snapshot.now)
    version = shown_version(snapshot, found, earlier)
    shown = contract_cards(snapshot, version)
    items = tuple(item for card in shown for item in card.items)
    at = min(cursor, len(items) - 1)
    chosen = items[at]
    return ContractView(
        headline=_headline(snapshot, found, version),
        status=contract_status(
            snapshot, found, version, chosen, earlier=earlier, asking=asking, confirming=confirming
        ),
        actions=_actions(
            snapshot,
            found,
            version,
            chosen,
            earlier=earlier,
            asking=asking,
            confirming=confirming,
            steps=steps,
        ),
        signs=SIGNS,
        cards=tuple(_numbered(shown)),
        items=items,
        cursor=at if earlier is None else None,
    )


def contract_face(snapshot: CircleSnapshot, view: ContractView) -> RingFace:
    """The circle with those lit who are chosen, or have signed."""
    chosen = None if view.cursor is None else view.items[view.cursor].member
    signed = [
        item.member
        for item in view.items
        if item.signer and item.member is not None and item.row.name.startswith("●")
    ]
    return place_face(
        snapshot, chosen=chosen, done=signed, title=contract_words.TITLE, note=view.headline[1]
    )


def cursor_of_seat(snapshot: CircleSnapshot, view: ContractView, seat: int) -> int | None:
    """The row with the signature of the member on a seat; None if there is none."""
    seats = {member.id: at for at, member in enumerate(snapshot.state.active, 1)}
    return next(
        (
            at
            for at, item in enumerate(view.items)
            if item.signer and item.member is not None and seats.get(item.member) == seat
        ),
        None,
    )


def without_signer(view: ContractView) -> int:
    """The row of the cursor after a number that no signer has.

    It leaves the signer chosen before, because otherwise the next key would act for them.
    """
    cursor = view.cursor or 0
    if not view.items[cursor].signer:
        return cursor
    return max(next(at for at, item in enumerate(view.items) if item.signer) - 1, 0)


def same_row(before: ContractView, now: ContractView) -> int:
    """The present index of the row that the cursor was on, after a change of the page.

    Its card may have moved, because rows above it were added or removed.
    """
    cursor = before.cursor or 0
    card = next((each for each in reversed(before.cards) if each.first <= cursor), None)
    here = next((each for each in now.cards if card is not None and each.id == card.id), None)
    if card is None or here is None:
        return min(cursor, len(now.items) - 1)
    return here.first + min(cursor - card.first, len(here.rows) - 1)


def not_here(snapshot: CircleSnapshot, seat: int) -> str | None:
    """The answer to the number of a member who is no party and no judge; None for an empty seat."""
    active = snapshot.state.active
    return f"{active[seat - 1].name} isn't in this contract." if seat <= len(active) else None


def version_before(
    snapshot: CircleSnapshot, contract: ContractId, earlier: int | None
) -> int | None:
    """The index of the version before the shown one; None (the present one) after the first."""
    versions = lookup.versions(snapshot.state, contract)
    at = len(versions) - 1 if earlier is None else earlier
    return at - 1 if at else None


def _numbered(shown: tuple[ItemCard, ...]) -> list[ContractCard]:
    numbered, first = [], 0
    for card in shown:
        numbered.append(
            ContractCard(card.id, card.title, tuple(item.row for item in card.items), first)
        )
        first += len(card.items)
    return numbered


def _headline(
    snapshot: CircleSnapshot, found: ContractSnapshot, version: Contract
) -> tuple[str, ...]:
    where = contract_words.state_in_words(snapshot, found)
    return snapshot.circle.name, version.name, where, f"version {version.version}"


# Keys


def _actions(
    snapshot: CircleSnapshot,
    found: ContractSnapshot,
    version: Contract,
    chosen: Item,
    *,
    earlier: int | None,
    asking: bool,
    confirming: bool,
    steps: Collection[ContractStep],
) -> tuple[Action, ...]:
    table = TABLE[Place.CONTRACT]
    if asking:
        return offered(table, {"back": Local.BACK})
    offers: dict[str, Offer | Intent] = {}
    if len(lookup.versions(snapshot.state, version.contract)) > 1:
        offers["earlier"] = Local.EARLIER_VERSIONS
    if earlier is not None:
        offers |= {"previous": Scroll(-1), "next": Scroll(1), "back": Local.BACK}
        return offered(table, offers)
    offers |= {
        "previous": Move(-1),
        "next": Move(1),
        "back": Local.BACK if confirming else Request.CONTRACTS,
        **{f"seat_{seat}": ChooseSeat(seat) for seat in _DIGITS},
    }
    if found.state in NOT_YET_DUE:
        offers |= _changing(snapshot, found, version, chosen, confirming=confirming)
    elif found.state is not State.ENDED:
        offers["edit"] = Offer(Local.NOWHERE, IT_IS_DUE)
    offers |= end_offers(snapshot, found, chosen, confirming=confirming, steps=steps)
    return offered(table, offers)


def _changing(
    snapshot: CircleSnapshot,
    found: ContractSnapshot,
    version: Contract,
    chosen: Item,
    *,
    confirming: bool,
) -> dict[str, Offer | Intent]:
    contract = version.contract
    offers: dict[str, Offer | Intent] = {
        "review_date": ask_review(snapshot, version),
        "way": GoToContract(contract, "way"),
        "trial": _trial(snapshot, version),
    }
    if chosen.signer:
        offers |= _signing(snapshot, version, chosen.member)
    elif found.state in TO_SIGN:
        offers["sign"] = Offer(Local.NOWHERE, lookup.CHOOSE_YOURSELF)
    if chosen.edit is not None:
        offers["edit"] = chosen.edit
    elif not chosen.signer or found.state not in TO_SIGN:
        offers["edit"] = Offer(Local.NOWHERE, "Choose a line with ↑ ↓ first.")
    for action, does in (("add_line", chosen.add), ("turn", chosen.turn)):
        if does is not None:
            offers[action] = does
    if chosen.remove is not None:
        offers["remove"] = chosen.remove
    elif chosen.is_title:
        drop = execute(making.drop, contract, flash="Dropped. u brings it back.")
        why = snapshot.why_not(making.drop, contract)
        offers["drop"] = Offer(drop if confirming else Local.CONFIRM, why)
    return offers


def _trial(snapshot: CircleSnapshot, version: Contract) -> Offer:
    if version.trial is not None:
        command = execute(wording.set_trial, version.contract, None)
        return Offer(command, label="No trial")
    trial = ask(
        "A one-week trial. What's at stake? Something small.",
        wording.set_trial,
        version.contract,
        value=wording.TRIAL_STAKE,
        flash=_ON_TRIAL,
    )
    return Offer(trial, snapshot.why_not(wording.set_trial, version.contract))


def _signing(
    snapshot: CircleSnapshot, version: Contract, member: MemberId | None
) -> dict[str, Offer | Intent]:
    people = lookup.party_ids(snapshot.state, version)
    command = signing.sign if member in people else signing.accept
    does = execute(command, version.contract, member)
    key = "sign" if member in people else "accept"
    return {key: Offer(does, snapshot.why_not(command, version.contract, member))}
