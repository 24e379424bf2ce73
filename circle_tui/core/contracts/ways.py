"""The ways of judging a contract: what each begins with, what it still needs, and changing it.

Invariant: a contract is judged only if people choose so, and nobody judges their own part. By
default the whole stake is returned, so that nobody loses it because somebody else is silent.
"""

from datetime import datetime
from typing import Literal, TypeVar

from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import graded, lookup, panel, results, reviewed, reviewers, shares
from circle_tui.core.contracts.amending import change
from circle_tui.core.contracts.contract import (
    ALL,
    COMMON,
    About,
    Contract,
    Criterion,
    Graded,
    Panel,
    Reviewed,
    TieRule,
    Way,
)
from circle_tui.core.contracts.standing import require_not_due
from circle_tui.core.contracts.templates import TEMPLATES
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId

AnyWay = Graded | Reviewed | Panel
Helper = Literal["second", "third", "decider"]

USUAL_CRITERIA = ("Done as written", "Done by the day", "Said in time where it wasn't")
CRITERION_CELLS = 40
RUBRIC_CELLS = 20

_DEFAULTS = frozenset({"0", "1/2", ALL})
_NO_CRITERION = "That criterion isn't there."
_Value = TypeVar("_Value")


def default_way(state: CircleState, version: Contract, way: Way, now: datetime) -> AnyWay | None:
    """A way of judging with everything filled in; None for a talk."""
    people = lookup.party_ids(state, version)
    others = [member.id for member in state.active if member.id not in people]
    each_other = reviewers.each_other(people, version.term)
    match way:
        case Way.TALK:
            return None
        case Way.GRADED:
            template = TEMPLATES.get(version.template or "")
            names = (template.criteria if template is not None else ()) or USUAL_CRITERIA
            criteria = tuple(Criterion(name=name) for name in names)
            return Graded(by=each_other, criteria=criteria, tiers=graded.USUAL_TIERS)
        case Way.REVIEWED:
            busy = frozenset({*people, *each_other.values()})
            second = reviewers.propose_reviewer(state, people[0], now, excluded=busy)
            return Reviewed(
                by=each_other,
                second=None if second is None else second.member,
                rubric=reviewed.USUAL_RUBRIC,
            )
        case Way.PANEL:
            return Panel(voters=dict.fromkeys(others[: panel.VOTERS_AT_MOST], 1))


def with_other_parties(
    state: CircleState, version: Contract, judged: AnyWay | None, now: datetime
) -> AnyWay | None:
    """The same way for other parties: what names nobody is kept, the rest filled in."""
    if judged is None:
        return None
    fresh = default_way(state, version, _way(judged), now)
    match judged, fresh:
        case Graded(), Graded():
            return replace(
                fresh, criteria=judged.criteria, tiers=judged.tiers, default=judged.default
            )
        case Reviewed(), Reviewed():
            return replace(fresh, rubric=judged.rubric, default=judged.default)
        case Panel(), Panel():
            return replace(fresh, partly=judged.partly, default=judged.default)
    return fresh


def for_next_term(state: CircleState, version: Contract) -> AnyWay | None:
    """The way of judging for the next term; parties who judge each other move on by one."""
    judged = version.judged
    if not isinstance(judged, Graded | Reviewed):
        return judged
    if not set(judged.by.values()) <= judged.by.keys():
        return judged
    people = lookup.party_ids(state, version)
    return replace(judged, by=reviewers.each_other(people, version.term))


def unsettled(state: CircleState, version: Contract) -> tuple[str, ...]:
    """What is missing in the way of judging before anybody can sign, each to end a sentence."""
    judged = version.judged
    if judged is None:
        return ()
    found: list[str] = []
    match judged:
        case Graded():
            found += [*_without_reviewer(state, version, judged.by), *graded.unsettled(judged)]
        case Reviewed():
            found += [*_without_reviewer(state, version, judged.by), *reviewed.unsettled(judged)]
        case Panel():
            found += panel.unsettled(
                judged.voters, judged.partly, judged.quorum, judged.tie, judged.decider
            )
            found += _with_few_voters(state, version)
    found += _invalid_helpers(state, version, judged)
    found += _invalid_common_result(state, version, judged)
    return tuple(dict.fromkeys(found))


def _without_reviewer(
    state: CircleState, version: Contract, by: dict[MemberId, MemberId]
) -> list[str]:
    here = {member.id for member in state.circle.members if member.left is None}
    return [
        f"who judges {lookup.member_name(state, member)}'s part"
        for member in lookup.party_ids(state, version)
        if by.get(member) not in here - {member}
    ]


