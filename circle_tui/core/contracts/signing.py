"""Signing a contract, accepting to judge it, and what has to be complete before that.

Invariant: everybody signs and accepts with their own key. A version without a review date, with a
gap in a line, or with an incomplete way of judging cannot be signed.
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lengths, lookup, reviewers, ways
from circle_tui.core.contracts.contract import Contract, LineKind
from circle_tui.core.contracts.standing import IT_IS_DUE, NOT_YET_DUE, require_not_ended
from circle_tui.core.contracts.templates import GAP
from circle_tui.core.contracts.wording import LINES_AT_LEAST
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId


def unsettled(state: CircleState, version: Contract, now: datetime) -> tuple[str, ...]:
    """What is missing before a version can be signed, each as the end of a sentence."""
    found = []
    today = state.circle.day(now)
    if version.review is None:
        found.append("a review date: d sets it")
    elif version.review <= today and version.trial is None:
        found.append("a review date in the future (d sets it)")
    people = lookup.parties(state, version)
    for member in people:
        part = version.part(member.id)
        lines = part.lines if part is not None else ()
        if len(lines) < LINES_AT_LEAST:
            found.append(f"at least two lines for {member.name}")
        kinds = {line.kind for line in lines}
        if LineKind.WILL not in kinds:
            found.append(f"what {member.name} will do")
        if not kinds - {LineKind.WILL}:
            found.append(f"what {member.name} needs, or where a boundary is")
        if any(GAP in line.text for line in lines):
            found.append(f"words for the gap “…” in {member.name}'s part")
    if any(GAP in each for each in (version.scope, version.in_touch, version.if_changes)):
        found.append("words for the gap “…”")
    return (*dict.fromkeys(found), *ways.unsettled(state, version))


@CircleCommand
def sign(
    state: CircleState, now: datetime, contract: ContractId, member: MemberId | None
) -> CircleState:
    """Sign the newest version as `member`; None, for nobody chosen yet, is refused."""
    found = require_not_ended(state, contract, now)
    version = found.newest
    who = lookup.require_party(state, version, member)
    if found.state not in NOT_YET_DUE:
        raise RuleError(IT_IS_DUE)
    missing = unsettled(state, version, found.now)
    if missing:
        raise RuleError(f"Before it can be signed: {', and '.join(missing)}.")
    if who in version.signatures:
        raise RuleError(f"{lookup.member_name(state, who)} has signed this version.")
    signed = replace(version, signatures={**version.signatures, who: now})
    return _begun(lookup.with_version(state, signed), signed, now)


@CircleCommand
def accept(
    state: CircleState, now: datetime, contract: ContractId, member: MemberId | None
) -> CircleState:
    """Accept to judge the newest version, as somebody who is no party."""
    found = require_not_ended(state, contract, now)
    version = found.newest
    if member is None:
        raise RuleError(lookup.CHOOSE_YOURSELF)
    name = lookup.member_name(state, member)
    if found.state not in NOT_YET_DUE:
        raise RuleError(IT_IS_DUE)
    if member not in lookup.judges(version) or member in lookup.party_ids(state, version):
        raise RuleError(f"{name} hasn't been asked to judge this contract.")
    if member in version.accepted:
        raise RuleError(f"{name} has already accepted.")
    if version.review is None:
        raise RuleError("It has no review date yet: press d to set one.")
    if member in lookup.judging_now(version) and reviewers.at_limit(
        state, member, version.review, found.now, contract
    ):
        raise RuleError(
            f"{name} already judges enough in {version.review:%B}: choose someone else, or "
            "another date."
        )
    accepted = replace(version, accepted={**version.accepted, member: now})
    return _begun(lookup.with_version(state, accepted), accepted, now)


def _begun(state: CircleState, version: Contract, now: datetime) -> CircleState:
    """The state after the last signature, from which a trial runs for a week."""
    if version.trial is None or lookup.to_sign(state, version) or lookup.to_accept(state, version):
        return state
    today = state.circle.day(now)
    trial = replace(version, starts=today, review=today + lengths.TRIAL)
    return lookup.with_version(state, trial)
