"""Attendance as CSV for a spreadsheet (RFC 4180): one row per member and meeting.

Invariant: only members whom a meeting expected have a row, so that the mean of `came` is the
attendance. A cell that a spreadsheet would take for a formula is escaped. A file begins with a byte
order mark, output to another program does not.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from circle_tui.core.attendance.facts import Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import DateRange
from circle_tui.core.attendance.roster import Attendee, Order, people
from circle_tui.core.circle.circle import CircleFacts
from circle_tui.service.reviews import Reviewed
from circle_tui.store.attendance_reader import Unread
from circle_tui.store.errors import shown

COLUMNS = (
    "circle",
    "file",
    "cycle",
    "meeting",
    "started",
    "member",
    "name",
    "attendance",
    "came",
    "guests",
    "planned",
    "cancelled",
    "rebooked",
    "within_48_hours",
)
"""A held meeting fills the columns up to `guests`; a cancelled one `circle` to `cycle` and from
`planned` on. Moments are in the circle's time zone, with their offset from UTC."""

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""The characters that begin a formula, and their full-width forms, which some programs accept."""


def as_csv(reviewed: Iterable[Reviewed | Unread], within: DateRange, order: Order) -> Iterator[str]:
    """The reviews as rows below one heading; files that could not be read have none."""
    page = io.StringIO(newline="")
    rows = csv.DictWriter(page, COLUMNS, restval="")
    rows.writeheader()
    yield page.getvalue()
    for result in reviewed:
        if isinstance(result, Unread):
            continue
        page.seek(0)
        page.truncate()
        rows.writerows(_rows(result, order))
        yield page.getvalue()


def _rows(reviewed: Reviewed, order: Order) -> Iterator[Mapping[str, object]]:
    review, circle = reviewed.review, reviewed.review.circle
    everybody = people(review, order)
    of = {"circle": _escape_formula(circle.name), "file": _escape_formula(shown(reviewed.path))}
    for cycle in review.cycles:
        for meeting in cycle.meetings:
            begins = {**of, "cycle": cycle.number}
            if isinstance(meeting, Cancelled):
                yield {**begins, **_cancelled(meeting, circle)}
            else:
                for row in _held(meeting, circle, everybody):
                    yield {**begins, **row}


def _held(
    meeting: HeldMeeting, circle: CircleFacts, everybody: tuple[Attendee, ...]
) -> Iterator[Mapping[str, object]]:
    begins = {
        "meeting": meeting.number,
        "started": _moment(meeting.started, circle),
        "guests": meeting.guests,
    }
    if not meeting.attendance:
        # A meeting that expected nobody was still held.
        yield begins
    for person in everybody:
        attendance = meeting.attendance.get(person.id)
        if attendance is not None:
            yield {
                **begins,
                "member": _escape_formula(person.id),
                "name": _escape_formula(person.name),
                "attendance": str(attendance),
                "came": int(attendance.attended),
            }


def _cancelled(cancelled: Cancelled, circle: CircleFacts) -> Mapping[str, object]:
    rebooked = cancelled.rebooked
    return {
        "planned": _moment(cancelled.planned, circle),
        "cancelled": _moment(cancelled.at, circle),
        "rebooked": "" if rebooked is None else _moment(rebooked, circle),
        "within_48_hours": "yes" if cancelled.within_48_hours else "no",
    }


def _moment(moment: datetime, circle: CircleFacts) -> str:
    return moment.astimezone(circle.tz).isoformat(timespec="seconds")


def _escape_formula(cell: str) -> str:
    """`cell` with an apostrophe before a formula, so that a spreadsheet takes it for text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
