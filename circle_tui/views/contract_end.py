"""The keys of a contract's page for its end: the milestone, stepping out, judging, the look back.

Invariant: a step of judging is offered only in its state of the contract, and if it has a screen.
"""

from collections.abc import Collection

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import judging, looking_back, results
from circle_tui.core.contracts.contract import Way
from circle_tui.core.contracts.standing import (
    IN_FORCE_AND_RUNNING,
    JUDGING,
    ContractSnapshot,
    State,
)
from circle_tui.views.contract_cards import Item
from circle_tui.views.view import ContractStep, Execute, GoToContract, Intent, Local, Offer, execute

_STEPPING_OUT = IN_FORCE_AND_RUNNING | {State.DUE, State.SIGNED}


def end_offers(
    snapshot: CircleSnapshot,
    found: ContractSnapshot,
    chosen: Item,
    *,
    confirming: bool,
    steps: Collection[ContractStep],
) -> dict[str, Offer | Intent]:
    """The offers about its end: the milestone, stepping out, judging, the look back."""
    contract = found.shown.contract
    member = chosen.member if chosen.signer else None
    offers: dict[str, Offer | Intent] = {}
    if found.shown.milestone and found.state in IN_FORCE_AND_RUNNING:
        reach = looking_back.reach_milestone
        offers["milestone"] = Offer(
            execute(reach, contract, member), snapshot.why_not(reach, contract, member)
        )
    if found.state in _STEPPING_OUT:
        out, go = looking_back.step_out, looking_back.let_go
        step = execute(out, contract, member)
        offers["step_out"] = Offer(
            step if confirming else Local.CONFIRM, snapshot.why_not(out, contract, member)
        )
        offers["let_go"] = Offer(
            execute(go, contract, member), snapshot.why_not(go, contract, member)
        )
    if found.may_look_back:
        offers["look_back"] = GoToContract(contract, "look back")
    offers |= {
        action: does for action, does in _of_judging(snapshot, found) if _step_of(does) in steps
    }
    return offers


def _step_of(does: Execute | GoToContract) -> str:
    then = does.then if isinstance(does, Execute) else does
    return then.step if isinstance(then, GoToContract) else ""


def _of_judging(
    snapshot: CircleSnapshot, found: ContractSnapshot
) -> list[tuple[str, Execute | GoToContract]]:
    contract = found.shown.contract
    if found.shown.way is Way.TALK:
        return []
    step = _judges_next(snapshot, found)
    offers: list[tuple[str, Execute | GoToContract]] = []
    if found.state is State.DUE:
        does = execute(judging.open_judging, contract, then=GoToContract(contract, step))
        offers.append((step, does))
    elif found.state is State.BEING_JUDGED:
        offers.append((step, GoToContract(contract, step)))
    if found.state in JUDGING | {State.TO_LOOK_BACK_ON} and any(
        each.comes_back is not None for each in found.results
    ):
        offers.append(("result", GoToContract(contract, "result")))
    if found.state is State.CONTESTED:
        offers.append(("dispute", GoToContract(contract, "dispute")))
    return offers


def _judges_next(snapshot: CircleSnapshot, found: ContractSnapshot) -> ContractStep:
    """The action for what comes next: judging a part, or a vote of the panel."""
    version = found.shown
    judged = [each.of for each in found.results if each.comes_back is not None]
    for of in results.judged_things(snapshot.state, version):
        if of not in judged:
            return "judge" if results.voting_on(version, of) is None else "vote"
    return "judge"
