"""The seats in one line, where there is no room for the ring beside the page."""

from pathlib import Path

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import covenant
from circle_tui.core.meeting import commands
from circle_tui.service.clock import ManualClock
from circle_tui.tui.console_signs import CONSOLE_SIGNS
from circle_tui.tui.widgets import bar
from circle_tui.tui.widgets.covenant_overlay import CovenantOverlay
from circle_tui.tui.widgets.stage import SeatsLine
from circle_tui.views.ring import Seat, SeatState

from .app_driver import FIVE, AppDriver, create_circle, run_app
from .past_meetings import execute_between_meetings, park_at_closing
from .screen_states import create_folder_for, go_to_state

SCENES = ("home", "gathering", "responses", "commitments", "typing", "why", "closing", "close")
"""The screens of a circle and its meeting that have a page, one of each kind."""
LONG = "Maximiliana, Bartholomew, Priyadarshini, Clementine, Theodora"


async def seats_shown(driver: AppDriver) -> str:
    """What the row below the headline says, if the seats are there."""
    line = driver.app.screen.query_one(SeatsLine)
    assert (line.region.y, line.region.height) == (1, 1)
    return driver.text_of("SeatsLine").strip()


@pytest.mark.parametrize("size", [(40, 12), (59, 19), (40, 24), (59, 20), (60, 12)], ids=str)
async def test_the_seats_stay_in_the_row_below_the_headline_through_the_whole_meeting(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    for scene in SCENES:
        target = folder / scene
        target.mkdir()
        create_folder_for(target, clock, scene, FIVE)
        async with run_app(target, clock, size) as driver:
            await go_to_state(driver, scene)
            shown = await seats_shown(driver)
            assert all(f" {name}" in shown for name in ("Maya", "Tom", "Priya", "Lena", "Sam"))


@pytest.mark.parametrize(
    ("size", "scene", "seats"),
    [
        ((40, 12), "gathering", "● ▶ Bartholomew ● ● ●"),
        ((40, 12), "responses", "○ ▶ Bartholomew ◎ ○ ○"),
        ((40, 12), "closing", "● ● · ● ●"),
        ((20, 12), "home", "▶ Bartholomew"),
    ],
    ids=str,
)
async def test_where_not_all_names_have_room_whoever_has_the_turn_keeps_theirs(
    folder: Path, clock: ManualClock, size: tuple[int, int], scene: str, seats: str
) -> None:
    create_folder_for(folder, clock, scene, LONG)
    async with run_app(folder, clock, size) as driver:
        await go_to_state(driver, scene)
        assert await seats_shown(driver) == seats


@pytest.mark.parametrize("size", [(40, 11), (20, 10), (20, 6)], ids=str)
async def test_on_the_smallest_terminals_the_page_has_the_row(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    create_folder_for(folder, clock, "home", FIVE)
    async with run_app(folder, clock, size) as driver:
        screen = driver.app.screen
        assert screen.query_one(SeatsLine).region.height == 0
        assert screen.query_one("#glance").region.y == 1


async def test_on_a_small_terminal_the_gathering_still_says_the_order_and_who_is_here(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "gathering", FIVE)
    async with run_app(folder, clock, (40, 12)) as driver:
        await go_to_state(driver, "gathering")
        for words in ("› ● 1 Maya   here", "● 5 Sam    here", "Tom → Priya → Lena → Sam → Maya"):
            assert words in driver.text


async def test_a_console_has_every_sign_of_the_seats(folder: Path, clock: ManualClock) -> None:
    create_folder_for(folder, clock, "responses", FIVE)
    async with run_app(folder, clock, (40, 12)) as driver:
        seats = (await seats_shown(driver)).translate(CONSOLE_SIGNS)
        assert seats == "o Maya  > Tom  O Priya  o Lena  o Sam"


# The mouse


def cells_of_seats(seats: tuple[Seat, ...], width: int) -> list[str]:
    """What the line shows where each seat is."""
    line = [cell for cell, _ in bar.seats_line(seats, width)]
    assert len(line) <= width
    return [
        "".join(line[start : start + cells])
        for _, start, cells in bar.seats_line_spans(seats, width)
    ]


def test_each_seat_is_where_its_glyph_and_name_are() -> None:
    names = ("Maya", "慎太郎", "Bartholomew")
    seats = tuple(Seat(name, SeatState.WAITING) for name in names)
    assert cells_of_seats(seats, 40) == ["○ Maya", "○ 慎太郎", "○ Bartholomew"]
    assert cells_of_seats(seats, 20) == ["○", "○", "○"]
    assert cells_of_seats(seats, 3) == ["○", "○", "○"]
    assert cells_of_seats(seats, 2) == ["○", "…", ""]
    seats = (*seats[:2], Seat("Bartholomew", SeatState.NOW))
    assert cells_of_seats(seats, 20) == ["○", "○", "▶ Bartholomew"]
    assert cells_of_seats(seats, 14) == ["", "", "▶ Bartholomew"]
    assert cells_of_seats(seats, 0) == ["", "", ""]


def place_in_line(driver: AppDriver, words: str) -> tuple[int, int]:
    """Column and row of these words in the line of seats."""
    return driver.text.splitlines()[1].index(words), 1


async def click_in_line(driver: AppDriver, words: str) -> None:
    await driver.pilot.click(offset=place_in_line(driver, words))
    await driver.settle()


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
async def test_a_click_on_a_seat_in_the_line_chooses_that_member(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    create_folder_for(folder, clock, "gathering", FIVE)
    async with run_app(folder, clock, size) as driver:
        for place, words in (("● Priya", "› ● 3 Priya"), ("Sam", "› ● 5 Sam"), ("▶", "› ● 2 Tom")):
            await click_in_line(driver, place)
            assert words in driver.text
        await click_in_line(driver, "  ● Lena")  # between two seats
        assert "› ● 2 Tom" in driver.text


async def test_a_click_on_a_seat_in_the_line_chooses_who_reaches_out_but_not_below_the_covenant(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    execute_between_meetings(file, clock, covenant.write)
    park_at_closing(file, clock, (commands.mark, "m3", Attendance.ABSENT))
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        await click_in_line(driver, "Lena")
        assert "› Lena" in driver.text_of("#who")
        await driver.press("v")
        assert driver.app.screen.query(CovenantOverlay)
        await click_in_line(driver, "Maya")
        await driver.press("escape")
        assert "› Lena" in driver.text_of("#who")


@pytest.mark.parametrize(
    ("scene", "can_be"), [("gathering", True), ("home", False), ("responses", False)]
)
@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
async def test_a_seat_in_the_line_shows_that_it_can_be_clicked_only_where_one_is_chosen(
    folder: Path, clock: ManualClock, size: tuple[int, int], scene: str, *, can_be: bool
) -> None:
    create_folder_for(folder, clock, scene, FIVE)
    async with run_app(folder, clock, size) as driver:
        column, row = place_in_line(driver, "○ Sam" if not can_be else "● Sam")
        await driver.pilot.hover(offset=(column + 2, row))
        styles = [driver.app.screen.get_style_at(x, row) for x in range(column - 1, column + 6)]
        assert [bool(each.underline) for each in styles] == [False, *[can_be] * 5, False]
        await driver.pilot.hover(offset=(0, 0))
        assert not driver.app.screen.get_style_at(column, row).underline
