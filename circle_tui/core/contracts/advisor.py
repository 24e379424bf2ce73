"""The advisor: suggests a way of judging from the answers to three questions.

Invariant: it only suggests; people choose. It suggests a panel only if there are enough voters.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup, panel
from circle_tui.core.contracts.contract import Contract, Way
from circle_tui.core.contracts.standing import standing
from circle_tui.core.ids import ContractId

_FIVE = 5
_AFTER_GRADED = "If the tiers turn out too hard, change to reviewed at the look back."


class Visibility(StrEnum):
    """Whether somebody else can see how far the contract was met."""

    YES = "y"
    PARTLY = "p"
    NO = "n"


class AtStake(StrEnum):
    """How much is at stake: only somebody's word, something small, or much."""

    WORD = "1"
    SMALL = "2"
    MUCH = "3"


class Suggestion(NamedTuple):
    """A suggested way of judging, and the reason for it as a sentence."""

    way: Way
    because: str

    @property
    def also(self) -> str:
        """A second sentence of advice; empty if there is none."""
        return _AFTER_GRADED if self.way is Way.GRADED else ""


_REVIEWED_SMALL = {
    Visibility.PARTLY: "Part of it is a matter of judgement, and you have someone for that.",
    Visibility.NO: "It's a matter of judgement, and one fair person is the least effort.",
}
_GRADED_SMALL = {
    Visibility.PARTLY: "Clear rules protect people who don't know each other well yet.",
    Visibility.NO: "First find three things you can see. Judging each other would be hard while "
    "you're new to each other.",
}
_SEVERAL = "Several people judge more evenly than one."
_MORE_THAN_ONE = "A lot depends on judgement, so let several people judge."
_SPREAD = "A lot is at stake, and you don't know each other well yet: let several people judge."
_TOO_FEW_RULES = "You're too few for a vote, so clear rules are better."
_TOO_FEW_PEER = "You're too few for a vote: one fair person, and an appeal."


def suggest(
    at_stake: AtStake, visible: Visibility, trust: bool, *, enough_to_vote: bool
) -> Suggestion:
    """The way of judging that fits the three answers.

    `trust` is whether the parties tell each other unpleasant things.
    """
    if at_stake is AtStake.WORD:
        return Suggestion(Way.TALK, "Only your word is at stake, so look back together.")
    if visible is Visibility.YES:
        because = (
            "You can count it, so agree on the rules beforehand."
            if at_stake is AtStake.SMALL
            else "You can count it, so a vote would only be more work."
        )
        return Suggestion(Way.GRADED, because)
    if at_stake is AtStake.SMALL:
        if trust:
            return Suggestion(Way.REVIEWED, _REVIEWED_SMALL[visible])
        return Suggestion(Way.GRADED, _GRADED_SMALL[visible])
    if visible is Visibility.PARTLY and trust:
        return Suggestion(Way.REVIEWED, "One fair person, and an appeal, is enough.")
    if enough_to_vote:
        if visible is Visibility.PARTLY:
            return Suggestion(Way.PANEL, _SEVERAL)
        return Suggestion(Way.PANEL, _MORE_THAN_ONE if trust else _SPREAD)
    if trust:
        return Suggestion(Way.REVIEWED, _TOO_FEW_PEER)
    return Suggestion(Way.GRADED, _TOO_FEW_RULES)


def enough_to_vote(state: CircleState, version: Contract) -> bool:
    """Whether the circle has five members, and every part has three who may vote on it."""
    stay = [member.id for member in state.circle.members if member.left is None]
    people = lookup.party_ids(state, version)
    return len(stay) >= _FIVE and all(
        len([member for member in stay if member != of]) >= panel.VOTERS_AT_LEAST for of in people
    )


def a_trial_helps(state: CircleState, contract: ContractId, now: datetime) -> bool:
    """Whether to suggest a trial: for a circle's first judged contract with a stake."""
    version = standing(state, contract, now).newest
    staked = any(part.stake for part in version.parts)
    before = any(each.opened is not None for each in state.contracts if each.contract != contract)
    return version.judged is not None and staked and not before and version.trial is None
