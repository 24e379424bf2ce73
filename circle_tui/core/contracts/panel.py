"""The way *panel*: three to five members vote, and the result gives the share that is returned.

Invariant: these are pure functions of ballots, which are never stored. What a count publishes
depends on the weights, which are known before the vote: with equal weights the split and the share,
with unequal weights only the share.
"""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from circle_tui.core.contracts import shares
from circle_tui.core.contracts.contract import BallotChoice, TieRule
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import MemberId

VOTERS_AT_LEAST, VOTERS_AT_MOST = 3, 5
SMALLEST_QUORUM = 3
"""The smallest quorum."""

_FINEST = 1000
"""The largest denominator of *partly*, so that every result fits into its stored field."""

Ballots = Mapping[MemberId, BallotChoice]
"""The ballots that are in, by the voter's id."""


class Counted(NamedTuple):
    """A count: the share that is returned, and, if the weights are equal, the split of votes."""

    comes_back: Fraction
    split: dict[BallotChoice, Fraction] | None


class Tied(NamedTuple):
    """A tie of two or three choices."""

    choices: tuple[BallotChoice, ...]


class QuorumNotMet(NamedTuple):
    """Fewer ballots than the quorum."""

    needed: int
    here: int


class Secrecy(StrEnum):
    """How much the result of a panel reveals, by its weights; shown before the vote begins."""

    UNANIMOUS_ONLY = "five or more, equal weights"
    FEW = "fewer than five, equal weights"
    UNEQUAL = "unequal weights"


def count(
    weights: Mapping[MemberId, int], partly: Fraction, quorum: int, ballots: Ballots
) -> Counted | Tied | QuorumNotMet:
    """The result of a vote. A ballot of somebody who has no weight is not counted.

    Weights are relative to the ballots that were cast; missing voters do not count.
    """
    found = {voter: ballots[voter] for voter in weights if voter in ballots}
    if len(found) < quorum:
        return QuorumNotMet(quorum, len(found))
    fell = {
        choice: sum(weights[voter] for voter, each in found.items() if each is choice)
        for choice in BallotChoice
    }
    most = max(fell.values())
    leading = tuple(choice for choice in BallotChoice if fell[choice] == most)
    if len(leading) > 1:
        return Tied(leading)
    whole = sum(fell.values())
    share = (
        sum((fell[choice] * worth(choice, partly) for choice in BallotChoice), Fraction(0)) / whole
    )
    split = {choice: Fraction(fell[choice], whole) for choice in BallotChoice}
    return Counted(share, split if equal(weights) else None)


def worth(choice: BallotChoice, partly: Fraction) -> Fraction:
    """The share that is returned if everybody makes that choice."""
    return {
        BallotChoice.MET: shares.WHOLE,
        BallotChoice.PARTLY: partly,
        BallotChoice.NOT_MET: shares.NOTHING,
    }[choice]


def equal(weights: Mapping[MemberId, int]) -> bool:
    """Whether every voter counts the same."""
    return len(set(weights.values())) <= 1


def secrecy(weights: Mapping[MemberId, int]) -> Secrecy:
    """How much a vote with these weights reveals."""
    if not equal(weights):
        return Secrecy.UNEQUAL
    return Secrecy.UNANIMOUS_ONLY if len(weights) >= VOTERS_AT_MOST else Secrecy.FEW


def check_partly(partly: Fraction) -> str:
    """The share of *partly*, as it is stored. Raises `RuleError` unless between 0 and 1."""
    if not 0 < partly < 1:
        raise RuleError("Partly is something between none and all: write it like 2/3.")
    if partly.denominator > _FINEST:
        raise RuleError("That's too exact: write something simple, like 2/3.")
    return shares.stored(partly)


def check_quorum(quorum: object, voters: int) -> int:
    """`quorum`, unchanged. Raises `RuleError` unless it is from three to all who vote."""
    if type(quorum) is not int or not SMALLEST_QUORUM <= quorum <= max(SMALLEST_QUORUM, voters):
        most = max(SMALLEST_QUORUM, voters)
        raise RuleError(
            f"A vote needs at least {SMALLEST_QUORUM} of its voters, and at most all {most}."
        )
    return quorum


def unsettled(
    weights: Mapping[MemberId, int],
    partly: str,
    quorum: int,
    tie: TieRule,
    decider: MemberId | None,
) -> tuple[str, ...]:
    """What is missing before this vote can be held, each as the end of a sentence."""
    found = []
    if not VOTERS_AT_LEAST <= len(weights) <= VOTERS_AT_MOST:
        found.append("three to five who vote")
    if not SMALLEST_QUORUM <= quorum <= len(weights):
        found.append("how many of them are needed: three or more")
    if not 0 < shares.parse(partly) < 1:
        found.append("what comes back for partly")
    if tie is TieRule.DECIDER and decider is None:
        found.append("who decides a tie")
    return tuple(found)
