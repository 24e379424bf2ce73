"""The results of a contract: each share, how it was judged, and who accepts it.

Invariant: rows are in seat order, never by figure; they have no adjectives, no colours, and nothing
about anybody's other contracts.
"""

from fractions import Fraction
from typing import ClassVar

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import graded, judging, lookup, objecting, results, shares
from circle_tui.core.contracts.contract import (
    COMMON,
    BallotChoice,
    Contract,
    Graded,
    Judging,
    JudgingStep,
    TieRule,
)
from circle_tui.core.contracts.results import Result
from circle_tui.core.contracts.standing import ContractSnapshot, State
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.contract_parts import (
    TOGETHER,
    contract_snapshot,
    deadline_in_words,
    name_of,
    navigation_offers,
    number_in_words,
    part_in_words,
    person_row,
    seat_of,
    spoken_list,
    stake_of,
    step_headline,
    votes_wait,
)
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.text import Span, Text, bold, muted
from circle_tui.views.view import (
    Action,
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

FOUND, HOW, STAKES, CONTENT = (
    "What comes back",
    "How it was judged",
    "What you put in",
    "Fine with it?",
)
_HEADLINES = {
    State.BEING_JUDGED: "being judged",
    State.CONTESTED: "contested",
    State.TO_LOOK_BACK_ON: "look back",
}
_NOT_YET = "not judged yet"


class ResultView(View, frozen=True, kw_only=True):
    """The results. `things` are the ids of what the rows are about, `people` the parties."""

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("rows", FOUND),
        SpokenField("how", HOW),
        SpokenField("content", CONTENT),
        SpokenField("stakes", STAKES),
    )

    things: tuple[MemberId, ...]
    rows: tuple[Row, ...]
    cursor: int
    how: Text
    stakes: tuple[Row, ...]
    people: tuple[MemberId, ...]
    content: tuple[Row, ...]
    chosen: MemberId | None
    content_cursor: int | None


def result_view(
    snapshot: CircleSnapshot,
    contract: ContractId,
    *,
    chosen: MemberId | None,
    cursor: int,
    asking: bool = False,
) -> ResultView:
    """The results of a contract, with the cursor on one of them.

    `chosen` is the member who pressed their number; `asking` is whether text is being typed.
    """
    found, state = contract_snapshot(snapshot, contract), snapshot.state
    version = found.shown
    things = tuple(each.of for each in found.results)
    people = lookup.party_ids(state, version)
    cursor = min(cursor, max(len(things) - 1, 0))
    of = things[cursor] if things else None
    return ResultView(
        headline=step_headline(snapshot, version, _HEADLINES.get(found.state, "judged")),
        status=every_screen.TYPING if asking else _status(snapshot, found, chosen),
        actions=_actions(snapshot, found, chosen, of, asking=asking),
        things=things,
        rows=tuple(_row(state, version, found, each) for each in found.results),
        cursor=cursor,
        how=_how(snapshot, version, found),
        stakes=tuple(
            Row("", stake, name=name_of(state, each))
            for each in people
            if (stake := stake_of(version, each))
        ),
        people=people,
        content=tuple(_content_row(snapshot, found, each) for each in people),
        chosen=chosen,
        content_cursor=people.index(chosen) if chosen in people else None,
        signs=(("●", "fine with it"), ("○", "hasn't said yet")),
    )


def result_face(snapshot: CircleSnapshot, view: ResultView) -> RingFace:
    """The ring with those lit who accept the results."""
    content = [
        member for member, row in zip(view.people, view.content, strict=True) if row.glyph == "●"
    ]
    return place_face(snapshot, chosen=view.chosen, done=content, title=view.headline[-1])


# What comes back


def _row(state: CircleState, version: Contract, found: ContractSnapshot, result: Result) -> Row:
    if result.of == COMMON:
        return Row("", _share(result.comes_back), name=TOGETHER)
    name, own = name_of(state, result.of), result.comes_back
    judged = version.judged
    if judged is None or judged.common is None:
        return Row("", f"{_share(own)} comes back" if own is not None else _NOT_YET, name=name)
    together = next((each.comes_back for each in found.results if each.of == COMMON), None)
    back = results.share_for_member(state, version, result.of, found.results)
    return Row(
        "",
        f"own part {_share(own)}   together {_share(together)}",
        f"{_share(back)} comes back" if back is not None else "",
        name=name,
    )


