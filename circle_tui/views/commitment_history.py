"""A commitment in words: when it is due, and its history.

Invariant: a history says what was promised and what got in the way, oldest first, and never counts
misses.
"""

from datetime import date, datetime

from circle_tui.core import dates
from circle_tui.core.circle import commitments
from circle_tui.core.circle.commitments import Commitment, Link
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.circle.state import CircleState
from circle_tui.views.text import Span, Text, muted, text

_BEGINNINGS = {
    Reset.AGAIN: "starting again, in the same words",
    Reset.SMALLER: "made smaller",
    Reset.DIFFERENT: "made different",
    Reset.LET_GO: "let go",
}
_ENDINGS: dict[Outcome | None, str] = {
    None: "open",
    Outcome.KEPT: "kept",
    Outcome.PARTLY: "partly kept",
    Outcome.MISSED: "not this time",
    Outcome.CHANGED: "changed",
    Outcome.RELEASED: "let go",
}


def due_in_words(commitment: Commitment, today: date) -> str:
    """When an open commitment is due, in words: "at the next meeting", "2 April"."""
    if commitment.due == commitments.NEXT:
        return "at the next meeting"
    return dates.spoken_day(date.fromisoformat(commitment.due), today)


def details(commitment: Commitment, today: date, *, narrow: bool) -> str:
    """What is unusual about an open commitment: "daily, due 2 April"; shorter if `narrow`."""
    daily = "daily" if commitment.daily else ""
    comes_up = ""
    if commitment.due != commitments.NEXT:
        day = due_in_words(commitment, today)
        comes_up = day if narrow else f"due {day}"
    return ", ".join(filter(None, (daily, comes_up)))


def history(state: CircleState, commitment: Commitment, now: datetime) -> Text:
    """Each earlier form, oldest first: date, origin, text, what got in the way."""
    circle = state.circle
    today = circle.day(now)

    def spoken(moment: datetime) -> str:
        return dates.spoken_day(circle.day(moment), today)

    parts: list[str | Span] = []
    before: Link | None = None
    for link in commitments.chain(state, commitment.id):
        gap = "" if before is None else "\n\n"
        parts.append(muted(f"{gap}{spoken(link.since)}, {_beginning(before)}"))
        if before is None or before.reset is not Reset.AGAIN:
            parts.append(f"\n{link.text}")
        if link.got_in_the_way:
            parts.append(f"\nWhat got in the way: {link.got_in_the_way}")
        before = link
    if before is not None and before.ended is not None:
        ending = f"{spoken(before.ended)}, {_ENDINGS[before.outcome]}"
    elif commitment.daily:
        ending = f"open, due {due_in_words(commitment, today)}, asked every day"
    else:
        ending = f"open, due {due_in_words(commitment, today)}"
    parts.append(muted(f"\n\n{ending}"))
    return text(*parts)


def _beginning(before: Link | None) -> str:
    """How a commitment began, which depends on how the one `before` it ended."""
    if before is None:
        return "first made"
    if before.reset is not None:
        return _BEGINNINGS[before.reset]
    return _ENDINGS[before.outcome]
