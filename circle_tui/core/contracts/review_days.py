"""The days on which contracts are due, for a calendar.

Invariant: a contract is known by its id. Nothing here tells its name, its people or what it says.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup
from circle_tui.core.contracts.standing import State, standing
from circle_tui.core.ids import ContractId


class ReviewDay(NamedTuple):
    """The day on which a contract in force is due; `off` is whether it ended before that."""

    contract: ContractId
    day: date
    off: bool


def review_days(state: CircleState, now: datetime) -> Iterator[ReviewDay]:
    """The review day of each contract that all parties have signed, at `now` (aware UTC)."""
    for contract in lookup.contract_ids(state):
        found = standing(state, contract, now)
        if found.in_force is None or (day := found.in_force.review) is None:
            continue
        ended = found.newest.ended
        off = found.state is State.ENDED and (ended is None or state.circle.day(ended) < day)
        yield ReviewDay(contract, day, off and found.newest.choice is None)
