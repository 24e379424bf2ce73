"""Attendance as rows of columns, for CSV and spreadsheets: by circle, cycle, meeting or member.

Invariant: no row and no figure is about one person, but for who came to which meeting. Moments are
in the circle's time zone.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from circle_tui.core.attendance.facts import Attendance, Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import Cycle, count_attendance
from circle_tui.core.attendance.roster import Attendee, Order, people
from circle_tui.core.circle.circle import CircleFacts
from circle_tui.service.reviews import CircleReview
from circle_tui.store.errors import clean_path

Row = Mapping[str, object]


class Table(NamedTuple):
    """The columns of a table, and a function for its rows of one circle."""

    columns: tuple[str, ...]
    rows: Callable[[CircleReview, Order], Iterator[Row]]


def _of(reviewed: CircleReview) -> dict[str, object]:
    return {"circle": reviewed.review.circle.name, "file": clean_path(reviewed.path)}


def _by_circle(reviewed: CircleReview, _order: Order) -> Iterator[Row]:
    review, circle = reviewed.review, reviewed.review.circle
    met = review.facts.records
    held = [meeting for cycle in review.cycles for meeting in cycle.held]
    yield {
        **_of(reviewed),
        "format": circle.format,
        "rhythm": str(circle.rhythm),
        "members": sum(member.expected for member in circle.members),
        "held": review.held,
        "planned": review.planned,
        **_figures(held),
        "last_met": _moment(met[-1].started, circle) if met else "",
        "next": "" if review.next is None else _moment(review.next, circle),
        "overdue": _yes(review.overdue),
        "resting": _yes(review.resting),
        "as_of": "" if review.as_of is None else _moment(review.as_of, circle),
        "signs": " ".join(review.signs),
        "question": review.question or "",
        "weeks_traded": sum(week.traded for week in review.weeks) if review.weeks else "",
        "weeks": len(review.weeks) or "",
    }


def _by_cycle(reviewed: CircleReview, _order: Order) -> Iterator[Row]:
    for cycle in reviewed.review.cycles:
        yield {
            **_of(reviewed),
            "cycle": cycle.number,
            "held": len(cycle.held),
            "cancelled": len(cycle.cancelled),
            **_figures(cycle.held),
            "part": _yes(cycle.part),
            "choice": cycle_choice(cycle),
        }


def cycle_choice(cycle: Cycle) -> str:
    """What the circle chose when the cycle ended; empty if it has not, or in days not looked at."""
    ends = [meeting.looked_back for meeting in cycle.held if meeting.looked_back is not None]
    return str(ends[-1].choice) if ends else ""


def excused(held: Iterator[HeldMeeting] | tuple[HeldMeeting, ...] | list[HeldMeeting]) -> int:
    """How many places were excused at these meetings together."""
    return sum(how is Attendance.EXCUSED for meeting in held for how in meeting.attendance.values())


def _by_meeting(reviewed: CircleReview, _order: Order) -> Iterator[Row]:
    circle = reviewed.review.circle
    for cycle in reviewed.review.cycles:
        for meeting in cycle.meetings:
            begins = {**_of(reviewed), "cycle": cycle.number}
            if isinstance(meeting, Cancelled):
                yield {**begins, **_cancelled(meeting, circle)}
            else:
                figures = _figures([meeting])
                yield {**begins, **_held_at(meeting, circle), **figures, "guests": meeting.guests}


def _by_member(reviewed: CircleReview, order: Order) -> Iterator[Row]:
    """A held meeting has a row for each member whom it expected, so that the mean of `came` is
    the attendance."""
    review, circle = reviewed.review, reviewed.review.circle
    everybody = people(review, order)
    for cycle in review.cycles:
        for meeting in cycle.meetings:
            begins = {**_of(reviewed), "cycle": cycle.number}
            if isinstance(meeting, Cancelled):
                yield {**begins, **_cancelled(meeting, circle)}
            else:
                for row in _each_at(meeting, circle, everybody):
                    yield {**begins, **row}


def _each_at(
    meeting: HeldMeeting, circle: CircleFacts, everybody: tuple[Attendee, ...]
) -> Iterator[Row]:
    begins = {**_held_at(meeting, circle), "guests": meeting.guests}
    if not meeting.attendance:
        # A meeting that expected nobody was still held.
        yield begins
    for person in everybody:
        attendance = meeting.attendance.get(person.id)
        if attendance is not None:
            yield {
                **begins,
                "member": person.id,
                "name": person.name,
                "attendance": str(attendance),
                "came": int(attendance.attended),
            }


def _held_at(meeting: HeldMeeting, circle: CircleFacts) -> dict[str, object]:
    return {"meeting": meeting.number, "started": _moment(meeting.started, circle)}


def _figures(held: tuple[HeldMeeting, ...] | list[HeldMeeting]) -> dict[str, object]:
    came = count_attendance(held)
    return {
        "came": came.attended,
        "expected": came.expected,
        "attendance": "" if came.ratio is None else round(came.ratio, 4),
        "excused": excused(held),
    }


def _cancelled(cancelled: Cancelled, circle: CircleFacts) -> Row:
    rebooked = cancelled.rebooked
    return {
        "planned": _moment(cancelled.planned, circle),
        "cancelled": _moment(cancelled.at, circle),
        "rebooked": "" if rebooked is None else _moment(rebooked, circle),
        "within_48_hours": _yes(cancelled.within_48_hours),
    }


def _moment(moment: datetime, circle: CircleFacts) -> str:
    return moment.astimezone(circle.tz).isoformat(timespec="seconds")


def _yes(true: bool) -> str:
    return "yes" if true else "no"


_FIGURES = ("came", "expected", "attendance", "excused")
_CANCELLED = ("planned", "cancelled", "rebooked", "within_48_hours")

TABLES = {
    "circle": Table(
        (
            *("circle", "file", "format", "rhythm", "members", "held", "planned", *_FIGURES),
            *("last_met", "next", "overdue", "resting", "as_of", "signs", "question"),
            *("weeks_traded", "weeks"),
        ),
        _by_circle,
    ),
    "cycle": Table(
        ("circle", "file", "cycle", "held", "cancelled", *_FIGURES, "part", "choice"), _by_cycle
    ),
    "meeting": Table(
        ("circle", "file", "cycle", "meeting", "started", *_FIGURES, "guests", *_CANCELLED),
        _by_meeting,
    ),
    "member": Table(
        (
            *("circle", "file", "cycle", "meeting", "started", "member", "name"),
            *("attendance", "came", "guests", *_CANCELLED),
        ),
        _by_member,
    ),
}
"""By what a row is about. Of a held meeting the columns from `planned` on are empty, of a cancelled
one those before, from `meeting` on."""

COLUMNS = TABLES["member"].columns
