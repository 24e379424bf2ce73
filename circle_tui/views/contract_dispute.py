"""An objection to a result: the second reviewer, or the talk, the third and the decider.

Invariant: each stage needs somebody's own key within 48 hours; the screen says what counts
otherwise. A typed figure binds nobody until they agree to it.
"""

from fractions import Fraction
from typing import ClassVar

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import judging, lookup, objecting, results, reviewed, shares
from circle_tui.core.contracts.contract import Contract
from circle_tui.core.contracts.results import ObjectionStage, Result
from circle_tui.core.contracts.standing import ContractSnapshot
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.contract_parts import (
    back_offer,
    contract_snapshot,
    deadline_in_words,
    in_seat_order,
    name_of,
    names_in_words,
    navigation_offers,
    part_in_words,
    person_row,
    step_headline,
)
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.text import Text, bold, muted, text
from circle_tui.views.view import (
    Action,
    Ask,
    DraftChange,
    GoToContract,
    Intent,
    Local,
    Offer,
    Pick,
    Row,
    SpokenField,
    View,
    ask,
    execute,
    offered,
)

_SaysWhatComesBack = CircleCommand[[ContractId, MemberId, MemberId | None, str, str]]
OBJECTION, STAGES, PEOPLE = "The objection", "What happens next", "Who has answered"
_FIGURE = "80 for a percentage, or 4/5"
_OVER = "That's settled. Enter shows the result."


class DisputeView(View, frozen=True, kw_only=True):
    """One objection: what it is about, its stages, and the members this stage waits for."""

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("said", OBJECTION),
        SpokenField("stages", STAGES),
        SpokenField("rows", PEOPLE),
    )

    of: MemberId | None
    said: Text = ()
    stages: tuple[Row, ...] = ()
    people: tuple[MemberId, ...] = ()
    rows: tuple[Row, ...] = ()
    chosen: MemberId | None = None
    cursor: int | None = None


def _take_figure(_before: str, typed: str) -> str:
    shares.read_figure(typed)
    return typed


FIGURE = DraftChange(_take_figure)
"""Keeps a typed figure that nobody has agreed to yet."""


def contested_parts(found: ContractSnapshot) -> tuple[MemberId, ...]:
    """The parts with an open objection, in seat order."""
    return tuple(each.of for each in found.results if each.contested)


def dispute_view(
    snapshot: CircleSnapshot,
    contract: ContractId,
    *,
    of: MemberId | None,
    chosen: MemberId | None,
    figure: str,
    asking: bool = False,
) -> DisputeView:
    """The objection to the result of `of`; `chosen` is the member who pressed their number.

    `figure` is what was typed in the talk or by the one who decides, "" for nothing.
    """
    found = contract_snapshot(snapshot, contract)
    version, state = found.shown, snapshot.state
    headline = step_headline(snapshot, version, "contested")
    if of is None or of not in contested_parts(found):
        offers: dict[str, Offer | Intent] = {
            **back_offer(contract),
            "figure": Offer(GoToContract(contract, "result"), label="The result"),
        }
        return DisputeView(
            headline=headline,
            of=None,
            status=_OVER,
            actions=offered(TABLE[Place.DISPUTE], offers),
            said=text(_OVER),
        )
    result = found.result(of)
    people = _people(snapshot, found, result)
    return DisputeView(
        headline=headline,
        status=every_screen.TYPING
        if asking
        else _status(snapshot, version, result, figure, chosen),
        actions=_actions(snapshot, found, result, chosen, figure, asking=asking),
        of=of,
        said=_said(snapshot, version, result, figure),
        stages=_stages(snapshot, version, result),
        people=people,
        rows=tuple(_row(state, version, result, each, figure) for each in people),
        chosen=chosen,
        cursor=people.index(chosen) if chosen in people else None,
        signs=(("▶", "where you are now"), ("●", "has answered"), ("○", "hasn't yet")),
    )


def dispute_face(snapshot: CircleSnapshot, view: DisputeView) -> RingFace:
    """The ring with those lit who have agreed or given a figure."""
    done = [who for who, row in zip(view.people, view.rows, strict=True) if row.glyph == "●"]
    return place_face(snapshot, chosen=view.chosen, done=done, title="contested")


def typable_share(share: Fraction) -> str:
    """A share as somebody would type it."""
    return f"{share.numerator}/{share.denominator}"


# What it's about


def _said(snapshot: CircleSnapshot, version: Contract, result: Result, figure: str) -> Text:
    state = snapshot.state
    objector = name_of(state, result.objector)
    what = "their own part" if result.objector == result.of else part_in_words(state, result.of)
    back = "" if result.comes_back is None else shares.in_words(result.comes_back)
    spans = text(
        bold(objector),
        f" objects to the result for {what}: ",
        bold(f"{back} comes back."),
    )
    agreed = _figure(result, figure)
    if result.stage is ObjectionStage.TALK and agreed is not None:
        spans = (*spans, *text("\nYou agree: ", bold(f"{shares.in_words(agreed)} comes back.")))
    last = next(
        (each.reason for each in reversed(lookup.steps(state, version, result.of)) if each.reason),
        "",
    )
    return (*spans, muted(f"\n“{last}”")) if last else spans


