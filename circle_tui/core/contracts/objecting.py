"""Objecting to a result, and the stages of an appeal or a dispute.

Invariant: each part has at most one objection in a term. The next stage needs somebody's key within
48 hours; without it, the last result counts.
"""

from datetime import datetime
from fractions import Fraction

from msgspec.structs import replace

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup, panel, results, reviewed, shares
from circle_tui.core.contracts.contract import BallotChoice, Contract, JudgingStep, TieRule
from circle_tui.core.contracts.judging import (
    IS_OVER,
    next_reviewers,
    require_opened,
    second_of,
    with_step,
)
from circle_tui.core.contracts.results import ObjectionStage, Result
from circle_tui.core.contracts.standing import ContractSnapshot, require_not_ended
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId

_IT_IS_FINAL = "That's final: press l to look back."
_NOBODY_TO_HEAR = "Nobody is left to hear an appeal. Talk it over: the result counts as it is."


@CircleCommand
def object_to(
    state: CircleState, now: datetime, contract: ContractId, of: MemberId, member: MemberId | None
) -> CircleState:
    """Object to the result of a part, as a party."""
    found, version, result = _found(state, now, contract, of)
    who = lookup.require_party(state, version, member)
    if result.comes_back is None:
        raise RuleError("There's no result to object to yet.")
    if result.stage is not None:
        again = results.can_be_reviewed_again(version, of)
        what = "appeal" if again else "objection"
        raise RuleError(f"There's only one {what}, and you've made it.")
    if result.final:
        raise RuleError(_IT_IS_FINAL)
    objecting = replace(result, objector=who)
    if results.can_be_reviewed_again(version, of) and not appeal_candidates(
        state, version, objecting, found.now
    ):
        raise RuleError(_NOBODY_TO_HEAR)
    after = with_step(state, found, of, JudgingStep.OBJECTED, by=who)
    content = {each: at for each, at in version.content.items() if each != who}
    return lookup.with_version(after, replace(version, content=content))


@CircleCommand
def decide_appeal(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    of: MemberId,
    member: MemberId | None,
    figure: str,
    reason: str,
) -> CircleState:
    """Decide an appeal, as the second: a figure as typed, which is final, and its reason."""
    found, version, result = _found(state, now, contract, of)
    _require_stage(result, ObjectionStage.SECOND)
    who = _require_one_of(state, member, appeal_candidates(state, version, result, found.now))
    return _with_word(state, found, of, JudgingStep.SECOND, who, shares.read_figure(figure), reason)


@CircleCommand
def agree(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    of: MemberId,
    member: MemberId | None,
    figure: str,
) -> CircleState:
    """Agree to a figure, as typed, as one of those who talk; once all agree, it is final."""
    found, version, result = _found(state, now, contract, of)
    _require_stage(result, ObjectionStage.TALK)
    talking = results.to_agree(state, version, result)
    who = _require_one_of(state, member, talking)
    share = shares.read_figure(figure)
    if share == result.figure and who in result.agreed:
        raise RuleError(f"{lookup.member_name(state, who)} agrees.")
    return with_step(state, found, of, JudgingStep.AGREED, by=who, comes_back=share)


@CircleCommand
def name_third(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    of: MemberId,
    member: MemberId | None,
    third: MemberId,
) -> CircleState:
    """Name the third, as a party, if the contract names none."""
    found, version, result = _found(state, now, contract, of)
    _require_stage(result, ObjectionStage.TALK)
    who = lookup.require_party(state, version, member)
    name = lookup.member_name(state, third)
    assert version.judged is not None
    if version.judged.third is not None:
        raise RuleError("Your contract names a third: press t to ask them.")
    taken = {*lookup.party_ids(state, version), *lookup.judging_now(version), result.by}
    if third in taken | {version.judged.decider} or state.member(third).left is not None:
        raise RuleError(f"{name} is part of this: choose someone who isn't.")
    if result.named.get(who) == third:
        raise RuleError("You've already named them.")
    return with_step(state, found, of, JudgingStep.THIRD, by=who, named=third)


@CircleCommand
def ask_third(
    state: CircleState, now: datetime, contract: ContractId, of: MemberId, member: MemberId | None
) -> CircleState:
    """End the talk and ask the third, as one of those who talk."""
    found, version, result = _found(state, now, contract, of)
    _require_stage(result, ObjectionStage.TALK)
    who = _concerned(state, version, result, member)
    if results.third_of(state, version, result) is None:
        raise RuleError("There's no third yet: each of you name the same person first.")
    return with_step(state, found, of, JudgingStep.THIRD, by=who)


