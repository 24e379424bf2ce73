"""The stakes of judged contracts, and the map of who has a contract with whom.

Invariant: a stake is only words. The program moves nothing, adds nothing up and counts nothing for
a person; a stake is settled when people say that it is.
"""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from msgspec.structs import replace

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup, results, shares
from circle_tui.core.contracts.contract import COMMON, Contract
from circle_tui.core.contracts.looking_back import settle_share
from circle_tui.core.contracts.standing import FEWEST_PARTIES, State, not_ended, standing
from circle_tui.core.contracts.templates import HUB, SPOKE_TEMPLATE
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId


class Stake(NamedTuple):
    """One member's stake, in their words; `comes_back` is the share of it that is returned."""

    contract: ContractId
    version: int
    name: str
    member: MemberId
    words: str
    comes_back: Fraction
    settled: bool


class Neighbour(NamedTuple):
    """A contract in force of a member: its name, and the other parties' ids in seat order."""

    contract: ContractId
    name: str
    members: tuple[MemberId, ...]


class MapRow(NamedTuple):
    """A member's row on the map; a hub has contracts with different people."""

    member: MemberId
    neighbours: tuple[Neighbour, ...]
    hub: bool


def stakes(state: CircleState, now: datetime) -> tuple[Stake, ...]:
    """Every stake with a final result, newest first, except the symbolic ones of trials.

    The settled stakes of terms that have ended are left out.
    """
    rows = []
    for version in sorted(state.contracts, key=_newest_first):
        if version.opened is None or version.trial is not None or version.judged is None:
            continue
        for part in version.parts:
            found = _final(state, version, part.member, now) if part.stake else None
            settled = part.member in version.settled
            if found is not None and not (settled and version.choice is not None):
                rows.append(
                    Stake(
                        version.contract,
                        version.version,
                        version.name,
                        part.member,
                        part.stake,
                        found,
                        settled,
                    )
                )
    return tuple(rows)


def _newest_first(version: Contract) -> float:
    return -(version.opened or version.written).timestamp()


def _final(
    state: CircleState, version: Contract, member: MemberId, now: datetime
) -> Fraction | None:
    """The share returned to a member; None if it can still change or there is no result."""
    if version.choice is not None:
        return _kept(state, version, member)
    found = standing(state, version.contract, now)
    if found.in_force is None or found.in_force.version != version.version:
        return None
    if found.state is not State.TO_LOOK_BACK_ON:
        return None
    return results.share_for_member(state, version, member, found.results)


def _kept(state: CircleState, version: Contract, member: MemberId) -> Fraction | None:
    """The share returned to a member after the look back, which keeps only the final shares."""
    assert version.judged is not None
    if member in version.stepped_out:
        return None
    own = _share_left(state, version, member)
    common = version.judged.common
    if common is None:
        return own
    together = _share_left(state, version, COMMON)
    return results.combined(own, together, shares.parse(common.own))


def _share_left(state: CircleState, version: Contract, of: MemberId) -> Fraction:
    assert version.judged is not None
    kept = [each.comes_back for each in lookup.steps(state, version, of) if each.comes_back]
    return shares.parse(kept[-1] if kept else version.judged.default)


@CircleCommand
def settle(
    state: CircleState, now: datetime, contract: ContractId, version: int, member: MemberId
) -> CircleState:
    """Note that a stake was settled, or that it is open again.

    Once the term has ended, settling a stake also deletes it and its result.
    """
    rows = stakes(state, now)
    found = [
        row
        for row in rows
        if (row.contract, row.version, row.member) == (contract, version, member)
    ]
    if not found:
        raise RuleError("That stake isn't there any more.")
    held = next(each for each in lookup.versions(state, contract) if each.version == version)
    settled = {each: at for each, at in held.settled.items() if each != member}
    if not found[0].settled:
        settled[member] = now
    changed = replace(held, settled=settled)
    after = lookup.with_version(state, changed)
    return settle_share(after, changed, member) if held.choice is not None else after


def contract_map(state: CircleState, now: datetime) -> tuple[MapRow, ...]:
    """A row for everybody with a contract in force; hubs come first."""
    rows = []
    holding = [each for each in not_ended(state, now) if each.in_force is not None]
    for member in state.circle.members:
        neighbours = tuple(
            Neighbour(
                found.newest.contract,
                found.shown.name,
                tuple(other for other in people if other != member.id),
            )
            for found in holding
            if member.id in (people := lookup.party_ids(state, found.shown))
        )
        if neighbours:
            rows.append(MapRow(member.id, neighbours, _is_hub(neighbours)))
    return tuple(sorted(rows, key=lambda row: not row.hub))


def _is_hub(neighbours: Sequence[Neighbour]) -> bool:
    return len({neighbour.members for neighbour in neighbours}) > 1


def pairs_for_a_hub(
    state: CircleState, now: datetime
) -> tuple[tuple[MemberId, ...], tuple[MemberId, ...]] | None:
    """Two pairs, without a common member, that could use a hub; None if there are none.

    Contracts in force connect them into one group, and that group has no hub yet.
    """
    holding = [each for each in not_ended(state, now) if each.in_force is not None]
    held = [(each.shown.template, lookup.party_ids(state, each.shown)) for each in holding]
    for group in _groups([people for _, people in held]):
        here = [(template, people) for template, people in held if group.issuperset(people)]
        if any(template in {HUB, SPOKE_TEMPLATE.key} for template, _ in here):
            continue
        pairs = [people for _, people in here if len(people) == FEWEST_PARTIES]
        for one, other in combinations(pairs, 2):
            if not set(one) & set(other):
                return one, other
    return None


def _groups(contracts: Sequence[tuple[MemberId, ...]]) -> list[set[MemberId]]:
    """The groups of members whom contracts connect, directly or through others."""
    groups: list[set[MemberId]] = []
    for people in contracts:
        joined = set(people)
        apart = []
        for group in groups:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return groups
