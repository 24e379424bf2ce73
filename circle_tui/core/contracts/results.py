"""The result of judging each part so far, computed from the stored steps and the moment.

Invariant: no timer runs and nothing is written when a limit passes; then the default counts, or the
last result. The same documents and the same moment always give the same results.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup, shares
from circle_tui.core.contracts.contract import (
    COMMON,
    BallotChoice,
    Contract,
    Graded,
    Judging,
    JudgingStep,
    Panel,
    Reviewed,
    TieRule,
    Way,
)
from circle_tui.core.ids import MemberId

LIMIT = timedelta(hours=48)
"""How long each step of judging may take; exactly 48 hours is still in time."""


class ObjectionStage(StrEnum):
    """Who has to deal with an objection next."""

    SECOND = "second"
    TALK = "talk"
    THIRD = "third"
    DECIDER = "decider"


class Voting(Struct, frozen=True):
    """How one thing is voted on."""

    weights: dict[MemberId, int]
    partly: str
    quorum: int
    tie: TieRule


class Result(Struct, frozen=True, kw_only=True):
    """The result of judging one part, or the common result; `of` as in `Judging`.

    `comes_back` is the share that is returned, None until there is a result. `found` is when that
    came about, `until` the limit that runs (None if none does), `final` whether the result can no
    longer change. `by` judges the part.
    """

    of: MemberId
    by: MemberId | None = None
    comes_back: Fraction | None = None
    by_default: bool = False
    found: datetime | None = None
    until: datetime | None = None
    final: bool = False
    tied: tuple[BallotChoice, ...] = ()
    ties: int = 0
    passed_on: bool = False
    objector: MemberId | None = None
    stage: ObjectionStage | None = None
    figure: Fraction | None = None
    """The figure proposed in the talk; `agreed` are the members who agreed to it."""
    agreed: tuple[MemberId, ...] = ()
    named: dict[MemberId, MemberId] = {}
    """Whom each party wants as the third."""
    third_has_spoken: bool = False
    deciding_step: str | None = None
    """The id of the step whose share counts; None for the default."""

    @property
    def contested(self) -> bool:
        """Whether it was objected to and is not final."""
        return self.stage is not None and not self.final

    @property
    def objection_open(self) -> bool:
        """Whether somebody still has to deal with an objection.

        A third's opinion deals with it, until a party goes on to the decider.
        """
        third = self.stage is ObjectionStage.THIRD and self.third_has_spoken
        return self.contested and not third


def results_of_version(state: CircleState, version: Contract, now: datetime) -> tuple[Result, ...]:
    """The results of an opened version, in seat order, the common one last.

    `now` is the effective moment. Whoever stepped out has none.
    """
    return tuple(result_of(state, version, of, now) for of in judged_things(state, version))


def judged_things(state: CircleState, version: Contract) -> tuple[MemberId, ...]:
    """What is judged in a version: the parties' parts, in seat order, and perhaps `COMMON`."""
    judged = version.judged
    if judged is None:
        return ()
    common = (COMMON,) if judged.common is not None else ()
    return (*lookup.party_ids(state, version), *common)


def result_of(state: CircleState, version: Contract, of: MemberId, now: datetime) -> Result:
    """The result of one part of an opened version at `now`, the effective moment."""
    opened, judged = version.opened, version.judged
    assert opened is not None
    assert judged is not None
    result = Result(of=of, by=reviewer(version, of), until=opened + LIMIT)
    for step in lookup.steps(state, version, of):
        if step.at <= now:
            result = _after_limit(version, result, step.at)
            result = _after_step(state, version, result, step)
    result = _after_limit(version, result, now)
    return _when_content(state, version, result)


def reviewer(version: Contract, of: MemberId) -> MemberId | None:
    """Who was named to judge a part; None if a panel judges it."""
    judged = version.judged
    if of == COMMON:
        return judged.common.by if judged is not None and judged.common is not None else None
    return judged.by.get(of) if isinstance(judged, Graded | Reviewed) else None


def voting_on(version: Contract, of: MemberId) -> Voting | None:
    """How a part is voted on; None if a reviewer judges it."""
    judged, common = version.judged, version.judged.common if version.judged else None
    if of == COMMON and common is not None and (common.voters or common.by is not None):
        if not common.voters:
            return None
        return Voting(common.voters, "2/3", 3, TieRule.TALK_OVER)
    if not isinstance(judged, Panel):
        return None
    weights = {voter: weight for voter, weight in judged.voters.items() if voter != of}
    if of == COMMON:
        inside = {part.member for part in version.parts}
        weights = {voter: weight for voter, weight in weights.items() if voter not in inside}
    return Voting(weights, judged.partly, judged.quorum, judged.tie)


def can_be_reviewed_again(version: Contract, of: MemberId) -> bool:
    """Whether an objection is an appeal to a second reviewer, and not a dispute."""
    return version.way is Way.REVIEWED and voting_on(version, of) is None


def to_agree(state: CircleState, version: Contract, result: Result) -> tuple[MemberId, ...]:
    """Those who agree on a figure when they talk, in seat order.

    They are the objector, the member whose part it is, and the reviewer or else all other parties.
    """
    wanted = {result.objector, result.of}
    if voting_on(version, result.of) is None and result.by is not None:
        wanted.add(result.by)
    else:
        wanted |= set(lookup.party_ids(state, version))
    if result.of == COMMON:
        wanted |= set(lookup.party_ids(state, version))
    return tuple(each.id for each in state.circle.members if each.id in wanted)


