"""What the screens of a judged contract share: its parts in words, its people and their numbers.

Invariant: people are listed in seat order, never in the order of any figure.
"""

from collections.abc import Iterable
from datetime import datetime

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup, results
from circle_tui.core.contracts.contract import COMMON, Contract
from circle_tui.core.contracts.standing import ContractSnapshot, standing
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views.view import ChooseSeat, GoToContract, Intent, Move, Row, Scroll

TOGETHER = "Together"
_COUNTED = ("none", "one", "two", "three", "four", "five")


def contract_snapshot(snapshot: CircleSnapshot, contract: ContractId) -> ContractSnapshot:
    """The contract at this moment. Raises `RuleError` if there is none."""
    return standing(snapshot.state, contract, snapshot.now)


def step_headline(snapshot: CircleSnapshot, version: Contract, where: str) -> tuple[str, ...]:
    """The headline of a step: the circle, the contract, and which step it is."""
    return (snapshot.circle.name, "contract", version.name, where)


def votes_wait(found: ContractSnapshot) -> bool:
    """Whether something is still to be voted on."""
    return any(
        each.comes_back is None and results.voting_on(found.shown, each.of) is not None
        for each in found.results
    )


def seat_of(state: CircleState, member: MemberId) -> int | None:
    """A member's number; None if no meeting expects them."""
    seats = [each.id for each in state.active]
    return seats.index(member) + 1 if member in seats else None


def member_on_seat(state: CircleState, seat: int) -> MemberId | None:
    """The id of the member on a seat; None if the seat is empty."""
    return state.active[seat - 1].id if 0 < seat <= len(state.active) else None


def in_seat_order(state: CircleState, members: Iterable[MemberId]) -> tuple[MemberId, ...]:
    """Each of these members once, in seat order."""
    wanted = set(members)
    return tuple(each.id for each in state.circle.members if each.id in wanted)


def name_with_seat(state: CircleState, member: MemberId) -> str:
    """A name with its number before it, as in a list: "4 Tom"."""
    return f"{seat_of(state, member) or ' '} {name_of(state, member)}"


def name_of(state: CircleState, member: MemberId | None) -> str:
    """A member's name; "nobody" for None."""
    return "nobody" if member is None else lookup.member_name(state, member)


def names_in_words(state: CircleState, members: Iterable[MemberId], word: str = "and") -> str:
    """As in "Maya, Tom and Lena"."""
    return spoken_list([name_of(state, each) for each in members], word)


def spoken_list(words: list[str], word: str = "and") -> str:
    """As in "one, two and three"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {word} {words[-1]}"


def part_in_words(state: CircleState, of: MemberId) -> str:
    """What is judged, as part of a sentence."""
    if of == COMMON:
        return "what they meant to reach together"
    return f"{name_of(state, of)}'s part"


def number_in_words(number: int) -> str:
    """A number of people in a word."""
    return _COUNTED[number] if number < len(_COUNTED) else str(number)


def part_rows(version: Contract, of: MemberId) -> tuple[Row, ...]:
    """The lines of a part, each with its kind; or the words of the common result."""
    if of == COMMON:
        common = None if version.judged is None else version.judged.common
        return () if common is None else (Row("", common.text),)
    part = version.part(of)
    return tuple(Row("", line.text, name=line.kind) for line in (part.lines if part else ()))


def stake_of(version: Contract, of: MemberId) -> str:
    """What somebody put in, in their own words; "" for nothing."""
    if version.trial is not None:
        return version.trial
    part = version.part(of)
    return "" if part is None else part.stake


def deadline_in_words(snapshot: CircleSnapshot, until: datetime | None) -> str:
    """As in " until Saturday 21 March, 11:09"; "" if no limit runs."""
    return "" if until is None else f" until {snapshot.spoken_date(until)}"


def back_offer(contract: ContractId) -> dict[str, Intent]:
    """The offer to go back to the contract's own screen."""
    return {"back": GoToContract(contract, "contract")}


def navigation_offers(contract: ContractId) -> dict[str, Intent]:
    """The offers to move the cursor, to choose a seat, to scroll, and to go back."""
    return {**moving_offers(), **back_offer(contract)}


def moving_offers() -> dict[str, Intent]:
    """The offers to move the cursor, to choose a seat, and to scroll."""
    return {
        "previous": Move(-1),
        "next": Move(1),
        "scroll_up": Scroll(-1),
        "scroll_down": Scroll(1),
        **{f"seat_{seat}": ChooseSeat(seat) for seat in range(1, 10)},
    }


def person_row(state: CircleState, member: MemberId, words: str, *, done: bool) -> Row:
    """A member with their number; `done` is whether they have pressed their key."""
    return Row("●" if done else "○", words, name=name_with_seat(state, member))
