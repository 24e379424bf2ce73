"""Looking back on a contract: what worked, what to change, and what comes next.

Invariant: the words may be empty. Renewing, changing and ending have one key each, and each says
what is erased then.
"""

from typing import ClassVar

from msgspec import Struct

from circle_tui.core import dates
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import looking_back, lookup
from circle_tui.core.contracts.contract import Ending
from circle_tui.core.contracts.standing import ContractSnapshot, standing
from circle_tui.core.ids import ContractId
from circle_tui.core.text import join_with_and
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.view import (
    Action,
    DraftChange,
    GoToContract,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    SpokenField,
    View,
    execute,
    offered,
)

TITLE = "Look back"
THEN = "What's next?"
QUESTIONS = ("What worked?", "What should change?", "What was unclear?")
"""The last one is asked after a trial only."""
_SHORT = ("Worked", "To change", "Unclear")
"""Short forms of the questions, for the list of answers."""

_NOTHING = "Nothing written."
_RENEWED = "Renewed. Read it once more, then each of you signs again."
_CHANGE = "The same again. Change what you like; then each of you signs."
_ENDED = "Ended. You'll find it among your earlier contracts · u undoes"


class LookBackView(View, frozen=True, kw_only=True):
    """The questions with their answers, and the choices after them.

    `cursor` is on a question; None once all were asked. `said` is the line above the questions.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("said"),
        SpokenField("questions", numbered=True),
        SpokenField("then", THEN),
    )

    said: str
    questions: tuple[Row, ...]
    cursor: int | None
    then: tuple[Row, ...]


class LookBackWords(Struct, frozen=True):
    """The answers so far, one for each question; "" for none."""

    texts: tuple[str, ...] = ("", "", "")

    def with_words(self, at: int, words: str) -> "LookBackWords":
        """The same with another answer to one question."""
        return LookBackWords((*self.texts[:at], words, *self.texts[at + 1 :]))


def _say(before: LookBackWords, at: int, typed: str) -> LookBackWords:
    return before.with_words(at, " ".join(typed.split()))


SAY = DraftChange(_say)
"""Keeps the answer to a question, by index; it is stored only with the choice at the end."""


def questions_of(found: ContractSnapshot) -> tuple[str, ...]:
    """The questions to ask; the third only after a trial."""
    return QUESTIONS if found.shown.trial is not None else QUESTIONS[:2]


def look_back_view(
    snapshot: CircleSnapshot,
    contract: ContractId,
    words: LookBackWords,
    *,
    cursor: int | None,
    asking: bool,
) -> LookBackView:
    """The look back with the cursor on a question. Raises `RuleError` if the contract is gone."""
    found = standing(snapshot.state, contract, snapshot.now)
    asked = questions_of(found)
    starts = dates.spoken_day(found.shown.starts, found.today)
    people = join_with_and(list(lookup.party_names(snapshot.state, found.shown)))
    return LookBackView(
        headline=(snapshot.circle.name, found.shown.name, "look back"),
        status="Enter saves, even if it's empty · Esc leaves the field"
        if asking
        else "r renews it · c changes it · e ends it",
        actions=_actions(snapshot, found, words, cursor, asking=asking),
        said=f"{people}, since {starts}.",
        questions=tuple(
            Row("", words.texts[at] or _NOTHING, name=_SHORT[at], dim=not words.texts[at])
            for at in range(len(asked))
        ),
        cursor=cursor,
        then=_then(found),
    )


def look_back_face(snapshot: CircleSnapshot, contract: ContractId) -> RingFace:
    """The ring with the parties lit."""
    found = standing(snapshot.state, contract, snapshot.now)
    return place_face(
        snapshot,
        done=[part.member for part in found.shown.parts],
        title=TITLE,
        note=found.shown.name,
    )


def _then(found: ContractSnapshot) -> tuple[Row, ...]:
    again = "for real now" if found.shown.trial is not None else "the same again"
    goes = "" if found.shown.judged is None else "; the result is removed"
    return (
        Row("", f"{again}; each of you signs again", name="r  Renew"),
        Row("", "the same, and you change it first", name="c  Change"),
        Row("", f"you'll find it among your earlier contracts{goes}", name="e  End"),
    )


def _actions(
    snapshot: CircleSnapshot,
    found: ContractSnapshot,
    words: LookBackWords,
    cursor: int | None,
    *,
    asking: bool,
) -> tuple[Action, ...]:
    table = TABLE[Place.LOOK_BACK]
    if asking:
        return offered(table, {"back": Local.BACK})
    contract = found.shown.contract
    page = GoToContract(contract, "contract")
    worked, change, unclear = words.texts

    def then(choice: Ending, goes: Request | GoToContract, flash: str) -> Offer:
        args = (contract, worked, change, choice, unclear)
        why = snapshot.why_not(looking_back.look_back, *args)
        return Offer(execute(looking_back.look_back, *args, then=goes, flash=flash), why)

    offers: dict[str, Offer | Intent] = {
        "renew": then(Ending.RENEW, page, _RENEWED),
        "change": then(Ending.CHANGE, page, _CHANGE),
        "end": then(Ending.END, Request.CONTRACTS, _ENDED),
        "previous": Move(-1),
        "next": Move(1),
        "back": page,
    }
    if cursor is not None:
        offers["write"] = Local.SELECT
    return offered(table, offers)
