"""The end of a term: looking back, stepping out, letting go, and what is erased then.

Invariant: ending or renewing a contract erases every judgement about a person, except the share
returned while that stake is open. The text, the look back, and who judged whom and when are kept;
the rotation of reviewers needs the last.
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lengths, lookup, ways
from circle_tui.core.contracts.amending import next_version
from circle_tui.core.contracts.contract import COMMON, Contract, Ending, Judging
from circle_tui.core.contracts.results import Result
from circle_tui.core.contracts.standing import (
    FEWEST_PARTIES,
    IN_FORCE_AND_RUNNING,
    JUDGING,
    ContractSnapshot,
    State,
    require_not_ended,
    standing,
)
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId

_NOT_RUNNING = "It hasn't begun yet: x drops it."
_BEING_JUDGED = "It's being judged: you can step out after that."


@CircleCommand
def reach_milestone(
    state: CircleState, now: datetime, contract: ContractId, member: MemberId | None
) -> CircleState:
    """Note that the milestone was reached, as a party."""
    found = require_not_ended(state, contract, now)
    holds = found.in_force
    lookup.require_party(state, found.shown, member)
    if not found.shown.milestone:
        raise RuleError("You didn't agree on a milestone: it runs until its review date.")
    if holds is None or found.state not in IN_FORCE_AND_RUNNING:
        raise RuleError(_not_running(found))
    return lookup.with_version(state, replace(holds, reached=now))


def _not_running(found: ContractSnapshot) -> str:
    if found.state in {State.DRAFT, State.UNSIGNED, State.SIGNED}:
        return "It hasn't begun yet."
    return "It's due already."


@CircleCommand
def step_out(
    state: CircleState, now: datetime, contract: ContractId, member: MemberId | None
) -> CircleState:
    """End one's own part. If that leaves one party, the contract ends without judging."""
    found = require_not_ended(state, contract, now)
    who = lookup.require_party(state, found.shown, member)
    if found.state in JUDGING:
        raise RuleError(_BEING_JUDGED)
    if found.state not in IN_FORCE_AND_RUNNING | {State.DUE, State.SIGNED}:
        if found.state is State.TO_LOOK_BACK_ON:
            raise RuleError("It's over: press l to look back on it.")
        raise RuleError(_NOT_RUNNING)
    return without_party(state, contract, who, now)


def without_party(
    state: CircleState, contract: ContractId, member: MemberId, now: datetime
) -> CircleState:
    """The state after a member stepped out; the contract ends with fewer than two parties."""
    found = standing(state, contract, now)
    shown = found.shown
    stepped = replace(shown, stepped_out={**shown.stepped_out, member: now})
    after = lookup.with_version(state, stepped)
    if len(lookup.party_ids(after, stepped)) >= FEWEST_PARTIES:
        return after
    return _end(after, contract, now)


@CircleCommand
def let_go(
    state: CircleState, now: datetime, contract: ContractId, member: MemberId | None
) -> CircleState:
    """Let the contract go, as a party; once every party has, it ends without judging."""
    found = require_not_ended(state, contract, now)
    holds = found.in_force
    who = lookup.require_party(state, found.shown, member)
    if found.state in JUDGING:
        raise RuleError(_BEING_JUDGED)
    if holds is None or found.state is State.TO_LOOK_BACK_ON:
        raise RuleError(_NOT_RUNNING if holds is None else "It's over: press l to look back on it.")
    if who in holds.let_go:
        raise RuleError(f"{lookup.member_name(state, who)} has already said so.")
    said = replace(holds, let_go={**holds.let_go, who: now})
    after = lookup.with_version(state, said)
    if set(lookup.party_ids(after, said)) <= said.let_go.keys():
        return _end(after, contract, now)
    return after