def _with_few_voters(state: CircleState, version: Contract) -> list[str]:
    few = []
    for of in results.judged_things(state, version):
        voting = results.voting_on(version, of)
        if voting is not None and len(voting.weights) < panel.VOTERS_AT_LEAST:
            few.append("three who may vote on every part")
    return few


def _invalid_helpers(state: CircleState, version: Contract, judged: AnyWay) -> list[str]:
    taken = {*lookup.party_ids(state, version), *lookup.judging_now(version)}
    return [
        f"another {which}: nobody who is in it or judges it can be that"
        for which, who in (("third", judged.third), ("decider", judged.decider))
        if who in taken
    ]


def _invalid_common_result(state: CircleState, version: Contract, judged: AnyWay) -> list[str]:
    common = judged.common
    if common is None:
        return []
    people = lookup.party_ids(state, version)
    if common.by is not None:
        return ["someone not in it who judges the common result"] if common.by in people else []
    voting = results.voting_on(version, COMMON)
    few = voting is None or not len(voting.weights) >= panel.VOTERS_AT_LEAST
    inside = voting is not None and bool(voting.weights.keys() & set(people))
    return ["who judges the common result, not in it"] if few or inside else []


# Commands


@CircleCommand
def set_way(state: CircleState, now: datetime, contract: ContractId, way: Way) -> CircleState:
    """Choose the way of judging, with everything filled in."""
    newest = require_not_due(state, contract, now).newest
    if newest.way is way:
        raise RuleError("That's how it's judged already.")
    changes: dict[str, object] = {"judged": default_way(state, newest, way, now)}
    if way is Way.TALK:
        changes["parts"] = tuple(replace(part, stake="") for part in newest.parts)
        changes["trial"] = None
    return change(state, now, contract, **changes)


@CircleCommand
def set_reviewer(
    state: CircleState, now: datetime, contract: ContractId, of: MemberId, by: MemberId
) -> CircleState:
    """Set who judges a part."""
    judged = _judged(state, now, contract, "reviewer")
    if not isinstance(judged, Graded | Reviewed):
        raise RuleError("A panel votes on it: nobody reviews it.")
    _check_here(state, by)
    lookup.require_party(state, lookup.newest(state, contract), of)
    if of == by:
        raise RuleError("Nobody judges their own part: choose someone else.")
    return _with(state, now, contract, replace(judged, by={**judged.by, of: by}))


@CircleCommand
def set_helper(
    state: CircleState, now: datetime, contract: ContractId, which: Helper, who: MemberId | None
) -> CircleState:
    """Set the second, the third or the decider; None for nobody."""
    judged = _judged(state, now, contract, which)
    if who is not None:
        _check_here(state, who)
    if which != "second":
        newest = lookup.newest(state, contract)
        if who in {*lookup.party_ids(state, newest), *lookup.judging_now(newest)}:
            raise RuleError(
                f"The {which} can't be in the contract or judge it: choose someone else."
            )
    elif not isinstance(judged, Reviewed):
        raise RuleError("Only a reviewed contract has a second.")
    return _with(state, now, contract, replace(judged, **{which: who}))


@CircleCommand
def set_default(state: CircleState, now: datetime, contract: ContractId, share: str) -> CircleState:
    """Set the share that is returned if nobody judges in time: "1", "1/2" or "0"."""
    judged = _judged(state, now, contract, "default")
    if share not in _DEFAULTS:
        raise RuleError("If nobody judges, choose all, half or none to come back.")
    return _with(state, now, contract, replace(judged, default=share))


@CircleCommand
def set_criterion(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    at: int,
    name: str,
    weight: int = 1,
    about: About = "outcome",
) -> CircleState:
    """Set the criterion at index `at`; the index after the last one adds one."""
    judged = _graded(state, now, contract)
    called = text.words(name, CRITERION_CELLS)
    if not called:
        raise RuleError("A criterion needs a few words.")
    others = [*judged.criteria[:at], *judged.criteria[at + 1 :]]
    if called in {each.name for each in others}:
        raise RuleError("That's one of the criteria already.")
    criterion = Criterion(name=called, weight=graded.check_weight(weight), about=about)
    found = _put(judged.criteria, at, criterion, graded.CRITERIA_AT_MOST, "criteria")
    return _with(state, now, contract, replace(judged, criteria=found))


@CircleCommand
def remove_criterion(
    state: CircleState, now: datetime, contract: ContractId, at: int
) -> CircleState:
    """Take a criterion away."""
    judged = _graded(state, now, contract)
    if not 0 <= at < len(judged.criteria):
        raise RuleError(_NO_CRITERION)
    found = (*judged.criteria[:at], *judged.criteria[at + 1 :])
    return _with(state, now, contract, replace(judged, criteria=found))


