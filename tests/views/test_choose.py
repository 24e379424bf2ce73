"""The list of a folder's circles, and which of them can be opened."""

import pytest

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import membership
from circle_tui.core.circle.record import MeetingRecord, Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.views.choose import (
    ChooseView,
    CircleSummary,
    choose_view,
    circle_summary,
    first_row,
)
from circle_tui.views.view import Local, Request, Say
from tests.core.meetings import START, circle_of, record

from .actions import intents, why_not

PIER = CircleSummary(slug="pier", name="Pier", members=("Ana", "Ben"), meets="19 March")
QUAY = CircleSummary(slug="quay", name="Quay", members=("Cy",), meets="a meeting is under way")
SAMPLE = CircleSummary(slug="sample", name="Harbour", sample=True)
REST = Retrospective(choice=CycleChoice.REST, worked="", change="")
BROKEN = CircleSummary(slug="broken", trouble="This file is damaged.")


def view_of(*choices: CircleSummary, cursor: int = 0, came_from_circle: bool = False) -> ChooseView:
    return choose_view(choices, cursor=cursor, folder="sessions", came_from_circle=came_from_circle)


def rows(view: ChooseView) -> list[tuple[str, str, str]]:
    return [(row.name, row.text, row.state) for row in view.rows]


def test_each_circle_is_listed_with_its_status() -> None:
    view = view_of(PIER, QUAY, SAMPLE, BROKEN)
    assert view.headline == ("Which circle?", "in sessions")
    assert rows(view) == [
        ("Pier", "2 people", "19 March"),
        ("Quay", "1 person", "a meeting is under way"),
        ("Harbour", "the sample", ""),
        ("broken", "can't be read", ""),
    ]


def test_circles_with_the_same_name_are_listed_with_their_file_names() -> None:
    second = CircleSummary(slug="pier-2", name="Pier")
    names = [name for name, _, _ in rows(view_of(PIER, QUAY, second))]
    assert names == ["Pier (pier)", "Quay", "Pier (pier-2)"]


def test_control_characters_in_file_names_are_not_shown() -> None:
    named = CircleSummary(slug="a\x1b[31mb", trouble="This file is damaged.")
    assert "\x1b" not in view_of(named).rows[0].name


def test_a_readable_circle_can_be_opened() -> None:
    view = view_of(BROKEN, PIER, cursor=1)
    assert intents(view)["open"] is Local.SELECT
    assert view.status == "Enter opens Pier."
    assert view.explained == "Ana and Ben"
    assert [seat.name for seat in view.face.seats] == ["Ana", "Ben"]


def test_an_unreadable_circle_shows_the_reason_and_cannot_be_opened() -> None:
    view = view_of(BROKEN, PIER)
    assert view.status == "This file is damaged."
    assert intents(view)["open"] == Say("This file is damaged.")


def test_without_a_circle_there_is_nothing_to_open_and_n_sets_one_up() -> None:
    view = view_of()
    assert view.status == "No circle here yet. n sets one up, d shows a demo."
    assert intents(view)["open"] == Say("There's nothing to open yet. n sets up a circle.")
    assert intents(view)["new_circle"] is Request.NEW_CIRCLE


def test_esc_goes_back_to_the_circle_they_came_from_or_says_why_it_cannot() -> None:
    assert intents(view_of(PIER, came_from_circle=True))["back"] is Local.BACK
    assert "nothing to go back to" in (why_not(view_of(PIER), "back") or "")


def test_while_files_are_being_read_the_headline_says_so() -> None:
    view = choose_view((), cursor=0, folder="sessions", came_from_circle=False, reading=True)
    assert view.headline[-1] == "reading…"
    assert view.status == "Looking for circles…"


@pytest.mark.parametrize(
    ("format_key", "records", "under_way", "meets"),
    [
        ("peer-circle", (), False, "5 March"),
        ("peer-circle", (record(1),), False, "19 March"),
        ("peer-circle", (record(1),), True, "a meeting is under way"),
        ("peer-circle", (record(1, looked_back=REST),), False, "resting"),
        ("trading-pair", (), False, "every week"),
    ],
)
def test_a_circle_says_when_it_meets_next(
    format_key: str, records: tuple[MeetingRecord, ...], under_way: bool, meets: str
) -> None:
    facts = CircleState(circle=circle_of(2, format_key), records=records)
    assert circle_summary("slug", facts, START, under_way=under_way).meets == meets


def test_the_ring_shows_only_members_who_are_expected() -> None:
    facts = membership.go_away(CircleState(circle=circle_of(3)), START, "m2")
    assert circle_summary("slug", facts, START, under_way=False).members == ("Ada", "Cleo")


@pytest.mark.parametrize(
    ("choices", "before", "row"),
    [
        ((BROKEN, PIER, QUAY), None, 1),
        ((BROKEN, PIER, QUAY), 2, 2),
        ((BROKEN, PIER, QUAY), 0, 1),
        ((BROKEN,), None, 0),
        ((), None, 0),
    ],
)
def test_the_cursor_begins_on_the_circle_before_or_the_first_that_can_be_read(
    choices: tuple[CircleSummary, ...], before: int | None, row: int
) -> None:
    assert first_row(choices, before) == row
