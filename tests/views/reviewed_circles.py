"""Circles in a review, to test its list with."""

from typing import Any

from msgspec.structs import replace

from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.core.attendance.figures import review
from circle_tui.core.circle.circle import Rhythm, make_circle
from circle_tui.views.review_of_many import ReviewOfManyView, review_of_many_view
from circle_tui.views.review_rows import (
    CircleRow,
    FilePath,
    ReviewRow,
    RowOrder,
    UnreadableRow,
    circle_row,
    filter_rows,
)
from tests.reports.sample_facts import NOW, PRESENT, at, circle, facts, held_meeting

TORN = UnreadableRow(
    ("sessions", "torn.json"), "sessions/torn.json couldn't be read: it's damaged."
)
QUESTION = "What would make it easier to be here?"


def path(name: str) -> FilePath:
    """The path of a file in the folder of circles."""
    return ("sessions", f"{name.casefold()}.json")


def harbour() -> CircleRow:
    """The small circle in which every kind of thing happened."""
    return circle_row(path("Harbour"), review(facts(), NOW))


def weekly() -> CircleRow:
    """A circle that has met once and was to meet again a week later."""
    made = replace(circle(), name="Allotment", rhythm=Rhythm(1, "week"))
    met = held_meeting(1, 1, at(5), "m1", attendance={"m1": PRESENT}, next=at(12))
    return circle_row(path("Allotment"), review(AttendanceFacts(circle=made, records=(met,)), NOW))


def new_circle(name: str = "Beginners", format_key: str = "peer-circle") -> CircleRow:
    """A circle that has not met yet."""
    made = make_circle(name, "Ana, Ben", format_key, zone="Europe/London", now=at(1, 4))
    return circle_row(path(name), review(AttendanceFacts(circle=made), at(1, 4)))


def view_of(*rows: ReviewRow, cursor: int = 0, **more: Any) -> ReviewOfManyView:
    """The list of these rows in their current form."""
    return review_of_many_view(rows, cursor=cursor, **{"order": RowOrder.NAME, **more})


def names(*rows: CircleRow, order: RowOrder = RowOrder.NAME, name_filter: str = "") -> list[str]:
    """The names of the circles in the list."""
    found = filter_rows(rows, (), order=order, name_filter=name_filter)
    return [each.name for each in found if isinstance(each, CircleRow)]


def does(action: str, view: ReviewOfManyView) -> object:
    """The effect of an action."""
    offered = view.action(action)
    assert offered is not None
    return offered.does
