"""The cards of a contract's page: the text of each row, and what its keys do.

Invariant: everything that people may change has its own row.
"""

from datetime import date

from msgspec import Struct

from circle_tui.core import dates
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import lookup, wording
from circle_tui.core.contracts.contract import Contract, LineKind, Part, Way
from circle_tui.core.contracts.lengths import TRIAL
from circle_tui.core.ids import MemberId
from circle_tui.views import contract_words
from circle_tui.views.view import Ask, GoToContract, Intent, Row, ask, execute

ABOUT, LENGTH, IN_TOUCH, IF_CHANGES, END, LOOKING_BACK, SIGNATURES = (
    "about",
    "length",
    "in-touch",
    "if-changes",
    "end",
    "looking-back",
    "signatures",
)
"""The ids of the cards, in their order; the parts come between `LENGTH` and `IN_TOUCH`."""

PARTS = 5
"""The most parts of a contract."""

IDS = (
    ABOUT,
    LENGTH,
    *(f"part-{at}" for at in range(PARTS)),
    IN_TOUCH,
    IF_CHANGES,
    END,
    LOOKING_BACK,
    SIGNATURES,
)

OF_LENGTH = (wording.set_length, wording.set_review, wording.set_trial)
"""The commands whose typed text is shown in the card of the length."""

_NOTHING = "Nothing here yet."


class Item(Struct, frozen=True, kw_only=True):
    """One row of a card, and what its keys do while the contract can be changed.

    `member` is whose part or signature it is, `signer` whether it's a signature. `edit`, `add`,
    `turn` and `remove` are what enter, n, space and x do on it. `is_title` is whether x drops the
    whole version.
    """

    row: Row
    edit: Intent | None = None
    add: Intent | None = None
    turn: Intent | None = None
    remove: Intent | None = None
    member: MemberId | None = None
    signer: bool = False
    is_title: bool = False


class ItemCard(Struct, frozen=True):
    """A card of the page: its id, its title and its rows."""

    id: str
    title: str
    items: tuple[Item, ...]


def contract_cards(snapshot: CircleSnapshot, version: Contract) -> tuple[ItemCard, ...]:
    """All cards of a version, except empty ones."""
    # Imported here, because only a judged contract has these rows.
    from circle_tui.views.contract_judged import judged_items

    parts = [part for part in version.parts if _is_in_it(snapshot, version, part.member)]
    found = (
        ItemCard(ABOUT, "What it's about", _about(version)),
        ItemCard(LENGTH, "How long", _length(snapshot, version)),
        *(
            ItemCard(f"part-{at}", snapshot.state.member(part.member).name, _part(version, part))
            for at, part in enumerate(parts)
        ),
        ItemCard(
            IN_TOUCH, "In touch", (_sentence(version, "in_touch", "How do you keep in touch?"),)
        ),
        ItemCard(
            IF_CHANGES,
            "If something changes",
            (_sentence(version, "if_changes", "What do you do if something changes?"),),
        ),
        ItemCard(END, "At the end", (_way(version), *judged_items(snapshot, version))),
        ItemCard(LOOKING_BACK, "What you said looking back", _looked_back(version)),
        ItemCard(SIGNATURES, "Signatures", _signatures(snapshot, version)),
    )
    return tuple(card for card in found if card.items)


def _is_in_it(snapshot: CircleSnapshot, version: Contract, member: MemberId) -> bool:
    """Whether a member's part is shown: they are a party, or were when the contract ended."""
    known = any(each.id == member for each in snapshot.circle.members)
    people = lookup.party_ids(snapshot.state, version)
    return known and (member in people or version.ended is not None)


def _about(version: Contract) -> tuple[Item, ...]:
    contract = version.contract
    return (
        Item(
            row=Row("", version.name, name="Name"),
            edit=ask("What do you call it?", wording.rename, contract, value=version.name),
            is_title=True,
        ),
        Item(
            row=_said(version.scope, name="About"),
            edit=ask(
                "What does it cover, in a sentence?",
                wording.set_sentence,
                contract,
                "scope",
                value=version.scope,
            ),
        ),
    )


def _said(words: str, *, name: str = "") -> Row:
    return Row("", words or _NOTHING, name=name, dim=not words)


def _sentence(version: Contract, which: wording.Sentence, question: str) -> Item:
    words: str = getattr(version, which)
    edit = ask(question, wording.set_sentence, version.contract, which, value=words)
    return Item(row=_said(words), edit=edit)