@CircleCommand
def look_back(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    worked: str,
    change: str,
    choice: Ending,
    unclear: str = "",
) -> CircleState:
    """Store what worked and what to change (both may be empty), and renew, change or end it.

    `unclear` answers the third question, which is asked after a trial. A renewed trial becomes an
    ordinary contract.
    """
    found = require_not_ended(state, contract, now)
    holds = found.in_force
    if holds is None or not found.may_look_back:
        raise RuleError(_why_not_yet(found))
    looked_back = replace(
        holds,
        worked=text.words(worked),
        change=text.words(change),
        unclear=text.words(unclear) if holds.trial is not None else "",
        choice=choice,
    )
    waiting = lookup.newer_version_numbers(state, holds)
    state = lookup.without_versions(state, waiting, contract)
    if choice is not Ending.END:
        fresh = _next_term(state, looked_back, now)
        state = replace(state, contracts=(*state.contracts, fresh))
    else:
        looked_back = replace(looked_back, ended=now)
    state = lookup.with_version(state, looked_back)
    return _erased(state, looked_back, found.results)


def _why_not_yet(found: ContractSnapshot) -> str:
    if found.state in JUDGING:
        return "It's being judged: look back when the results are final."
    if found.state is State.DUE:
        return "It's to be judged first: j opens that."
    return "It isn't due yet: you look back on its review date."


def _next_term(state: CircleState, before: Contract, now: datetime) -> Contract:
    """The same text for the next term, with its dates moved by the same length."""
    today = state.circle.day(now)
    if before.trial is not None or before.milestone:
        review = lengths.review_date(state, lengths.length_of(before), now)
    else:
        length = (before.review or today) - before.starts
        review = lengths.on_meeting_day(state, today + max(length, lengths.SHORTEST), now)
        review = min(review, today + lengths.LONGEST)
    fresh = replace(
        next_version(state, before, now),
        term=before.term + 1,
        starts=today,
        review=review,
        trial=None,
    )
    return replace(fresh, judged=ways.for_next_term(state, fresh))


def _end(state: CircleState, contract: ContractId, now: datetime) -> CircleState:
    """The state in which a contract has ended without judging, and its results are erased."""
    holds = standing(state, contract, now).in_force
    last = holds or lookup.newest(state, contract)
    waiting = lookup.newer_version_numbers(state, last)
    state = lookup.without_versions(state, waiting, contract)
    state = lookup.with_version(state, replace(last, ended=now))
    for version in lookup.versions(state, contract):
        if version.choice is None and version.opened is not None:
            state = _erased(state, version, ())
    return state


# Erasing


def _erased(state: CircleState, version: Contract, found: tuple[Result, ...]) -> CircleState:
    """The state without the results of a version's term, except those of open stakes."""
    standing_steps = _steps_to_keep(version, found)
    return replace(
        state,
        judgings=tuple(
            _bare(each, keeps=each.id in standing_steps)
            if (each.contract, each.version) == (version.contract, version.version)
            else each
            for each in state.judgings
        ),
    )


def _steps_to_keep(version: Contract, found: tuple[Result, ...]) -> set[str]:
    """The ids of the steps that decided the share of a stake that is open."""
    if version.trial is not None:
        return set()
    staked = {
        part.member for part in version.parts if part.stake and part.member not in version.settled
    }
    of = {*staked, COMMON} if staked else set()
    steps = (each.deciding_step for each in found if each.of in of)
    return {step for step in steps if step is not None}


def _bare(judging: Judging, *, keeps: bool) -> Judging:
    return replace(
        judging,
        comes_back=judging.comes_back if keeps else None,
        marks={},
        rubric={},
        reason="",
        voted=(),
        votes={},
        tied=(),
    )


def settle_share(state: CircleState, version: Contract, member: MemberId) -> CircleState:
    """The state after a stake of an ended term was settled, with its result erased."""
    still_open = any(part.stake and part.member not in version.settled for part in version.parts)
    gone = {member} | (set() if still_open else {COMMON})
    return replace(
        state,
        judgings=tuple(
            _bare(each, keeps=False)
            if (each.contract, each.version) == (version.contract, version.version)
            and each.of in gone
            else each
            for each in state.judgings
        ),
    )