@CircleCommand
def set_tiers(
    state: CircleState, now: datetime, contract: ContractId, typed: tuple[tuple[str, str], ...]
) -> CircleState:
    """Set the tiers, highest first, each as typed: ("90", "all")."""
    judged = _graded(state, now, contract)
    read = [(shares.read_figure(least), shares.read_figure(share)) for least, share in typed]
    return _with(state, now, contract, replace(judged, tiers=graded.check_tiers(read)))


@CircleCommand
def set_rubric(
    state: CircleState, now: datetime, contract: ContractId, words: tuple[str, ...]
) -> CircleState:
    """Set the three to five words of the rubric; the first one is about the outcome."""
    judged = _judged(state, now, contract, "rubric")
    if not isinstance(judged, Reviewed):
        raise RuleError("Only a reviewed contract has a rubric.")
    found = tuple(dict.fromkeys(filter(None, (text.words(each, RUBRIC_CELLS) for each in words))))
    if not reviewed.RUBRIC_AT_LEAST <= len(found) <= reviewed.RUBRIC_AT_MOST:
        raise RuleError("A rubric has three to five words.")
    return _with(state, now, contract, replace(judged, rubric=found))


@CircleCommand
def set_voter(
    state: CircleState, now: datetime, contract: ContractId, voter: MemberId, weight: int | None
) -> CircleState:
    """Set how much a voter's ballot counts; None removes them from the panel."""
    judged = _panel(state, now, contract)
    _check_here(state, voter)
    voters = {each: counts for each, counts in judged.voters.items() if each != voter}
    if weight is not None:
        if len(voters) >= panel.VOTERS_AT_MOST:
            raise RuleError("Five vote at most: take someone off first.")
        if voter in {judged.third, judged.decider}:
            raise RuleError("Someone who settles disputes can't vote: choose someone else.")
        voters[voter] = graded.check_weight(weight)
    seated = {each.id: voters[each.id] for each in state.circle.members if each.id in voters}
    return _with(state, now, contract, replace(judged, voters=seated))


@CircleCommand
def set_vote(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    *,
    partly: str | None = None,
    quorum: int | None = None,
    tie: TieRule | None = None,
) -> CircleState:
    """Set the share for *partly*, the quorum, and what a tie does; None leaves one unchanged."""
    judged = _panel(state, now, contract)
    if partly is not None:
        judged = replace(judged, partly=panel.check_partly(shares.read_figure(partly)))
    if quorum is not None:
        judged = replace(judged, quorum=panel.check_quorum(quorum, len(judged.voters)))
    if tie is not None:
        judged = replace(judged, tie=tie)
    return _with(state, now, contract, judged)


def _way(judged: AnyWay) -> Way:
    ways: dict[type, Way] = {Graded: Way.GRADED, Reviewed: Way.REVIEWED, Panel: Way.PANEL}
    return ways[type(judged)]


def _judged(state: CircleState, now: datetime, contract: ContractId, what: str) -> AnyWay:
    judged = require_not_due(state, contract, now).newest.judged
    if judged is None:
        raise RuleError(f"Nobody judges it, so it needs no {what}: w chooses how it's judged.")
    return judged


def _graded(state: CircleState, now: datetime, contract: ContractId) -> Graded:
    judged = _judged(state, now, contract, "criteria")
    if not isinstance(judged, Graded):
        raise RuleError("Only a graded contract has criteria and tiers.")
    return judged


def _panel(state: CircleState, now: datetime, contract: ContractId) -> Panel:
    judged = _judged(state, now, contract, "panel")
    if not isinstance(judged, Panel):
        raise RuleError("Only a panel votes: w chooses that.")
    return judged


def _check_here(state: CircleState, member: MemberId) -> None:
    name = lookup.member_name(state, member)
    if state.member(member).left is not None:
        raise RuleError(f"{name} has left: choose someone who is here.")


def _put(
    items: tuple[_Value, ...], at: int, item: _Value, most: int, what: str
) -> tuple[_Value, ...]:
    if not 0 <= at <= len(items):
        raise RuleError(_NO_CRITERION)
    found = (*items[:at], item, *items[at + 1 :])
    if len(found) > most:
        raise RuleError(f"{most} {what} are the most: take one away first.")
    return found


def _with(state: CircleState, now: datetime, contract: ContractId, judged: AnyWay) -> CircleState:
    return change(state, now, contract, judged=judged)
