"""The circles of a folder, and which of them can be opened."""

import pytest

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import membership
from circle_tui.core.circle.record import MeetingRecord, Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.views.choose import ChooseView, CircleSummary, choose_view, first_row, summary
from circle_tui.views.view import Local, Request, Say
from tests.core.meetings import START, circle_of, record

from .actions import intents, why_not

PIER = CircleSummary(slug="pier", name="Pier", members=("Ana", "Ben"), meets="19 March")
QUAY = CircleSummary(slug="quay", name="Quay", members=("Cy",), meets="a meeting is under way")
SAMPLE = CircleSummary(slug="sample", name="Harbour", sample=True)
REST = Retrospective(choice=CycleChoice.REST, worked="", change="")
BROKEN = CircleSummary(slug="broken", trouble="This file is damaged.")


def shown(*choices: CircleSummary, cursor: int = 0, came_from_circle: bool = False) -> ChooseView:
    return choose_view(choices, cursor=cursor, folder="sessions", came_from_circle=came_from_circle)


def rows(view: ChooseView) -> list[tuple[str, str, str]]:
    return [(row.name, row.text, row.state) for row in view.rows]


def test_each_circle_says_in_a_few_words_how_it_is() -> None:
    view = shown(PIER, QUAY, SAMPLE, BROKEN)
    assert view.headline == ("Which circle?", "in sessions")
    assert rows(view) == [
        ("Pier", "2 people", "19 March"),
        ("Quay", "1 person", "a meeting is under way"),
        ("Harbour", "the sample", ""),
        ("broken", "can't be read", ""),
    ]


def test_circles_of_one_name_are_told_apart_by_their_files() -> None:
    second = CircleSummary(slug="pier-2", name="Pier")
    names = [name for name, _, _ in rows(shown(PIER, QUAY, second))]
    assert names == ["Pier (pier)", "Quay", "Pier (pier-2)"]


def test_no_control_character_of_a_files_name_reaches_the_screen() -> None:
    named = CircleSummary(slug="a\x1b[31mb", trouble="This file is damaged.")
    assert "\x1b" not in shown(named).rows[0].name


def test_a_circle_that_can_be_read_is_opened() -> None:
    view = shown(BROKEN, PIER, cursor=1)
    assert intents(view)["open"] is Local.SELECT
    assert view.status == "Enter opens Pier."
    assert view.explained == "Ana and Ben"
    assert [seat.name for seat in view.face.seats] == ["Ana", "Ben"]


def test_a_circle_that_cannot_be_read_says_why_and_is_not_opened() -> None:
    view = shown(BROKEN, PIER)
    assert view.status == "This file is damaged."
    assert intents(view)["open"] == Say("This file is damaged.")


def test_without_a_circle_there_is_nothing_to_open_and_n_sets_one_up() -> None:
    view = shown()
    assert view.status == "No circle here yet. n sets one up, d shows a demo."
    assert intents(view)["open"] == Say("There's nothing to open yet. n sets up a circle.")
    assert intents(view)["new_circle"] is Request.NEW_CIRCLE


def test_esc_goes_back_where_they_came_from_a_circle_and_otherwise_says_why_not() -> None:
    assert intents(shown(PIER, came_from_circle=True))["back"] is Local.BACK
    assert "nothing to go back to" in (why_not(shown(PIER), "back") or "")


def test_while_files_are_read_the_headline_says_so_and_an_empty_list_is_not_called_empty() -> None:
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
    assert summary("slug", facts, START, under_way=under_way).meets == meets


def test_only_those_who_are_expected_sit_in_the_ring() -> None:
    facts = membership.go_away(CircleState(circle=circle_of(3)), START, "m2")
    assert summary("slug", facts, START, under_way=False).members == ("Ada", "Cleo")


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
