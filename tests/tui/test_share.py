"""A share, by keys: the clock, whoever speaks, and everything that interrupts them."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.screen import Screen

from circle_tui.core.circle import covenant
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.tui.screens.share import ShareScreen
from circle_tui.tui.widgets.covenant_overlay import CovenantOverlay
from circle_tui.tui.widgets.listening_rule import ListeningRule
from circle_tui.views import meeting_words, rounds
from circle_tui.views.keyboard import other_readings

from .app_driver import FIVE, MINUTE, SECOND, AppDriver, begin_round, create_circle, run_app
from .past_meetings import execute_between_meetings

PRINTABLE = [chr(code) for code in range(33, 127)]


async def speak(driver: AppDriver) -> None:
    """From the first turn on offer into its share."""
    await driver.press("enter")
    assert driver.phase is Phase.SHARE


def end(driver: AppDriver) -> str:
    """The end that the headline promises, "10:54"."""
    return driver.headline[-1].split()[-1]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["enter", "space"])
async def test_the_clock_starts_with_a_key_and_not_before(
    folder: Path, clock: ManualClock, key: str
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        assert driver.phase is Phase.READY
        await driver.advance(3 * MINUTE)
        assert driver.phase is Phase.READY
        await driver.press(key)
        assert driver.remaining == 8 * MINUTE
        await driver.advance(3 * SECOND)
        assert driver.remaining == 8 * MINUTE - 3 * SECOND
        assert driver.ring.remaining == pytest.approx(477 / 480)


async def test_space_holds_and_goes_on_and_nothing_runs_meanwhile(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.advance(2 * MINUTE, pulse=False)
        await driver.press("space")
        assert driver.countdown.is_paused
        shown = driver.ring.remaining, driver.ring.digits
        for _ in range(3):
            await driver.advance(5 * MINUTE)
            assert (driver.ring.remaining, driver.ring.digits) == shown
        await driver.press("space")
        assert not driver.countdown.is_paused
        assert driver.remaining == 6 * MINUTE


@pytest.mark.parametrize("key", ["enter", "n"])
async def test_a_key_ends_the_share(folder: Path, clock: ManualClock, key: str) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press(key)
        assert driver.phase is Phase.RESPONSES


async def test_a_key_that_moves_nothing_on_the_screen_lays_nothing_out_and_paints_in_part(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await speak(driver)
        await driver.press("space", "space")
        screen = driver.app.screen
        laid_out: list[object] = []
        monkeypatch.setattr(Screen, "_refresh_layout", laid_out.append)
        screen._compositor._dirty_regions.clear()
        await driver.press("space", "space")
        painted = screen._compositor._dirty_regions
        assert painted
        assert screen.size.region not in painted
        assert not laid_out


@pytest.mark.full
async def test_who_passes_is_offered_again_and_a_second_pass_is_listening(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock, "Maya, Tom"), clock)
    async with run_app(folder, clock) as driver:
        assert driver.phase is Phase.READY
        await driver.press("p")
        assert driver.speaker == "Tom"
        await driver.press("enter", "enter", "enter", "enter")
        assert driver.speaker == "Maya"
        assert driver.turn.offered_again
        await driver.press("p")
        assert driver.screen_name == "Closing"
        assert driver.meeting.finished == ("m2", "m1")


async def test_passing_in_the_middle_of_a_share_is_passing_too(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("p")
        assert driver.speaker == "Tom"
        assert driver.phase is Phase.READY
        assert driver.meeting.waiting_again == ("m1",)


async def test_a_minute_more_and_a_minute_less(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("plus", "plus", "minus")
        assert driver.remaining == 9 * MINUTE
        await driver.press(*["minus"] * 12)
        assert driver.remaining == MINUTE
        assert driver.flashed


async def test_b_before_a_share_starts_it_as_of_a_minute_ago(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        assert driver.phase is Phase.READY
        await driver.press("b")
        assert driver.phase is Phase.SHARE
        assert driver.remaining == 7 * MINUTE


async def test_b_during_a_share_takes_a_minute_back_and_never_more_than_there_is(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("b")
        assert driver.remaining == 7 * MINUTE
        await driver.press(*["b"] * 9)
        assert timedelta() <= driver.remaining <= MINUTE
        assert driver.flashed


async def test_a_pods_share_walks_through_its_three_steps(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock, "Maya, Tom", format_key="pod"), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        for step, words in enumerate(driver.meeting.steps):
            assert driver.phase is Phase.SHARE
            assert driver.turn.step == step
            assert (driver.ring.note, driver.app.screen.build_face().steps) == (
                words,
                (step + 1, 3),
            )
            assert [word for word in words.split() if word not in driver.text] == []
            await driver.press("enter")
        assert driver.phase is Phase.RESPONSES


async def test_n_ends_a_pods_share_at_any_step(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock, "Maya, Tom", format_key="pod"), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("enter", "n")
        assert driver.phase is Phase.RESPONSES


@pytest.mark.sampled(1)
@pytest.mark.parametrize("again", ["escape", "a", "enter"])
async def test_the_rule_is_shown_to_everybody_and_put_away(
    folder: Path, clock: ManualClock, again: str
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        before = driver.meeting
        assert not driver.listening_rule_shown
        await driver.press("a")
        assert driver.listening_rule_shown
        assert "No advice" in driver.text
        # The circle stays in two lines above it; the rule itself names nobody.
        above, below = driver.text.splitlines()[:2], driver.text.splitlines()[2:]
        assert above[0].strip().startswith("Harbour")
        assert all(name in above[1] for name in FIVE.split(", "))
        assert not any(name in "".join(below) for name in FIVE.split(", "))
        await driver.advance_in_small_steps(MINUTE)
        assert driver.listening_rule_shown
        await driver.press(again)
        assert not driver.listening_rule_shown
        assert driver.meeting == before
        # Escape is what it was before, and says so.
        await driver.press("escape")
        assert driver.flashed == rounds.MEETING_IS_ON


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["a", "v"])
async def test_what_a_group_reads_aloud_has_no_timer_that_would_put_it_away(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    execute_between_meetings(create_circle(folder, clock), clock, covenant.write)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter", "escape", "enter", "space")
        assert driver.countdown.is_paused  # The ring has no timer of its own meanwhile.
        timers: list[object] = []
        monkeypatch.setattr(ShareScreen, "set_timer", lambda *timer, **_: timers.append(timer))
        await driver.press(key)
        assert driver.app.screen.query((ListeningRule if key == "a" else CovenantOverlay).__name__)
        assert timers == []


async def test_a_key_that_would_change_the_meeting_says_what_closes_the_rule(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        before = driver.meeting
        await driver.press("a")
        for key in ("space", "n", "p", "P", "l", "u", "ctrl+y"):
            await driver.press(key)
            assert driver.flashed == rounds.PUT_AWAY_FIRST
        assert driver.meeting == before
        assert driver.screen_name == "Share"
        assert driver.listening_rule_shown
        await driver.press("enter")
        assert not driver.listening_rule_shown
        assert driver.flashed == ""


async def test_a_click_on_the_rule_only_closes_it(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        before = driver.meeting
        await driver.press("a")
        await driver.pilot.click(ListeningRule)
        await driver.settle()
        assert not driver.listening_rule_shown
        assert driver.meeting == before
        assert driver.status == meeting_words.listening_status(before.circle)


async def test_nothing_can_be_typed_during_a_share(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        allowed = set("+-abdlnpqru:?U")
        for key in PRINTABLE:
            if key in allowed or allowed.intersection(other_readings(key)):
                continue
            before = driver.meeting
            await driver.type_without_waiting(key)
            assert driver.app.focused is None, key
            assert driver.meeting == before, key
            assert key in driver.flashed, key
        await driver.paste("a commitment\nwith n and p in it")
        assert driver.meeting == before


async def test_escape_does_not_leave_a_share(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("escape")
        assert driver.screen_name == "Share"
        assert driver.flashed


async def test_the_end_in_the_headline_is_true_after_each_key(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press("enter")
        assert end(driver) == "10:54"
        # The breath before the first share is five minutes of the plan, and not needed.
        await driver.press("enter")
        assert end(driver) == "10:54"
        await driver.press("enter")
        assert end(driver) == "10:49"
        await driver.press("plus")
        assert end(driver) == "10:50"
        await driver.press("minus")
        assert end(driver) == "10:49"
        await driver.press("b")
        assert end(driver) == "10:48"
        await driver.press("space")
        await driver.advance(10 * MINUTE)
        assert end(driver) == "10:58"
        await driver.press("space")
        assert end(driver) == "10:58"
        await driver.press("p")
        assert end(driver) == "10:59"
        await driver.press("u")
        assert end(driver) == "10:58"
        await driver.press("enter")
        assert end(driver) == "10:51"
        await driver.press("enter", "enter")
        # 10:10, four turns of nine minutes, and four minutes to close.
        assert end(driver) == "10:50"


async def test_the_time_left_is_rounded_up_to_whole_seconds(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock, digits=True), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.advance(timedelta(milliseconds=400))
        assert driver.ring.digits == "8:00"
        await driver.advance(timedelta(milliseconds=600))
        assert driver.ring.digits == "7:59"
