"""Looks for members and commitments that a circle's file names and does not have.

Invariant: nothing is said about them but where they are named.
"""

from collections.abc import Iterator
from enum import Enum

from circle_tui.core.circle.commitments import all_ids
from circle_tui.core.circle.state import CircleState


class CirclePart(Enum):
    """The parts of a circle that name members or commitments."""

    MEETINGS = "meetings"
    COVENANTS = "covenants"
    CHANGES = "changes to commitments"
    WINS = "wins"
    CHECKINS = "check-ins"
    TRADES = "trades"
    CONTRACTS = "contracts"


def dangling(state: CircleState) -> tuple[CirclePart, ...]:
    """The parts that name a member or a commitment that is not there, each once."""
    members = {member.id for member in state.circle.members}
    promised = all_ids(state)
    found = (
        where
        for where, kind, named in _named(state)
        if not named <= (members if kind == "member" else promised)
    )
    return tuple(dict.fromkeys(found))


def _named(state: CircleState) -> Iterator[tuple[CirclePart, str, set[str]]]:
    """The ids that each part names, of members or of commitments."""
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
