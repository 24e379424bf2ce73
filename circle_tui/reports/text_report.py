"""Attendance as plain lines, for screen readers and mail.

Invariant: everything that the grid shows is said in words, in lines short enough for mail. If many
members were present, they are counted instead of named.
"""

import textwrap
from collections.abc import Iterable, Iterator

from circle_tui.core.attendance import labels, summary
from circle_tui.core.attendance.facts import Attendance, Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import Cycle, DateRange, Review
from circle_tui.core.attendance.roster import Attendee, Order, people
from circle_tui.service.reviews import CircleReview
from circle_tui.store.attendance_reader import UnreadableFile
from circle_tui.store.errors import clean_path

WIDTH = 78
"""Characters in a line; a mail program can quote it without breaking it."""

_NAMED_AT_MOST = 6
"""More present members than this are counted instead of named."""


def as_text(
    reviewed: Iterable[CircleReview | UnreadableFile], within: DateRange, order: Order
) -> Iterator[str]:
    """The reviews as lines of text, circle by circle."""
    yield _wrap(f"Who came {labels.date_range(within)}".strip() + ".")
    any_file = False
    for result in reviewed:
        any_file = True
        lines = (
            [_wrap(str(result))] if isinstance(result, UnreadableFile) else _circle(result, order)
        )
        yield "\n" + "".join(lines)
    if not any_file:
        yield "\nNo circle was found.\n"


def _wrap(line: str, indent: str = "") -> str:
    if len(indent) + len(line) <= WIDTH:
        # Most lines are short, and wrapping would take most of a report's time.
        return f"{indent}{line}\n"
    return "".join(
        f"{part}\n"
        for part in textwrap.wrap(
            line,
            WIDTH,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _circle(reviewed: CircleReview, order: Order) -> Iterator[str]:
    review = reviewed.review
    everybody = people(review, order)
    yield _wrap(review.circle.name)
    yield _wrap(f"{summary.format_sentence(review)} File: {clean_path(reviewed.path)}")
    for line in summary.summary(review):
        yield _wrap(line)
    members = ", ".join(_member(review, person) for person in everybody)
    yield _wrap(f"Members: {members or 'nobody at present'}.")
    if not review.cycles and (none := summary.no_meeting(review)):
        yield "\n" + _wrap(none)
    for cycle in review.cycles:
        yield "\n" + _wrap(f"{summary.cycle_title(cycle)}: {_attendance(cycle)}")
        for meeting in cycle.meetings:
            yield from _meeting(review, meeting, everybody)


def _member(review: Review, person: Attendee) -> str:
    """A name, with the dates of joining late or leaving."""
    notes = []
    records = review.facts.records
    if person.joined is not None and records and person.joined > records[0].started:
        notes.append(f"joined {labels.day(person.joined, review.circle)}")
    if person.left is not None:
        notes.append(f"left {labels.day(person.left, review.circle)}")
    return f"{person.name} ({', '.join(notes)})" if notes else person.name


def _attendance(cycle: Cycle) -> str:
    if not cycle.held:
        return "no meeting took place."
    if cycle.attendance.ratio is None:
        return "nobody was expected."
    return f"attendance {labels.percent(cycle.attendance)}, {labels.count(cycle.attendance)}."


def _meeting(
    review: Review, meeting: HeldMeeting | Cancelled, everybody: tuple[Attendee, ...]
) -> Iterator[str]:
    yield _wrap(summary.meeting_sentence(meeting, review.circle))
    if isinstance(meeting, Cancelled):
        return
    for attendance in (*Attendance, None):
        names = [
            person.name for person in everybody if meeting.attendance.get(person.id) is attendance
        ]
        if attendance is Attendance.PRESENT and len(names) > _NAMED_AT_MOST:
            names = [f"{len(names)} members"]
        if names:
            yield _wrap(f"{labels.word(attendance).capitalize()}: {', '.join(names)}.", "  ")
