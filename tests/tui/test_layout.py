"""What a look at all screens found once, and must not find again."""

from pathlib import Path

import pytest
from textual.widgets import Static

from circle_tui.service.clock import ManualClock
from circle_tui.tui.widgets import bar, covenant_overlay, lines
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.cells import Role
from circle_tui.tui.widgets.large_text import LargeText
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.ring_plan import plan
from circle_tui.views.ring import RingFace, Seat, SeatState

from .app_driver import create_circle, run_app
from .review_driver import run_review
from .screen_states import create_folder_for, go_to_state

ENOUGH = 4
"""Cells from which on a level stretch of the ring is no notch."""


@pytest.mark.parametrize("size", [(56, 31), (68, 31), (80, 21), (110, 31), (200, 47), (64, 40)])
def test_the_ring_is_level_where_it_is_highest_inside_and_outside(size: tuple[int, int]) -> None:
    ring = plan(*size)
    middle = size[0] // 2
    column = [piece for piece in ring.pieces if piece.column == middle]
    for edge in (column[0], column[len(column) // 2 - 1]):
        alike = [
            piece.column
            for piece in ring.pieces
            if piece.row == edge.row and piece.full == edge.full
        ]
        assert {*range(middle - ENOUGH // 2, middle + ENOUGH // 2)} <= {*alike}


@pytest.mark.parametrize(
    ("parts", "width", "shown"),
    [
        (("Harbour", "turn 1 of 5", "ends about 10:54"), 38, "Harbour  ·  ends about 10:54"),
        (("Harbour Circle", "5 people, fortnightly"), 38, "Harbour Cir…  ·  5 people, fortnightly"),
        (("The Harbour of Hope", "ends about 10:54"), 30, "The Harb…  ·  ends about 10:54"),
        (("Harbour Circle", "ends about 10:54"), 20, "ends about 10:54"),
        (
            ("Which circle?", "in /home/maya/Documents/circles"),
            38,
            "Which circle?  ·  in /home/maya/Docum…",
        ),
        (
            ("Harbour Circle", "covenant", "version 1, written 7 January"),
            38,
            "Harbour Circle  ·  version 1, written…",
        ),
        (("漢字漢字漢字", "ends about 10:54"), 28, "漢字漢…  ·  ends about 10:54"),
    ],
)
def test_a_headline_keeps_the_beginning_of_a_name_and_the_end_of_the_meeting(
    parts: tuple[str, ...], width: int, shown: str
) -> None:
    line = lines.fitted(parts, width)
    assert line.plain == shown
    assert line.cell_length <= width


def test_a_small_terminal_has_room_for_every_clause_and_a_large_one_for_the_title() -> None:
    words = (
        "We say out loud what we will do, and listen to how it went. We hold each other with care.",
        "We meet fortnightly.",
        "This is not therapy and not supervision. What is said here stays here.",
    )
    small = covenant_overlay.fitted(words, 40, 8)
    assert len(small) <= 8
    text = " ".join(line.plain for line in small)
    assert all(clause in text for clause in words)
    assert not any("█" in line.plain for line in small)
    large = covenant_overlay.fitted(words, 80, 20)
    assert len(large) <= 20
    assert "█" in large[0].plain
    assert "" in [line.plain for line in large[7:]]  # With air between the clauses.


@pytest.mark.parametrize(("height", "rows"), [(5, 1), (6, 3), (7, 3), (8, 5)])
def test_a_name_above_the_bar_is_as_large_as_has_room(height: int, rows: int) -> None:
    seats = (Seat("Tom", SeatState.NOW), Seat("Maya", SeatState.WAITING))
    picture = bar.draw(40, height, RingFace(seats, 0.5, large="Tom"))
    assert sum(any(role is Role.DIGIT for _, role in row) for row in picture) == rows


def test_large_letters_stay_off_the_edges_where_they_can() -> None:
    picture = bar.draw(40, 9, RingFace((), 0.5, large="Maya"))
    letters = [row for row in picture if any(role is Role.DIGIT for _, role in row)]
    assert len(letters) == 5
    assert {row[at][0] for row in letters for at in (0, -1)} == {" "}


async def test_the_ring_is_as_far_from_the_top_as_from_the_bottom_of_a_large_terminal(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "home")
    async with run_app(folder, clock, (200, 50)) as driver:
        stage = driver.ring.parent
        assert stage is not None
        drawn = [
            at
            for at, line in enumerate(driver.text_of("Ring").splitlines())
            if "█" in line or "▄" in line or "▀" in line
        ]
        assert abs(drawn[0] - (stage.region.height - 1 - drawn[-1])) <= 1


async def test_an_empty_large_text_takes_no_row(folder: Path, clock: ManualClock) -> None:
    create_folder_for(folder, clock, "closing")
    async with run_app(folder, clock) as driver:
        text = LargeText()
        await driver.app.screen.query_one("#closing").mount(text)
        await driver.settle()
        assert not text.region.height
        text.show("Maya")
        await driver.settle()
        assert text.region.height
        text.show("")
        await driver.settle()
        assert not text.region.height


async def test_the_chosen_row_stands_out_without_colours(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for scene, chosen in (("gathering", "1 Maya"), ("passing up", "I rest on Sunday")):
        target = folder / scene.replace(" ", "-")
        target.mkdir()
        create_folder_for(target, clock, scene)
        async with run_app(target, clock) as driver:
            await go_to_state(driver, scene)
            strips = driver.app.screen._compositor.render_strips()
            cursor = next(strip for strip in strips if "› " in strip.text)
            assert chosen in cursor.text
            reversed_text = "".join(
                segment.text for segment in cursor if segment.style and segment.style.reverse
            )
            assert chosen in reversed_text
        monkeypatch.setenv("NO_COLOR", "1")  # Textual takes it out of the environment.


async def test_without_colours_nothing_has_one_and_neither_has_what_is_behind_it(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    create_folder_for(folder, clock, "home")
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, "home")
        for strip in driver.app.screen._compositor.render_strips():
            for segment in strip:
                assert segment.style is not None
                for colour in (segment.style.color, segment.style.bgcolor):
                    red, green, blue = colour.triplet if colour and colour.triplet else (0, 0, 0)
                    assert red == green == blue, (segment, colour)


@pytest.mark.parametrize("scene", ["date", "why"])
async def test_a_question_of_two_lines_is_whole_when_it_is_first_asked(
    folder: Path, clock: ManualClock, scene: str
) -> None:
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock, (110, 34)) as driver:
        await go_to_state(driver, scene)
        asked = driver.app.screen.query_one("Prompt > Static", Static)
        assert asked.size.height == 2
        words = " ".join(driver.text_of("Prompt > Static").split())
        assert words.endswith(("a day or a time.", "just Enter."))


async def test_no_word_that_may_be_passed_up_is_cut(folder: Path, clock: ManualClock) -> None:
    create_folder_for(folder, clock, "passing up")
    async with run_app(folder, clock, (40, 12)) as driver:
        await go_to_state(driver, "passing up")
        assert "› ○ Maya   I rest on Sunday" in driver.text
        assert "…" not in driver.text_of("#passing-up")


async def test_what_forgetting_somebody_means_has_its_title_on_a_small_terminal(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "home")
    async with run_app(folder, clock, (40, 12)) as driver:
        await driver.press("p", "f")
        assert "Forget Maya?" in driver.text


async def test_a_field_stays_in_view_as_the_terminal_becomes_small(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "date")
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, "date")
        for width, height in ((110, 34), (80, 24), (40, 12)):
            await driver.resize(width, height)
            field = driver.app.screen.query_one(Prompt).field
            assert driver.app.screen.find_widget(field).visible_region.height == 1


async def test_text_keeps_a_column_from_the_scroll_bar(folder: Path, clock: ManualClock) -> None:
    create_folder_for(folder, clock, "home")
    async with run_app(folder, clock, (40, 12)) as driver:
        page = driver.app.screen.query_one("#glance")
        assert page.vertical_scrollbar.region.x == 39
        assert all(each.region.right <= 38 for each in page.query(Card))
        assert all(each.region.right <= 38 for each in page.query(Static))


async def test_the_search_is_as_wide_as_what_it_finds(folder: Path, clock: ManualClock) -> None:
    create_folder_for(folder, clock, "home")
    async with run_app(folder, clock) as driver:
        await driver.press("question_mark")
        for width, height in ((110, 34), (80, 24), (40, 12)):
            await driver.resize(width, height)
            cards = [each.region for each in driver.app.screen.query(Card) if each.display]
            assert len({(each.x, each.right) for each in cards if each.width}) == 1


@pytest.mark.parametrize(
    ("scene", "keys"),
    [
        ("reach out", ("d",)),
        ("home", ("c", "e")),
        ("reviewing", ("c",)),
        ("dispute", ("1", "enter")),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
async def test_while_words_are_typed_no_other_card_is_orange(
    folder: Path, clock: ManualClock, scene: str, keys: tuple[str, ...]
) -> None:
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock) as driver:
        if scene != "home":
            await go_to_state(driver, scene)
        await driver.press(*keys)
        assert driver.prompt_open
        assert not driver.app.screen.query("Card.-active")
        await driver.press("escape")
        assert driver.app.screen.query("Card.-active")


@pytest.mark.parametrize("keys", [("slash",), ("enter", "d")], ids=["of many", "of one"])
async def test_while_something_is_typed_in_a_review_its_card_is_not_orange(
    folder: Path, clock: ManualClock, keys: tuple[str, ...]
) -> None:
    create_circle(folder, clock)
    create_circle(folder, clock, name="Quay")
    async with run_review(folder, clock=clock) as driver:
        await driver.press(*keys)
        assert driver.prompt_open
        assert not driver.app.screen.query("Card.-active")
