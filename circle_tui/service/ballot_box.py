"""A secret vote on this terminal.

Invariant: a ballot is only in this object, never in a file, an event, a log or an undo; not even
their order says who voted first. The meaning of the digits is shuffled for each question, so that
neither the screen nor the key that was pressed gives a vote away.
"""

import random
from collections.abc import Collection
from contextlib import suppress
from enum import StrEnum
from typing import Final, Protocol

from circle_tui.core.contracts import standing, voting
from circle_tui.core.contracts.contract import BallotChoice
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.service.circle_service import CircleService


class RandomOrder(Protocol):
    """A source of random orders: `random.SystemRandom`, or a fixed one in tests."""

    def sample(self, population: list[BallotChoice], k: int) -> list[BallotChoice]:
        """`k` items of `population` in random order."""


class NextStep(StrEnum):
    """What comes after a digit."""

    ONCE_MORE = "once more"
    DIFFERENT = "different"
    ANOTHER = "another"
    HAND_ON = "hand on"


class BallotBox:
    """A vote under way, until it is counted. The caller has to call `close` at its end."""

    __slots__ = (
        "_ballots", "_core_limits", "_first", "_order", "_shown", "_topics", "_voter", "contract",
        "service",
    )  # fmt: skip

    def __init__(
        self,
        service: CircleService,
        contract: ContractId,
        present: Collection[MemberId],
        order: RandomOrder | None = None,
    ) -> None:
        """Begin a vote of those `present`; from here on nobody joins.

        Raises `RuleError` if there is nothing to vote on, or too few people for a vote.
        """
        voted = voting.check_vote(service.state, service.now, contract, present)
        self.service: Final = service
        self.contract: Final = contract
        self._order: RandomOrder = order if order is not None else random.SystemRandom()
        here = set(present)
        # A place for each voter in seat order, so that the order does not say who voted first.
        self._ballots: dict[MemberId, dict[MemberId, BallotChoice | None]] = {
            of: {
                member.id: None
                for member in service.state.circle.members
                if member.id in here & vote.weights.keys()
            }
            for of, vote in voted.items()
        }
        self._voter: MemberId | None = None
        self._topics: list[MemberId] = []
        self._first: BallotChoice | None = None
        self._shown: tuple[BallotChoice, ...] = ()
        self._core_limits = _disable_core_dumps()

    def __repr__(self) -> str:
        return "<a vote under way>"

    @property
    def still_to_come(self) -> tuple[MemberId, ...]:
        """Who has not voted yet, in seat order."""
        waiting = {
            voter
            for ballots in self._ballots.values()
            for voter, choice in ballots.items()
            if choice is None
        }
        members = self.service.state.circle.members
        return tuple(member.id for member in members if member.id in waiting)

    @property
    def all_in(self) -> bool:
        """Whether all ballots are in."""
        return not self.still_to_come

    @property
    def about(self) -> MemberId | None:
        """What the current ballot is about, a member's id or "common"; None between two voters."""
        return self._topics[0] if self._topics else None

    @property
    def shown(self) -> tuple[BallotChoice, ...]:
        """The choices in the order in which they are shown now."""
        return self._shown

    @property
    def once_more(self) -> bool:
        """Whether the ballot is asked for the second time."""
        return self._first is not None

    def take(self, voter: MemberId) -> None:
        """Begin the turn of a voter. Raises `RuleError` unless they are still to come."""
        if voter not in self.still_to_come:
            raise RuleError("That number doesn't vote now.")
        self._voter = voter
        self._topics = [of for of, ballots in self._ballots.items() if voter in ballots]
        self._ask()

    def choose(self, place: int) -> NextStep:
        """Choose what is shown at `place` (from 1); choosing the same twice casts the ballot."""
        if self._voter is None or not 1 <= place <= len(self._shown):
            raise RuleError("Choose by 1, 2 or 3.")
        choice = self._shown[place - 1]
        if self._first is None:
            self._first = choice
            self._draw()
            return NextStep.ONCE_MORE
        if self._first is not choice:
            self._ask()
            return NextStep.DIFFERENT
        # Each ballot is stored only once it is confirmed.
        self._ballots[self._topics.pop(0)][self._voter] = choice
        if self._topics:
            self._ask()
            return NextStep.ANOTHER
        self.hand_on()
        return NextStep.HAND_ON

    def hand_on(self) -> None:
        """End the turn of the voter. If they have not finished, their ballots are deleted."""
        if self._topics and self._voter is not None:
            for ballots in self._ballots.values():
                if self._voter in ballots:
                    ballots[self._voter] = None
        self._voter, self._topics, self._first, self._shown = None, [], None, ()

    def count(self) -> None:
        """Count the ballots, save the result, and delete the ballots.

        Raises `RuleError` if the result cannot be saved; then the ballots are still there.
        """
        if not self.all_in:
            raise RuleError("Not all ballots are in.")
        ballots = {
            of: {voter: choice for voter, choice in each.items() if choice is not None}
            for of, each in self._ballots.items()
        }
        self.service.execute(voting.count_vote, self.contract, ballots)
        self.close()

    @property
    def out_of_time(self) -> bool:
        """Whether the 48 hours have passed, so that this vote cannot be counted any more."""
        now = standing.standing(self.service.state, self.contract, self.service.now)
        return not voting.voted_on(now)

    def close(self) -> None:
        """Delete all ballots, after a count or if the vote is abandoned."""
        for ballots in self._ballots.values():
            ballots.clear()
        self._ballots.clear()
        self._voter, self._topics, self._first, self._shown = None, [], None, ()
        _restore_core_dumps(self._core_limits)
        self._core_limits = None

    def _ask(self) -> None:
        self._first = None
        self._draw()

    def _draw(self) -> None:
        self._shown = tuple(self._order.sample(list(BallotChoice), len(BallotChoice)))


def _disable_core_dumps() -> tuple[int, int] | None:
    """Disable core dumps, which would have the ballots in them; returns the limits before.

    None if this system has no such limit.
    """
    try:
        import resource
    except ImportError:
        return None
    with suppress(OSError, ValueError):
        before = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, before[1]))
        return before
    return None


def _restore_core_dumps(before: tuple[int, int] | None) -> None:
    """Set the limits for core dumps back to `before`."""
    if before is not None:
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, before)
