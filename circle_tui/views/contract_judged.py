"""The rows of a contract's page about its way of judging: who judges, by what, and the default.

Invariant: enter takes the next choice if there are only a few, and asks for text otherwise.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar, TypeVarTuple

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import common_result, graded, lookup, panel, shares, typed_ways, ways
from circle_tui.core.contracts.contract import (
    ALL,
    NONE,
    CommonResult,
    Contract,
    Graded,
    Panel,
    Reviewed,
    TieRule,
)
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views.contract_cards import Item
from circle_tui.views.view import Intent, Row, ask, execute


class _VoterCommands(NamedTuple):
    """The commands that set how much a vote counts, as typed, and whether somebody votes."""

    write: CircleCommand[ContractId, MemberId, str]
    set: CircleCommand[ContractId, MemberId, int | None]


_OF_THE_PANEL = _VoterCommands(typed_ways.write_vote, ways.set_voter)
_OF_THE_COMMON_RESULT = _VoterCommands(typed_ways.write_common_vote, common_result.set_common_voter)

_Args = TypeVarTuple("_Args")
_Choice = TypeVar("_Choice")

HALF = "1/2"
_SHARES = (ALL, HALF, NONE)
_TIES = {
    TieRule.TALK_OVER: "you talk it over and vote again",
    TieRule.DECIDER: "the decider decides",
    TieRule.DEFAULT: "what you agreed for when nobody judges",
}
_NOBODY = "nobody"


def judged_items(snapshot: CircleSnapshot, version: Contract) -> tuple[Item, ...]:
    """The rows below the way of judging; none for a talk."""
    return tuple(_items(snapshot.state, version))


def _items(state: CircleState, version: Contract) -> Iterator[Item]:
    judged = version.judged
    if judged is None:
        return
    match judged:
        case Graded():
            yield from _reviewers(state, version, judged.by)
            yield from _criteria(version, judged)
            yield _tiers(version, judged)
        case Reviewed():
            yield from _reviewers(state, version, judged.by)
            yield _rubric(version, judged)
            yield _second(state, version, judged)
        case Panel():
            yield from _voters(state, version.contract, judged.voters, _here(state), _OF_THE_PANEL)
            yield from _vote(version, judged)
    yield from _common(state, version, judged.common)
    yield Item(
        row=Row("", f"{_in_words(judged.default)} comes back, if nobody judges", name="Otherwise"),
        edit=_next(ways.set_default, (version.contract,), _SHARES, judged.default),
    )
    yield _helper(state, version, "third", judged.third, "helps in a dispute")
    yield _helper(state, version, "decider", judged.decider, "has the last word")


def _next(
    command: Callable[[CircleState, datetime, *_Args, _Choice], CircleState],
    args: tuple[*_Args],
    choices: Sequence[_Choice],
    now: _Choice | None,
) -> Intent:
    """The command with the choice after the present one."""
    at = choices.index(now) if now in choices else -1
    return execute(command, *args, choices[(at + 1) % len(choices)])


def _in_words(share: str) -> str:
    return shares.in_words(shares.parse(share))


def _called(state: CircleState, member: MemberId | None) -> str:
    known = (each.name for each in state.circle.members if each.id == member)
    return next(known, _NOBODY)


def _here(state: CircleState) -> list[MemberId]:
    return [member.id for member in state.circle.members if member.left is None]


def _reviewers(
    state: CircleState, version: Contract, by: dict[MemberId, MemberId]
) -> Iterator[Item]:
    for member in lookup.parties(state, version):
        others = [each for each in _here(state) if each != member.id]
        reviewer = by.get(member.id)
        yield Item(
            row=Row("", f"{_called(state, reviewer)} judges it", name=f"{member.name}'s part"),
            edit=_next(ways.set_reviewer, (version.contract, member.id), others, reviewer),
        )


def _criteria(version: Contract, judged: Graded) -> Iterator[Item]:
    contract, light = version.contract, graded.light(judged.criteria)
    add = ask(
        "What else will you look at? Like: Useful for a decision counts 2",
        typed_ways.write_criterion,
        contract,
        len(judged.criteria),
    )
    for at, criterion in enumerate(judged.criteria):
        about = "" if criterion.about == "outcome" else ", about effort"
        little = ", so little that it may be left out" if criterion.name in light else ""
        yield Item(
            row=Row(
                "",
                criterion.name,
                f"counts {criterion.weight}{about}{little}",
                name="What counts" if at == 0 else "",
            ),
            edit=ask(
                "What do you look at, and how much does it count?",
                typed_ways.write_criterion,
                contract,
                at,
                value=f"{criterion.name} counts {criterion.weight}",
            ),
            add=add,
            turn=execute(typed_ways.switch_criterion_about, contract, at),
            remove=execute(ways.remove_criterion, contract, at),
        )
    if not judged.criteria:
        yield Item(row=Row("", "Nothing yet.", name="What counts", dim=True), edit=add, add=add)


def _tiers(version: Contract, judged: Graded) -> Item:
    typed = ", ".join(
        f"else {_in_words(share)}"
        if least == NONE
        else f"{shares.percent(shares.parse(least)).removesuffix('%')} {_in_words(share)}"
        for least, share in judged.tiers
    )
    said = ", ".join(
        f"else {_in_words(share)}"
        if least == NONE
        else f"from {shares.percent(shares.parse(least))} {_in_words(share)}"
        for least, share in judged.tiers
    )
    return Item(
        row=Row("", said, name="Comes back"),
        edit=ask(
            "How much comes back from which total? Like 90 all, 70 half, else none.",
            typed_ways.write_tiers,
            version.contract,
            value=typed,
        ),
    )


def _rubric(version: Contract, judged: Reviewed) -> Item:
    words = ", ".join(judged.rubric)
    return Item(
        row=Row("", words, name="Looked at"),
        edit=ask(
            "What do you look at? Three to five words, beginning with what came of it.",
            typed_ways.write_rubric,
            version.contract,
            value=words,
        ),
    )


def _second(state: CircleState, version: Contract, judged: Reviewed) -> Item:
    taken = {*lookup.party_ids(state, version), *judged.by.values()}
    free = [each for each in _here(state) if each not in taken]
    return Item(
        row=Row("", f"{_called(state, judged.second)} judges if they can't", name="The second"),
        edit=_next(ways.set_helper, (version.contract, "second"), [*free, None], judged.second),
    )


def _helper(
    state: CircleState, version: Contract, which: ways.Helper, who: MemberId | None, does: str
) -> Item:
    taken = {*lookup.party_ids(state, version), *lookup.judging_now(version)}
    free = [each for each in _here(state) if each not in taken]
    return Item(
        row=Row("", f"{_called(state, who)} {does}", name=f"The {which}"),
        edit=_next(ways.set_helper, (version.contract, which), [*free, None], who),
    )


def _voters(
    state: CircleState,
    contract: ContractId,
    voters: Mapping[MemberId, int],
    may: Sequence[MemberId],
    commands: _VoterCommands,
) -> Iterator[Item]:
    """A row for everybody who may vote; enter sets a weight, space lets them vote or not."""
    for at, member in enumerate(may):
        weight = voters.get(member)
        votes = "votes" if weight else "doesn't vote"
        yield Item(
            row=Row(
                "",
                f"{_called(state, member)} {votes}",
                f"counts {weight}" if weight else "",
                name="Who votes" if at == 0 else "",
                dim=not weight,
            ),
            edit=ask(
                f"How much does {_called(state, member)}'s vote count? 0 is no vote.",
                commands.write,
                contract,
                member,
                value=str(weight or 1),
            ),
            turn=execute(commands.set, contract, member, None if weight else 1),
        )


def _vote(version: Contract, judged: Panel) -> Iterator[Item]:
    yield Item(
        row=Row("", f"{_in_words(judged.partly)} comes back for it", name="Partly"),
        edit=ask(
            "How much comes back for partly?",
            typed_ways.write_partly,
            version.contract,
            value=judged.partly,
        ),
    )
    most = max(len(judged.voters), panel.VOTERS_AT_LEAST)
    quorums = list(range(panel.VOTERS_AT_LEAST, most + 1))
    yield Item(
        row=Row("", f"{judged.quorum} have to be here", name="To vote"),
        edit=_next(typed_ways.set_quorum, (version.contract,), quorums, judged.quorum),
    )
    yield Item(
        row=Row("", _TIES[judged.tie], name="In a tie"),
        edit=_next(typed_ways.set_tie, (version.contract,), tuple(_TIES), judged.tie),
    )


def _common(state: CircleState, version: Contract, common: CommonResult | None) -> Iterator[Item]:
    edit = ask(
        "What do you want to reach together? Empty for nothing.",
        common_result.set_common,
        version.contract,
        value="" if common is None else common.text,
    )
    if common is None:
        yield Item(row=Row("", "nothing", name="Together", dim=True), edit=edit)
        return
    yield Item(row=Row("", common.text, name="Together"), edit=edit)
    yield Item(
        row=Row("", f"counts for {_in_words(common.own)}", name="Own part"),
        edit=ask(
            "How much does the own part count? The rest is what you reach together.",
            common_result.set_own_part,
            version.contract,
            value=common.own,
        ),
    )
    if isinstance(version.judged, Panel):
        return
    people = lookup.party_ids(state, version)
    outside = [each for each in _here(state) if each not in people]
    vote = [None] if len(outside) >= panel.VOTERS_AT_LEAST else []
    judge = "a vote" if common.by is None else _called(state, common.by)
    yield Item(
        row=Row("", judge, name="Judged by"),
        edit=_next(
            common_result.set_common_reviewer,
            (version.contract,),
            [*outside, *vote],
            common.by,
        ),
    )
    if common.by is None:
        yield from _voters(state, version.contract, common.voters, outside, _OF_THE_COMMON_RESULT)
