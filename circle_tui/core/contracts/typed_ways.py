"""Commands that set a way of judging from typed text: criteria, tiers, rubric, weights of votes.

Invariant: text is parsed strictly, and a refusal says how to write it. The rules themselves are in
`ways`.
"""

import re
from datetime import datetime

from circle_tui.core import text
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import common_result, lookup, ways
from circle_tui.core.contracts.contract import About, Criterion, Graded, TieRule
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId

_COUNTS = re.compile(r"(?P<name>.+?),? counts (?P<weight>[0-9]{1,3})", re.IGNORECASE)
_TIER = re.compile(r"(?:from )?(?P<least>[0-9]{1,3}) ?%? (?P<share>.+)", re.IGNORECASE)
_LAST_TIER = re.compile(r"else (?P<share>.+)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,3}")


@CircleCommand
def write_criterion(
    state: CircleState, now: datetime, contract: ContractId, at: int, typed: str
) -> CircleState:
    """Set the criterion at index `at`, as typed: "On the day", or "On the day counts 2"."""
    judged = lookup.newest(state, contract).judged
    before = criterion_at(judged, at)
    said = text.clean(typed)
    counted = _COUNTS.fullmatch(said)
    name = counted["name"] if counted else said
    weight = int(counted["weight"]) if counted else 1
    about = before.about if before is not None else "outcome"
    return ways.set_criterion(state, now, contract, at, name, weight, about)


def criterion_at(judged: object, at: int) -> Criterion | None:
    """The criterion at an index; None if there is none."""
    if isinstance(judged, Graded) and 0 <= at < len(judged.criteria):
        return judged.criteria[at]
    return None


@CircleCommand
def switch_criterion_about(
    state: CircleState, now: datetime, contract: ContractId, at: int
) -> CircleState:
    """Make a criterion be about the effort instead of the outcome, or the other way round."""
    criterion = criterion_at(lookup.newest(state, contract).judged, at)
    if criterion is None:
        raise RuleError("That criterion isn't there.")
    about: About = "effort" if criterion.about == "outcome" else "outcome"
    return ways.set_criterion(state, now, contract, at, criterion.name, criterion.weight, about)


@CircleCommand
def write_tiers(state: CircleState, now: datetime, contract: ContractId, typed: str) -> CircleState:
    """Set the tiers, as typed: "90 all, 70 half, else none"."""
    parts = [each.strip() for each in text.clean(typed).split(",") if each.strip()]
    tiers = []
    for part in parts:
        last, tier = _LAST_TIER.fullmatch(part), _TIER.fullmatch(part)
        if last is not None:
            tiers.append(("0", last["share"]))
        elif tier is not None:
            tiers.append((tier["least"], tier["share"]))
        else:
            raise RuleError("Write it like 90 all, 70 half, else none.")
    return ways.set_tiers(state, now, contract, tuple(tiers))


@CircleCommand
def write_rubric(
    state: CircleState, now: datetime, contract: ContractId, typed: str
) -> CircleState:
    """Set the words of the rubric, typed with commas; the first one is about the outcome."""
    return ways.set_rubric(state, now, contract, tuple(typed.split(",")))


@CircleCommand
def write_vote(
    state: CircleState, now: datetime, contract: ContractId, voter: MemberId, typed: str
) -> CircleState:
    """Set how much a vote counts, as typed; 0 removes the voter from the panel."""
    return ways.set_voter(state, now, contract, voter, _read_weight(typed))


@CircleCommand
def write_common_vote(
    state: CircleState, now: datetime, contract: ContractId, voter: MemberId, typed: str
) -> CircleState:
    """Set how much a vote on the common result counts, as typed; 0 removes the voter."""
    return common_result.set_common_voter(state, now, contract, voter, _read_weight(typed))


def _read_weight(typed: str) -> int | None:
    said = text.clean(typed)
    if not _NUMBER.fullmatch(said):
        raise RuleError("A weight is a whole number from 1 to 100; 0 is no vote.")
    return int(said) or None


@CircleCommand
def write_partly(
    state: CircleState, now: datetime, contract: ContractId, typed: str
) -> CircleState:
    """Set the share for *partly*, as typed: "2/3"."""
    return ways.set_vote(state, now, contract, partly=text.clean(typed))


@CircleCommand
def set_quorum(state: CircleState, now: datetime, contract: ContractId, quorum: int) -> CircleState:
    """Set how many voters a vote needs."""
    return ways.set_vote(state, now, contract, quorum=quorum)


@CircleCommand
def set_tie(state: CircleState, now: datetime, contract: ContractId, tie: TieRule) -> CircleState:
    """Set what happens after a tie."""
    return ways.set_vote(state, now, contract, tie=tie)
