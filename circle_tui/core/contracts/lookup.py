"""Looks up contracts: their versions, their parties and judges, and whose signatures are missing.

Invariant: a party to a contract has a part in it and has not stepped out, left the circle, or been
forgotten. Nothing here depends on the state of a contract.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts.contract import Contract, Graded, Judging, Panel, Reviewed
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId

NO_SUCH_CONTRACT = "That contract isn't there any more."
CHOOSE_YOURSELF = "Choose yourself first, by your number or with ↑ ↓."


def contract_ids(state: CircleState) -> tuple[ContractId, ...]:
    """The ids of all contracts, oldest first."""
    return tuple(dict.fromkeys(each.contract for each in state.contracts))


def versions(state: CircleState, contract: ContractId) -> tuple[Contract, ...]:
    """The versions of one contract, oldest first. Raises `RuleError` if there is none."""
    found = sorted(
        (each for each in state.contracts if each.contract == contract),
        key=lambda each: each.version,
    )
    if not found:
        raise RuleError(NO_SUCH_CONTRACT)
    return tuple(found)


def newest(state: CircleState, contract: ContractId) -> Contract:
    """The newest version. Raises `RuleError` if there is no such contract."""
    return versions(state, contract)[-1]


def parties(state: CircleState, version: Contract) -> tuple[Member, ...]:
    """The parties to the contract that `version` is of, in seat order."""
    gone = {
        member
        for each in state.contracts
        if each.contract == version.contract
        for member in each.stepped_out
    }
    parts = {part.member for part in version.parts} - gone
    return tuple(
        member for member in state.circle.members if member.id in parts and member.left is None
    )


def party_ids(state: CircleState, version: Contract) -> tuple[MemberId, ...]:
    """The ids of the parties, in seat order; see `parties`."""
    return tuple(member.id for member in parties(state, version))


def party_names(state: CircleState, version: Contract) -> tuple[str, ...]:
    """The names of the parties, in seat order; see `parties`."""
    return tuple(member.name for member in parties(state, version))


def judges(version: Contract) -> tuple[MemberId, ...]:
    """Everybody named to judge, now or as a substitute: each once, in the order they are named."""
    return tuple(dict.fromkeys(_judges(version)))


def _judges(version: Contract) -> Iterator[MemberId]:
    judged = version.judged
    if judged is None:
        return
    yield from judging_now(version)
    if isinstance(judged, Reviewed):
        yield from filter(None, (judged.second,))
    yield from filter(None, (judged.third, judged.decider))


def judging_now(version: Contract) -> tuple[MemberId, ...]:
    """The reviewers and voters of a version, without the second, the third and the decider."""
    judged = version.judged
    named: list[MemberId] = []
    match judged:
        case Graded(by=by) | Reviewed(by=by):
            # A member who stepped out before this version has no part that anybody judges.
            named += [by[part.member] for part in version.parts if part.member in by]
        case Panel(voters=voters):
            named += voters
    if judged is not None and judged.common is not None:
        named += [*filter(None, (judged.common.by,)), *judged.common.voters]
    return tuple(dict.fromkeys(named))


def to_sign(state: CircleState, version: Contract) -> tuple[MemberId, ...]:
    """The parties who have not signed this version, in seat order."""
    return tuple(member for member in party_ids(state, version) if member not in version.signatures)


def to_accept(state: CircleState, version: Contract) -> tuple[MemberId, ...]:
    """The judges who are not parties and have not accepted this version, in seat order.

    A signature counts as acceptance, also if its member has stepped out since; otherwise stepping
    out would put a contract out of force.
    """
    said = version.accepted.keys() | version.signatures.keys()
    named = set(judges(version)) - set(party_ids(state, version)) - said
    return tuple(
        member.id for member in state.circle.members if member.id in named and member.left is None
    )


def steps(state: CircleState, version: Contract, of: MemberId | None = None) -> tuple[Judging, ...]:
    """The steps of judging a version, or one part of it, oldest first."""
    found = (
        each
        for each in state.judgings
        if (each.contract, each.version) == (version.contract, version.version)
        and (of is None or each.of == of)
    )
    return tuple(sorted(found, key=lambda each: each.at))


def effective_moment(state: CircleState, contract: ContractId, now: datetime) -> datetime:
    """`now`, or the newest moment in the documents of the contract if that is later.

    Limits are compared with it, so that setting the clock back does not reopen anything.
    """
    moments = [now]
    for version in versions(state, contract):
        moments += [each for each in (version.written, version.reached) if each is not None]
        moments += [each for each in (version.opened, version.ended) if each is not None]
        for given in (version.signatures, version.accepted, version.content, version.stepped_out):
            moments += given.values()
        moments += [each.at for each in steps(state, version)]
    return max(moments)


def require_party(state: CircleState, version: Contract, member: MemberId | None) -> MemberId:
    """`member`, if they are a party. Raises `RuleError` for None and for anybody else."""
    if member is None:
        raise RuleError(CHOOSE_YOURSELF)
    if member not in party_ids(state, version):
        raise RuleError(f"{member_name(state, member)} isn't in this contract.")
    return member


def member_name(state: CircleState, member: MemberId) -> str:
    """A member's name. Raises `RuleError` if there is nobody with that id."""
    for each in state.circle.members:
        if each.id == member:
            return each.name
    raise RuleError("Nobody in this circle has that seat.")


def with_version(state: CircleState, changed: Contract) -> CircleState:
    """The state with `changed` in the place of the same version."""
    return replace(
        state,
        contracts=tuple(
            changed
            if (each.contract, each.version) == (changed.contract, changed.version)
            else each
            for each in state.contracts
        ),
    )


def newer_version_numbers(state: CircleState, version: Contract) -> set[int]:
    """The numbers of the versions of the same contract after `version`."""
    return {
        each.version for each in versions(state, version.contract) if each.version > version.version
    }


def without_versions(state: CircleState, gone: set[int], contract: ContractId) -> CircleState:
    """The state without some versions of a contract."""
    return replace(
        state,
        contracts=tuple(
            each
            for each in state.contracts
            if each.contract != contract or each.version not in gone
        ),
    )
