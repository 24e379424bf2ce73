"""The speaker's commitments during their turn.

Invariant: a missed commitment must be reset before anything else is done with commitments.
Resetting one with the same text takes three keys: m, enter, a.
"""

from circle_tui.core.circle.commitments import Commitment, days_kept
from circle_tui.core.circle.record import CommitmentResult, Outcome, Reset
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Meeting, Missed
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import common, meeting_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.rounds import round_offers
from circle_tui.views.text import Text, strong, text
from circle_tui.views.view import (
    Action,
    Ask,
    Execute,
    Intent,
    Local,
    Move,
    Offer,
    Row,
    View,
    offered,
)

_GLYPHS = {
    Outcome.KEPT: "●",
    Outcome.PARTLY: "◐",
    Outcome.MISSED: "○",
    Outcome.CHANGED: "↻",
    Outcome.RELEASED: "·",
}

_ASK_WHAT_GOT_IN_THE_WAY = Ask(
    "What got in the way? A few words, or just enter.", commands.say_what_got_in_the_way
)

_ASK_FOR_NEW = Ask("What do you commit to, until we meet again?", commands.promise)


class CommitmentsView(View, frozen=True, kw_only=True):
    """The speaker, the current commitment, and all their commitments.

    `current` is the text of the commitment that the keys act on, `cursor` its row and `wins` its
    days; empty if there is none. `open_count` is how many rows the cursor can be on. `asks` is
    asked at once, without a key.
    """

    whose: Text = ()
    current: str = ""
    wins: str = ""
    rows: tuple[Row, ...] = ()
    cursor: int | None = None
    open_count: int = 0
    asks: Ask | None = None


def commitments_view(
    snapshot: MeetingSnapshot, *, cursor: int, asking: bool, overlay_shown: bool = False
) -> CommitmentsView:
    """The speaker's commitments; `cursor` counts the open ones from 0, beyond the last is the last.

    `asking` is whether text is being typed, `overlay_shown` whether the listening rule or the
    covenant covers the screen.
    """
    meeting = snapshot.meeting
    still_open, missed = _open(meeting), _missed(meeting)
    current = _current(still_open, missed, cursor)
    rows = _rows(meeting)
    return CommitmentsView(
        headline=meeting_words.headline(snapshot),
        status=_status(meeting, asking=asking),
        actions=_actions(snapshot, current, asking=asking, overlay_shown=overlay_shown),
        whose=_whose(meeting, current),
        current=current.text if current is not None else "",
        wins=_wins(meeting, current),
        rows=tuple(rows.values()),
        cursor=list(rows).index(current.id) if current is not None else None,
        open_count=len(still_open),
        asks=_ASK_WHAT_GOT_IN_THE_WAY if _reason_is_due(missed) else None,
    )


def _open(meeting: Meeting) -> tuple[Commitment, ...]:
    return () if meeting.turn is None else meeting.open_commitments_of(meeting.turn.member)


def _missed(meeting: Meeting) -> Missed | None:
    return None if meeting.turn is None else meeting.turn.missed


def _reason_is_due(missed: Missed | None) -> bool:
    """Whether the question what got in the way is not answered yet."""
    return missed is not None and missed.words is None


def _current(
    still_open: tuple[Commitment, ...], missed: Missed | None, cursor: int
) -> Commitment | None:
    """The commitment that the keys act on: the missed one, or the one under the cursor."""
    if missed is not None:
        return next(commitment for commitment in still_open if commitment.id == missed.commitment)
    return still_open[min(cursor, len(still_open) - 1)] if still_open else None


def _whose(meeting: Meeting, current: Commitment | None) -> Text:
    turn = meeting.turn
    if turn is None:
        return ()
    name = strong(meeting_words.speaker(meeting))
    if turn.missed is not None:
        if turn.missed.words is None:
            return text(name, ", what got in the way?")
        return text(name, ", how does it go on?")
    if current is not None:
        return text(name, ", this is what you said you would do:")
    if meeting.commitments_made_by(turn.member):
        return text(name, ", this is what you take with you.")
    return text(name, ", what do you commit to next?")


