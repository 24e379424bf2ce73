"""Meetings held on paper, to test with: a circle of four meets every other week."""

from datetime import timedelta
from typing import Any

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import paper_meeting
from circle_tui.core.circle.paper_meeting import PaperMeeting
from circle_tui.core.circle.state import CircleState

from .meetings import START, circle_of, history_of

WEEKS = timedelta(weeks=2)
LATER = START + 100 * WEEKS
PEOPLE = ("m1", "m2", "m3", "m4")


def on_paper(number: int, **fields: Any) -> PaperMeeting:
    """The facts of a meeting that was the circle's `number`th by the calendar."""
    everybody = dict.fromkeys(PEOPLE, Attendance.PRESENT)
    started = START + (number - 1) * WEEKS
    return PaperMeeting(**{"started": started, "attendance": everybody, **fields})


def recorded(state: CircleState, *meetings: PaperMeeting) -> CircleState:
    for at, each in enumerate(meetings):
        state = paper_meeting.record(state, LATER + timedelta(minutes=at), each)
    return state


def four_of(cycle_length: int = 6) -> CircleState:
    return history_of([], circle_of(4, cycle=cycle_length))
