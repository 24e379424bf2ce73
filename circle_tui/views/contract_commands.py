"""The rows of the table of commands that are about contracts.

Invariant: every such command is called by what it did and to which contract. A circle without
contracts never imports this.
"""

from typing import Any

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import (
    common_result,
    judging,
    ledger,
    looking_back,
    making,
    objecting,
    signing,
    typed_ways,
    voting,
    ways,
    wording,
)
from circle_tui.core.contracts.contract import COMMON
from circle_tui.core.ids import ContractId
from circle_tui.views.action_table import Place
from circle_tui.views.command_rows import CommandRow, Named, at, row


def _contract(pattern: str) -> Named:
    """Names a command whose first argument is a contract's id: `{contract}` is its name."""

    def named(args: tuple[Any, ...], before: CircleState, _after: CircleState) -> str:
        return pattern.format(contract=_title(before, args[0]))

    return named


def _member(pattern: str, argument: int = 1) -> Named:
    """Names a command of which that argument is a member's id: `{name}` is theirs."""

    def named(args: tuple[Any, ...], before: CircleState, _after: CircleState) -> str:
        name = "everybody" if args[argument] == COMMON else before.member(args[argument]).name
        return pattern.format(contract=_title(before, args[0]), name=name)

    return named


def _made(_args: tuple[Any, ...], _before: CircleState, after: CircleState) -> str:
    return f"the new contract “{after.contracts[-1].name}”"


def _title(state: CircleState, contract: ContractId) -> str:
    versions = [each for each in state.contracts if each.contract == contract]
    return f"“{versions[-1].name}”"


