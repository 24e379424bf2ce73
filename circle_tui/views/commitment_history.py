"""A commitment in words: when it comes up, and the chain of promises behind it.

Invariant: pure. A chain says what was promised and what got in the way, oldest first; it counts
nothing.
"""

from datetime import date, datetime

from textual.content import Content

from circle_tui.core import dates
from circle_tui.core.circle import commitments
from circle_tui.core.circle.commitments import Commitment, Link
from circle_tui.core.circle.record import Reset
from circle_tui.core.circle.state import CircleState


def due(commitment: Commitment, today: date) -> str:
    """When an open one comes up: "at the next meeting", "2 April"."""
    if commitment.due == commitments.NEXT:
        return "at the next meeting"
    return dates.spoken_day(date.fromisoformat(commitment.due), today)


def state(commitment: Commitment, today: date, *, narrow: bool) -> str:
    """What is not as usual about an open one: "daily, comes up 2 April"."""
    daily = "daily" if commitment.daily else ""
    comes_up = ""
    if commitment.due != commitments.NEXT:
        comes_up = f"{'' if narrow else 'comes up '}{due(commitment, today)}"
    return ", ".join(filter(None, (daily, comes_up)))


def chain(history: CircleState, commitment: Commitment, now: datetime) -> Content:
    """Whose it is, and its chain: when, how it came about, the words, what got in the way."""
    circle = history.circle
    today = circle.day(now)

    def spoken(moment: datetime) -> str:
        return dates.spoken_day(circle.day(moment), today)

    parts: list[str | tuple[str, str]] = [(history.member(commitment.member).name, "bold $primary")]
    before: Link | None = None
    for link in commitments.chain(history, commitment.id):
        parts.append((f"\n\n{spoken(link.since)}, {_how(before)}", "$text-muted"))
        if before is None or before.reset is not Reset.AGAIN:
            parts.append(f"\n{link.text}")
        if link.got_in_the_way:
            parts.append(f"\nWhat got in the way: {link.got_in_the_way}")
        before = link
    if before is not None and before.ended is not None:
        ending = f"{spoken(before.ended)}, {before.outcome}"
    else:
        daily = ", asked for every day" if commitment.daily else ""
        ending = f"open, comes up {due(commitment, today)}{daily}"
    parts.append((f"\n\n{ending}", "$text-muted"))
    return Content.assemble(*parts)


def _how(before: Link | None) -> str:
    """How a promise came about, from what became of the one before it."""
    if before is None:
        return "first promised"
    if before.reset is Reset.AGAIN:
        return "again, in the same words"
    return str(before.reset or before.outcome)
