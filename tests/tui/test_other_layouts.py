"""Keys that mean what is meant, whatever the keyboard is set to."""

from pathlib import Path

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock

from .app_driver import TO_COMMITMENTS, begin_round, create_circle, run_app


@pytest.mark.sampled(1)
@pytest.mark.parametrize("space", ["\u3000", "\u00a0"])
async def test_space_in_any_width_holds(folder: Path, clock: ManualClock, space: str) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", space)
        assert driver.countdown.is_paused
        await driver.press(space)
        assert not driver.countdown.is_paused


@pytest.mark.sampled(2)
@pytest.mark.parametrize("key", ["N", "т", "Ν", "מ", "ى", "ㅜ", "ｎ"])
async def test_n_finishes_on_any_layout(folder: Path, clock: ManualClock, key: str) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", key)
        assert driver.phase is Phase.RESPONSES


async def test_a_seat_is_chosen_by_its_digit_on_azerty(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "é", "space")
        assert driver.meeting.people[1].attendance is not Attendance.PRESENT


async def test_in_a_field_every_letter_is_itself_and_a_wide_space_is_a_space(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock, *TO_COMMITMENTS)
    async with run_app(folder, clock) as driver:
        await driver.press("n")
        await driver.type("ЫТ é\u3000U")
        assert driver.prompt_value == "ЫТ é U"


async def test_with_caps_lock_u_is_redo_and_says_so_where_nothing_can_be_redone(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("U")
        assert driver.phase is Phase.READY
        assert driver.flashed == "There's nothing to redo. Is Caps Lock on?"
        await driver.press("u", "U")
        assert driver.phase is Phase.READY