@CircleCommand
def give_third_opinion(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    of: MemberId,
    member: MemberId | None,
    figure: str,
    reason: str,
) -> CircleState:
    """Give a figure, as typed, and its reason, as the third; it is not final yet."""
    found, version, result = _found(state, now, contract, of)
    _require_stage(result, ObjectionStage.THIRD)
    third = results.third_of(state, version, result)
    who = _require_one_of(state, member, () if third is None else (third,))
    if result.third_has_spoken:
        raise RuleError("The third has answered: press d to ask the decider.")
    return _with_word(state, found, of, JudgingStep.THIRD, who, shares.read_figure(figure), reason)


@CircleCommand
def ask_decider(
    state: CircleState, now: datetime, contract: ContractId, of: MemberId, member: MemberId | None
) -> CircleState:
    """Ask the decider, as one of those concerned, after the third has given a figure."""
    found, version, result = _found(state, now, contract, of)
    who = _concerned(state, version, result, member)
    assert version.judged is not None
    if version.judged.decider is None:
        raise RuleError("There's no decider, so it ends with the third.")
    no_third = results.third_of(state, version, result) is None
    ready = result.third_has_spoken or (result.stage is ObjectionStage.TALK and no_third)
    if result.stage is ObjectionStage.DECIDER or not ready:
        raise RuleError("The decider comes after the third.")
    return with_step(state, found, of, JudgingStep.DECIDER, by=who)


@CircleCommand
def decide_dispute(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    of: MemberId,
    member: MemberId | None,
    figure: str,
    reason: str,
) -> CircleState:
    """Decide a dispute, as the decider: a figure as typed, which is final, and its reason."""
    found, version, result = _found(state, now, contract, of)
    _require_stage(result, ObjectionStage.DECIDER)
    who = _require_decider(state, version, member)
    return _with_word(
        state, found, of, JudgingStep.DECIDER, who, shares.read_figure(figure), reason
    )


@CircleCommand
def decide_tie(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    of: MemberId,
    member: MemberId | None,
    choice: BallotChoice,
    reason: str,
) -> CircleState:
    """Decide a tied vote, openly, as the decider: `choice` is one of the tied choices."""
    found, version, result = _found(state, now, contract, of)
    voting = results.voting_on(version, of)
    who = _require_decider(state, version, member)
    if result.by_default:
        raise RuleError(IS_OVER)
    if voting is None or voting.tie is not TieRule.DECIDER or not result.tied:
        raise RuleError("There's no tie to decide.")
    if choice not in result.tied:
        tied = " or ".join(result.tied)
        raise RuleError(f"{choice.capitalize()} isn't part of the tie: choose {tied}.")
    share = panel.worth(choice, shares.parse(voting.partly))
    return _with_word(state, found, of, JudgingStep.DECIDER, who, share, reason)


def appeal_candidates(
    state: CircleState, version: Contract, result: Result, now: datetime
) -> tuple[MemberId, ...]:
    """Who may decide an appeal, in the order they are asked: the second, or else by rotation."""
    second = second_of(state, version, result)
    if second is not None:
        return (second,)
    return tuple(each.member for each in next_reviewers(state, version, result, now))


def _found(
    state: CircleState, now: datetime, contract: ContractId, of: MemberId
) -> tuple[ContractSnapshot, Contract, Result]:
    found = require_not_ended(state, contract, now)
    return found, require_opened(found), found.result(of)


def _with_word(
    state: CircleState,
    found: ContractSnapshot,
    of: MemberId,
    step: JudgingStep,
    by: MemberId,
    share: Fraction,
    reason: str,
) -> CircleState:
    """The state with a step in which `by` gave a share and a reason. Raises `RuleError`."""
    kept = reviewed.check_reason(reason)
    return with_step(state, found, of, step, by=by, comes_back=share, reason=kept)


def _require_contested(result: Result) -> None:
    if result.stage is None:
        raise RuleError("Nobody has objected to that.")
    if result.final:
        raise RuleError(_IT_IS_FINAL)


def _require_stage(result: Result, stage: ObjectionStage) -> None:
    _require_contested(result)
    if result.stage is not stage:
        raise RuleError("It isn't time for that step.")


def _require_one_of(
    state: CircleState, member: MemberId | None, allowed: tuple[MemberId, ...]
) -> MemberId:
    if member is None:
        raise RuleError(lookup.CHOOSE_YOURSELF)
    name = lookup.member_name(state, member)
    if member not in allowed:
        people = " or ".join(lookup.member_name(state, each) for each in allowed) or "nobody"
        raise RuleError(f"That's for {people} to say, not {name}.")
    return member


def _require_decider(state: CircleState, version: Contract, member: MemberId | None) -> MemberId:
    assert version.judged is not None
    decider = version.judged.decider
    return _require_one_of(state, member, () if decider is None else (decider,))


def _concerned(
    state: CircleState, version: Contract, result: Result, member: MemberId | None
) -> MemberId:
    """`member`, if they may take an open objection to its next stage. Raises `RuleError`."""
    _require_contested(result)
    if result.stage is ObjectionStage.SECOND:
        raise RuleError("The second reviewer answers this, nobody else.")
    return lookup.require_party(state, version, member)
