"""Makes a contract from a template or from an earlier contract of the circle.

Invariant: a draft has everything filled in; people only change what does not fit.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lengths, lookup, ways
from circle_tui.core.contracts.contract import Contract, Part, Way
from circle_tui.core.contracts.standing import (
    FEWEST_PARTIES,
    State,
    not_ended,
    require_not_ended,
    standing,
)
from circle_tui.core.contracts.templates import SPOKE_TEMPLATE, TEMPLATES, Template
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId, new_id

MOST = 5

_CONTRACTS_AT_MOST = 50
_HOLE = re.compile(r"\{([ABS])\}")


@CircleCommand
def make(
    state: CircleState, now: datetime, begin_from: str, members: Sequence[MemberId]
) -> CircleState:
    """Make a draft from a template or an ended contract (by key or id), for two to five members.

    The roles of a template go by the order of `members`.
    """
    template = TEMPLATES.get(begin_from)
    _check_room(state, now)
    people = _check_people(state, members)
    if template is not None:
        return _with_new(state, _from_template(state, now, template, people))
    earlier = next((each for each in lookup.contract_ids(state) if each == begin_from), None)
    if earlier is None:
        raise RuleError("There's nothing of that name to begin from.")
    before = standing(state, earlier, now)
    if before.state is not State.ENDED:
        raise RuleError("That one is still running: begin from one that has ended.")
    return _with_new(state, _from_earlier(state, now, before.newest, people))


@CircleCommand
def make_spoke(state: CircleState, now: datetime, hub: MemberId, spoke: MemberId) -> CircleState:
    """Make a draft between a party to a hub and one of the people they speak for."""
    _check_room(state, now)
    people = _check_people(state, (hub, spoke))
    return _with_new(state, _from_template(state, now, SPOKE_TEMPLATE, people))


def _check_room(state: CircleState, now: datetime) -> None:
    if len(not_ended(state, now)) >= _CONTRACTS_AT_MOST:
        raise RuleError("Fifty contracts are running: end one of them first.")


def _check_people(state: CircleState, members: Sequence[MemberId]) -> tuple[MemberId, ...]:
    people = tuple(dict.fromkeys(members))
    for member in people:
        name = lookup.member_name(state, member)
        if state.member(member).left is not None:
            raise RuleError(f"{name} has left: choose someone who is here.")
    if len(people) < FEWEST_PARTIES:
        raise RuleError("It takes at least two of you: press your numbers.")
    if len(people) > MOST:
        raise RuleError("A contract is for two to five people. For more, make a hub and spokes.")
    return people


def _with_new(state: CircleState, contract: Contract) -> CircleState:
    return replace(state, contracts=(*state.contracts, contract))


def _from_template(
    state: CircleState, now: datetime, template: Template, people: tuple[MemberId, ...]
) -> Contract:
    names = [lookup.member_name(state, member) for member in people]
    called = {"A": names[0], "B": names[1], "S": names[-1]}
    length = lengths.read_length(template.lasts)
    made = Contract(
        contract=ContractId(new_id("k", lookup.contract_ids(state), now)),
        version=1,
        name=template.name,
        template=template.key,
        written=now,
        scope=template.scope,
        lasts=template.lasts,
        starts=state.circle.day(now),
        review=lengths.review_date(state, length, now),
        parts=tuple(
            Part(
                member=member,
                lines=tuple(
                    replace(line, text=_named(line.text, called))
                    for line in template.role(at, len(people)).lines
                ),
            )
            for at, member in enumerate(people)
        ),
        in_touch=template.in_touch,
        if_changes=template.if_changes,
    )
    if template.way is Way.TALK:
        return made
    return replace(made, judged=ways.default_way(state, made, template.way, now))


def _named(words: str, called: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda found: called[found[1]], words)


def _from_earlier(
    state: CircleState, now: datetime, before: Contract, people: tuple[MemberId, ...]
) -> Contract:
    """The text of an ended contract, without names, dates, signatures or stakes."""
    length = lengths.length_of(before)
    parts = before.parts or (Part(member=people[0]),)
    made = Contract(
        contract=ContractId(new_id("k", lookup.contract_ids(state), now)),
        version=1,
        name=before.name,
        template=before.template,
        written=now,
        scope=before.scope,
        lasts=before.lasts,
        milestone=length.milestone,
        starts=state.circle.day(now),
        review=lengths.review_date(state, length, now),
        parts=tuple(
            Part(member=member, lines=parts[min(at, len(parts) - 1)].lines)
            for at, member in enumerate(people)
        ),
        in_touch=before.in_touch,
        if_changes=before.if_changes,
    )
    return replace(made, judged=ways.with_other_parties(state, made, before.judged, now))


@CircleCommand
def drop(state: CircleState, now: datetime, contract: ContractId) -> CircleState:
    """Drop a draft, or a version that waits for signatures; what is in force stays."""
    found = require_not_ended(state, contract, now)
    versions = lookup.versions(state, contract)
    if found.in_force is not None:
        waiting = lookup.newer_version_numbers(state, found.in_force)
        if not waiting:
            raise RuleError("It's running: z steps out, and at its end you look back on it.")
        return lookup.without_versions(state, waiting, contract)
    dropped = {each.version for each in versions if each.term == found.newest.term}
    without = lookup.without_versions(state, dropped, contract)
    if found.newest.term == 1:
        return without
    before = lookup.newest(without, contract)
    return lookup.with_version(without, replace(before, ended=now))
