"""Attendance as one JSON object, for other programs.

Invariant: moments are UTC, written as in the circles' own files. Meetings refer to members by id;
names are only in the circle's list of members.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from circle_tui.core.attendance.facts import Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import Cycle, DateRange, count_attendance
from circle_tui.core.attendance.roster import Attendee, Order, people
from circle_tui.service.reviews import CircleReview
from circle_tui.store.attendance_reader import UnreadableFile
from circle_tui.store.codec.values import format_moment
from circle_tui.store.errors import clean_path

SCHEMA = 1
"""It changes when a field goes, or means something else; not when one is added."""


def as_json(
    reviewed: Iterable[CircleReview | UnreadableFile],
    within: DateRange,
    order: Order,
    *,
    made: datetime | None = None,
) -> Iterator[str]:
    """The reviews as one object, one circle per line; files that could not be read come last.

    `made` is when that is (aware UTC).
    """
    days = {"from": within.start, "until": within.end}
    yield f'{{"schema": {SCHEMA}, "made": {_json(_moment(made))}, "range": {_json(days)},\n'
    yield '"circles": ['
    unread: list[UnreadableFile] = []
    between = "\n"
    for result in reviewed:
        if isinstance(result, UnreadableFile):
            unread.append(result)
            continue
        yield between + _json(_circle(result, order))
        between = ",\n"
    failed = [
        {"file": clean_path(unread_file.path), "reason": unread_file.reason}
        for unread_file in unread
    ]
    yield f'],\n"unreadable": {_json(failed)}}}\n'


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _circle(reviewed: CircleReview, order: Order) -> dict[str, Any]:
    review, circle = reviewed.review, reviewed.review.circle
    everybody = people(review, order)
    return {
        "name": circle.name,
        "file": clean_path(reviewed.path),
        "format": circle.format,
        "rhythm": {"every": circle.rhythm.every, "unit": circle.rhythm.unit},
        "zone": circle.zone,
        "next": _moment(review.next),
        "as_of": _moment(review.as_of),
        "resting": review.resting,
        "held": review.held,
        "planned": review.planned,
        "signs": [str(sign) for sign in review.signs],
        "question": review.question,
        "openings": review.openings,
        "members": [
            {
                "id": person.id,
                "name": person.name,
                "joined": _moment(person.joined),
                "left": _moment(person.left),
            }
            for person in everybody
        ],
        "weeks": [{"monday": week.monday, "traded": week.traded} for week in review.weeks],
        "cycles": [_cycle(cycle, everybody) for cycle in review.cycles],
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else format_moment(moment)


def _cycle(cycle: Cycle, everybody: tuple[Attendee, ...]) -> dict[str, Any]:
    ratio = cycle.attendance.ratio
    return {
        "number": cycle.number,
        "came": cycle.attendance.attended,
        "expected": cycle.attendance.expected,
        "attendance": None if ratio is None else round(ratio, 4),
        "part": cycle.part,
        "meetings": [_held(meeting, everybody) for meeting in cycle.held],
        "cancelled": [_cancelled(cancellation) for cancellation in cycle.cancelled],
    }


def _held(meeting: HeldMeeting, everybody: tuple[Attendee, ...]) -> dict[str, Any]:
    attended, expected = count_attendance((meeting,))
    return {
        "number": meeting.number,
        "started": format_moment(meeting.started),
        "came": attended,
        "expected": expected,
        "guests": meeting.guests,
        "attendance": {
            person.id: str(meeting.attendance[person.id])
            for person in everybody
            if person.id in meeting.attendance
        },
    }


def _cancelled(cancelled: Cancelled) -> dict[str, Any]:
    return {
        "planned": format_moment(cancelled.planned),
        "cancelled": format_moment(cancelled.at),
        "rebooked": _moment(cancelled.rebooked),
        "within_48_hours": cancelled.within_48_hours,
    }
