"""The speaker's commitments during their turn.

Invariant: a missed commitment must be reset before anything else is done with commitments.
Resetting one with the same text takes three keys: m, enter, a.
"""

from typing import ClassVar

from circle_tui.core import text as words
from circle_tui.core.circle.commitments import Commitment, days_kept
from circle_tui.core.circle.record import CommitmentResult, Outcome, Reset
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Meeting, MissedCommitment
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import every_screen, meeting_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.rounds import round_offers
from circle_tui.views.text import Span, Text, clickable, strong, text
from circle_tui.views.view import (
    Action,
    Ask,
    Execute,
    Intent,
    Local,
    Move,
    Offer,
    Row,
    SpokenField,
    View,
    ask,
    execute,
    offered,
)

GLYPHS = {
    Outcome.KEPT: "●",
    Outcome.PARTLY: "◐",
    Outcome.MISSED: "·",
    Outcome.CHANGED: "↻",
    Outcome.RELEASED: "·",
}

# An empty circle is an open commitment, and nothing else on this screen's page.
_RESET_GLYPHS = {
    Reset.AGAIN: "↻",
    Reset.SMALLER: "↻",
    Reset.DIFFERENT: "↻",
    Reset.LET_GO: "·",
}

_OUTCOMES = {
    Outcome.KEPT: "kept",
    Outcome.PARTLY: "partly",
    Outcome.MISSED: "missed",
    Outcome.CHANGED: "changed",
    Outcome.RELEASED: "let go",
}

_RESETS = {
    Reset.AGAIN: "starting again",
    Reset.SMALLER: "made smaller",
    Reset.DIFFERENT: "something else instead",
    Reset.LET_GO: "let go",
}

_ASK_WHAT_GOT_IN_THE_WAY = ask(
    "What got in the way? A few words, or just Enter.", commands.say_what_got_in_the_way
)

_ASK_FOR_NEW = ask("What will you do before we meet again?", commands.promise)

_CHOICES = {
    *("kept", "partly", "missed", "changed", "released"),
    *("again", "smaller", "different", "let_go"),
}
"""The ids of the actions that say how a commitment went, or what becomes of it."""

ALSO = "Also"
ANSWERED = "From last time"
NEXT_TIME = "For next time"