def _share(share: Fraction | None) -> str:
    return _NOT_YET if share is None else shares.percent_with_fraction(share)


# How it was found


def _how(snapshot: CircleSnapshot, version: Contract, found: ContractSnapshot) -> Text:
    spans: list[Span] = []
    for result in found.results:
        title = TOGETHER if result.of == COMMON else name_of(snapshot.state, result.of)
        said = _how_one(snapshot, version, result)
        if said:
            spans += [bold(title), Span(f"  {said}\n")]
        reason = _reason(snapshot.state, version, result)
        if reason:
            spans.append(muted(f"“{reason}”\n"))
    if spans:
        spans[-1] = Span(spans[-1].text.rstrip("\n"), spans[-1].emphasis)
    return tuple(spans)


def _how_one(snapshot: CircleSnapshot, version: Contract, result: Result) -> str:
    state = snapshot.state
    if result.comes_back is None:
        return tie_in_words(snapshot, version, result) if result.tied else _waits(snapshot, result)
    if result.by_default:
        return "Nobody judged it in time, so what you agreed for that case counts."
    step = _standing_step(state, version, result)
    if step is None:
        return ""
    match step.step:
        case JudgingStep.COUNTED:
            return _by_vote(step)
        case JudgingStep.SECOND:
            return f"{name_of(state, step.by)} heard the appeal."
        case JudgingStep.AGREED:
            return "You agreed on it together."
        case JudgingStep.THIRD:
            return f"{name_of(state, step.by)} decided it, as the third."
        case JudgingStep.DECIDER:
            return f"{name_of(state, step.by)} decided it."
    return _by_reviewer(state, version, step)


def _waits(snapshot: CircleSnapshot, result: Result) -> str:
    by_when = deadline_in_words(snapshot, result.until)
    if result.by is None:
        return f"You'll vote on it{by_when}."
    return f"{name_of(snapshot.state, result.by)} judges it{by_when}."


def _standing_step(state: CircleState, version: Contract, result: Result) -> Judging | None:
    steps = lookup.steps(state, version, result.of)
    return next((each for each in steps if each.id == result.deciding_step), None)


def _by_vote(step: Judging) -> str:
    """The split of the votes if all count the same; otherwise only that there was a vote."""
    if not step.votes:
        return "By vote."
    whole = len(step.voted)
    fell: list[str] = []
    for choice in BallotChoice:
        number = shares.parse(step.votes.get(choice, "0")) * whole
        if number:
            of_all = "" if fell else f" of {number_in_words(whole)}"
            fell.append(f"{number_in_words(int(number))}{of_all} {choice}")
    return f"By vote: {spoken_list(fell)}."


def _by_reviewer(state: CircleState, version: Contract, step: Judging) -> str:
    judge = name_of(state, step.by)
    if not isinstance(version.judged, Graded) or not step.marks:
        said = "left it as it was written" if not step.reason else "changed it, and says why"
        return f"{judge} {said}."
    read = {name: shares.parse(mark) for name, mark in step.marks.items()}
    marks = " · ".join(f"{name} {shares.percent(mark)}" for name, mark in read.items())
    total = shares.percent_with_fraction(graded.total(version.judged.criteria, read))
    return f"{judge} marked: {marks}. In total {total}."


def _reason(state: CircleState, version: Contract, result: Result) -> str:
    step = _standing_step(state, version, result)
    return "" if step is None else step.reason


def tie_in_words(snapshot: CircleSnapshot, version: Contract, result: Result) -> str:
    """Which choices are tied, and what comes next; nothing else of the vote."""
    choices = spoken_list([str(each) for each in result.tied])
    tie = f"{choices[:1].upper()}{choices[1:]} tie."
    voting = results.voting_on(version, result.of)
    until = deadline_in_words(snapshot, result.until)
    if voting is not None and voting.tie is TieRule.DECIDER and version.judged is not None:
        decider = name_of(snapshot.state, version.judged.decider)
        return f"{tie} {decider} decides between them{until}, with a reason."
    return f"{tie} Talk it over, then vote once more{until}."


