"""One key too many, and keys that only look like it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.tui.double_press import DoublePress
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.screens.help import HelpScreen
from circle_tui.views.every_screen import CAME_TWICE
from circle_tui.views.question import ask
from circle_tui.views.view import Local, Request

from .app_driver import TO_COMMITMENTS, AppDriver, begin_round, create_circle, run_app


def left_out(*presses: tuple[str, float, str]) -> list[bool]:
    double = DoublePress()
    return [double.is_one_too_many(*each) for each in presses]


@pytest.mark.parametrize("key", ["enter", "space"])
def test_the_same_key_is_left_out_where_it_has_just_moved_on(key: str) -> None:
    assert left_out((key, 7.0, "ready"), (key, 7.1, "share")) == [False, True]
    assert left_out((key, 7.0, "ready"), (key, 7.39, "share")) == [False, True]
    assert left_out((key, 7.0, "ready"), (key, 7.5, "share")) == [False, False]


def test_where_it_has_not_moved_on_it_may_come_as_often_as_it_likes() -> None:
    assert not any(left_out(("space", 7.0, "share"), ("space", 7.1, "share")))


def test_another_key_is_never_left_out() -> None:
    assert not any(left_out(("enter", 7.0, "ready"), ("space", 7.1, "share")))
    assert not any(left_out(("n", 7.0, "share"), ("n", 7.1, "responses")))
    assert not any(left_out(("enter", 7.0, "ready"), ("d", 7.1, "share"), ("enter", 7.2, "share")))


def test_a_key_that_is_held_down_moves_on_once() -> None:
    presses = [("enter", 7.0, "ready"), *(("enter", 7.1 + n / 30, "share") for n in range(90))]
    assert left_out(*presses) == [False] + [True] * 90


async def press_twice(driver: AppDriver, key: str) -> None:
    """As a key that bounces: both are there before the first is looked at."""
    driver.moment += 1
    driver.send(key)
    driver.moment += 0.1
    driver.send(key)
    await driver.settle()


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_start_pressed_twice_starts_a_share_and_says_so(
    folder: Path, clock: ManualClock, key: str
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await press_twice(driver, key)
        assert driver.phase is Phase.SHARE
        assert not driver.countdown.is_paused
        assert driver.flashed == CAME_TWICE
        await driver.press("space")
        assert driver.countdown.is_paused


async def test_enter_twice_at_every_step_takes_each_step_once(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, "Maya, Tom")
    async with run_app(folder, clock) as driver:
        one_turn = [Phase.READY, Phase.SHARE, Phase.RESPONSES, Phase.COMMITMENTS]
        for phase in [Phase.GATHERING, *one_turn, *one_turn, Phase.CLOSING]:
            await press_twice(driver, "enter")
            assert driver.phase is phase
        while driver.app.live is not None:
            before = driver.meeting.closing_step
            await press_twice(driver, "enter")
            assert driver.app.live is None or driver.meeting.closing_step is not before
        assert driver.screen_name == "Home"
        assert driver.flashed == CAME_TWICE


async def test_a_field_takes_enter_twice_where_the_first_did_not_move_on(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock, *TO_COMMITMENTS)
    async with run_app(folder, clock) as driver:
        await driver.press("n")
        await driver.type("I call  the printer")
        await press_twice(driver, "enter")
        assert driver.phase is Phase.READY
        await driver.press("u")
        assert [each.text for each in driver.meeting.made] == ["I call the printer"]


async def test_while_the_clock_is_held_enter_goes_on_and_n_finishes(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "space")
        assert driver.countdown.is_paused
        await driver.press("enter")
        assert driver.phase is Phase.SHARE
        assert not driver.countdown.is_paused
        await driver.press("space", "n")
        assert driver.phase is Phase.RESPONSES


async def test_while_a_step_of_a_pod_is_held_enter_goes_on_with_it(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock, "Maya, Tom", format_key="pod"), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter", "space", "enter")
        assert driver.turn.step == 1
        assert not driver.countdown.is_paused


async def test_the_meetings_clock_has_nothing_to_do_with_it(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        driver.moment += 1
        driver.send("enter")
        driver.clock.move(timedelta(seconds=5))
        driver.moment += 0.2
        driver.send("enter")
        await driver.settle()
        assert driver.phase is Phase.SHARE


async def test_a_screen_that_was_left_twice_takes_no_other_with_it(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "question_mark")
        help_screen = driver.app.screen
        help_screen.dismiss(None)
        help_screen.dismiss(None)
        await driver.settle()
        assert driver.screen_name == "Gathering"


@pytest.mark.parametrize("keys", [("r",), ("question_mark", *"guide", "enter")], ids=["r", "guide"])
async def test_a_place_that_is_left_twice_leaves_what_lies_below(
    folder: Path, clock: ManualClock, keys: tuple[str, ...]
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press(*keys)
        place = driver.app.screen
        below = driver.app.screen_stack[-2]
        assert isinstance(place, BaseScreen)
        place.perform(Request.BACK)
        place.perform(Request.BACK)
        await driver.settle()
        assert driver.app.screen is below


async def test_what_is_chosen_twice_in_help_is_done_once(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("question_mark", *"people")
        chosen = driver.app.screen
        assert isinstance(chosen, HelpScreen)
        chosen.perform(Local.SELECT)
        chosen.perform(Local.SELECT)
        await driver.settle()
        assert driver.screen_name == "People"


@pytest.mark.parametrize(("place", "action_id"), [("m", "date"), ("p", "join")])
async def test_what_is_chosen_twice_in_the_palette_is_asked_for_once(
    folder: Path, clock: ManualClock, place: str, action_id: str
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press(place)
        screen = driver.app.screen
        assert isinstance(screen, BaseScreen)
        action = screen.action_of(action_id)
        assert action is not None
        assert action.disabled_reason is None
        for _ in range(2):
            driver.app.call_later(screen.perform_action, action)
        await driver.settle()
        assert driver.app.screen is screen
        assert driver.prompt_open
        await driver.press("escape", "escape")
        screen.perform_action(action)
        await driver.settle()
        assert driver.screen_name == "Home"


async def test_a_screen_below_another_is_not_left(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("question_mark")
        help_screen = driver.app.screen
        await driver.press("ctrl+p")
        assert driver.screen_name == "CommandPalette"
        help_screen.dismiss(None)
        help_screen.dismiss(None)
        await driver.settle()
        assert driver.screen_name == "CommandPalette"
        await driver.press("escape", "escape")
        assert driver.screen_name == "Home"


async def leave_before_it_is_made(driver: AppDriver, opens: Callable[[], object]) -> None:
    """Open a screen and leave it at once, a little later each time."""
    for turns in range(12):
        opens()
        for _ in range(turns):
            await asyncio.sleep(0)
        while len(driver.app.screen_stack) > 1:
            driver.app.pop_screen()
        await driver.settle()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("key", ["question_mark", "a", "l"])
async def test_a_screen_that_is_left_before_it_was_made_breaks_nothing(
    folder: Path, clock: ManualClock, key: str
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        await leave_before_it_is_made(driver, lambda: driver.send(key))
        assert driver.screen_name == "Share"


async def test_a_question_that_is_left_before_it_was_made_breaks_nothing(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        asked = ask("Which?", "One", "Two")
        await leave_before_it_is_made(
            driver, lambda: driver.app.ask_question(asked, lambda _answer: None)
        )
        assert driver.screen_name == "Home"


async def test_enter_twice_on_the_listening_rule_closes_it_once_and_ends_no_share(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "a")
        await press_twice(driver, "enter")
        assert not driver.listening_rule_shown
        assert driver.phase is Phase.SHARE
        assert driver.flashed == CAME_TWICE
