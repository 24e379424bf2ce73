"""How much the published result of a secret vote reveals, found by going through every vote.

Invariant: a choice counts as revealed if it is the same in all votes that have this result.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from circle_tui.core.contracts.contract import BallotChoice

Vote = tuple[BallotChoice, ...]
"""The choices of all voters."""


class Revealed(NamedTuple):
    """How many possible votes have a result that reveals somebody's choice: `to_everybody`, and
    `to_a_voter`, who knows their own.
    """

    to_everybody: int
    to_a_voter: int


def revealed(voters: int, published: Callable[[Vote], Hashable]) -> Revealed:
    """How much `published` reveals, which gives the result of a vote by so many voters."""
    votes_by_result: dict[Hashable, list[Vote]] = {}
    for vote in product(BallotChoice, repeat=voters):
        votes_by_result.setdefault(published(vote), []).append(vote)
    everybody = voter = 0
    for votes in votes_by_result.values():
        everybody += len(votes) if any(_known(votes)) else 0
        voter += sum(_a_voter_learns(votes, vote) for vote in votes)
    return Revealed(everybody, voter)


def _known(votes: Sequence[Vote]) -> Iterator[bool]:
    """For each voter, whether their choice is the same in all of these votes."""
    return (len(set(choices)) == 1 for choices in zip(*votes, strict=True))


def _a_voter_learns(votes: Sequence[Vote], vote: Vote) -> bool:
    """Whether one of the voters, who knows their own choice, learns another's."""
    return any(
        known
        for own in range(len(vote))
        for other, known in enumerate(_known([each for each in votes if each[own] is vote[own]]))
        if other != own
    )
