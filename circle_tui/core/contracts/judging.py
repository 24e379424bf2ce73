"""The commands of judging: open it, grade or review a part, pass it on, accept the results.

Invariant: no limit runs before somebody opens judging. Nobody judges their own part; a judge has 48
hours, and if nobody judges a part in time its default counts.
"""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import graded, lookup, results, reviewed, reviewers, shares
from circle_tui.core.contracts.contract import (
    COMMON,
    Contract,
    Graded,
    Judging,
    JudgingStep,
    Reviewed,
    Sign,
    Way,
)
from circle_tui.core.contracts.results import Result
from circle_tui.core.contracts.standing import ContractSnapshot, State, require_not_ended
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId, new_id

IS_OVER = "The 48 hours are over, so what you agreed for that case counts."
_OWN_PART = "Nobody judges their own part: someone else does."


@CircleCommand
def open_judging(state: CircleState, now: datetime, contract: ContractId) -> CircleState:
    """Open the judging of a contract that is due; its 48 hours begin now.

    A version that still waits for signatures is dropped: it came too late for this term.
    """
    found = require_not_ended(state, contract, now)
    holds = found.in_force
    if holds is None or found.state is not State.DUE:
        opened = holds is not None and holds.opened is not None
        raise RuleError("It's open already." if opened else "It isn't due yet.")
    if holds.way is Way.TALK:
        raise RuleError("Nobody judges this one: press l to look back on it.")
    waiting = lookup.newer_version_numbers(state, holds)
    state = lookup.without_versions(state, waiting, contract)
    return lookup.with_version(state, replace(holds, opened=found.now))


@CircleCommand
def grade(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    of: MemberId,
    by: MemberId | None,
    marks: Mapping[str, str],
) -> CircleState:
    """Judge a part by its criteria; `marks` are as typed: "met", "not met", "85", "17 of 20"."""
    found, version, reviewer = _to_judge(state, now, contract, of, by)
    judged = version.judged
    if not isinstance(judged, Graded):
        raise RuleError("This contract has no criteria.")
    read = {name: shares.read_mark(typed) for name, typed in marks.items()}
    share = graded.share_for_total(judged.tiers, graded.total(judged.criteria, read))
    return with_step(
        state,
        found,
        of,
        JudgingStep.JUDGED,
        by=reviewer,
        comes_back=share,
        marks={name: shares.stored(mark) for name, mark in read.items()},
    )


@CircleCommand
def review(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    of: MemberId,
    by: MemberId | None,
    met: bool,
    rubric: Mapping[str, Sign],
    figure: str | None = None,
    reason: str = "",
) -> CircleState:
    """Judge a part as met or not met, or with another `figure` as typed and the reason for it."""
    found, version, reviewer = _to_judge(state, now, contract, of, by)
    judged = version.judged
    if not isinstance(judged, Reviewed):
        raise RuleError("This contract isn't reviewed.")
    for word in judged.rubric:
        if word not in rubric:
            raise RuleError(f"Look at {word}, too: more than agreed, as agreed, or less.")
    share, kept = reviewed.as_written(met), ""
    if figure is not None:
        share = reviewed.changed(share, figure)
        kept = reviewed.check_reason(reason)
    return with_step(
        state,
        found,
        of,
        JudgingStep.JUDGED,
        by=reviewer,
        comes_back=share,
        rubric={word: rubric[word] for word in judged.rubric},
        reason=kept,
    )


@CircleCommand
def pass_on(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    of: MemberId,
    by: MemberId | None,
    to: MemberId | None = None,
) -> CircleState:
    """Pass a judging on, as its reviewer, or as anybody if the reviewer is no longer here.

    It goes to the second, or else to `to`, who agrees with their own key. If nobody is left to
    judge, the default counts at once.
    """
    found = require_not_ended(state, contract, now)
    version, result = _awaited(found, of)
    if result.by is None:
        raise RuleError("A panel votes on it: if you can't vote, just leave yourself out.")
    if by is None:
        raise RuleError(lookup.CHOOSE_YOURSELF)
    name = lookup.member_name(state, by)
    if by != result.by and state.member(result.by).expected:
        reviewer = lookup.member_name(state, result.by)
        raise RuleError(f"{reviewer} judges it, so only they can pass it on, not {name}.")
    if result.passed_on:
        raise RuleError(
            "It was passed on once already. If nobody judges it, what you agreed for that case "
            "counts."
        )
    second = second_of(state, version, result)
    coming = next_reviewers(state, version, result, found.now)
    if second is not None:
        taker: MemberId | None = second
    elif not coming:
        taker = None
    elif to is None:
        first = lookup.member_name(state, coming[0].member)
        raise RuleError(
            f"{first} {coming[0].reason}: {first}, press your own number to take it on."
        )
    elif to not in {each.member for each in coming}:
        raise RuleError(f"{lookup.member_name(state, to)} can't judge this: choose someone else.")
    else:
        taker = to
    return with_step(state, found, of, JudgingStep.PASSED_ON, by=taker)


