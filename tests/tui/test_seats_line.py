"""The seats in one line, where there is no room for the ring beside the page."""

from pathlib import Path

import pytest

from circle_tui.service.clock import ManualClock
from circle_tui.tui.console_signs import CONSOLE_SIGNS
from circle_tui.tui.widgets.stage import SeatsLine

from .app_driver import FIVE, AppDriver, run_app
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
