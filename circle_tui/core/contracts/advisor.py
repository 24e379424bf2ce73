"""The advisor: three questions, and the way that fits, with its reason.

Invariant: it suggests, and nothing is chosen by it. Where it suggests a panel there are enough
people for one.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import in_it, panel
from circle_tui.core.contracts.contract import Contract, Way
from circle_tui.core.contracts.standing import standing

_FIVE = 5
_AFTER_GRADED = "If the tiers turn out too hard, change to reviewed at the look back."


class Seen(StrEnum):
    """Whether somebody else could see how far it was met."""

    YES = "y"
    PARTLY = "p"
    NO = "n"


class Hangs(StrEnum):
    """What hangs on it."""

    WORD = "1"
    SMALL = "2"
    MUCH = "3"


class Suggestion(NamedTuple):
    """A way, the reason for it as a sentence, and perhaps one more to go with it."""

    way: Way
    because: str

    @property
    def also(self) -> str:
        """A further sentence; empty where none fits."""
        return _AFTER_GRADED if self.way is Way.GRADED else ""


_REVIEWED_SMALL = {
    Seen.PARTLY: "Part of it takes judgement, and you have someone for that.",
    Seen.NO: "It takes judgement, and one fair peer costs the least.",
}
_GRADED_SMALL = {
    Seen.PARTLY: "Clear rules protect people who don't know each other well yet.",
    Seen.NO: "First say it in three things one can see; "
    "a judgement would strain what is still new.",
}
_SEVERAL = "Several judge more evenly than one."
_MORE_THAN_ONE = "Much hangs on judgement: let it be more than one."
_SPREAD = "Much hangs on it and trust is young: spread the judgement."
_TOO_FEW_RULES = "Too few to vote: clear rules instead."
_TOO_FEW_PEER = "Too few to vote: one fair peer, and an appeal."


def suggest(hangs: Hangs, seen: Seen, trust: bool, *, enough_to_vote: bool) -> Suggestion:
    """The way that fits. `trust` is whether one of them tells the other unpleasant things."""
    if hangs is Hangs.WORD:
        return Suggestion(Way.TALK, "Nothing hangs on it but your word: look back together.")
    if seen is Seen.YES:
        because = (
            "It can be counted, so let the rules be known beforehand."
            if hangs is Hangs.SMALL
            else "It can be counted; a vote would add nothing but work."
        )
        return Suggestion(Way.GRADED, because)
    if hangs is Hangs.SMALL:
        if trust:
            return Suggestion(Way.REVIEWED, _REVIEWED_SMALL[seen])
        return Suggestion(Way.GRADED, _GRADED_SMALL[seen])
    if seen is Seen.PARTLY and trust:
        return Suggestion(Way.REVIEWED, "One fair peer with an appeal is enough.")
    if enough_to_vote:
        if seen is Seen.PARTLY:
            return Suggestion(Way.PANEL, _SEVERAL)
        return Suggestion(Way.PANEL, _MORE_THAN_ONE if trust else _SPREAD)
    if trust:
        return Suggestion(Way.REVIEWED, _TOO_FEW_PEER)
    return Suggestion(Way.GRADED, _TOO_FEW_RULES)


def enough_to_vote(state: CircleState, version: Contract) -> bool:
    """Whether the circle has five, and for every part three who may vote on it."""
    stay = [member.id for member in state.circle.members if member.left is None]
    people = in_it.in_it(state, version)
    return len(stay) >= _FIVE and all(
        len([member for member in stay if member != of]) >= panel.VOTERS_AT_LEAST for of in people
    )


def a_trial_helps(state: CircleState, contract: str, now: datetime) -> bool:
    """Whether to suggest a trial: for a circle's first judged contract with a stake."""
    version = standing(state, contract, now).newest
    staked = any(part.stake for part in version.parts)
    before = any(each.opened is not None for each in state.contracts if each.contract != contract)
    return version.judged is not None and staked and not before and version.trial is None