@CircleCommand
def accept_results(
    state: CircleState, now: datetime, contract: ContractId, member: MemberId | None
) -> CircleState:
    """Accept the results, as a party; once every party has, they are final."""
    found = require_not_ended(state, contract, now)
    version = require_opened(found)
    who = lookup.require_party(state, version, member)
    if any(each.comes_back is None for each in found.results):
        raise RuleError("It's still being judged.")
    if all(each.final for each in found.results):
        raise RuleError("That's final already: press l to look back.")
    if any(each.objection_open for each in found.results):
        raise RuleError("Someone objected, and that comes first.")
    at = version.content.get(who)
    if at is not None and all(each.found is None or at >= each.found for each in found.results):
        raise RuleError(f"{lookup.member_name(state, who)} has already said so.")
    return lookup.with_version(state, replace(version, content={**version.content, who: found.now}))


def second_of(state: CircleState, version: Contract, result: Result) -> MemberId | None:
    """The second reviewer whom the contract names, if they are here and have not judged this."""
    second = version.judged.second if isinstance(version.judged, Reviewed) else None
    if second is None or second in {result.by, result.of}:
        return None
    return second if state.member(second).expected else None


def next_reviewers(
    state: CircleState, version: Contract, result: Result, now: datetime
) -> tuple[reviewers.ReviewerProposal, ...]:
    """Who may judge a part instead of its reviewer, in the order in which they are asked."""
    excluded = frozenset(filter(None, (result.by, result.objector)))
    if result.of == COMMON:
        excluded |= frozenset(lookup.party_ids(state, version))
    return reviewers.in_rotation(
        state,
        result.of,
        now,
        review=version.review,
        excluded=excluded,
        contract=version.contract,
    )


def require_opened(found: ContractSnapshot) -> Contract:
    """The version that is judged. Raises `RuleError` if judging is not open."""
    if found.in_force is None or found.in_force.opened is None:
        raise RuleError("Nobody has opened the judging yet: j opens it once it's due.")
    return found.in_force


def with_step(
    state: CircleState,
    found: ContractSnapshot,
    of: MemberId,
    step: JudgingStep,
    *,
    by: MemberId | None = None,
    comes_back: Fraction | None = None,
    **fields: Any,
) -> CircleState:
    """The state with one more step of judging a part of the version in force."""
    version = require_opened(found)
    taken = new_id("j", (each.id for each in state.judgings), found.now)
    made = Judging(
        id=taken,
        contract=version.contract,
        version=version.version,
        of=of,
        step=step,
        by=by,
        at=found.now,
        comes_back=None if comes_back is None else shares.stored(comes_back),
        **fields,
    )
    return replace(state, judgings=(*state.judgings, made))


def _awaited(found: ContractSnapshot, of: MemberId) -> tuple[Contract, Result]:
    """The version and the result of a part that nobody has judged yet. Raises `RuleError`."""
    version = require_opened(found)
    result = found.result(of)
    if result.by_default:
        raise RuleError(IS_OVER)
    if result.comes_back is not None:
        raise RuleError("That's judged already.")
    return version, result


def _to_judge(
    state: CircleState, now: datetime, contract: ContractId, of: MemberId, by: MemberId | None
) -> tuple[ContractSnapshot, Contract, MemberId]:
    found = require_not_ended(state, contract, now)
    version, result = _awaited(found, of)
    if by is None:
        raise RuleError(lookup.CHOOSE_YOURSELF)
    name = lookup.member_name(state, by)
    if by == of:
        raise RuleError(_OWN_PART)
    if results.voting_on(version, of) is not None:
        raise RuleError("A panel votes on it.")
    if result.by != by:
        judge = "nobody" if result.by is None else lookup.member_name(state, result.by)
        raise RuleError(f"{judge} judges it, not {name}.")
    return found, version, by
