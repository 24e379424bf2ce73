"""The names of changes to contracts, for undo and redo.

Invariant: every command about a contract has a name here, which says what it did and to which
contract. A circle without contracts never imports this.
"""

from collections.abc import Callable
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

Named = Callable[[tuple[Any, ...], CircleState, CircleState], str]


def _contract(pattern: str) -> Named:
    """Names a command whose first argument is a contract's id: `{contract}` is its name."""

    def named(args: tuple[Any, ...], before: CircleState, _after: CircleState) -> str:
        return pattern.format(contract=_title(before, args[0]))

    return named


def _member(pattern: str, at: int = 1) -> Named:
    """Names a command with a member's id at that place of its arguments: `{name}` is theirs."""

    def named(args: tuple[Any, ...], before: CircleState, _after: CircleState) -> str:
        name = "everybody" if args[at] == COMMON else before.member(args[at]).name
        return pattern.format(contract=_title(before, args[0]), name=name)

    return named


def _made(_args: tuple[Any, ...], _before: CircleState, after: CircleState) -> str:
    return f"the new contract “{after.contracts[-1].name}”"


def _title(state: CircleState, contract: str) -> str:
    versions = [each for each in state.contracts if each.contract == contract]
    return f"“{versions[-1].name}”"


NAMES: dict[CircleCommand[...], Named] = {
    making.make: _made,
    making.make_spoke: _made,
    making.drop: _contract("dropping the unsigned version of {contract}"),
    wording.rename: _contract("the new name of {contract}"),
    wording.set_sentence: _contract("new words in {contract}"),
    wording.set_length: _contract("how long {contract} lasts"),
    wording.set_review: _contract("the review date of {contract}"),
    wording.add_line: _member("a line for {name} in {contract}"),
    wording.change_line: _member("new words for {name} in {contract}"),
    wording.next_line_kind: _member("the kind of one of {name}'s lines in {contract}"),
    wording.remove_line: _member("taking away one of {name}'s lines in {contract}"),
    wording.set_stake: _member("{name}'s stake in {contract}"),
    wording.set_trial: _contract("the trial of {contract}"),
    ways.set_way: _contract("how {contract} is judged"),
    ways.set_reviewer: _member("who judges {name}'s part in {contract}"),
    ways.set_helper: lambda args, before, _after: f"the {args[1]} of {_title(before, args[0])}",
    ways.set_default: _contract("what comes back in {contract} if nobody judges"),
    ways.set_criterion: _contract("a criterion of {contract}"),
    ways.remove_criterion: _contract("taking away a criterion of {contract}"),
    ways.set_tiers: _contract("the tiers of {contract}"),
    ways.set_rubric: _contract("the rubric of {contract}"),
    ways.set_voter: _member("{name} on the panel of {contract}"),
    ways.set_vote: _contract("how {contract} is voted on"),
    typed_ways.write_criterion: _contract("a criterion of {contract}"),
    typed_ways.switch_criterion_about: _contract("what a criterion of {contract} is about"),
    typed_ways.write_tiers: _contract("the tiers of {contract}"),
    typed_ways.write_rubric: _contract("the rubric of {contract}"),
    typed_ways.write_vote: _member("how much {name}'s vote counts in {contract}"),
    typed_ways.write_partly: _contract("how much comes back for partly in {contract}"),
    typed_ways.set_quorum: _contract("how many are needed to vote on {contract}"),
    typed_ways.set_tie: _contract("what happens in a tie in {contract}"),
    common_result.set_common: _contract("the common result of {contract}"),
    common_result.set_common_reviewer: _contract("who judges the common result of {contract}"),
    common_result.set_own_part: _contract("how much the own part counts in {contract}"),
    typed_ways.write_common_vote: _contract("who votes on the common result of {contract}"),
    common_result.set_common_voter: _contract("who votes on the common result of {contract}"),
    signing.sign: _member("{name}'s signature to {contract}"),
    signing.accept: _member("{name} agreeing to judge {contract}"),
    looking_back.reach_milestone: _contract("the milestone of {contract}"),
    looking_back.step_out: _member("{name} stepping out of {contract}"),
    looking_back.let_go: _member("{name} letting {contract} go"),
    looking_back.look_back: _contract("looking back on {contract}"),
    judging.open_judging: _contract("the opening of judging {contract}"),
    judging.grade: _member("the judging of {name}'s part in {contract}"),
    judging.review: _member("the judging of {name}'s part in {contract}"),
    judging.pass_on: _member("passing on the judging of {name}'s part in {contract}"),
    judging.accept_results: _member("{name} being fine with {contract}"),
    voting.count_vote: _contract("the vote on {contract}"),
    objecting.object_to: _member("the objection about {name}'s part in {contract}"),
    objecting.decide_appeal: _member("the second's judging of {name}'s part in {contract}"),
    objecting.agree: _member("{name} agreeing on a figure in {contract}", 2),
    objecting.name_third: _member("who {name} names as the third in {contract}", 2),
    objecting.ask_third: _contract("asking the third about {contract}"),
    objecting.give_third_opinion: _member("the third's judging of {name}'s part in {contract}"),
    objecting.ask_decider: _contract("asking the decider about {contract}"),
    objecting.decide_dispute: _member("the decider's judging of {name}'s part in {contract}"),
    objecting.decide_tie: _contract("the end of the tie in {contract}"),
    ledger.settle: _member("{name}'s stake in {contract}", 2),
}
