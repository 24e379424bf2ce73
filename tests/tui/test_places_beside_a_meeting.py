"""Places between meetings, opened from the palette while a meeting is on."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock

from .app_driver import SECOND, AppDriver, begin_round, create_circle, run_app
from .past_meetings import read_state


async def to_share(driver: AppDriver) -> None:
    """From the first turn on offer into its share."""
    await driver.press("enter")
    assert driver.screen_name == "Share"
    assert not driver.countdown.is_paused


async def open_place(driver: AppDriver, name: str) -> None:
    """By the palette, as somebody types the place's name."""
    app = driver.app
    titles = {each.title: each for each in app.get_system_commands(app.screen)}
    titles[name].callback()
    await driver.settle()


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("Commitments", "OpenCommitments"),
        ("Covenant", "Covenant"),
        ("People", "People"),
        ("Settings", "Settings"),
    ],
)
async def test_esc_returns_to_the_share_and_its_clock_ran_on(
    folder: Path, clock: ManualClock, name: str, at: str
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await to_share(driver)
        left = driver.remaining
        await open_place(driver, name)
        assert driver.screen_name == at
        await driver.advance_in_small_steps(60 * SECOND)
        assert not driver.countdown.is_paused
        await driver.press("escape")
        assert driver.screen_name == "Share"
        assert driver.remaining == left - 60 * SECOND
        assert driver.ring.remaining == pytest.approx(driver.remaining / left)
        # The share's own keys work again.
        await driver.press("space")
        assert driver.countdown.is_paused


@pytest.mark.full
async def test_the_palette_itself_leads_there(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await to_share(driver)
        await driver.press("colon")
        assert driver.screen_name == "CommandPalette"
        await driver.type_without_waiting("People")
        await driver.app.workers.wait_for_complete()
        await driver.settle()
        assert "Esc takes you back to the meeting" in driver.text
        await driver.press("enter", "enter")
        assert driver.screen_name == "People"


async def test_who_joins_there_is_in_the_circle_and_not_in_this_meeting(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await to_share(driver)
        before = driver.meeting
        await open_place(driver, "People")
        await driver.press("n")
        await driver.type("Noor")
        await driver.press("enter", "escape")
        assert driver.screen_name == "Share"
        assert driver.meeting == before
    assert read_state(folder).circle.members[-1].name == "Noor"


async def test_what_touches_the_meeting_is_refused_there(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await to_share(driver)
        await open_place(driver, "People")
        await driver.press("f")
        assert "in a meeting" in driver.flashed


async def test_undoing_the_meetings_last_act_there_shows_the_meeting_at_its_phase(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await to_share(driver)
        await driver.press("n")
        assert driver.screen_name == "Responses"
        await driver.press("u")
        assert driver.screen_name == "Share"
        await open_place(driver, "People")
        await driver.press("u")
        assert driver.phase is Phase.READY
        assert driver.screen_name == "Share"
        assert driver.flashed.startswith("Undone: the start of ")
        await open_place(driver, "People")
        await driver.press("U")
        assert driver.phase is Phase.SHARE
        assert driver.screen_name == "Share"


async def test_on_a_machine_that_slept_the_place_stays_and_says_so(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await to_share(driver)
        await open_place(driver, "People")
        await driver.press("n")
        await driver.type("Noor")
        await driver.advance(timedelta(minutes=5))
        assert driver.screen_name == "People"
        assert driver.prompt_value == "Noor"
        assert "asleep" in driver.flashed
        await driver.press("escape", "escape")
        assert driver.screen_name == "Share"
        assert driver.countdown.is_paused
        assert "On hold" in driver.status


async def test_leaving_there_parks_the_meeting(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await to_share(driver)
        await open_place(driver, "Settings")
        await driver.press("q", "q")
        assert driver.exited
    clock.move(60 * SECOND)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Resume"
        assert driver.phase is Phase.SHARE


async def test_without_a_meeting_esc_goes_home(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("p", "escape")
        assert driver.screen_name == "Home"


async def test_check_ins_are_there_where_the_format_has_them(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(
        create_circle(folder, clock, "Ana, Ben, Caz, Dee", format_key="movement-pod"), clock
    )
    async with run_app(folder, clock) as driver:
        await to_share(driver)
        await open_place(driver, "Check in")
        assert driver.screen_name == "CheckIns"
        await driver.press("escape")
        assert driver.screen_name == "Share"


async def test_none_of_them_stands_in_the_footer_or_the_help_of_a_share(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await to_share(driver)
        assert "People" not in driver.text
        await driver.press("question_mark")
        assert driver.screen_name == "Help"
        # The guide has a page about people far away.
        assert not re.search("People(?! far away)", driver.text)