def _length(snapshot: CircleSnapshot, version: Contract) -> tuple[Item, ...]:
    today = snapshot.circle.day(snapshot.now)
    lasts = version.lasts[:1].upper() + version.lasts[1:]
    items = [
        Item(
            row=_said(lasts, name="Lasts"),
            edit=ask(
                "How long? Like two weeks, a month, or until the flow ships.",
                wording.set_length,
                version.contract,
                value=version.lasts,
            ),
        ),
        Item(row=_review_row(version, today), edit=ask_review(snapshot, version)),
    ]
    if version.trial is not None:
        items.append(
            Item(
                row=Row("", f"{TRIAL.days} days, for {version.trial}", name="Trial"),
                edit=ask(
                    "What's at stake in the trial? Something small.",
                    wording.set_trial,
                    version.contract,
                    value=version.trial,
                ),
                remove=execute(wording.set_trial, version.contract, None),
            )
        )
    return tuple(items)


def _review_row(version: Contract, today: date) -> Row:
    if version.review is None:
        return Row("", "No day yet.", name="Until", dim=True)
    day = dates.spoken_day(version.review, today)
    latest = " at the latest" if version.milestone else ""
    return Row("", f"{version.review:%A} {day}{latest}: you'll look at it again.", name="Until")


def ask_review(snapshot: CircleSnapshot, version: Contract) -> Ask:
    """The question for the review date."""
    value = "" if version.review is None else f"{version.review.day} {version.review:%B %Y}"
    return ask("When will you look at it again?", wording.set_review, version.contract, value=value)


def _part(version: Contract, part: Part) -> tuple[Item, ...]:
    contract, member = version.contract, part.member
    add = ask(
        "One more line: what you'll do, what you need, or where your boundary is. Space changes "
        "which.",
        wording.add_line,
        contract,
        member,
        _missing_kind(part),
    )
    items = [
        Item(
            row=Row("", line.text, name=line.kind.value),
            edit=ask(
                f"{line.kind.value.capitalize()}, in your own words:",
                wording.change_line,
                contract,
                member,
                at,
                value=line.text,
            ),
            add=add,
            turn=execute(wording.next_line_kind, contract, member, at),
            remove=execute(wording.remove_line, contract, member, at),
            member=member,
        )
        for at, line in enumerate(part.lines)
    ]
    if not items:
        items.append(
            Item(row=Row("", _NOTHING, dim=True), edit=add, add=add, member=member),
        )
    if version.judged is not None:
        items.append(
            Item(
                row=Row("", part.stake or "nothing", name="stake", dim=not part.stake),
                edit=ask(
                    "What do you put in, and where does it go if it doesn't come back? Empty for "
                    "nothing.",
                    wording.set_stake,
                    contract,
                    member,
                    value=part.stake,
                ),
                add=add,
                member=member,
            )
        )
    return tuple(items)


def _missing_kind(part: Part) -> LineKind:
    """The kind of the next line to add: first "will", then "needs"."""
    kinds = [line.kind for line in part.lines]
    return (
        LineKind.NEEDS if kinds and all(each is LineKind.WILL for each in kinds) else LineKind.WILL
    )


def _way(version: Contract) -> Item:
    title, about = contract_words.WAYS[version.way]
    if version.way is Way.TALK:
        row = Row("", "You look back together; nobody judges.")
    else:
        row = Row("", f"{title}: {about}.", name="How")
    return Item(row=row, edit=GoToContract(version.contract, "way"))


def _looked_back(version: Contract) -> tuple[Item, ...]:
    said = (
        ("Worked", version.worked),
        ("To change", version.change),
        ("Unclear", version.unclear),
    )
    return tuple(Item(row=Row("", words, name=name)) for name, words in said if words)


def _signatures(snapshot: CircleSnapshot, version: Contract) -> tuple[Item, ...]:
    """The parties, then the judges; nobody is counted."""
    state = snapshot.state
    today = state.circle.day(snapshot.now)
    seats = {member.id: seat for seat, member in enumerate(state.active, 1)}
    people = lookup.party_ids(state, version)
    asked = [each for each in lookup.judges(version) if each not in people]
    items = []
    for member in state.circle.members:
        if member.id in people:
            at, done, open_ = version.signatures.get(member.id), "signed", "not signed yet"
        elif member.id in asked and member.left is None:
            at, done, open_ = version.accepted.get(member.id), "will judge", "asked to judge"
        else:
            continue
        day = "" if at is None else f" {dates.spoken_day(state.circle.day(at), today)}"
        goes = ", lets it go" if member.id in version.let_go else ""
        row = Row(
            "",
            f"{open_ if at is None else done + day}{goes}",
            name=f"{'○' if at is None else '●'} {seats.get(member.id, ' ')} {member.name}",
        )
        items.append(Item(row=row, member=member.id, signer=True))
    return tuple(items)
