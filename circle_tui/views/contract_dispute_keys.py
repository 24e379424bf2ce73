"""What the keys of an objection do: agree on a figure, ask the next to decide, give a figure.

Invariant: each key speaks only for whoever pressed their own number before.
"""

from fractions import Fraction

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import judging, lookup, objecting, results, reviewed, shares
from circle_tui.core.contracts.results import ObjectionStage, Result
from circle_tui.core.contracts.standing import ContractSnapshot
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.contract_parts import name_of, navigation_offers
from circle_tui.views.view import (
    Action,
    Ask,
    DraftChange,
    Intent,
    Local,
    Offer,
    Pick,
    ask,
    execute,
    offered,
)

_SaysWhatComesBack = CircleCommand[[ContractId, MemberId, MemberId | None, str, str]]
_FIGURE = "80 for a percentage, or 4/5"


def _take_figure(_before: str, typed: str) -> str:
    shares.read_figure(typed)
    return typed


FIGURE = DraftChange(_take_figure)
"""Keeps a typed figure that nobody has agreed to yet."""


def contested_parts(found: ContractSnapshot) -> tuple[MemberId, ...]:
    """The parts with an open objection, in seat order."""
    return tuple(each.of for each in found.results if each.contested)


def typable_share(share: Fraction) -> str:
    """A share as somebody would type it."""
    return f"{share.numerator}/{share.denominator}"


def figure_now(result: Result, figure: str) -> Fraction | None:
    """The figure of the talk: the one typed last, or the one that somebody agreed to."""
    return shares.read_figure(figure) if figure else result.figure


def dispute_actions(
    snapshot: CircleSnapshot,
    found: ContractSnapshot,
    result: Result,
    chosen: MemberId | None,
    figure: str,
    *,
    asking: bool,
) -> tuple[Action, ...]:
    """What can be done in this stage; `figure` is what was typed so far, "" for nothing."""
    table = TABLE[Place.DISPUTE]
    if asking:
        return offered(table, {"back": Local.BACK})
    contract, of = found.shown.contract, result.of
    offers: dict[str, Offer | Intent] = {**navigation_offers(contract)}
    if len(contested_parts(found)) > 1:
        offers["next_part"] = Local.NEXT_PART
    if result.stage is ObjectionStage.TALK:
        now = "" if result.figure is None else typable_share(result.figure)
        offers["figure"] = ask(
            f"You agree: what comes back? {_FIGURE}", FIGURE, value=figure or now
        )
        agreed = figure_now(result, figure)
        if agreed is None:
            offers["agree"] = Offer(Local.NOWHERE, "First press Enter for a figure.")
        else:
            args = (contract, of, chosen, typable_share(agreed))
            offers["agree"] = Offer(
                execute(objecting.agree, *args), snapshot.why_not(objecting.agree, *args)
            )
        offers["third"] = _third(snapshot, found, result, chosen)
    else:
        offers["figure"] = _figure_of_one(snapshot, found, result, chosen, figure)
    if result.stage is not ObjectionStage.SECOND:
        args_now = (contract, of, chosen)
        offers["decider"] = Offer(
            execute(objecting.ask_decider, *args_now),
            snapshot.why_not(objecting.ask_decider, *args_now),
        )
    if result.third_has_spoken:
        offers["content"] = Offer(
            execute(judging.accept_results, contract, chosen),
            snapshot.why_not(judging.accept_results, contract, chosen),
        )
    return offered(table, offers)


def _third(
    snapshot: CircleSnapshot, found: ContractSnapshot, result: Result, chosen: MemberId | None
) -> Offer:
    """Asking the third; if the contract names none, each party names one first."""
    state, contract = snapshot.state, found.shown.contract
    if results.third_of(state, found.shown, result) is not None:
        args = (contract, result.of, chosen)
        return Offer(
            execute(objecting.ask_third, *args), snapshot.why_not(objecting.ask_third, *args)
        )
    if chosen is None:
        return Offer(Local.NOWHERE, lookup.CHOOSE_YOURSELF, "Name a third")
    naming = {
        each: (contract, result.of, chosen, each.id)
        for each in state.active
        if snapshot.why_not(objecting.name_third, contract, result.of, chosen, each.id) is None
    }
    if not naming:
        why = snapshot.why_not(objecting.name_third, contract, result.of, chosen, chosen)
        return Offer(Local.NOWHERE, why, "Name a third")
    question = f"{name_of(state, chosen)}, who should be the third?"
    answers = tuple(
        (each.name, execute(objecting.name_third, *args)) for each, args in naming.items()
    )
    return Offer(Pick(question, answers), label="Name a third")


def _figure_of_one(
    snapshot: CircleSnapshot,
    found: ContractSnapshot,
    result: Result,
    chosen: MemberId | None,
    figure: str,
) -> Offer:
    """The figure of the second, the third or the decider; then its reason."""
    asked = ask(f"What comes back? {_FIGURE}", FIGURE, value=figure)
    command = reason_command(result)
    if command is None:
        return Offer(Local.NOWHERE, "The third has answered. Press a if you're fine with it.")
    # Checked with a valid figure and reason, because only whose turn it is matters here.
    args = (found.shown.contract, result.of, chosen, "1/1", "x" * reviewed.SHORTEST_REASON)
    return Offer(asked, snapshot.why_not(command, *args))


def reason_command(result: Result) -> _SaysWhatComesBack | None:
    """The command that takes a figure and a reason in this stage; None during the talk."""
    match result.stage:
        case ObjectionStage.SECOND:
            return objecting.decide_appeal
        case ObjectionStage.THIRD if not result.third_has_spoken:
            return objecting.give_third_opinion
        case ObjectionStage.DECIDER:
            return objecting.decide_dispute
    return None


def reason_for(
    contract: ContractId, result: Result, chosen: MemberId | None, figure: str
) -> Ask | None:
    """The question for the reason of a figure just typed; None during the talk."""
    command = reason_command(result)
    if command is None:
        return None
    return ask("The reason, in a sentence:", command, contract, result.of, chosen, figure)