# Who is content


def _content_row(snapshot: CircleSnapshot, found: ContractSnapshot, member: MemberId) -> Row:
    state, version = snapshot.state, found.shown
    said = version.content.get(member)
    content = said is not None and all(
        each.found is not None and said >= each.found for each in found.results
    )
    if content:
        return person_row(state, member, "fine with it", done=True)
    may = [each for each in found.results if each.stage is None and not each.final]
    if found.state is not State.JUDGED or not may:
        return person_row(state, member, "", done=False)
    until = min((each.until for each in may if each.until is not None), default=None)
    return person_row(state, member, f"may object{deadline_in_words(snapshot, until)}", done=False)


# What comes now


def _status(snapshot: CircleSnapshot, found: ContractSnapshot, chosen: MemberId | None) -> str:
    match found.state:
        case State.TO_LOOK_BACK_ON:
            return "It's final. Press l to look back together."
        case State.CONTESTED:
            return "Someone objected. Enter shows what happens next."
        case State.BEING_JUDGED:
            return f"You can still judge some of it{deadline_in_words(snapshot, found.until)}."
        case State.JUDGED if snapshot.why_not(judging.accept_results, found.shown.contract, chosen):
            # Nobody pressed their number, or whoever did has accepted: the next party is asked.
            return "Your number, then a if you're fine with it, or o to object."
        case State.JUDGED:
            return f"{name_of(snapshot.state, chosen)}: a if you're fine with it, or o to object."
    return "Nothing has been judged yet."


def _actions(
    snapshot: CircleSnapshot,
    found: ContractSnapshot,
    chosen: MemberId | None,
    of: MemberId | None,
    *,
    asking: bool,
) -> tuple[Action, ...]:
    table, version = TABLE[Place.RESULT], found.shown
    if asking:
        return offered(table, {"back": Local.BACK})
    contract = version.contract
    offers: dict[str, Offer | Intent] = {**navigation_offers(contract)}
    waiting = [each for each in found.results if each.comes_back is None]
    if found.state in {State.JUDGED, State.CONTESTED}:
        offers["content"] = Offer(
            execute(judging.accept_results, contract, chosen),
            snapshot.why_not(judging.accept_results, contract, chosen),
        )
        if of is not None:
            offers["object"] = Offer(
                execute(objecting.object_to, contract, of, chosen),
                snapshot.why_not(objecting.object_to, contract, of, chosen),
                "Object"
                if chosen in {None, of}
                else f"Object to {part_in_words(snapshot.state, of)}",
            )
    if any(each.contested for each in found.results):
        offers["dispute"] = GoToContract(contract, "dispute")
    elif any(results.voting_on(version, each.of) is None for each in waiting):
        offers["judge"] = GoToContract(contract, "judge")
    if votes_wait(found):
        offers["vote"] = GoToContract(contract, "vote")
    decided = next((each for each in waiting if _for_decider(version, each)), None)
    if decided is not None:
        offers["decide"] = _decide(snapshot, version, decided, chosen)
    if found.may_look_back:
        offers["look_back"] = GoToContract(contract, "look back")
    return offered(table, offers)


def _for_decider(version: Contract, result: Result) -> bool:
    voting = results.voting_on(version, result.of)
    return bool(result.tied) and voting is not None and voting.tie is TieRule.DECIDER


def _decide(
    snapshot: CircleSnapshot, version: Contract, result: Result, chosen: MemberId | None
) -> Offer:
    """The decider's choice in a tie: one of the tied choices, then the reason."""
    assert version.judged is not None
    decider = version.judged.decider
    name = name_of(snapshot.state, decider)
    choices = tuple(
        (
            choice.capitalize(),
            ask(
                f"{choice.capitalize()}. The reason, in a sentence:",
                objecting.decide_tie,
                version.contract,
                result.of,
                decider,
                choice,
            ),
        )
        for choice in result.tied
    )
    seat = None if decider is None else seat_of(snapshot.state, decider)
    press = f"{name} decides: {name}, press {seat} first."
    why_not = None if chosen == decider else press if seat else f"{name} decides, and is away."
    return Offer(Pick(f"What about {part_in_words(snapshot.state, result.of)}?", choices), why_not)