class CommitmentsView(View, frozen=True, kw_only=True):
    """The speaker, the current commitment, and all their commitments.

    `who` is the speaker, large. `title` says what the page is about. `current` is the text of the
    commitment that the keys act on, `wins` its days and `choices` its keys; empty if there is none.
    `cursor` is its index among the `open_count` open ones. `others` are the other earlier
    commitments, open ones first; `made` are those for next time. `asks` is a question to ask at
    once, without a key.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("current", label_field="title"),
        SpokenField("wins"),
        SpokenField("choices"),
        SpokenField("others", label_field="others_title"),
        SpokenField("made", NEXT_TIME),
    )

    who: str = ""
    title: str = ""
    current: str = ""
    wins: str = ""
    choices: Text = ()
    others: tuple[Row, ...] = ()
    others_title: str = ALSO
    made: tuple[Row, ...] = ()
    cursor: int | None = None
    open_count: int = 0
    asks: Ask | None = None


def commitments_view(snapshot: MeetingSnapshot, *, cursor: int, asking: bool) -> CommitmentsView:
    """The speaker's commitments; `cursor` counts the open ones from 0, beyond the last is the last.

    `asking` is whether text is being typed.
    """
    meeting = snapshot.meeting
    still_open, missed = _open(meeting), _missed(meeting)
    current = _current(still_open, missed, cursor)
    actions = _actions(snapshot, current, asking=asking)
    return CommitmentsView(
        headline=meeting_words.headline(snapshot),
        status=_status(meeting, asking=asking),
        actions=actions,
        who="" if meeting.turn is None else meeting_words.speaker(meeting),
        title=_title(meeting, still_open, current, asking=asking),
        current=current.text if current is not None else "",
        wins=_wins(meeting, current),
        choices=_choices(actions),
        others=_others(meeting, current),
        others_title=ALSO if current is not None else ANSWERED,
        made=_made(meeting),
        cursor=still_open.index(current) if current is not None else None,
        open_count=len(still_open),
        asks=_ASK_WHAT_GOT_IN_THE_WAY if _reason_is_due(missed) else None,
    )


def _open(meeting: Meeting) -> tuple[Commitment, ...]:
    return () if meeting.turn is None else meeting.open_commitments_of(meeting.turn.member)


def _missed(meeting: Meeting) -> MissedCommitment | None:
    return None if meeting.turn is None else meeting.turn.missed


def _reason_is_due(missed: MissedCommitment | None) -> bool:
    """Whether the question what got in the way still has to be answered."""
    return missed is not None and missed.words is None


def _current(
    still_open: tuple[Commitment, ...], missed: MissedCommitment | None, cursor: int
) -> Commitment | None:
    """The commitment that the keys act on: the missed one, or the one under the cursor."""
    if missed is not None:
        return next(commitment for commitment in still_open if commitment.id == missed.commitment)
    return still_open[min(cursor, len(still_open) - 1)] if still_open else None


def _title(
    meeting: Meeting,
    still_open: tuple[Commitment, ...],
    current: Commitment | None,
    *,
    asking: bool,
) -> str:
    turn = meeting.turn
    if turn is None:
        return ""
    name = meeting_words.speaker(meeting)
    if turn.missed is not None:
        if turn.missed.words is None:
            # The field asks it itself.
            return f"{name}, last time" if asking else f"{name}, what got in the way?"
        return "What would you like to do with it?"
    if current is not None:
        count = len(still_open)
        at = still_open.index(current) + 1
        return f"{name}, last time" if count == 1 else f"{name}, last time: {at} of {count}"
    if meeting.commitments_made_by(turn.member):
        return f"{name}, your commitments for next time"
    return f"{name}, what will you do before next time?"


def _choices(actions: tuple[Action, ...]) -> Text:
    """The keys for the current commitment; if there is none, the keys for a new one.

    They take one line of a card on a terminal of 110 columns.
    """
    spans: list[str | Span] = []
    for action in actions:
        if action.spec.id in _CHOICES:
            key, label = strong(action.spec.keys[0]), f" {action.label.lower()}"
            spans += ["  " if spans else "", *clickable(action.spec.id, key, label)]
    adds = any(action.spec.id == "promise" for action in actions)
    return text(*spans) if spans or not adds else clickable("promise", strong("n"), " to add one")


def _status(meeting: Meeting, *, asking: bool) -> str:
    missed = _missed(meeting)
    if _reason_is_due(missed):
        if asking:
            return "No need to explain. Enter to continue, Esc to undo."
        return "Enter asks what got in the way · u undoes m"
    if asking:
        return every_screen.TYPING
    if missed is not None:
        return "Choose what fits. Starting again is fine."
    if _open(meeting):
        return "How did it go? No need to explain."
    coming = (*meeting.waiting, *meeting.waiting_again)
    if coming:
        return f"n to add one · Enter for {meeting.person(coming[0]).name}'s turn"
    return "n to add one · Enter to close the meeting"


def _wins(meeting: Meeting, current: Commitment | None) -> str:
    """The days on which a daily commitment was kept this week; other days are not mentioned."""
    if current is None or not current.daily:
        return ""
    days = [f"{day:%A}" for day in days_kept(meeting.context.wins, current.id)]
    return f"● this week: {', '.join(days)}" if days else ""


def _actions(
    snapshot: MeetingSnapshot, current: Commitment | None, *, asking: bool
) -> tuple[Action, ...]:
    meeting = snapshot.meeting
    missed = _missed(meeting)
    if asking:
        # The question what got in the way was opened by m, so esc undoes m.
        back = Local.UNDO if _reason_is_due(missed) else Local.BACK
        return offered(TABLE[Place.COMMITMENTS], {"back": back})
    offers = round_offers(meeting, resetting=missed is not None)
    if missed is None:
        offers |= {
            "promise": _ASK_FOR_NEW,
            "end": Offer(
                execute(commands.end_turn, flash=_left_open(_open(meeting))),
                snapshot.why_not(commands.end_turn),
            ),
        }
        if current is not None:
            offers |= _offers_for_open(current)
    elif missed.words is None:
        offers["say_why"] = _ASK_WHAT_GOT_IN_THE_WAY
    elif current is not None:
        offers |= _offers_for_missed(current)
    return offered(TABLE[Place.COMMITMENTS], offers)


def _left_open(passed_over: tuple[Commitment, ...]) -> str | None:
    """The message about commitments left open at the end of a turn; None if there are none."""
    if not passed_over:
        return None
    if len(passed_over) == 1:
        return f"Left open: “{words.shorten(passed_over[0].text)}”. u goes back to it."
    return f"{len(passed_over)} commitments are left open. u goes back to them."


def _offers_for_open(current: Commitment) -> dict[str, Offer | Intent]:
    def answer(outcome: Outcome) -> Execute:
        return execute(commands.answer, current.id, outcome)

    return {
        "kept": answer(Outcome.KEPT),
        "partly": answer(Outcome.PARTLY),
        "missed": answer(Outcome.MISSED),
        "changed": ask(
            "What should it say now?", commands.renegotiate, current.id, value=current.text
        ),
        "released": answer(Outcome.RELEASED),
        "previous": Move(-1),
        "next": Move(1),
    }


def _offers_for_missed(current: Commitment) -> dict[str, Offer | Intent]:
    return {
        "again": execute(commands.reset, Reset.AGAIN),
        "smaller": ask(
            "What would a smaller version be?", commands.reset, Reset.SMALLER, value=current.text
        ),
        "different": ask("What would you do instead?", commands.reset, Reset.DIFFERENT),
        "let_go": execute(commands.reset, Reset.LET_GO),
    }


def _others(meeting: Meeting, current: Commitment | None) -> tuple[Row, ...]:
    """The speaker's earlier commitments but the current one, those still open first."""
    if meeting.turn is None:
        return ()
    results = {result.id: result for result in meeting.answered}
    mine = [
        commitment
        for commitment in meeting.context.open
        if commitment.member == meeting.turn.member and commitment != current
    ]
    mine.sort(key=lambda commitment: commitment.id in results)
    return tuple(_row(commitment, results.get(commitment.id)) for commitment in mine)


def _made(meeting: Meeting) -> tuple[Row, ...]:
    """What the speaker has committed to for next time."""
    if meeting.turn is None:
        return ()
    return tuple(Row("+", made.text) for made in meeting.commitments_made_by(meeting.turn.member))


def _row(commitment: Commitment, result: CommitmentResult | None) -> Row:
    if result is None:
        return Row("○", commitment.text, "still open")
    if result.reset is not None:
        return Row(_RESET_GLYPHS[result.reset], commitment.text, _RESETS[result.reset], dim=True)
    return Row(GLYPHS[result.outcome], commitment.text, _OUTCOMES[result.outcome], dim=True)
