"""What a machine does to an open circle: clocks set back, other zones, a folder that is gone."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from tests.core.invariants import check_meeting, check_state
from tests.hostile_text import is_one_sentence

from .app_driver import MINUTE, SECOND, folder_contents, run_app
from .past_meetings import read_state
from .screen_states import create_folder_for

HOUR = timedelta(hours=1)


@pytest.mark.full
async def test_a_clock_set_back_by_an_hour_costs_nobody_time_and_the_meeting_ends_after_it_began(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "ready")
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        await driver.advance_in_small_steps(3 * MINUTE)
        left, before = driver.remaining, driver.meeting
    clock.move(-HOUR)
    async with run_app(folder, clock) as driver:
        assert driver.meeting.finished == before.finished
        if driver.screen_name == "Resume":
            await driver.press("enter")
        check_meeting(driver.meeting, clock.now())
        assert timedelta() <= left - driver.remaining <= 3 * MINUTE
        while driver.phase is not Phase.CLOSING:
            await driver.press("space" if driver.phase is Phase.READY else "n", "escape", "enter")
            check_meeting(driver.meeting, clock.now())
        while driver.screen_name != "Home":
            await driver.press("enter")
    said = read_state(folder)
    assert [record.number for record in said.records] == [1, 2]
    check_state(said, clock.now())


async def test_a_machine_in_another_zone_moves_no_meeting(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_folder_for(folder, clock, "share")
    async with run_app(folder, clock) as driver:
        before, shown = driver.meeting, driver.text
    try:
        for zone in ("America/New_York", "Asia/Kathmandu", "Pacific/Apia"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            async with run_app(folder, clock) as driver:
                assert driver.meeting == before
                assert driver.text == shown
    finally:
        monkeypatch.undo()
        time.tzset()


async def test_a_folder_that_disappears_while_home_is_open_is_reported_and_not_made_again(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "home")
    before, away = folder_contents(folder), folder.with_name("away")
    async with run_app(folder, clock) as driver:
        folder.rename(away)
        for keys in (("enter",), ("v", "w"), ("escape", "b", "x"), ("escape", "p", "a")):
            await driver.press(*keys)
            assert "is gone: bring it back" in driver.flashed
            assert is_one_sentence(driver.flashed)
        assert not folder.exists()
        away.rename(folder)
        await driver.press("escape", "enter")
        assert driver.screen_name == "Gathering"
        await driver.press("escape", "q")
    assert folder_contents(folder) == before


async def test_a_folder_that_disappears_in_a_meeting_loses_no_act_once_it_is_back(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "ready")
    away = folder.with_name("away")
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        folder.rename(away)
        for key in ("space", "space", "n", "t"):
            await driver.press(key)
            await driver.advance(SECOND)
            assert "is gone: bring it back" in driver.status
            assert is_one_sentence(driver.status)
        assert not folder.exists()
        before = driver.meeting
        away.rename(folder)
        await driver.advance(SECOND)
        assert "gone" not in driver.status
    async with run_app(folder, clock) as driver:
        assert driver.meeting == before


async def test_a_folder_that_is_gone_for_good_lets_one_leave_after_saying_what_is_lost(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "ready")
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        folder.rename(folder.with_name("away"))
        await driver.press("space", "q")
        assert "Quitting now loses the last changes" in driver.flashed
        assert not driver.exited
        await driver.press("q")
        assert driver.exited
    assert not folder.exists()
