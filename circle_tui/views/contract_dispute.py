"""An objection to a result: the second reviewer, or the talk, the third and the decider.

Invariant: each stage needs somebody's own key within 48 hours; the screen says what counts
otherwise. A typed figure binds nobody until they agree to it.
"""

from typing import ClassVar

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup, objecting, results, shares
from circle_tui.core.contracts.contract import Contract
from circle_tui.core.contracts.results import ObjectionStage, Result
from circle_tui.core.contracts.standing import ContractSnapshot
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.contract_dispute_keys import contested_parts, dispute_actions, figure_now
from circle_tui.views.contract_parts import (
    back_offer,
    contract_snapshot,
    deadline_in_words,
    in_seat_order,
    name_of,
    names_in_words,
    part_in_words,
    person_row,
    step_headline,
)
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.text import Text, bold, muted, text
from circle_tui.views.view import GoToContract, Intent, Offer, Row, SpokenField, View, offered

OBJECTION, STAGES, PEOPLE = "The objection", "What happens next", "Who has answered"
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
        actions=dispute_actions(snapshot, found, result, chosen, figure, asking=asking),
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
    agreed = figure_now(result, figure)
    if result.stage is ObjectionStage.TALK and agreed is not None:
        spans = (*spans, *text("\nYou agree: ", bold(f"{shares.in_words(agreed)} comes back.")))
    last = next(
        (each.reason for each in reversed(lookup.steps(state, version, result.of)) if each.reason),
        "",
    )
    return (*spans, muted(f"\n“{last}”")) if last else spans


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
        agrees = member in result.agreed and figure_now(result, figure) == result.figure
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
        case ObjectionStage.TALK if figure_now(result, figure) is None:
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
