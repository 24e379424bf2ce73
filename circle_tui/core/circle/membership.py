"""Joining, leaving, being away, renaming, changing seats and being forgotten.

Invariant: members who left or are away stay in past records. Forgetting deletes a member's name and
words and keeps only their attendance. A circle always has at least one expected member.
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.circle import commitments
from circle_tui.core.circle.circle import PAIR, Member
from circle_tui.core.circle.command import CircleCommand, blocked_by_meeting
from circle_tui.core.circle.state import CircleState, require_member
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import CommitmentId, MemberId, new_id

FORGOTTEN = "Someone"

MemberCommand = CircleCommand[[MemberId]]
"""A command about one member, by id."""


@CircleCommand
def join(state: CircleState, now: datetime, name: str) -> CircleState:
    """Add a member in the last seat."""
    fresh = _unused_name(state, name)
    _check_room(state)
    new = MemberId(new_id("m", (each.id for each in state.circle.members), now))
    member = Member(new, fresh, now)
    return _with_members(state, (*state.circle.members, member))


@CircleCommand
def leave(state: CircleState, now: datetime, member: MemberId) -> CircleState:
    """Note that a member leaves for good; past records keep their name."""
    person = require_member(state, member)
    if person.left is not None:
        raise RuleError(f"{person.name} has left already.")
    _check_not_last(state, person)
    state = _out_of_contracts(state, member, now)
    return _with_member(state, replace(person, left=now, away=None))


@CircleCommand
def go_away(state: CircleState, now: datetime, member: MemberId) -> CircleState:
    """Note that a member is away for a while; meetings do not expect them."""
    person = require_member(state, member)
    if person.left is not None:
        raise RuleError(f"{person.name} has left.")
    if person.away is not None:
        raise RuleError(f"{person.name} is away already.")
    _check_not_last(state, person)
    return _with_member(state, replace(person, away=now))


@CircleCommand
def come_back(state: CircleState, now: datetime, member: MemberId) -> CircleState:
    """Bring back a member who was away or had left."""
    person = require_member(state, member)
    if person.forgotten:
        raise RuleError("Someone who was forgotten can't be brought back. They can join again.")
    if person.expected:
        raise RuleError(f"{person.name} is here.")
    if person.left is not None:
        _check_room(state)
    return _with_member(state, replace(person, left=None, away=None))


@CircleCommand
def rename(state: CircleState, now: datetime, member: MemberId, name: str) -> CircleState:
    """Rename a member, also in past records."""
    person = require_member(state, member)
    if (refusal := refusal_to_rename(person)) is not None:
        raise RuleError(refusal)
    fresh = _unused_name(state, name, excluded=member)
    if fresh == person.name:
        raise RuleError("That's their name already.")
    return _with_member(state, replace(person, name=fresh))


def refusal_to_rename(person: Member) -> str | None:
    """Why a member cannot be renamed at all; None if they can."""
    return "Somebody forgotten has no name." if person.forgotten else None


@CircleCommand
def move_seat(state: CircleState, now: datetime, member: MemberId, by: int) -> CircleState:
    """Move a member by `by` seats, which changes the speaking order."""
    seats = list(state.circle.members)
    at = seats.index(require_member(state, member))
    to = at + by
    if not 0 <= to < len(seats):
        raise RuleError("There's no seat beyond that one.")
    seats.insert(to, seats.pop(at))
    return _with_members(state, tuple(seats))


def check_forget(state: CircleState, member: MemberId) -> Member:
    """The member to forget. Raises `RuleError` if they cannot be forgotten."""
    person = require_member(state, member)
    if person.forgotten:
        raise RuleError("They're forgotten already.")
    if person.expected and len(state.active) == 1:
        raise RuleError("To forget the last one here, delete the circle's files.")
    return person


@blocked_by_meeting(
    "You're in a meeting that may hold their words. End it first, then forget them.",
    irreversible=True,
)
def forget(state: CircleState, now: datetime, member: MemberId, name_again: str) -> CircleState:
    """Delete a member's name and words from every record; their attendance stays, without a name.

    `name_again` has to be the member's name, typed once more, so that a slip cannot forget anybody.
    """
    person = check_forget(state, member)
    if text.clean(name_again).casefold() != person.name.casefold():
        raise RuleError(f"That isn't the name. Type “{person.name}”, or press Esc to cancel.")
    state = _out_of_contracts(state, member, now)
    gone = replace(person, name=FORGOTTEN, left=person.left or now, away=None, forgotten=True)
    owners = {"member": frozenset({member}), "commitment": _promised_by(state, member)}
    from circle_tui.core import words

    return words.forget(_with_member(state, gone), owners)


def to_be_told_of_three(state: CircleState) -> bool:
    """Whether to tell a circle of two, after its first meeting, that three are sturdier."""
    circle = state.circle
    return (
        circle.preset.meets
        and not circle.told_of_three
        and bool(state.records)
        and sum(member.left is None for member in circle.members) == PAIR
    )


@CircleCommand
def tell_of_three(state: CircleState, now: datetime) -> CircleState:
    """Note that the circle was told, so that it is told only once (guide: practice, Resilience)."""
    if not to_be_told_of_three(state):
        raise RuleError("You've read that already.")
    return replace(state, circle=replace(state.circle, told_of_three=True))


def _promised_by(state: CircleState, member: MemberId) -> frozenset[CommitmentId]:
    """The ids of a member's commitments, including those known only from a result or a change."""
    theirs = set(commitments.ids_of_member(state, member))
    became = {(result.id, result.becomes) for record in state.records for result in record.answered}
    became |= {(change.commitment, change.becomes) for change in state.changes}
    # A commitment that became one of theirs was theirs as well; follow the chain back.
    while earlier := {before for before, later in became if later in theirs} - theirs:
        theirs |= earlier
    return frozenset(theirs)


def _check_room(state: CircleState) -> None:
    stay = [member for member in state.circle.members if member.left is None]
    if not state.circle.preset.meets and len(stay) >= PAIR:
        raise RuleError("A trading pair is two people. A third would make it a circle.")
    if len(stay) >= text.MEMBERS_AT_MOST:
        raise RuleError(f"One circle holds {text.MEMBERS_AT_MOST}: make a second one.")


def _check_not_last(state: CircleState, person: Member) -> None:
    if person.expected and len(state.active) == 1:
        raise RuleError(f"{person.name} is the last one here. If the circle is over, let it rest.")


def _out_of_contracts(state: CircleState, member: MemberId, now: datetime) -> CircleState:
    if not state.contracts:
        return state
    # Imported here, because a circle without contracts does not need their rules.
    from circle_tui.core.contracts.leaving import stepped_out_of_all

    return stepped_out_of_all(state, member, now)


def _unused_name(state: CircleState, raw: str, excluded: MemberId | None = None) -> str:
    from circle_tui.core.name_list import read_name

    cleaned = read_name(raw)
    for member in state.circle.members:
        if member.id == excluded or member.forgotten:
            continue
        if member.name.casefold() != cleaned.casefold():
            continue
        if member.left is not None:
            raise RuleError(
                f"“{member.name}” was a member before. Bring them back, or add an initial."
            )
        raise RuleError(f"“{cleaned}” is taken. Add an initial to tell them apart.")
    return cleaned


def _with_member(state: CircleState, person: Member) -> CircleState:
    return _with_members(
        state,
        tuple(person if member.id == person.id else member for member in state.circle.members),
    )


def _with_members(state: CircleState, members: tuple[Member, ...]) -> CircleState:
    return replace(state, circle=replace(state.circle, members=members))
