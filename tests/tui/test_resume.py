"""It carries on: however a meeting was left, it is there again, and nothing ran meanwhile."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui.widgets.large_text import LargeText

from .app_driver import MINUTE, SECOND, AppDriver, assert_large, begin_round, create_circle, run_app

PHASES = {
    "gathering": ("enter", "space"),
    "ready": ("enter", "enter"),
    "share": ("enter", "enter", "enter"),
    "held": ("enter", "enter", "enter", "space"),
    "responses": ("enter", "enter", "enter", "n", "t"),
    "commitments": ("enter", "enter", "enter", "n", "n"),
    "closing": ("enter", "enter", "p", "p", "p", "p"),
}


async def leave_share(folder: Path, clock: ManualClock, after: timedelta) -> None:
    """A share that ran for `after`, and was left."""
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter", "enter")
        await driver.advance_in_small_steps(after)
        await driver.press("q", "q")
        assert driver.exited


async def goes_on(driver: AppDriver) -> None:
    if driver.screen_name == "Resume":
        await driver.press("enter")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("keys", [keys for name, keys in PHASES.items() if name != "share"])
async def test_a_meeting_left_in_any_phase_is_shown_on_its_screen_again(
    folder: Path, clock: ManualClock, keys: tuple[str, ...]
) -> None:
    create_circle(folder, clock, "Maya, Tom")
    async with run_app(folder, clock) as driver:
        await driver.press(*keys)
        screen, before = driver.screen_name, driver.meeting
    clock.move(5 * MINUTE)
    async with run_app(folder, clock) as driver:
        await goes_on(driver)
        assert driver.screen_name == screen
        assert driver.meeting == before


@pytest.mark.sampled(2)
@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q", None])
async def test_a_share_that_was_left_by_key_or_kill_is_paused_with_the_same_speaker(
    folder: Path, clock: ManualClock, key: str | None
) -> None:
    create_circle(folder, clock, "Maya, Tom")
    async with run_app(folder, clock) as driver:
        await driver.press(*PHASES["share"])
        if key is not None:
            await driver.press(key, key)
            assert driver.exited
    clock.move(5 * MINUTE)
    async with run_app(folder, clock) as driver:
        await goes_on(driver)
        assert driver.screen_name == "Share"
        assert driver.speaker == "Maya"
        assert driver.countdown.is_paused
        assert driver.remaining == 8 * MINUTE


async def test_the_same_person_has_the_same_time_left_and_the_gap_is_told(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    await leave_share(folder, clock, 3 * MINUTE)
    clock.move(12 * MINUTE)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Resume"
        assert "12 minutes" in driver.text
        assert "Maya" in driver.text
        await driver.advance(4 * MINUTE)
        await driver.press("enter")
        assert driver.screen_name == "Share"
        assert driver.countdown.is_paused
        assert driver.remaining == 5 * MINUTE
        await driver.press("space")
        await driver.advance(SECOND)
        assert driver.remaining == 5 * MINUTE - SECOND


async def test_after_a_kill_not_more_than_the_last_second_is_lost(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        for _ in range(5):
            await driver.advance(SECOND)
        clock.move(SECOND * 0.9)
    clock.move(7 * MINUTE)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        assert abs(driver.remaining - (8 * MINUTE - 5.9 * SECOND)) <= SECOND


async def test_c_lets_the_gap_count(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(2 * MINUTE)
    async with run_app(folder, clock) as driver:
        await driver.press("c")
        assert driver.screen_name == "Share"
        assert not driver.countdown.is_paused
        assert driver.remaining == 5 * MINUTE


async def test_c_lets_a_gap_count_that_took_all_the_time(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(20 * MINUTE)
    async with run_app(folder, clock) as driver:
        await driver.press("c")
        assert driver.screen_name == "Share"
        assert driver.ring.remaining == 0


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("away", [("escape", "enter"), ("q",)])
async def test_the_question_is_asked_again_where_it_was_not_answered(
    folder: Path, clock: ManualClock, away: tuple[str, ...]
) -> None:
    create_circle(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(2 * MINUTE)
    async with run_app(folder, clock) as driver:
        await driver.press(*away)
        if not driver.exited:
            assert driver.screen_name == "Resume"
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Resume"
        await driver.press("c")
        assert driver.remaining == 5 * MINUTE


async def test_after_more_than_an_hour_it_asks_first_and_then_about_the_gap(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(timedelta(hours=3))
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Resume"
        assert "3 hours" in driver.text
        before = driver.meeting
        await driver.press("c")
        assert driver.meeting == before
        await driver.press("enter")
        assert driver.screen_name == "Resume"
        await driver.press("enter")
        assert driver.screen_name == "Share"
        assert driver.remaining == 7 * MINUTE


@pytest.mark.full
async def test_after_more_than_an_hour_without_a_clock_one_enter_goes_on(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("q")
    clock.move(timedelta(hours=3))
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Resume"
        await driver.press("enter")
        assert driver.phase is Phase.READY


async def test_a_parked_meeting_can_be_closed_as_it_stands(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(timedelta(days=2))
    async with run_app(folder, clock) as driver:
        await driver.press("s")
        assert driver.screen_name == "Home"
    (record,) = CircleFile(folder / "harbour.json").read().records
    assert record.order == ("m1",)
    assert record.number == 1
    assert not (folder / "harbour.live").exists()


async def test_a_gathering_cannot_be_closed_only_dropped(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "space", "q")
    clock.move(timedelta(hours=2))
    async with run_app(folder, clock) as driver:
        await driver.press("s")
        assert driver.screen_name == "Resume"
        assert "rop it" in driver.flashed
        await driver.press("x", "x")
        assert driver.screen_name == "Home"


async def test_dropping_takes_two_keys_and_sets_the_journal_aside(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(timedelta(hours=2))
    before = file.path.read_bytes()
    async with run_app(folder, clock) as driver:
        await driver.press("x")
        assert driver.screen_name == "Resume"
        asked = driver.status
        await driver.press("escape")
        assert driver.screen_name == "Resume"
        assert driver.status != asked
        await driver.press("x")
        assert driver.status == asked
        assert file.journal_path.exists()
        await driver.press("x")
        assert driver.screen_name == "Home"
        assert not file.journal_path.exists()
        assert (folder / "harbour.dropped").exists()
        await driver.press("enter")
        assert driver.screen_name == "Gathering"
        assert driver.meeting.context.number == 1
    assert file.path.read_bytes() == before


@pytest.mark.sampled(1)
@pytest.mark.parametrize("other", ["enter", "s", "c", "q"])
async def test_after_one_x_another_key_drops_nothing(
    folder: Path, clock: ManualClock, other: str
) -> None:
    file = create_circle(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(timedelta(hours=2))
    async with run_app(folder, clock) as driver:
        await driver.press("x", other)
    assert not (folder / "harbour.dropped").exists()
    assert file.journal_path.exists() or len(file.read().records) == 1


async def test_the_question_can_be_left_for_home_with_the_meeting_still_parked(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(timedelta(hours=2))
    async with run_app(folder, clock) as driver:
        await driver.press("escape")
        assert driver.screen_name == "Home"
        assert file.journal_path.exists()
        await driver.press("enter")
        assert driver.app.live is not None
        assert driver.remaining == 7 * MINUTE


async def test_a_machine_that_slept_is_noticed_and_held(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        for _ in range(3):
            await driver.advance(SECOND)
        clock.move(25 * MINUTE)
        driver.app.pulse()
        await driver.settle()
        assert driver.screen_name == "Share"
        assert driver.countdown.is_paused
        assert driver.remaining == 8 * MINUTE - 3 * SECOND
        assert "The computer was asleep" in driver.flashed
        await driver.press("space")
        await driver.advance(SECOND)
        assert driver.remaining == 8 * MINUTE - 4 * SECOND


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("over", ["question_mark", "l", "ctrl+p"])
async def test_a_machine_that_slept_is_noticed_under_another_screen(
    folder: Path, clock: ManualClock, over: str
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", over)
        assert driver.screen_name != "Share"
        clock.move(25 * MINUTE)
        driver.app.pulse()
        await driver.settle()
        assert driver.screen_name == "Share"
        assert driver.remaining == 8 * MINUTE


async def test_that_a_machine_slept_is_reported_under_another_screen_too(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "question_mark")
        clock.move(25 * MINUTE)
        driver.app.pulse()
        await driver.settle()
        assert "The computer was asleep" in driver.text


@pytest.mark.sampled(1)
@pytest.mark.parametrize("keys", [("enter",), ("enter", "enter"), PHASES["held"]])
async def test_a_machine_that_slept_while_no_clock_ran_says_nothing(
    folder: Path, clock: ManualClock, keys: tuple[str, ...]
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press(*keys)
        before = driver.meeting
        await driver.advance(timedelta(hours=1))
        assert driver.meeting == before
        assert not driver.flashed


async def test_undo_of_the_hold_lets_the_sleep_count(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        await driver.advance(2 * MINUTE)
        assert driver.countdown.is_paused
        await driver.press("u")
        assert driver.remaining == 6 * MINUTE
        assert driver.app.service.why_not(commands.pause) is None


async def test_a_gap_without_a_clock_is_reported_and_nothing_is_asked(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("q")
    clock.move(12 * MINUTE)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Share"
        assert "12 minutes" in driver.flashed
    async with run_app(folder, clock) as driver:
        assert not driver.flashed


async def test_a_second_away_is_one_line_with_the_clock_held_and_space_goes_on(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(12 * SECOND)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Share"
        assert driver.countdown.is_paused
        assert driver.flashed == (
            "Back after 12 seconds, on hold with 7:00 left. Space resumes · u counts the time away"
        )
        await driver.press("space")
        assert driver.remaining == 7 * MINUTE
        assert not driver.countdown.is_paused


async def test_after_a_second_away_u_lets_it_count(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(12 * SECOND)
    async with run_app(folder, clock) as driver:
        await driver.press("u")
        assert not driver.countdown.is_paused
        assert driver.remaining == 7 * MINUTE - 12 * SECOND


async def test_a_whole_minute_away_is_still_asked_about(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    await leave_share(folder, clock, MINUTE)
    clock.move(MINUTE)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Resume"


async def test_whose_share_it_was_can_be_read_from_afar_with_the_ring_and_without(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock, "Maya, Tom"), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
    clock.move(5 * MINUTE)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Resume"
        assert_large(driver, "Maya")
        await driver.resize(110, 34)
        assert driver.ring.large == "Maya"
        assert not driver.app.screen.query_one(LargeText).display
