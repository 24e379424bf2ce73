"""The state of a contract at a moment, derived from its documents.

Invariant: no state is stored. The version in force is the newest one of the present term that all
parties have signed and all judges have accepted.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec.structs import replace

from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup, results
from circle_tui.core.contracts.contract import Contract, Judging, Way
from circle_tui.core.contracts.results import Result
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId

FEWEST_PARTIES = 2
"""A contract with fewer parties has ended."""

IT_IS_DUE = "It's due. Look back on it, and you can change it then."


class State(StrEnum):
    """The states of a contract."""

    DRAFT = "draft"
    UNSIGNED = "unsigned"
    SIGNED = "signed"
    RUNNING = "running"
    ON_TRIAL = "on trial"
    BEING_CHANGED = "being changed"
    DUE = "due"
    BEING_JUDGED = "being judged"
    JUDGED = "judged"
    CONTESTED = "contested"
    TO_LOOK_BACK_ON = "to look back on"
    ENDED = "ended"


NOT_YET_DUE = frozenset(
    {
        State.DRAFT,
        State.UNSIGNED,
        State.SIGNED,
        State.RUNNING,
        State.ON_TRIAL,
        State.BEING_CHANGED,
    }
)
IN_FORCE_AND_RUNNING = frozenset({State.RUNNING, State.ON_TRIAL, State.BEING_CHANGED})
JUDGING = frozenset({State.BEING_JUDGED, State.JUDGED, State.CONTESTED})


class ContractSnapshot(NamedTuple):
    """One contract at one moment: `now` is the effective moment, `today` the circle's day.

    `in_force` is None in a draft. `newest` may be a version that waits for signatures.
    """

    state: State
    newest: Contract
    in_force: Contract | None
    results: tuple[Result, ...]
    now: datetime
    today: date

    @property
    def shown(self) -> Contract:
        """The version in force, or else the draft."""
        return self.in_force or self.newest

    @property
    def waits(self) -> Contract | None:
        """A version that waits for signatures; None if none does."""
        return None if self.newest is self.in_force else self.newest

    @property
    def until(self) -> datetime | None:
        """The first limit that runs, of what is judged or contested."""
        if self.state not in JUDGING:
            return None
        waiting = [each for each in self.results if each.until is not None and not each.final]
        if self.state is State.BEING_JUDGED:
            waiting = [each for each in waiting if each.comes_back is None]
        if self.state is State.CONTESTED:
            waiting = [each for each in waiting if each.contested]
        return min((each.until for each in waiting if each.until is not None), default=None)

    @property
    def may_look_back(self) -> bool:
        """Whether those in it can look back on the term now."""
        if self.state is State.TO_LOOK_BACK_ON:
            return True
        return self.state is State.DUE and self.shown.way is Way.TALK

    def result(self, of: MemberId) -> Result:
        """The result of a part or of `COMMON`. Raises `RuleError` if that is not judged."""
        for each in self.results:
            if each.of == of:
                return each
        raise RuleError("That isn't judged in this contract.")


def standing(state: CircleState, contract: ContractId, now: datetime) -> ContractSnapshot:
    """The contract at `now` (aware UTC). Raises `RuleError` if there is no such contract."""
    moment = lookup.effective_moment(state, contract, now)
    today = state.circle.day(moment)
    versions = lookup.versions(state, contract)
    newest, holds = versions[-1], in_force(state, versions)
    found: tuple[Result, ...] = ()
    if _is_over(newest) or len(lookup.party_ids(state, holds or newest)) < FEWEST_PARTIES:
        where = State.ENDED
    elif holds is None:
        touched = newest.signatures or newest.accepted
        where = State.UNSIGNED if touched else State.DRAFT
    elif holds.opened is not None:
        found = results.results_of_version(state, holds, moment)
        where = _judging(found)
    else:
        where = _running(holds, newest, today)
    return ContractSnapshot(where, newest, holds, found, moment, today)


def _is_over(newest: Contract) -> bool:
    return newest.ended is not None or newest.choice is not None


def in_force(state: CircleState, versions: tuple[Contract, ...]) -> Contract | None:
    """The version in force of the present term; None if there is none."""
    term = versions[-1].term
    for version in reversed(versions):
        if version.term == term and _holds(state, version):
            return version
    return None


def _holds(state: CircleState, version: Contract) -> bool:
    if version.opened is not None:
        return True
    return bool(version.signatures) and not (
        lookup.to_sign(state, version) or lookup.to_accept(state, version)
    )


def _running(holds: Contract, newest: Contract, today: date) -> State:
    if holds.reached is not None or (holds.review is not None and holds.review <= today):
        return State.DUE
    if today < holds.starts:
        return State.SIGNED
    if newest is not holds:
        return State.BEING_CHANGED
    return State.RUNNING if holds.trial is None else State.ON_TRIAL


def _judging(found: tuple[Result, ...]) -> State:
    if any(each.comes_back is None for each in found):
        return State.BEING_JUDGED
    if any(each.contested for each in found):
        return State.CONTESTED
    if all(each.final for each in found):
        return State.TO_LOOK_BACK_ON
    return State.JUDGED


def not_ended(state: CircleState, now: datetime) -> tuple[ContractSnapshot, ...]:
    """Every contract that has not ended, in the order they were made."""
    return tuple(each_not_ended(state, now))


def each_not_ended(state: CircleState, now: datetime) -> Iterator[ContractSnapshot]:
    """Like `not_ended`, but computes each contract only when it is needed."""
    by_contract: dict[ContractId, list[Contract]] = {}
    for version in state.contracts:
        by_contract.setdefault(version.contract, []).append(version)
    steps: dict[ContractId, list[Judging]] = {}
    for step in state.judgings:
        steps.setdefault(step.contract, []).append(step)
    found = (
        # Each by itself: what there is of all others has nothing to say about it.
        standing(
            replace(state, contracts=tuple(own), judgings=tuple(steps.get(contract, ()))),
            contract,
            now,
        )
        for contract, own in by_contract.items()
        if not _is_over(max(own, key=lambda each: each.version))
    )
    return (each for each in found if each.state is not State.ENDED)


def require_not_due(state: CircleState, contract: ContractId, now: datetime) -> ContractSnapshot:
    """The contract, if it can still be changed.

    Raises `RuleError` if it is due or has ended.
    """
    found = require_not_ended(state, contract, now)
    if found.state not in NOT_YET_DUE:
        raise RuleError(IT_IS_DUE)
    return found


def require_not_ended(state: CircleState, contract: ContractId, now: datetime) -> ContractSnapshot:
    """The contract, if it has not ended. Raises `RuleError` otherwise."""
    found = standing(state, contract, now)
    if found.state is State.ENDED:
        raise RuleError("This contract has ended: press n to make a new one from it.")
    return found
