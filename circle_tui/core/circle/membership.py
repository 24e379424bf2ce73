"""Members come and go.

Invariant: somebody who left, or is away, stays on the records they are part of. Somebody
forgotten stays there too, as a seat without a name; every word of theirs goes. Meetings always
have somebody to expect.
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core import text, words
from circle_tui.core.circle import commitments
from circle_tui.core.circle.circle import PAIR, Member
from circle_tui.core.circle.command import CircleCommand, blocked_by_meeting
from circle_tui.core.circle.state import CircleState, require_member
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import new_id
from circle_tui.core.name_list import read_name

FORGOTTEN = "Someone"

MemberCommand = CircleCommand[[str]]
"""A command about one member, by id."""


@CircleCommand
def join(state: CircleState, now: datetime, name: str) -> CircleState:
    """Somebody new, in the last seat."""
    fresh = _fresh_name(state, name)
    _check_room(state)
    member = Member(new_id("m", (each.id for each in state.circle.members), now), fresh, now)
    return _seated(state, (*state.circle.members, member))


@CircleCommand
def leave(state: CircleState, now: datetime, member: str) -> CircleState:
    """Somebody leaves for good; the records they are part of keep their name."""
    person = require_member(state, member)
    if person.left is not None:
        raise RuleError(f"{person.name} has left already.")
    _check_somebody_stays(state, person)
    return _changed(state, replace(person, left=now, away=None))


@CircleCommand
def go_away(state: CircleState, now: datetime, member: str) -> CircleState:
    """Somebody is away for a while; meetings do not count on them."""
    person = require_member(state, member)
    if person.left is not None:
        raise RuleError(f"{person.name} has left.")
    if person.away is not None:
        raise RuleError(f"{person.name} is away already.")
    _check_somebody_stays(state, person)
    return _changed(state, replace(person, away=now))


@CircleCommand
def come_back(state: CircleState, now: datetime, member: str) -> CircleState:
    """Somebody who was away, or had left, is back."""
    person = require_member(state, member)
    if person.forgotten:
        raise RuleError("Somebody forgotten cannot be brought back: let them join anew.")
    if person.expected:
        raise RuleError(f"{person.name} is here.")
    if person.left is not None:
        _check_room(state)
    return _changed(state, replace(person, left=None, away=None))


@CircleCommand
def rename(state: CircleState, now: datetime, member: str, name: str) -> CircleState:
    """Another name for a member, here and on every record."""
    person = require_member(state, member)
    if (refusal := refusal_to_rename(person)) is not None:
        raise RuleError(refusal)
    fresh = _fresh_name(state, name, but=member)
    if fresh == person.name:
        raise RuleError("That is their name already.")
    return _changed(state, replace(person, name=fresh))


def refusal_to_rename(person: Member) -> str | None:
    """Why somebody can have no other name, whatever it is; None where they can."""
    return "Somebody forgotten has no name." if person.forgotten else None


@CircleCommand
def move_seat(state: CircleState, now: datetime, member: str, by: int) -> CircleState:
    """Move a member by so many seats; the order around the circle follows."""
    seats = list(state.circle.members)
    at = seats.index(require_member(state, member))
    to = at + by
    if not 0 <= to < len(seats):
        raise RuleError("There is no seat beyond that one.")
    seats.insert(to, seats.pop(at))
    return _seated(state, tuple(seats))


def check_forget(state: CircleState, member: str) -> Member:
    """Who would be forgotten. Raises `RuleError` where nobody can be."""
    person = require_member(state, member)
    if person.forgotten:
        raise RuleError("They are forgotten already.")
    if person.expected and len(state.active) == 1:
        raise RuleError("The last one here is forgotten by deleting the circle's files.")
    return person


@blocked_by_meeting(
    "A meeting is under way, and may hold their words: end it first, then forget.",
    irreversible=True,
)
def forget(state: CircleState, now: datetime, member: str, name_again: str) -> CircleState:
    """Every word of theirs goes from every record; the attendance keeps a seat without a name.

    `name_again` is their name, typed once more: nobody is forgotten by a slip of one key.
    """
    person = check_forget(state, member)
    if text.clean(name_again).casefold() != person.name.casefold():
        raise RuleError(f"That is not the name: type “{person.name}”, or leave it with esc.")
    gone = replace(person, name=FORGOTTEN, left=person.left or now, away=None, forgotten=True)
    owners = {"member": frozenset({member}), "commitment": _promised_by(state, member)}
    return words.forget(_changed(state, gone), owners)


def to_be_told_of_three(state: CircleState) -> bool:
    """Whether this is a pair that has met and was never told that three is sturdier."""
    circle = state.circle
    return (
        circle.preset.meets
        and not circle.told_of_three
        and bool(state.records)
        and sum(member.left is None for member in circle.members) == PAIR
    )


@CircleCommand
def tell_of_three(state: CircleState, now: datetime) -> CircleState:
    """They are told, once (field guide, 6)."""
    if not to_be_told_of_three(state):
        raise RuleError("There is nothing to tell.")
    return replace(state, circle=replace(state.circle, told_of_three=True))


def _promised_by(state: CircleState, member: str) -> frozenset[str]:
    """The ids of all that a member promised, also of what only an answer still tells of."""
    theirs = set(commitments.of_member(state, member))
    became = {(each.id, each.becomes) for record in state.records for each in record.answered}
    became |= {(each.commitment, each.becomes) for each in state.changes}
    # A promise that went on as one of theirs was theirs, and so was what that had been before.
    while earlier := {before for before, later in became if later in theirs} - theirs:
        theirs |= earlier
    return frozenset(theirs)


def _check_room(state: CircleState) -> None:
    stay = [each for each in state.circle.members if each.left is None]
    if not state.circle.preset.meets and len(stay) >= PAIR:
        raise RuleError("A trading pair is two people: a third would make it a circle.")
    if len(stay) >= text.MEMBERS_AT_MOST:
        raise RuleError(f"One circle holds {text.MEMBERS_AT_MOST}: make a second one.")


def _check_somebody_stays(state: CircleState, person: Member) -> None:
    if person.expected and len(state.active) == 1:
        raise RuleError(f"{person.name} is the last one here: a circle that is over can rest.")


def _fresh_name(state: CircleState, raw: str, but: str = "") -> str:
    cleaned = read_name(raw)
    for each in state.circle.members:
        if each.id == but or each.forgotten or each.name.casefold() != cleaned.casefold():
            continue
        if each.left is not None:
            raise RuleError(f"“{each.name}” was a member: bring them back, or add an initial.")
        raise RuleError(f"“{cleaned}” is taken: add an initial to tell them apart.")
    return cleaned


def _changed(state: CircleState, person: Member) -> CircleState:
    return _seated(
        state,
        tuple(person if each.id == person.id else each for each in state.circle.members),
    )


def _seated(state: CircleState, members: tuple[Member, ...]) -> CircleState:
    return replace(state, circle=replace(state.circle, members=members))