def _figure(result: Result, figure: str) -> Fraction | None:
    """The figure of the talk: the one typed last, or the one that somebody agreed to."""
    return shares.read_figure(figure) if figure else result.figure


def _stages(snapshot: CircleSnapshot, version: Contract, result: Result) -> tuple[Row, ...]:
    state, now = snapshot.state, result.stage

    def row(stage: ObjectionStage, name: str, who: str) -> Row:
        return Row("▶" if stage is now else " ", who, name=name)

    if now is ObjectionStage.SECOND:
        hears = objecting.appeal_candidates(state, version, result, snapshot.now)
        return (row(ObjectionStage.SECOND, "The second", names_in_words(state, hears, "or")),)
    third = results.third_of(state, version, result)
    decider = None if version.judged is None else version.judged.decider
    talk = names_in_words(state, results.to_agree(state, version, result))
    return (
        row(ObjectionStage.TALK, "You talk", talk),
        row(ObjectionStage.THIRD, "The third", "nobody yet; t names one" if third is None else
            name_of(state, third)),
        row(ObjectionStage.DECIDER, "The decider", "nobody, so it ends with the third" if decider is
            None else name_of(state, decider)),
    )  # fmt: skip


# Who says so


def _people(
    snapshot: CircleSnapshot, found: ContractSnapshot, result: Result
) -> tuple[MemberId, ...]:
    """The members who can press a key in this stage, in seat order."""
    state, version = snapshot.state, found.shown
    people = set(lookup.party_ids(state, version))
    match result.stage:
        case ObjectionStage.SECOND:
            people = set(objecting.appeal_candidates(state, version, result, snapshot.now))
        case ObjectionStage.TALK:
            people |= set(results.to_agree(state, version, result))
        case _:
            people |= set(filter(None, (_speaks(state, version, result),)))
    return in_seat_order(state, people)


def _speaks(state: CircleState, version: Contract, result: Result) -> MemberId | None:
    """The one person whom this stage waits for; None in a talk, and after they have answered."""
    if result.stage is ObjectionStage.THIRD and not result.third_has_spoken:
        return results.third_of(state, version, result)
    if result.stage is ObjectionStage.DECIDER and version.judged is not None:
        return version.judged.decider
    return None


def _row(
    state: CircleState, version: Contract, result: Result, member: MemberId, figure: str
) -> Row:
    if result.stage is ObjectionStage.SECOND or member == _speaks(state, version, result):
        return person_row(state, member, "will say what comes back", done=False)
    if result.stage is ObjectionStage.TALK:
        if member not in results.to_agree(state, version, result):
            third = result.named.get(member)
            named = f"names {name_of(state, third)}" if third is not None else ""
            return person_row(state, member, named, done=False)
        agrees = member in result.agreed and _figure(result, figure) == result.figure
        words = "agrees" if agrees else ""
        if member in result.named:
            words = f"{words} names {name_of(state, result.named[member])} as the third".strip()
        return person_row(state, member, words, done=agrees)
    said = version.content.get(member)
    content = result.found is not None and said is not None and said >= result.found
    return person_row(state, member, "fine with it" if content else "", done=content)


# What comes now


def _status(
    snapshot: CircleSnapshot,
    version: Contract,
    result: Result,
    figure: str,
    chosen: MemberId | None,
) -> str:
    state = snapshot.state
    after = deadline_in_words(snapshot, result.until).replace(" until ", " After ")
    stands = f"{after}, the result counts." if after else ""
    match result.stage:
        case ObjectionStage.TALK if _figure(result, figure) is None:
            return f"Talk it over, then Enter for a figure · t asks the third.{stands}"
        case ObjectionStage.TALK:
            return f"Each of you: your number, then s.{stands}"
        case ObjectionStage.SECOND:
            heard_by = names_in_words(state, _hears(snapshot, version, result), "or")
            return f"{heard_by}: {_your_turn(chosen in _hears(snapshot, version, result))}{stands}"
    speaks = _speaks(state, version, result)
    if speaks is not None:
        return f"{name_of(state, speaks)}: {_your_turn(chosen == speaks)}{stands}"
    return f"Your number, then a if you're fine with it.{stands}"


def _your_turn(chosen: bool) -> str:
    return "Enter for a figure, then the reason." if chosen else "your number, then Enter."


def _hears(snapshot: CircleSnapshot, version: Contract, result: Result) -> tuple[MemberId, ...]:
    return objecting.appeal_candidates(snapshot.state, version, result, snapshot.now)


def _actions(
    snapshot: CircleSnapshot,
    found: ContractSnapshot,
    result: Result,
    chosen: MemberId | None,
    figure: str,
    *,
    asking: bool,
) -> tuple[Action, ...]:
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
        agreed = _figure(result, figure)
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
