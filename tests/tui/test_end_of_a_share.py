"""How a share ends: digits, overtime, the bell, and a second key that leaves."""

from pathlib import Path

import pytest

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.views.share import LAST_MINUTE

from .app_driver import MINUTE, SECOND, begin_round, create_circle, run_app
from .test_share import speak


async def test_digits_are_shown_in_the_last_minute_alone(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        assert driver.ring.digits == ""
        await driver.advance(7 * MINUTE - SECOND, pulse=False)
        assert driver.ring.digits == ""
        await driver.advance(SECOND, pulse=False)
        assert driver.remaining == LAST_MINUTE
        assert driver.ring.digits == "1:00"
        await driver.advance(59 * SECOND, pulse=False)
        assert driver.ring.digits == "0:01"


async def test_d_switches_the_digits_on_and_off(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        before = driver.meeting
        await driver.press("d")
        assert driver.ring.digits == "8:00"
        await driver.advance(2 * SECOND)
        assert driver.ring.digits == "7:58"
        await driver.press("d")
        assert driver.ring.digits == ""
        assert driver.meeting == before


async def test_a_circle_that_wants_digits_has_them(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock, digits=True), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        assert driver.ring.digits == "8:00"


@pytest.mark.parametrize(("bell", "times"), [(False, 0), (True, 1)])
async def test_when_time_is_up_all_is_calm(
    folder: Path, clock: ManualClock, bells: list[str], bell: bool, times: int
) -> None:
    begin_round(create_circle(folder, clock, bell=bell), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        caption = driver.ring.caption
        await driver.advance(8 * MINUTE - SECOND, pulse=False)
        assert not bells
        await driver.advance(SECOND, pulse=False)
        assert driver.phase is Phase.SHARE
        assert driver.ring.remaining == 0
        assert driver.ring.digits == ""
        assert driver.ring.caption != caption
        for _ in range(5):
            await driver.advance(9 * SECOND, pulse=False)
            assert driver.ring.digits == ""
        assert len(bells) == times
        await driver.press("plus")
        assert driver.remaining == MINUTE
        assert driver.ring.digits == "1:00"


async def test_overtime_is_counted_for_a_circle_that_wants_it(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock, overtime=True), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.advance(8 * MINUTE + 5 * SECOND, pulse=False)
        assert driver.ring.digits == "-0:05"


async def test_the_bell_rings_once_even_where_the_end_was_slept_through(
    folder: Path, clock: ManualClock, bells: list[str]
) -> None:
    begin_round(create_circle(folder, clock, bell=True), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.advance(7 * MINUTE, pulse=False)
        await driver.press("space")
        await driver.advance(9 * MINUTE, pulse=False)
        assert not bells
        await driver.press("space")
        await driver.advance(MINUTE + SECOND, pulse=False)
        assert bells == ["bell"]


async def test_the_bell_switched_on_while_somebody_speaks_rings_for_them(
    folder: Path, clock: ManualClock, bells: list[str]
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("r")
        assert driver.flashed == "The bell will ring when time is up."
        await driver.advance_in_small_steps(7 * MINUTE)
        await driver.advance(MINUTE + SECOND, pulse=False)
        assert bells == ["bell"]
        await driver.press("u")
        assert "bell" in driver.flashed


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
async def test_a_running_share_is_left_with_the_second_key_alone(
    folder: Path, clock: ManualClock, key: str
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press(key)
        assert not driver.exited
        assert driver.flashed.startswith("Maya is speaking.")
        await driver.press(key)
        assert driver.exited


async def test_leaving_is_asked_about_again_once_the_question_is_old(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("q")
        await driver.advance_in_small_steps(2 * MINUTE)
        await driver.press("q")
        assert not driver.exited
        await driver.press("space", "q")
        assert driver.exited


async def test_a_sentence_that_asks_is_not_hidden_by_the_listening_rule(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("a", "q")
        assert driver.listening_rule_shown
        assert "again to quit" in driver.text
