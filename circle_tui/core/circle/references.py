"""Finds references to members and commitments that a circle's file does not have.

Invariant: a finding says only which part of the file has such a reference.
"""

from collections.abc import Iterator
from enum import Enum

from circle_tui.core.circle.commitments import all_ids
from circle_tui.core.circle.state import CircleState
from circle_tui.core.ids import CommitmentId, MemberId


class CirclePart(Enum):
    """The parts of a circle that refer to members or commitments."""

    MEETINGS = "meetings"
    COVENANTS = "covenants"
    CHANGES = "changes to commitments"
    WINS = "wins"
    CHECKINS = "check-ins"
    TRADES = "trades"
    CONTRACTS = "contracts"


def dangling(state: CircleState) -> tuple[CirclePart, ...]:
    """The parts that refer to a member or a commitment that does not exist, each once."""
    members = {member.id for member in state.circle.members}
    promised = all_ids(state)
    found = (
        where
        for where, kind, named in _named(state)
        if not named <= (members if kind == "member" else promised)
    )
    return tuple(dict.fromkeys(found))


def _named(
    state: CircleState,
) -> Iterator[tuple[CirclePart, str, set[MemberId] | set[CommitmentId]]]:
    """For each part, the kind of ids it refers to, and the ids."""
    for record in state.records:
        people = {*record.attendance, *record.order, *(each.member for each in record.made)}
        people |= {*record.reaches_out, *record.reaches_out.values(), *record.reached}
        people |= {record.opener} if record.opener is not None else set()
        yield CirclePart.MEETINGS, "member", people
        yield CirclePart.MEETINGS, "commitment", {each.id for each in record.answered}
    for covenant in state.covenants:
        yield CirclePart.COVENANTS, "member", set(covenant.signatures)
    yield CirclePart.CHANGES, "commitment", {each.commitment for each in state.changes}
    yield CirclePart.WINS, "commitment", {each.commitment for each in state.wins}
    yield CirclePart.CHECKINS, "member", {each.member for each in state.checkins}
    yield CirclePart.TRADES, "member", {each.member for each in state.trades}
    for contract in state.contracts:
        yield CirclePart.CONTRACTS, "member", {part.member for part in contract.parts}
