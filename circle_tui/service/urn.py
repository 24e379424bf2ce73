"""One vote on this terminal: who is still to come, orders drawn, and ballots in memory alone.

Invariant: a ballot is in this object and nowhere else: no file, event, log or undo knows it, and
not even its place says who voted first. What a digit means is drawn anew each time, so that what
is shown and what is pressed tell nothing alone.
"""

import random
from collections.abc import Collection
from contextlib import suppress
from enum import StrEnum
from typing import Final, Protocol

from circle_tui.core.contracts import standing, voting
from circle_tui.core.contracts.contract import Choice
from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService


class Order(Protocol):
    """What draws an order; the system's randomness, but for tests."""

    def sample(self, population: list[Choice], k: int) -> list[Choice]:
        """The choices in an order drawn anew."""


class Next(StrEnum):
    """What comes after a digit."""

    ONCE_MORE = "once more"
    DIFFERENT = "different"
    ANOTHER = "another"
    HAND_ON = "hand on"


class Urn:
    """A vote under way, from who votes to its count; `close` has to be called at its end."""

    __slots__ = (
        "_ballots", "_cores", "_first", "_order", "_shown", "_things", "_voter", "contract",
        "service",
    )  # fmt: skip

    def __init__(
        self,
        service: CircleService,
        contract: str,
        present: Collection[str],
        order: Order | None = None,
    ) -> None:
        """Begin a vote of those `present`; from here on nobody joins.

        Raises `RuleError` where there is nothing to vote on, or they are too few.
        """
        voted = voting.check_vote(service.state, service.now, contract, present)
        self.service: Final = service
        self.contract: Final = contract
        self._order: Order = order if order is not None else random.SystemRandom()
        here = set(present)
        # In seat order, with a place for each: the order says nothing of who came first.
        self._ballots: dict[str, dict[str, Choice | None]] = {
            of: {
                member.id: None
                for member in service.state.circle.members
                if member.id in here & vote.weights.keys()
            }
            for of, vote in voted.items()
        }
        self._voter: str | None = None
        self._things: list[str] = []
        self._first: Choice | None = None
        self._shown: tuple[Choice, ...] = ()
        self._cores = _without_cores()

    def __repr__(self) -> str:
        return "<a vote under way>"

    @property
    def still_to_come(self) -> tuple[str, ...]:
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
    def about(self) -> str | None:
        """What the ballot that is shown is about; None between two voters."""
        return self._things[0] if self._things else None

    @property
    def shown(self) -> tuple[Choice, ...]:
        """The choices in the order in which they stand now."""
        return self._shown

    @property
    def once_more(self) -> bool:
        """Whether the ballot is asked for the second time."""
        return self._first is not None

    def take(self, voter: str) -> None:
        """Give the keyboard to a voter. Raises `RuleError` unless they are still to come."""
        if voter not in self.still_to_come:
            raise RuleError("That number doesn't vote now.")
        self._voter = voter
        self._things = [of for of, ballots in self._ballots.items() if voter in ballots]
        self._ask()

    def choose(self, place: int) -> Next:
        """Choose what stands at `place`, counted from 1; twice the same puts the ballot in."""
        if self._voter is None or not 1 <= place <= len(self._shown):
            raise RuleError("Choose by 1, 2 or 3.")
        choice = self._shown[place - 1]
        if self._first is None:
            self._first = choice
            self._draw()
            return Next.ONCE_MORE
        if self._first is not choice:
            self._ask()
            return Next.DIFFERENT
        # Only now, and a voter's ballots one by one: what was put in stays where one hands on.
        self._ballots[self._things.pop(0)][self._voter] = choice
        if self._things:
            self._ask()
            return Next.ANOTHER
        self.hand_on()
        return Next.HAND_ON

    def hand_on(self) -> None:
        """Go back to between two voters; a voter who is not done begins anew."""
        if self._things and self._voter is not None:
            for ballots in self._ballots.values():
                if self._voter in ballots:
                    ballots[self._voter] = None
        self._voter, self._things, self._first, self._shown = None, [], None, ()

    def count(self) -> None:
        """Count, write, and empty the urn; then the result may be shown, and not before.

        Raises `RuleError` where it could not be kept; then the ballots are still there.
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
        """Empty the urn: after a count, or where the vote is left and will begin anew."""
        for ballots in self._ballots.values():
            ballots.clear()
        self._ballots.clear()
        self._voter, self._things, self._first, self._shown = None, [], None, ()
        _with_cores(self._cores)
        self._cores = None

    def _ask(self) -> None:
        self._first = None
        self._draw()

    def _draw(self) -> None:
        self._shown = tuple(self._order.sample(list(Choice), len(Choice)))


def _without_cores() -> tuple[int, int] | None:
    """Turn core dumps off, where the system knows such a limit; gives the limit before."""
    try:
        import resource
    except ImportError:
        return None
    with suppress(OSError, ValueError):
        before = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, before[1]))
        return before
    return None


def _with_cores(before: tuple[int, int] | None) -> None:
    """The limit of core dumps as it was."""
    if before is not None:
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, before)
