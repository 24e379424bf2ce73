"""People who come late and leave early, by keys, on every screen of the round."""

from pathlib import Path

import pytest
from textual.events import Event

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock

from .app_driver import MINUTE, AppDriver, begin_round, create_circle, run_app
from .screen_states import create_folder_for


async def speak(driver: AppDriver) -> None:
    """From the first turn on offer into its share."""
    await driver.press("enter")
    assert driver.phase is Phase.SHARE


async def gather_and_speak(driver: AppDriver, *marks: str) -> None:
    """From home through the gathering, with keys that mark somebody, into the first share."""
    await driver.press("enter", *marks, "enter", "enter")
    assert driver.phase is Phase.SHARE


def attendance(driver: AppDriver, seat: int) -> str:
    return str(driver.meeting.people[seat - 1].attendance)


async def test_whoever_was_away_arrives_and_comes_last(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await gather_and_speak(driver, "3", "space", "space", "space")
        assert "m3" not in driver.meeting.order
        await driver.press("l")
        assert driver.screen_name == "Arrivals"
        await driver.press("enter")
        assert driver.screen_name == "Share"
        assert attendance(driver, 3) == "late"
        assert driver.meeting.waiting == ("m2", "m4", "m5", "m3")


async def test_whoever_must_go_speaks_next_and_then_has_left(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("l", "5", "enter")
        assert attendance(driver, 5) == "left early"
        assert driver.meeting.person("m5").here
        assert driver.meeting.waiting == ("m5", "m2", "m3", "m4")
        await driver.press("l", "5", "enter")
        assert not driver.meeting.person("m5").here
        assert driver.meeting.waiting == ("m2", "m3", "m4")


async def test_the_speaker_may_leave_in_the_middle(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("l", "1", "enter")
        assert driver.speaker == "Tom"
        assert driver.phase is Phase.READY
        assert driver.meeting.finished == ("m1",)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("keys", "seat"),
    [
        (("up", "space"), 5),
        (("down", "j", "k", "j", "enter"), 2),
        (("k", "down", "j", "j", "enter"), 3),
    ],
)
async def test_the_cursor_chooses_and_wraps(
    folder: Path, clock: ManualClock, keys: tuple[str, ...], seat: int
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("l", *keys)
        assert [attendance(driver, each) for each in range(1, 6)].index("left early") == seat - 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["escape", "l", "q"])
async def test_the_list_can_be_left_without_anybody_coming_or_going(
    folder: Path, clock: ManualClock, key: str
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        before = driver.meeting
        await driver.press("l", "enter", "down", "9", "0", "w", key)
        assert driver.screen_name == "Share"
        assert driver.meeting == before
        assert not driver.exited


async def test_the_rest_is_refitted_without_a_word(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await gather_and_speak(driver, "5", "space", "space", "space")
        await driver.advance(6 * MINUTE, pulse=False)
        await driver.press("space")
        await driver.advance(12 * MINUTE)
        # 10:18, two minutes left and one to respond: 10:21; 39 minutes less 4 for four turns.
        await driver.press("l", "enter")
        assert driver.meeting.share == 7.5 * MINUTE
        assert driver.remaining == 2 * MINUTE
        assert driver.headline[-1].endswith("10:59")


async def test_somebody_late_who_has_the_turn_is_here_when_they_start(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, "Maya, Tom, Priya")
    async with run_app(folder, clock) as driver:
        await gather_and_speak(driver, "3", "space")
        for _ in range(2):
            await driver.press("n", "n", "enter")
            if driver.phase is Phase.READY and driver.speaker == "Priya":
                break
            await driver.press("enter")
        assert driver.speaker == "Priya"
        assert driver.status.startswith("Is Priya here now? Enter starts")
        await driver.press("enter")
        assert driver.meeting.person("m3").here
        assert attendance(driver, 3) == "late"


@pytest.mark.full
async def test_somebody_late_who_never_comes_was_absent(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock, "Maya, Tom, Priya")
    async with run_app(folder, clock) as driver:
        await gather_and_speak(driver, "3", "space")
        await driver.press("n", "n", "enter", "enter", "n", "n", "enter", "p", "p")
        assert driver.screen_name == "Closing"
        assert attendance(driver, 3) == "absent"
        assert driver.meeting.finished == ("m1", "m2")


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("keys", "screen"),
    [((), "Share"), (("n",), "Responses"), (("n", "n"), "Commitments")],
)
async def test_people_come_and_go_on_every_screen_of_the_round(
    folder: Path, clock: ManualClock, keys: tuple[str, ...], screen: str
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await gather_and_speak(driver, "4", "space", "space")
        await driver.press(*keys)
        assert driver.screen_name == screen
        await driver.press("l", "enter")
        assert driver.screen_name == screen
        assert attendance(driver, 4) == "late"
        await driver.press("u")
        assert attendance(driver, 4) == "excused"


@pytest.mark.full
async def test_when_the_last_but_one_leaves_during_the_responses_it_goes_on(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock, "Maya, Tom"), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("n")
        assert driver.screen_name == "Responses"
        await driver.press("l", "2", "enter", "l", "2", "enter")
        assert driver.screen_name == "Commitments" or driver.meeting.person("m2").here
        assert driver.speaker == "Maya"


async def test_when_everybody_leaves_the_meeting_closes(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock, "Maya, Tom"), clock)
    async with run_app(folder, clock) as driver:
        await speak(driver)
        await driver.press("l", "2", "enter", "l", "2", "enter", "l", "1", "enter")
        assert driver.screen_name == "Closing"
        await driver.press("enter", "enter")
        assert driver.screen_name == "Home"


async def test_who_left_is_gone_from_the_screen_before_the_next_key_is_looked_at(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "responses")
    async with run_app(folder, clock) as driver:
        seen = []
        order = driver.app._key_queue
        deliver = order._deliver

        async def looked(event: Event) -> None:
            seen.append(getattr(driver.app.screen, "meeting", None) == driver.meeting)
            await deliver(event)

        order._deliver = looked
        for key in ("l", "down", "enter", "t"):
            driver.send(key)
        await driver.settle()
        assert "left early" in {attendance(driver, seat) for seat in (1, 2, 3)}
        assert seen == [True, False, False, True]