def _status(meeting: Meeting, *, asking: bool) -> str:
    missed = _missed(meeting)
    if _reason_is_due(missed):
        if asking:
            return "No defence is asked for. Enter takes what is typed, esc takes m back."
        return "Enter asks what got in the way; u takes m back."
    if asking:
        return common.TYPING
    if missed is not None:
        return "a again · s smaller · d different · l let go"
    if _open(meeting):
        return "How did it go? One key, and no reasons asked."
    coming = (*meeting.waiting, *meeting.waiting_again)
    if coming:
        return f"n types one; enter goes on to {meeting.person(coming[0]).name}."
    return "n types one; enter goes on to the closing."


def _wins(meeting: Meeting, current: Commitment | None) -> str:
    """The days on which a daily commitment was kept this week; other days are not mentioned."""
    if current is None or not current.daily:
        return ""
    days = [f"{day:%A}" for day in days_kept(meeting.context.wins, current.id)]
    return f"● this week: {', '.join(days)}" if days else ""


def _actions(
    snapshot: MeetingSnapshot, current: Commitment | None, *, asking: bool, overlay_shown: bool
) -> tuple[Action, ...]:
    meeting = snapshot.meeting
    missed = _missed(meeting)
    if asking:
        # The question what got in the way was opened by m, so esc undoes m.
        back = Local.UNDO if _reason_is_due(missed) else Local.BACK
        return offered(TABLE[Place.COMMITMENTS], {"back": back})
    offers = round_offers(meeting, overlay_shown=overlay_shown, arrivals=missed is None)
    if missed is None:
        offers |= {
            "promise": _ASK_FOR_NEW,
            "end": Offer(Execute(commands.end_turn), snapshot.why_not(commands.end_turn)),
        }
        if current is not None:
            offers |= _offers_for_open(current)
    elif missed.words is None:
        offers["say_why"] = _ASK_WHAT_GOT_IN_THE_WAY
    elif current is not None:
        offers |= _offers_for_missed(current)
    return offered(TABLE[Place.COMMITMENTS], offers)


def _offers_for_open(current: Commitment) -> dict[str, Offer | Intent]:
    def answer(outcome: Outcome) -> Execute:
        return Execute(commands.answer, (current.id, outcome))

    return {
        "kept": answer(Outcome.KEPT),
        "partly": answer(Outcome.PARTLY),
        "missed": answer(Outcome.MISSED),
        "changed": Ask("What does it say now?", commands.change, (current.id,), current.text),
        "released": answer(Outcome.RELEASED),
        "previous": Move(-1),
        "next": Move(1),
    }


def _offers_for_missed(current: Commitment) -> dict[str, Offer | Intent]:
    return {
        "again": Execute(commands.reset, (Reset.AGAIN,)),
        "smaller": Ask("Smaller, in which words?", commands.reset, (Reset.SMALLER,), current.text),
        "different": Ask("What instead?", commands.reset, (Reset.DIFFERENT,)),
        "let_go": Execute(commands.reset, (Reset.LET_GO,)),
    }


def _rows(meeting: Meeting) -> dict[str, Row]:
    """Rows by commitment id: first the earlier commitments, then the new ones."""
    if meeting.turn is None:
        return {}
    member = meeting.turn.member
    results = {result.id: result for result in meeting.answered}
    rows = {
        commitment.id: _row(commitment, results.get(commitment.id))
        for commitment in meeting.context.open
        if commitment.member == member
    }
    for made in meeting.commitments_made_by(member):
        rows[made.id] = Row("+", made.text, "for next time")
    return rows


def _row(commitment: Commitment, result: CommitmentResult | None) -> Row:
    if result is None:
        return Row("○", commitment.text, "open")
    ended = f"{result.outcome}, {result.reset}" if result.reset else str(result.outcome)
    return Row(_GLYPHS[result.outcome], commitment.text, ended, dim=True)
