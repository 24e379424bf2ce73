"""Judging a part of a contract: by criteria, or by a reviewer.

Invariant: there is no total before the last mark. Only the judge of the part has the keys to judge
it; marks stay on the screen until they are handed in.
"""

from collections.abc import Mapping
from typing import ClassVar

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import graded, shares
from circle_tui.core.contracts.contract import Contract, Graded, Reviewed, Sign
from circle_tui.core.contracts.results import Result
from circle_tui.core.contracts.standing import ContractSnapshot
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.contract_judgement import Judgement, awaiting
from circle_tui.views.contract_judging_keys import graded_offers, pass_on_offer, reviewed_offers
from circle_tui.views.contract_parts import (
    back_offer,
    contract_snapshot,
    deadline_in_words,
    name_of,
    navigation_offers,
    part_in_words,
    part_rows,
    seat_of,
    stake_of,
    step_headline,
    votes_wait,
)
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.text import Text, bold, muted, text
from circle_tui.views.view import (
    Action,
    GoToContract,
    Intent,
    Local,
    Offer,
    Row,
    SpokenField,
    View,
    offered,
)

CRITERIA, RUBRIC = "How far was it met?", "Compared with what you agreed"
AS_WRITTEN, STAKE, TOTAL = "As it was written", "What you put in", "What comes back"
TAKEN_BACK = "Taken back: the last thing you marked."
_ALL_JUDGED = "Everything is judged. Enter shows the result."
_ONLY_VOTES = "You decide the rest by a vote. Press j to vote."
_NOT_OPEN = "Nobody has opened the judging yet. Esc goes back, and j opens it there."
_WORDS_OF_SIGNS: Mapping[Sign, str] = {
    "+": "more than agreed",
    "=": "as agreed",
    "-": "less than agreed",
}


