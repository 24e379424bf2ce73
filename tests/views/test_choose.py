"""The circles of a folder, and which of them can be opened."""

import pytest

from circle_tui.views.choose import ChooseView, CircleSummary, choose_view, first_row
from circle_tui.views.view import Local, Request, Say

from .actions import intents, why_not

PIER = CircleSummary(slug="pier", name="Pier", people=4)
QUAY = CircleSummary(slug="quay", name="Quay", people=5, under_way=True)
SAMPLE = CircleSummary(slug="sample", name="Harbour", people=5, under_way=True, sample=True)
BROKEN = CircleSummary(slug="broken", trouble="This file is damaged.")


def shown(*choices: CircleSummary, cursor: int = 0, came_from_circle: bool = False) -> ChooseView:
    return choose_view(choices, cursor=cursor, folder="sessions", came_from_circle=came_from_circle)


def rows(view: ChooseView) -> list[tuple[str, str, str]]:
    return [(row.glyph, row.text, row.state) for row in view.rows]


def test_each_circle_says_in_a_few_words_how_it_is() -> None:
    view = shown(PIER, QUAY, SAMPLE, BROKEN)
    assert view.headline == ("Which circle?", "in sessions")
    assert rows(view) == [
        ("○", "Pier", "4 people"),
        ("○", "Quay", "a meeting is under way"),
        ("○", "Harbour", "the sample"),
        ("!", "broken", "cannot be read"),
    ]


def test_circles_of_one_name_are_told_apart_by_their_files() -> None:
    second = CircleSummary(slug="pier-2", name="Pier", people=2)
    names = [name for _, name, _ in rows(shown(PIER, QUAY, second))]
    assert names == ["Pier (pier)", "Quay", "Pier (pier-2)"]


def test_no_control_character_of_a_files_name_reaches_the_screen() -> None:
    named = CircleSummary(slug="a\x1b[31mb", trouble="This file is damaged.")
    assert "\x1b" not in shown(named).rows[0].text


def test_a_circle_that_can_be_read_is_opened() -> None:
    view = shown(BROKEN, PIER, cursor=1)
    assert intents(view)["open"] is Local.SELECT
    assert view.status == ""


def test_a_circle_that_cannot_be_read_says_why_and_is_not_opened() -> None:
    view = shown(BROKEN, PIER)
    assert view.status == "This file is damaged."
    assert intents(view)["open"] == Say("This file is damaged.")


def test_without_a_circle_there_is_nothing_to_open_and_n_sets_one_up() -> None:
    view = shown()
    assert view.status == "No circle here yet: n sets one up."
    assert intents(view)["open"] == Say("There is nothing to open yet: n sets up a circle.")
    assert intents(view)["new_circle"] is Request.NEW_CIRCLE


def test_esc_goes_back_where_they_came_from_a_circle_and_otherwise_says_why_not() -> None:
    assert intents(shown(PIER, came_from_circle=True))["back"] is Local.BACK
    assert "nothing to go back to" in (why_not(shown(PIER), "back") or "")


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
