"""Sentences about a circle and its meetings, shared by views and reports.

Invariant: a sentence is about the circle as a whole, never about one member.
"""

from collections.abc import Iterator

from circle_tui.core import dates
from circle_tui.core.attendance import labels
from circle_tui.core.attendance.facts import Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import ALL_DATES, Cycle, Review, count_attendance
from circle_tui.core.attendance.signs import Sign
from circle_tui.core.attendance.trading import TradingWeek
from circle_tui.core.circle.circle import CircleFacts

_WEEKS_SHOWN = 26
"""Half a year of weeks fits into a line."""

SIGNS = {
    Sign.SILENCE: "Dates passed one after the other with nothing recorded.",
    Sign.SHRINKING: "The circle is half as large as it was, or smaller.",
    Sign.EXCUSES: "Excuses have become many.",
}
"""The sentences for the signs that no figure shows."""


def format_sentence(review: Review) -> str:
    """The circle's format and rhythm: "Peer circle, fortnightly."."""
    return f"{review.circle.preset.title}, {review.circle.rhythm}."


def summary(review: Review) -> Iterator[str]:
    """The sentences about the circle, from how old the facts are to the question."""
    circle = review.circle
    if review.as_of is not None:
        yield f"As of {labels.day(review.as_of, circle)}: that's when these facts were made."
    if not circle.preset.meets:
        yield "It has no meetings: its members trade recordings."
        yield from _weeks(review)
        return
    yield f"Meetings held: {review.held} of {review.planned} planned."
    if review.resting:
        yield "The circle rests."
    elif review.overdue and review.next is not None:
        yield f"The next meeting was due on {labels.day(review.next, circle)}."
    elif review.next is not None:
        time = dates.spoken_time(review.next, circle)
        yield f"Next meeting: {labels.day(review.next, circle)}, {time} ({circle.zone})."
    yield review.openings
    yield from (SIGNS[sign] for sign in review.signs if sign in SIGNS)
    if review.question is not None:
        yield f"A question to the circle: {review.question}"


def _weeks(review: Review) -> Iterator[str]:
    """In how many weeks a trading pair traded, and in which ones."""
    if not review.weeks:
        if review.facts.trades and review.range != ALL_DATES:
            yield "There's no week of theirs in these days."
        return
    one = len(review.weeks) == 1
    yield f"Traded in {labels.weeks(review.weeks)} {'week' if one else 'weeks'}."


def week_by_week(review: Review) -> str:
    """A glyph for each of a trading pair's latest weeks; empty if there are none."""
    if not (shown := review.weeks[-_WEEKS_SHOWN:]):
        return ""
    begins = labels.date_in_words(shown[0].monday)
    traded = " ".join(labels.week(week)[0] for week in shown)
    signs = ", ".join(f"{glyph} {word}" for glyph, word in (labels.TRADED, labels.NOT_TRADED))
    return f"Week by week since {begins} ({signs}): {traded}"


def week_sentence(week: TradingWeek) -> str:
    """Whether a trading pair traded in a week."""
    return f"The week from {labels.date_in_words(week.monday)}: {labels.week(week)[1]}."


def no_meeting(review: Review) -> str:
    """What to show if there are no meetings; for a trading pair, its weeks."""
    if not review.circle.preset.meets:
        return week_by_week(review)
    if review.range == ALL_DATES:
        return "No meeting has taken place yet."
    return "No meeting took place in these days."


def cycle_title(cycle: Cycle) -> str:
    """As in "Cycle 2", or "Cycle 2 (part of it)"."""
    return f"Cycle {cycle.number} (part of it)" if cycle.part else f"Cycle {cycle.number}"


def meeting_sentence(meeting: HeldMeeting | Cancelled, circle: CircleFacts) -> str:
    """The attendance of a held meeting, or the outcome of a cancelled one."""
    if isinstance(meeting, Cancelled):
        planned, word = labels.day(meeting.planned, circle), labels.cancellation_word(meeting)
        if meeting.rebooked is None:
            return f"Meeting planned for {planned}: {word}."
        rebooked = labels.day(meeting.rebooked, circle)
        return f"Meeting planned for {planned}: {word}, for {rebooked}."
    number, count = meeting.number, labels.count(count_attendance([meeting]))
    day, guests = labels.day(meeting.started, circle), labels.guests(meeting.guests)
    if not guests:
        return f"Meeting {number}, {day}: {count} came."
    return f"Meeting {number}, {day}: {count} came, and {guests}."