CONTRACT_COMMANDS: dict[CircleCommand[...], CommandRow] = {
    making.make: row(_made, at(Place.NEW_CONTRACT, "make")),
    making.make_spoke: row(_made, at(Place.LEDGER, "spoke")),
    making.drop: row(
        _contract("dropping the unsigned version of {contract}"), at(Place.CONTRACT, "drop")
    ),
    wording.rename: row(_contract("the new name of {contract}"), at(Place.CONTRACT, "edit")),
    wording.set_sentence: row(_contract("new words in {contract}"), at(Place.CONTRACT, "edit")),
    wording.set_length: row(_contract("how long {contract} lasts"), at(Place.CONTRACT, "edit")),
    wording.set_review: row(
        _contract("the review date of {contract}"), at(Place.CONTRACT, "edit", "review_date")
    ),
    wording.add_line: row(
        _member("a line for {name} in {contract}"), at(Place.CONTRACT, "add_line")
    ),
    wording.change_line: row(
        _member("new words for {name} in {contract}"), at(Place.CONTRACT, "edit")
    ),
    wording.next_line_kind: row(
        _member("the kind of one of {name}'s lines in {contract}"), at(Place.CONTRACT, "turn")
    ),
    wording.remove_line: row(
        _member("taking away one of {name}'s lines in {contract}"), at(Place.CONTRACT, "remove")
    ),
    wording.set_stake: row(_member("{name}'s stake in {contract}"), at(Place.CONTRACT, "edit")),
    wording.set_trial: row(
        _contract("the trial of {contract}"), at(Place.CONTRACT, "edit", "remove", "trial")
    ),
    ways.set_way: row(
        _contract("how {contract} is judged"),
        at(Place.CONTRACT_WAY, "take", "way_1", "way_2", "way_3", "way_4"),
    ),
    ways.set_reviewer: row(
        _member("who judges {name}'s part in {contract}"), at(Place.CONTRACT, "edit")
    ),
    ways.set_helper: row(
        lambda args, before, _after: f"the {args[1]} of {_title(before, args[0])}",
        at(Place.CONTRACT, "edit"),
    ),
    ways.set_default: row(
        _contract("what comes back in {contract} if nobody judges"), at(Place.CONTRACT, "edit")
    ),
    ways.set_criterion: row(_contract("a criterion of {contract}")),
    ways.remove_criterion: row(
        _contract("taking away a criterion of {contract}"), at(Place.CONTRACT, "remove")
    ),
    ways.set_tiers: row(_contract("the tiers of {contract}")),
    ways.set_rubric: row(_contract("the rubric of {contract}")),
    ways.set_voter: row(_member("{name} on the panel of {contract}"), at(Place.CONTRACT, "turn")),
    ways.set_vote: row(_contract("how {contract} is voted on")),
    typed_ways.write_criterion: row(
        _contract("a criterion of {contract}"), at(Place.CONTRACT, "add_line", "edit")
    ),
    typed_ways.switch_criterion_about: row(
        _contract("what a criterion of {contract} is about"), at(Place.CONTRACT, "turn")
    ),
    typed_ways.write_tiers: row(_contract("the tiers of {contract}"), at(Place.CONTRACT, "edit")),
    typed_ways.write_rubric: row(_contract("the rubric of {contract}"), at(Place.CONTRACT, "edit")),
    typed_ways.write_vote: row(
        _member("how much {name}'s vote counts in {contract}"), at(Place.CONTRACT, "edit")
    ),
    typed_ways.write_partly: row(
        _contract("how much comes back for partly in {contract}"), at(Place.CONTRACT, "edit")
    ),
    typed_ways.set_quorum: row(
        _contract("how many are needed to vote on {contract}"), at(Place.CONTRACT, "edit")
    ),
    typed_ways.set_tie: row(
        _contract("what happens in a tie in {contract}"), at(Place.CONTRACT, "edit")
    ),
    common_result.set_common: row(
        _contract("the common result of {contract}"), at(Place.CONTRACT, "edit")
    ),
    common_result.set_common_reviewer: row(
        _contract("who judges the common result of {contract}"), at(Place.CONTRACT, "edit")
    ),
    common_result.set_own_part: row(
        _contract("how much the own part counts in {contract}"), at(Place.CONTRACT, "edit")
    ),
    typed_ways.write_common_vote: row(
        _contract("who votes on the common result of {contract}"), at(Place.CONTRACT, "edit")
    ),
    common_result.set_common_voter: row(
        _contract("who votes on the common result of {contract}"), at(Place.CONTRACT, "turn")
    ),
    signing.sign: row(_member("{name}'s signature to {contract}"), at(Place.CONTRACT, "sign")),
    signing.accept: row(
        _member("{name} agreeing to judge {contract}"), at(Place.CONTRACT, "accept")
    ),
    looking_back.reach_milestone: row(
        _contract("the milestone of {contract}"), at(Place.CONTRACT, "milestone")
    ),
    looking_back.step_out: row(
        _member("{name} stepping out of {contract}"), at(Place.CONTRACT, "step_out")
    ),
    looking_back.let_go: row(_member("{name} letting {contract} go"), at(Place.CONTRACT, "let_go")),
    looking_back.look_back: row(
        _contract("looking back on {contract}"), at(Place.LOOK_BACK, "change", "end", "renew")
    ),
    judging.open_judging: row(
        _contract("the opening of judging {contract}"), at(Place.CONTRACT, "judge")
    ),
    judging.grade: row(
        _member("the judging of {name}'s part in {contract}"), at(Place.JUDGING, "keep")
    ),
    judging.review: row(
        _member("the judging of {name}'s part in {contract}"), at(Place.JUDGING, "keep")
    ),
    judging.pass_on: row(
        _member("passing on the judging of {name}'s part in {contract}"),
        at(Place.JUDGING, "pass_on"),
    ),
    judging.accept_results: row(
        _member("{name} being fine with {contract}"),
        at(Place.DISPUTE, "content"),
        at(Place.RESULT, "content"),
    ),
    voting.count_vote: row(_contract("the vote on {contract}")),
    objecting.object_to: row(
        _member("the objection about {name}'s part in {contract}"), at(Place.RESULT, "object")
    ),
    objecting.decide_appeal: row(
        _member("the second's judging of {name}'s part in {contract}"), at(Place.DISPUTE, "figure")
    ),
    objecting.agree: row(
        _member("{name} agreeing on a figure in {contract}", 2), at(Place.DISPUTE, "agree")
    ),
    objecting.name_third: row(
        _member("who {name} names as the third in {contract}", 2), at(Place.DISPUTE, "third")
    ),
    objecting.ask_third: row(
        _contract("asking the third about {contract}"), at(Place.DISPUTE, "third")
    ),
    objecting.give_third_opinion: row(
        _member("the third's judging of {name}'s part in {contract}"), at(Place.DISPUTE, "figure")
    ),
    objecting.ask_decider: row(
        _contract("asking the decider about {contract}"), at(Place.DISPUTE, "decider")
    ),
    objecting.decide_dispute: row(
        _member("the decider's judging of {name}'s part in {contract}"), at(Place.DISPUTE, "figure")
    ),
    objecting.decide_tie: row(
        _contract("the end of the tie in {contract}"), at(Place.RESULT, "decide")
    ),
    ledger.settle: row(_member("{name}'s stake in {contract}", 2), at(Place.LEDGER, "settle")),
}
