"""Proposes reviewers: the parties for each other, or by rotation, within a monthly limit.

Invariant: nobody judges their own part, and every proposal has a reason. The number of times that
somebody judged only orders the proposals and is never shown.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup
from circle_tui.core.contracts.contract import Contract, JudgingStep
from circle_tui.core.contracts.standing import not_ended
from circle_tui.core.ids import ContractId, MemberId

_JUDGED = frozenset({JudgingStep.JUDGED, JudgingStep.SECOND})


class ReviewerProposal(NamedTuple):
    """A reviewer by id, and the reason, which completes "Lena ..."."""

    member: MemberId
    reason: str


class _Judgings(NamedTuple):
    """When each member last judged, and who judged one member last."""

    last: dict[MemberId, datetime]
    last_of: MemberId | None


def each_other(people: Sequence[MemberId], term: int) -> dict[MemberId, MemberId]:
    """The reviewer of each party (`people` by seat), who is another party; `term` counts from 1."""
    shift = (term - 1) % (len(people) - 1) if len(people) > 1 else 0
    return {member: people[(at + 1 + shift) % len(people)] for at, member in enumerate(people)}


def in_rotation(
    state: CircleState,
    of: MemberId,
    now: datetime,
    *,
    review: date | None = None,
    excluded: frozenset[MemberId] = frozenset(),
    contract: ContractId | None = None,
) -> tuple[ReviewerProposal, ...]:
    """All who may judge the part of `of`, in the order in which they are asked.

    `review` is the review date in whose month the limit counts; None ignores the limit. `contract`
    itself does not count towards it.
    """
    may = [
        member.id
        for member in state.active
        if member.id != of
        and member.id not in excluded
        and (review is None or not at_limit(state, member.id, review, now, contract))
    ]
    judged = _judgings(state, of)
    others = [member for member in may if member != judged.last_of]
    ranked = sorted(others, key=lambda member: _rank(judged, member))
    last = [member for member in may if member == judged.last_of]
    return tuple(
        ReviewerProposal(member, _reason(state, judged, member, others))
        for member in (*ranked, *last)
    )


def propose_reviewer(
    state: CircleState,
    of: MemberId,
    now: datetime,
    *,
    review: date | None = None,
    excluded: frozenset[MemberId] = frozenset(),
    contract: ContractId | None = None,
) -> ReviewerProposal | None:
    """The first of `in_rotation`; None if nobody may judge."""
    found = in_rotation(state, of, now, review=review, excluded=excluded, contract=contract)
    return found[0] if found else None


def at_limit(
    state: CircleState,
    member: MemberId,
    review: date,
    now: datetime,
    contract: ContractId | None = None,
) -> bool:
    """Whether a member has reached the circle's monthly limit of judgings, in `review`'s month.

    A contract counts if it has not ended, the member is no party to it, and they accepted to judge
    it or did judge it.
    """
    accepted = 0
    for each in not_ended(state, now):
        if each.newest.contract != contract:
            accepted += any(
                _counts(state, version, member, review) for version in (each.shown, each.newest)
            )
    return accepted >= state.circle.judged_a_month


def _counts(state: CircleState, version: Contract, member: MemberId, review: date) -> bool:
    if version.review is None or member in lookup.party_ids(state, version):
        return False
    if (version.review.year, version.review.month) != (review.year, review.month):
        return False
    asked = member in version.accepted and member in lookup.judging_now(version)
    # A second, a third or a decider counts once they have given a figure.
    return asked or any(
        each.by == member and each.comes_back is not None for each in lookup.steps(state, version)
    )


def _judgings(state: CircleState, of: MemberId) -> _Judgings:
    last: dict[MemberId, datetime] = {}
    last_of, when = None, None
    for step in sorted(state.judgings, key=lambda each: each.at):
        if step.step in _JUDGED and step.by is not None:
            last[step.by] = step.at
            if step.of == of and (when is None or step.at >= when):
                last_of, when = step.by, step.at
    return _Judgings(last, last_of)


def _rank(judged: _Judgings, member: MemberId) -> tuple[bool, float]:
    at = judged.last.get(member)
    return (False, 0.0) if at is None else (True, at.timestamp())


def _reason(
    state: CircleState, judged: _Judgings, member: MemberId, others: Sequence[MemberId]
) -> str:
    at = judged.last.get(member)
    if member == judged.last_of:
        return "judged it last, and nobody else may"
    if at is not None:
        return f"has judged longest ago, in {state.circle.day(at):%B}"
    if sum(each not in judged.last for each in others) == 1:
        return "has not judged yet"
    return "has not judged yet and comes first by seat"
