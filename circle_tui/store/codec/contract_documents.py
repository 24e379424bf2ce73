"""How contracts and their judgings are written, and the checks when they are read.

Invariant: a document that does not fit makes the file unreadable, as in any other table; the error
names the field without quoting it.
"""

from collections.abc import Iterator, Mapping

from circle_tui.core.circle.circle import Circle
from circle_tui.core.contracts.contract import (
    COMMON,
    CommonResult,
    Contract,
    Criterion,
    Graded,
    Judging,
    Panel,
    Part,
    Reviewed,
)
from circle_tui.core.ids import MemberId
from circle_tui.store.codec.values import Layout, check_unique, invalid_field

_PARTS_AT_LEAST = 2

LAYOUTS = {
    Contract: Layout(
        order=(
            *("contract", "version", "term", "name", "template", "written", "scope", "lasts"),
            *("milestone", "starts", "review", "trial", "parts", "in_touch", "if_changes"),
            *("judged", "signatures", "accepted", "reached", "opened", "content", "stepped_out"),
            *("let_go", "ended", "choice", "worked", "change", "unclear", "settled"),
        ),
        sparse=frozenset(
            {
                *("milestone", "accepted", "content", "stepped_out", "let_go", "worked"),
                *("change", "unclear", "settled"),
            }
        ),
    ),
    Part: Layout(sparse=frozenset({"stake"})),
    CommonResult: Layout(sparse=frozenset({"voters"})),
    Criterion: Layout(),
    Graded: Layout(
        order=("by", "default", "criteria", "tiers", "third", "decider", "common"),
        null=frozenset({"third", "decider"}),
    ),
    Reviewed: Layout(
        order=("by", "second", "default", "rubric", "third", "decider", "common"),
        null=frozenset({"second", "third", "decider"}),
    ),
    Panel: Layout(
        order=("voters", "partly", "quorum", "tie", "decider", "third", "default", "common"),
        null=frozenset({"third", "decider"}),
    ),
    Judging: Layout(
        order=(
            *("id", "contract", "version", "of", "step", "by", "at", "comes_back", "marks"),
            *("rubric", "reason", "named", "voted", "votes", "tied"),
        ),
        sparse=frozenset({"marks", "rubric", "reason", "voted", "votes", "tied"}),
    ),
}


def check(
    circle: Circle, contracts: Mapping[str, Contract], judgings: Mapping[str, Judging]
) -> None:
    """Check the documents, given by their keys in the file.

    Raises `SchemaError` if contracts or judgings do not fit the circle or each other.
    """
    known = {member.id for member in circle.members}
    # Forgetting a member removes their part, so fewer may be left.
    fewest = 0 if any(member.forgotten for member in circle.members) else _PARTS_AT_LEAST
    versions = {}
    for key, contract in contracts.items():
        where = f"contracts, document {key}"
        _check_contract(contract, known, fewest, where)
        versions[contract.contract, contract.version] = contract
    for key, judging in judgings.items():
        where = f"judgings, document {key}"
        contract_of = versions.get((judging.contract, judging.version))
        if contract_of is None:
            raise invalid_field(f"{where}, “contract”")
        if judging.of not in known | {COMMON}:
            raise invalid_field(f"{where}, “of”")
        named = {judging.by, judging.named, *judging.voted} - {None}
        if not named <= known:
            raise invalid_field(f"{where}, “by”")


def _check_contract(contract: Contract, known: set[MemberId], fewest: int, where: str) -> None:
    if len(contract.parts) < fewest:
        raise invalid_field(f"{where}, “parts”")
    check_unique([part.member for part in contract.parts], f"{where}, “parts”")
    keyed = ("signatures", "accepted", "content", "stepped_out", "let_go", "settled")
    for name in keyed:
        if not getattr(contract, name).keys() <= known:
            raise invalid_field(f"{where}, “{name}”")
    if not {part.member for part in contract.parts} <= known:
        raise invalid_field(f"{where}, “parts”")
    judged = contract.judged
    if judged is None:
        return
    if not set(_named_in(judged)) <= known:
        raise invalid_field(f"{where}, “judged”")
    if isinstance(judged, Graded):
        check_unique([each.name for each in judged.criteria], f"{where}, “criteria”")
        if judged.tiers and judged.tiers[-1][0] != "0":
            raise invalid_field(f"{where}, “tiers”")


def _named_in(judged: Graded | Reviewed | Panel) -> Iterator[MemberId]:
    """The ids of all members named in a way of judging."""
    match judged:
        case Graded(by=by):
            yield from (*by, *by.values())
        case Reviewed(by=by, second=second):
            yield from (*by, *by.values(), *filter(None, (second,)))
        case Panel(voters=voters):
            yield from voters
    yield from filter(None, (judged.third, judged.decider))
    if judged.common is not None:
        yield from (*judged.common.voters, *filter(None, (judged.common.by,)))