def third_of(state: CircleState, version: Contract, result: Result) -> MemberId | None:
    """The third: whom the contract names, or whom all parties have named since."""
    assert version.judged is not None
    if version.judged.third is not None:
        return version.judged.third
    chosen = {result.named.get(member) for member in lookup.party_ids(state, version)}
    return chosen.pop() if len(chosen) == 1 else None


def share_for_member(
    state: CircleState, version: Contract, member: MemberId, found: Iterable[Result]
) -> Fraction | None:
    """The share that is returned to a member, including the common result if there is one.

    None until there is a result for all of it.
    """
    by_thing = {result.of: result.comes_back for result in found}
    own = by_thing.get(member)
    common = version.judged.common if version.judged is not None else None
    if own is None or common is None:
        return own
    together = by_thing.get(COMMON)
    return None if together is None else combined(own, together, shares.parse(common.own))


def combined(own: Fraction, common: Fraction, weight: Fraction) -> Fraction:
    """The share if the own part counts `weight` and the common result the rest."""
    return weight * own + (1 - weight) * common


# Replaying the steps


def _after_step(state: CircleState, version: Contract, result: Result, step: Judging) -> Result:
    """The result after one more step; a step after the end of judging changes nothing."""
    if result.final:
        return result
    match step.step:
        case JudgingStep.JUDGED | JudgingStep.COUNTED:
            return _found(result, step)
        case JudgingStep.PASSED_ON:
            passed = replace(result, by=step.by, passed_on=True, until=step.at + LIMIT)
            return passed if step.by is not None else _default(version, passed, step.at)
        case JudgingStep.TIED:
            return _after_tie(version, result, step)
        case JudgingStep.OBJECTED:
            again = can_be_reviewed_again(version, result.of)
            stage = ObjectionStage.SECOND if again else ObjectionStage.TALK
            return replace(result, objector=step.by, stage=stage, until=step.at + LIMIT)
        case JudgingStep.SECOND:
            return _found(result, step, final=True)
        case JudgingStep.AGREED:
            return _after_agreeing(state, version, result, step)
        case JudgingStep.THIRD:
            return _after_third(result, step)
        case JudgingStep.DECIDER:
            if step.comes_back is None:
                return replace(result, stage=ObjectionStage.DECIDER, until=step.at + LIMIT)
            return _found(result, step, final=result.stage is not None)


def _found(result: Result, step: Judging, *, final: bool = False) -> Result:
    if step.comes_back is None:
        # The term has ended, and its results are erased.
        return result
    return replace(
        result,
        comes_back=shares.parse(step.comes_back),
        by_default=False,
        found=step.at,
        deciding_step=step.id,
        tied=(),
        final=final,
        until=None if final else step.at + LIMIT,
    )


def _default(version: Contract, result: Result, at: datetime) -> Result:
    assert version.judged is not None
    return replace(
        result,
        comes_back=shares.parse(version.judged.default),
        by_default=True,
        found=at,
        tied=(),
        until=at + LIMIT,
    )


def _after_tie(version: Contract, result: Result, step: Judging) -> Result:
    voting = voting_on(version, result.of)
    tie = voting.tie if voting is not None else TieRule.DEFAULT
    tied = replace(result, tied=step.tied, ties=result.ties + 1)
    if tie is TieRule.DECIDER:
        return replace(tied, until=step.at + LIMIT)
    if tie is TieRule.DEFAULT or tied.ties > 1:
        return _default(version, tied, step.at)
    return tied


def _after_agreeing(state: CircleState, version: Contract, result: Result, step: Judging) -> Result:
    if step.comes_back is None or step.by is None:
        return result
    figure = shares.parse(step.comes_back)
    agreed = (*(result.agreed if figure == result.figure else ()), step.by)
    talked = replace(result, figure=figure, agreed=agreed)
    if set(to_agree(state, version, result)) <= set(agreed):
        return _found(talked, step, final=True)
    return talked


def _after_third(result: Result, step: Judging) -> Result:
    if step.comes_back is not None:
        return replace(_found(result, step), third_has_spoken=True)
    if step.named is not None and step.by is not None:
        return replace(result, named={**result.named, step.by: step.named})
    return replace(result, stage=ObjectionStage.THIRD, until=step.at + LIMIT)


def _after_limit(version: Contract, result: Result, now: datetime) -> Result:
    """The result once the limits before `now` have passed."""
    if result.final or result.until is None or now <= result.until:
        return result
    if result.comes_back is None:
        return _after_limit(version, _default(version, result, result.until), now)
    return replace(result, final=True, until=None)


def _when_content(state: CircleState, version: Contract, result: Result) -> Result:
    """The result, final if every party has accepted the results."""
    if result.final or result.found is None or result.objection_open:
        return result
    everybody = lookup.party_ids(state, version)
    said = [version.content.get(member) for member in everybody]
    if all(at is not None and at >= result.found for at in said):
        return replace(result, final=True, until=None)
    return result
