"""The next screens are made while one is read; a key shows them, and nobody sees a difference."""

from pathlib import Path

import pytest
from textual.screen import Screen

from circle_tui.service.clock import ManualClock
from circle_tui.tui.app import CircleApp
from circle_tui.tui.screens.base import BaseScreen

from .app_driver import add_first_meeting, begin_round, create_circle, run_app
from .painting import sit_painted

ENTER, BACK = "enter", "escape"
MEETING = (
    *(ENTER, ENTER, ENTER, "n", ENTER, "k", BACK, "u", "u", "u"),
    *("n", ENTER, "k", BACK, "u", "U", "U", ENTER, BACK, ENTER),
    *("n", "u", "n", ENTER, BACK, ENTER, *"pppppppp", ENTER, ENTER, ENTER),
)
"""A meeting with what is undone and done again, and home after it."""

SMALL, LARGE = (40, 12), (110, 34)


def made_ahead(app: CircleApp) -> dict[str, Screen[None]]:
    """The screens that are there and not shown, by name: "Share", "Home"."""
    screens = [each for each in app._registry if isinstance(each, BaseScreen)]
    ahead = [each for each in screens if each not in app.screen_stack]
    by_name: dict[str, Screen[None]] = {name(each): each for each in ahead}
    assert len(by_name) == len(ahead)
    return by_name


def name(screen: Screen[None]) -> str:
    return type(screen).__name__.removesuffix("Screen")


async def pictures_of_meeting(folder: Path, clock: ManualClock, *, ahead: bool) -> list[str]:
    """What is read after each key of a meeting."""
    add_first_meeting(create_circle(folder, clock), "I call the printer")
    pictures: list[str] = []
    async with run_app(folder, clock, LARGE) as driver:
        for key in MEETING:
            if ahead:
                await driver.make_ahead()
            await driver.press(key)
            pictures.append(f"{driver.screen_name}\n{driver.text}")
    return pictures


async def test_a_meeting_looks_the_same_whether_its_screens_were_made_ahead_or_not(
    tmp_path: Path, clock: ManualClock
) -> None:
    pictures = {}
    for ahead in (False, True):
        folder = tmp_path / str(ahead)
        folder.mkdir()
        own = ManualClock(clock.moment)
        pictures[ahead] = await pictures_of_meeting(folder, own, ahead=ahead)
    assert pictures[True] == pictures[False]
    seen = {picture.split("\n")[0] for picture in pictures[True]}
    assert seen == {"Gathering", "Share", "Responses", "Commitments", "Closing", "Home"}


async def test_a_key_shows_the_screen_that_was_made_ahead(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        for keys, at in (
            (("p",), "People"),
            (("escape", "enter"), "Gathering"),
            (("enter",), "Share"),
        ):
            await driver.make_ahead()
            ahead = made_ahead(driver.app)
            await driver.press(*keys)
            assert driver.app.screen is ahead[at]


async def test_a_screen_made_ahead_has_drawn_and_asked_nothing(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to draw yet: nobody's commitments are up while the others respond."""
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "n")
        drawn: list[Screen[None]] = []
        draw = BaseScreen.refresh_view
        monkeypatch.setattr(
            BaseScreen, "refresh_view", lambda screen: (drawn.append(screen), draw(screen))
        )
        await driver.make_ahead()
        assert made_ahead(driver.app).keys() >= {"Commitments", "Share"}
        assert drawn == []
        await driver.press("enter")
        assert {name(each) for each in drawn} == {"Commitments"}


async def test_nothing_is_painted_while_screens_are_made_ahead(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with sit_painted(folder, clock) as (driver, terminal):
        await driver.press("enter")
        terminal.paintings.clear()
        await driver.make_ahead()
        assert terminal.paintings == []


async def test_a_screen_made_for_another_size_or_theme_is_not_shown_and_goes(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, LARGE) as driver:
        await driver.make_ahead()
        outdated = made_ahead(driver.app)["Gathering"]
        await driver.resize(*SMALL)
        await driver.press("enter")
        assert driver.screen_name == "Gathering"
        assert driver.app.screen is not outdated
        await driver.press("escape")
        await driver.make_ahead()
        assert outdated not in driver.app._registry
        outdated = made_ahead(driver.app)["Gathering"]
        driver.app.choose_theme(dark=False)
        await driver.make_ahead()
        assert outdated not in driver.app._registry
        assert "Gathering" in made_ahead(driver.app)


async def test_a_screen_made_for_another_circle_is_not_shown(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    create_circle(folder, clock, "Ann, Bob", "Lake")
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        assert driver.screen_name == "Home"
        await driver.make_ahead()
        of_first = made_ahead(driver.app)["Gathering"]
        await driver.press("o", "down", "enter")
        assert driver.screen_name == "Home"
        await driver.press("enter")
        assert driver.screen_name == "Gathering"
        assert driver.app.screen is not of_first
        assert len(driver.meeting.people) == 2
