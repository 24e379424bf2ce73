"""What time alone changes on a screen that nobody touches."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.service.clock import ManualClock
from circle_tui.tui.screens.home import HomeScreen
from circle_tui.views.view import View

from .app_driver import FIVE, MINUTE, SECOND, create_circle, run_app
from .screen_states import create_folder_for

DAY = timedelta(days=1)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """The views of home, as they are made."""
    views: list[View] = []
    build = HomeScreen.build_view

    def note(screen: HomeScreen) -> View:
        views.append(build(screen))
        return views[-1]

    monkeypatch.setattr(HomeScreen, "build_view", note)
    return views


async def test_the_ring_of_a_gathering_ends_when_the_headline_does(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press("enter")
        for passed, end in ((timedelta(), "10:54"), (9 * MINUTE, "11:03"), (MINUTE, "11:04")):
            await driver.advance(passed)
            assert driver.headline[-1] == f"ends about {end}"
            assert driver.ring.note.endswith(f"until {end}")
            assert f"until {end}" in driver.text


async def test_home_left_open_says_how_far_off_the_meeting_is_on_each_day(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "home", FIVE)
    async with run_app(folder, clock, (110, 34)) as driver:
        assert "in 14 days" in driver.text
        for days in (13, 12, 11):
            await driver.advance(DAY)
            assert f"in {days} days" in driver.text
    async with run_app(folder, clock, (80, 24)) as driver:
        assert "in 11 days" in driver.text
        await driver.advance(2 * DAY)
        assert "in 9 days" in driver.text


async def test_home_looks_once_a_minute_and_draws_only_what_is_said_otherwise(
    folder: Path, clock: ManualClock, built: list[View], monkeypatch: pytest.MonkeyPatch
) -> None:
    create_folder_for(folder, clock, "home", FIVE)
    async with run_app(folder, clock) as driver:
        await driver.advance(SECOND)
        built.clear()
        drawn: list[View] = []
        monkeypatch.setattr(HomeScreen, "update_view", lambda _screen, view: drawn.append(view))
        for _ in range(120):
            await driver.advance(SECOND)
        assert len(built) == 2
        assert drawn == []


async def test_what_is_typed_and_the_cursor_stay_as_the_days_pass(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "home", FIVE)
    async with run_app(folder, clock) as driver:
        await driver.press("b")
        assert "in 14 days" in driver.text
        await driver.press("d")
        await driver.type("9 Apr")
        await driver.advance(DAY)
        assert driver.prompt_value.endswith("9 Apr")
        await driver.press("escape")
        await driver.advance(SECOND)
        assert "in 13 days" in driver.text
        await driver.press("escape", "c", "down")
        cursor = driver.app.screen.presenter.cursor  # type: ignore[attr-defined]
        assert cursor == 1
        await driver.advance(DAY)
        assert driver.app.screen.presenter.cursor == cursor  # type: ignore[attr-defined]
        await driver.press("escape")
        await driver.advance(SECOND)
        assert "in 12 days" in driver.text


async def test_home_is_not_drawn_again_in_the_second_after_it_is_shown(
    folder: Path, clock: ManualClock, built: list[View]
) -> None:
    """What it flashed once is no longer in its view, so that a look finds another one."""
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "x")
        assert driver.screen_name == "Home"
        built.clear()
        await driver.advance(SECOND)
        assert built == []