class JudgingView(View, frozen=True, kw_only=True):
    """The part that is judged now. `rows` are the criteria or the rubric.

    `of` is whose part it is; None if no part is left for a reviewer.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("part", label_field="title"),
        SpokenField("rows", label_field="rows_title"),
        SpokenField("written", AS_WRITTEN),
        SpokenField("found", TOTAL),
        SpokenField("stake", STAKE),
    )

    of: MemberId | None
    reviewer: MemberId | None = None
    title: str = ""
    part: tuple[Row, ...] = ()
    rows_title: str = ""
    rows: tuple[Row, ...] = ()
    cursor: int | None = None
    written: Text = ()
    found: Text = ()
    stake: str = ""


def judging_view(
    snapshot: CircleSnapshot,
    contract: ContractId,
    *,
    of: MemberId | None,
    by: MemberId | None,
    judgement: Judgement,
    cursor: int,
    asking: bool = False,
) -> JudgingView:
    """The part of `of` with what is marked so far.

    `by` is the member who pressed their number, None for nobody; `asking` is whether text is being
    typed.
    """
    found = contract_snapshot(snapshot, contract)
    version = found.shown
    headline = step_headline(snapshot, version, "being judged")
    if of is None or version.judged is None:
        return _nothing_to_judge(found, headline)
    result = found.result(of)
    names = _rows_of(version)
    cursor = min(cursor, len(names) - 1)
    may = by is not None and by == result.by
    reviewer = name_of(snapshot.state, result.by)
    return JudgingView(
        headline=headline,
        status=_status(snapshot, result, version, judgement, cursor, may=may, asking=asking),
        actions=_actions(
            snapshot, found, result, by, judgement, cursor=cursor, may=may, asking=asking
        ),
        of=of,
        reviewer=result.by,
        title=f"{_sentence(part_in_words(snapshot.state, of))}, judged by {reviewer}",
        part=part_rows(version, of),
        rows_title=CRITERIA if isinstance(version.judged, Graded) else RUBRIC,
        rows=_rows(version, judgement),
        cursor=cursor if may else None,
        written=_written(version, judgement),
        found=_found(version, judgement, reviewer),
        stake=stake_of(version, of),
        signs=(("●", "marked"), ("○", "not marked yet"))
        if isinstance(version.judged, Graded)
        else (),
    )


def judging_face(snapshot: CircleSnapshot, view: JudgingView) -> RingFace:
    """The circle with whoever judges lit."""
    return place_face(
        snapshot, chosen=view.reviewer, title="being judged", note="judges" if view.reviewer else ""
    )


def _nothing_to_judge(found: ContractSnapshot, headline: tuple[str, ...]) -> JudgingView:
    offers: dict[str, Offer | Intent] = {**back_offer(found.shown.contract)}
    if not found.results:
        status = _NOT_OPEN
    elif any(each.comes_back is None for each in found.results):
        status = _ONLY_VOTES
        offers["vote"] = GoToContract(found.shown.contract, "vote")
    else:
        status = _ALL_JUDGED
        offers["keep"] = Offer(GoToContract(found.shown.contract, "result"), label="The result")
    return JudgingView(
        headline=headline,
        of=None,
        status=status,
        actions=offered(TABLE[Place.JUDGING], offers),
        found=text(status),
    )


def _rows_of(version: Contract) -> tuple[str, ...]:
    match version.judged:
        case Graded(criteria=criteria):
            return tuple(each.name for each in criteria)
        case Reviewed(rubric=rubric):
            return rubric
    return ()


def _rows(version: Contract, judgement: Judgement) -> tuple[Row, ...]:
    if isinstance(version.judged, Graded):
        return tuple(
            Row(
                "●" if each.name in judgement.marks else "○",
                each.name,
                f"counts {each.weight}   {_said(judgement.marks.get(each.name))}".rstrip(),
            )
            for each in version.judged.criteria
        )
    return tuple(
        Row(sign or " ", word.capitalize(), "" if sign is None else _WORDS_OF_SIGNS[sign])
        for word in _rows_of(version)
        for sign in (judgement.rubric.get(word),)
    )


def _said(mark: str | None) -> str:
    """A mark as it is shown: words as they are, a figure as it was understood."""
    if mark is None or mark in {"met", "not met"}:
        return mark or ""
    return shares.percent_with_fraction(shares.read_mark(mark))


def _written(version: Contract, judgement: Judgement) -> Text:
    if not isinstance(version.judged, Reviewed):
        return ()
    if judgement.met is None:
        return text(muted("Was it met, as it was written?"))
    return text(
        "Met, so all of it comes back." if judgement.met else "Not met, so none of it comes back."
    )


def _found(version: Contract, judgement: Judgement, reviewer: str) -> Text:
    match version.judged:
        case Graded(criteria=criteria, tiers=tiers) if len(judgement.marks) == len(criteria):
            read = {name: shares.read_mark(typed) for name, typed in judgement.marks.items()}
            total = graded.total(criteria, read)
            back = shares.in_words(graded.share_for_total(tiers, total))
            return text(
                f"In total {shares.percent_with_fraction(total)}: ", bold(f"{back} comes back.")
            )
        case Reviewed() if judgement.figure is not None:
            back = shares.percent_with_fraction(shares.read_figure(judgement.figure))
            return text(f"{reviewer} lets ", bold(back), " come back. The reason comes next.")
    return ()


def _status(
    snapshot: CircleSnapshot,
    result: Result,
    version: Contract,
    judgement: Judgement,
    cursor: int,
    *,
    may: bool,
    asking: bool,
) -> str:
    if asking:
        return every_screen.TYPING
    if not may:
        return _who_judges(snapshot, result)
    if isinstance(version.judged, Graded):
        if len(judgement.marks) == len(version.judged.criteria):
            return "Enter hands it in. Until then you can change any mark."
        return "How far was it met? m met · p partly · n not"
    if judgement.met is None:
        return "Was it met, as it was written? y yes · n no"
    if len(judgement.rubric) < len(_rows_of(version)):
        word = _rows_of(version)[cursor]
        return f"{word.capitalize()}: + more than agreed · = as agreed · - less"
    if judgement.figure is not None:
        return "Press Enter, then write the reason."
    return "Enter leaves it at that · c for another figure, with a reason"


def _who_judges(snapshot: CircleSnapshot, result: Result) -> str:
    name, part = name_of(snapshot.state, result.by), part_in_words(snapshot.state, result.of)
    seat = None if result.by is None else seat_of(snapshot.state, result.by)
    until = deadline_in_words(snapshot, result.until)
    if seat is None:
        return f"{name} judges {part}{until}. If they can't, o passes it on."
    return f"{name} judges {part}{until}: {name}, press {seat}."


def _actions(
    snapshot: CircleSnapshot,
    found: ContractSnapshot,
    result: Result,
    by: MemberId | None,
    judgement: Judgement,
    *,
    cursor: int,
    may: bool,
    asking: bool,
) -> tuple[Action, ...]:
    table = TABLE[Place.JUDGING]
    if asking:
        return offered(table, {"back": Local.BACK})
    version = found.shown
    offers: dict[str, Offer | Intent] = {**navigation_offers(found.shown.contract)}
    if len(awaiting(found)) > 1:
        offers["next_part"] = Local.NEXT_PART
    if votes_wait(found):
        offers["vote"] = GoToContract(found.shown.contract, "vote")
    offers["pass_on"] = pass_on_offer(snapshot, found, result, by)
    names = _rows_of(version)
    judged_by: dict[str, Offer | Intent] = {}
    if isinstance(version.judged, Graded):
        judged_by = graded_offers(version.contract, result, judgement, names[cursor])
    elif isinstance(version.judged, Reviewed):
        judged_by = reviewed_offers(version.contract, result, judgement, names, cursor)
    if not may:
        why = _who_judges(snapshot, result)
        judged_by = {each: Offer(Local.NOWHERE, why) for each in judged_by}
    return offered(table, {**offers, **judged_by})


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
