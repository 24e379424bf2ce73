"""A circle that rests after a cycle: no date is asked for, and it can be woken."""

from pathlib import Path

import pytest

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting.meeting import ClosingStep
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock

from .app_driver import meeting_under_way, run_app
from .cycle_ends import at_the_end, through_the_look_back
from .past_meetings import (
    circle_that_met,
    move_to_next_meeting,
    read_state,
    run_closing,
    run_to_closing,
)


async def test_a_circle_that_rests_is_asked_for_no_date_and_home_says_how_to_wake_it(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with run_app(folder, clock) as driver:
        await through_the_look_back(driver)
        await driver.press("z")
        assert driver.meeting.closing_step is ClosingStep.CLOSE
        assert "Next meeting?" not in driver.text
        before = driver.meeting
        await driver.press("d")
        assert not driver.prompt_open
        assert driver.meeting == before
        await driver.press("enter")
        assert driver.screen_name == "Home"
        assert "This circle is resting" in driver.text
        await driver.press("enter")
        assert driver.screen_name == "Home"
        assert driver.app.live is None
        await driver.press("w")
        assert driver.screen_name == "Rebooking"
        assert "Thursday 28 May, 10:00  in" in driver.text_of("#coming")
        await driver.press("escape", "enter")
        assert driver.screen_name == "Gathering"
        assert driver.meeting.context.number_in_cycle == 1
    assert read_state(folder).records[-1].next is None


async def test_a_circle_is_woken_from_the_rebooking_place_too_and_can_be_let_rest_on(
    folder: Path, clock: ManualClock
) -> None:
    at_the_end(folder, clock)
    async with run_app(folder, clock) as driver:
        await through_the_look_back(driver)
        await driver.press("z", "enter", "b")
        assert "This circle is resting" in driver.text
        await driver.press("x", "d")
        assert not driver.prompt_open
        assert read_state(folder).cancelled == ()
        await driver.press("w")
        assert "Thursday 28 May, 10:00  in" in driver.text_of("#coming")
        await driver.press("d")
        await driver.type("20 May")
        await driver.press("enter")
        assert "Wednesday 20 May, 10:00  in" in driver.text_of("#coming")
        assert read_state(folder).cancelled == ()
        await driver.press("u", "u")
        assert "This circle is resting" in driver.text


def test_no_meeting_begins_while_a_circle_rests(folder: Path, clock: ManualClock) -> None:
    file = circle_that_met(folder, clock, 5)
    move_to_next_meeting(file, clock)
    with meeting_under_way(file, clock) as live:
        run_to_closing(live, clock)
        run_closing(live, CycleChoice.REST)
        live.finish()
    service = CircleService(file, clock)
    with pytest.raises(RuleError, match="resting"):
        service.begin()
    assert not file.journal_path.exists()
    service.close()
