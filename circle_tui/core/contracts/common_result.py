"""The common result: what the parties to a contract want to reach together, and who judges it.

Invariant: the common result is judged by somebody who is not a party.
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import graded, lookup, panel, shares
from circle_tui.core.contracts.amending import change
from circle_tui.core.contracts.contract import CommonResult, Contract, Panel
from circle_tui.core.contracts.standing import require_not_due
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId

COMMON_CELLS = 140
_NONE_YET = "There's no common result yet."


@CircleCommand
def set_common(state: CircleState, now: datetime, contract: ContractId, words: str) -> CircleState:
    """Set what the parties want to reach together; at first their own part counts half beside it.

    Empty words remove it. Its first judge is the panel, or the first member by seat who is no
    party.
    """
    newest = _judged(state, now, contract)
    assert newest.judged is not None
    said = text.words(words, COMMON_CELLS)
    before = newest.judged.common
    if not said:
        if before is None:
            raise RuleError(_NONE_YET)
        return change(state, now, contract, judged=replace(newest.judged, common=None))
    outside = _outside(state, newest)
    if not outside:
        raise RuleError(
            "Nobody is left to judge it: ask someone from another circle to join this one, or "
            "leave it out."
        )
    common = before if before is not None else CommonResult(text=said)
    if before is None and not isinstance(newest.judged, Panel):
        common = replace(common, by=outside[0])
    return _with(state, now, contract, newest, replace(common, text=said))


@CircleCommand
def set_own_part(
    state: CircleState, now: datetime, contract: ContractId, typed: str
) -> CircleState:
    """Set how much the own part counts, as typed; the common result counts the rest."""
    newest, common = _common(state, now, contract)
    own = shares.stored(shares.read_figure(typed))
    return _with(state, now, contract, newest, replace(common, own=own))


@CircleCommand
def set_common_reviewer(
    state: CircleState, now: datetime, contract: ContractId, by: MemberId | None
) -> CircleState:
    """Set who judges the common result; None for a vote of the members who are not parties."""
    newest, common = _common(state, now, contract)
    if isinstance(newest.judged, Panel):
        raise RuleError("The panel votes on this too, so nobody reviews it.")
    outside = _outside(state, newest)
    if by is None:
        if len(outside) < panel.VOTERS_AT_LEAST:
            raise RuleError(
                "A vote needs three people who aren't in the contract: choose one person to judge "
                "it instead."
            )
        voters = dict.fromkeys(outside[: panel.VOTERS_AT_MOST], 1)
        return _with(state, now, contract, newest, replace(common, by=None, voters=voters))
    if by not in outside:
        raise RuleError(
            f"{lookup.member_name(state, by)} is in the contract: choose someone who isn't."
        )
    return _with(state, now, contract, newest, replace(common, by=by, voters={}))


@CircleCommand
def set_common_voter(
    state: CircleState, now: datetime, contract: ContractId, voter: MemberId, weight: int | None
) -> CircleState:
    """Set how much a voter's ballot on the common result counts; None removes the voter."""
    newest, common = _common(state, now, contract)
    if isinstance(newest.judged, Panel):
        raise RuleError("The panel votes on this too: w chooses who's on it.")
    if voter not in _outside(state, newest):
        raise RuleError(
            f"{lookup.member_name(state, voter)} is in the contract: choose someone who isn't."
        )
    voters = {each: counts for each, counts in common.voters.items() if each != voter}
    if weight is not None:
        if len(voters) >= panel.VOTERS_AT_MOST:
            raise RuleError("Five vote at most: take someone off first.")
        voters[voter] = graded.check_weight(weight)
    voters = {each.id: voters[each.id] for each in state.circle.members if each.id in voters}
    return _with(state, now, contract, newest, replace(common, by=None, voters=voters))


def _judged(state: CircleState, now: datetime, contract: ContractId) -> Contract:
    newest = require_not_due(state, contract, now).newest
    if newest.judged is None:
        raise RuleError("Nobody judges this contract yet: press w to choose how.")
    return newest


def _common(
    state: CircleState, now: datetime, contract: ContractId
) -> tuple[Contract, CommonResult]:
    newest = _judged(state, now, contract)
    assert newest.judged is not None
    if newest.judged.common is None:
        raise RuleError(_NONE_YET)
    return newest, newest.judged.common


def _outside(state: CircleState, version: Contract) -> list[MemberId]:
    people = lookup.party_ids(state, version)
    return [member.id for member in state.active if member.id not in people]


def _with(
    state: CircleState, now: datetime, contract: ContractId, version: Contract, common: CommonResult
) -> CircleState:
    assert version.judged is not None
    return change(state, now, contract, judged=replace(version.judged, common=common))
