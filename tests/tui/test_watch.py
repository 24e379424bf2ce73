"""A second terminal on a meeting: it follows, changes nothing, and takes over."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from circle_tui.core.meeting import closing_commands, commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui.screens import watch
from circle_tui.tui.screens.watch import WatchScreen

from .app_driver import SECOND, AppDriver, add_first_meeting, create_circle, execute_all, run_app

CANARY = "kanarienvogel"


@pytest.fixture
def file(folder: Path, clock: ManualClock) -> CircleFile:
    made = create_circle(folder, clock, "Maya, Tom, Priya")
    add_first_meeting(made, f"I call the {CANARY}")
    return made


@pytest.fixture
def first(file: CircleFile, clock: ManualClock) -> Iterator[CircleService]:
    """The first terminal, in a running share."""
    service = CircleService(file, clock)
    execute_all(service.begin(), commands.begin, commands.start)
    yield service
    service.close()


@pytest.fixture(autouse=True)
def looks_only_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """No look comes by itself, in the middle of a picture, however slow the computer is."""
    monkeypatch.setattr(watch, "POLL_SECONDS", 3600)


async def look(driver: AppDriver, clock: ManualClock) -> None:
    """Let the second terminal look, as late as it looks at anything."""
    clock.move(SECOND)
    screen = driver.app.screen_stack[0]
    assert isinstance(screen, WatchScreen)
    screen.poll()
    # As at the next full second; its timer may have come already on a slow computer.
    screen.show_changed()
    await driver.settle()


async def test_a_circle_that_meets_elsewhere_is_watched_instead_of_refused(
    first: CircleService, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Watch"
        assert "You're watching" in driver.status
        assert driver.ring.large == "Tom"
        assert driver.app.live is None


async def test_every_step_is_followed_and_no_word_of_it_is_drawn(
    first: CircleService, folder: Path, clock: ManualClock
) -> None:
    live = first.live
    assert live is not None
    async with run_app(folder, clock, (110, 34)) as driver:
        for command, large, caption in (
            (commands.pause, "HOLD", "Tom"),
            (commands.resume, "Tom", ""),
            (commands.finish, "Priya", "responds to Tom"),
            (commands.end_responses, "Tom", "commitments"),
        ):
            execute_all(live, command)
            await look(driver, clock)
            assert (driver.ring.large, driver.ring.caption) == (large, caption)
            assert CANARY not in driver.text
        execute_all(live, (commands.promise, f"more of the {CANARY}"), commands.end_turn)
        await look(driver, clock)
        assert driver.ring.large == "Priya"
        assert CANARY not in driver.text
        first.undo()
        await look(driver, clock)
        assert (driver.ring.large, driver.ring.caption) == ("Tom", "commitments")


async def test_the_time_runs_as_it_does_in_the_first_terminal(
    first: CircleService, folder: Path, clock: ManualClock
) -> None:
    live = first.live
    assert live is not None
    async with run_app(folder, clock) as driver:
        for _ in range(2):
            clock.move(timedelta(minutes=3, seconds=-1))
            live._last_pulse = clock.now()
            live.pulse()
            await look(driver, clock)
            driver.app.screen.show_changed()
            countdown = live.meeting.countdown
            assert countdown is not None
            assert driver.ring.remaining == countdown.fraction_remaining(clock.now())
        clock.move(timedelta(minutes=1))
        driver.app.screen.show_changed()
        assert driver.ring.digits == "1:00"


async def test_keys_of_a_meeting_do_nothing_here(
    first: CircleService, folder: Path, clock: ManualClock
) -> None:
    assert first.live is not None
    before = first.live.acts
    async with run_app(folder, clock) as driver:
        await driver.press("space", "n", "p", "u", "enter")
        assert driver.screen_name == "Watch"
        assert "open in another terminal" in driver.flashed
        await look(driver, clock)
        assert driver.ring.large == "Tom"
    assert first.live.acts == before


async def test_enter_continues_the_meeting_once_it_was_let_go(
    first: CircleService, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        first.close()
        await look(driver, clock)
        assert driver.status == "The meeting is paused. Enter continues it here."
        await driver.press("enter")
        assert driver.screen_name == "Share"
        assert driver.speaker == "Tom"
        assert driver.countdown.is_paused
        await driver.press("space")
        assert not driver.countdown.is_paused


async def test_a_click_on_the_key_continues_it_too(
    first: CircleService, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        first.close()
        await look(driver, clock)
        column = driver.text_of("Footer").index("Continue")
        await driver.pilot.click("Footer", offset=(column, 0))
        await driver.settle()
        assert driver.screen_name == "Share"


async def test_a_meeting_that_closes_leaves_the_next_date(
    first: CircleService, folder: Path, clock: ManualClock
) -> None:
    live = first.live
    assert live is not None
    async with run_app(folder, clock) as driver:
        execute_all(
            live, closing_commands.cut_short, closing_commands.keep_date, closing_commands.close
        )
        await look(driver, clock)
        assert driver.ring.note == "see you then"
        first.finish()
        await look(driver, clock)
        assert driver.ring.large == "19 March"
        assert driver.status.startswith("No meeting yet.")
        first.close()
        await look(driver, clock)
        await driver.press("enter")
        assert driver.screen_name == "Home"
        assert driver.app.service is not None
        assert driver.app.service.reading_only is None


async def test_esc_shows_the_circle_and_enter_there_watches_again(
    first: CircleService, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("escape")
        assert driver.screen_name == "Home"
        assert "Watch the meeting" in driver.text
        await driver.press("enter")
        assert driver.screen_name == "Watch"


async def test_a_meeting_that_begins_elsewhere_can_be_watched_from_home(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    service = CircleService(file, clock)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Home"
        service.begin()
        await driver.press("enter")
        assert driver.screen_name == "Watch"
        assert (driver.ring.large, driver.ring.caption) == ("Tom", "opens")
    service.close()


@pytest.mark.parametrize("size", [(200, 50), (40, 12), (16, 5)])
async def test_a_meeting_can_be_watched_at_any_size(
    first: CircleService, folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    async with run_app(folder, clock, size) as driver:
        assert driver.screen_name == "Watch"
        assert driver.ring.size.height
        await driver.resize(80, 24)
        assert "○ Maya" in driver.text


@pytest.mark.parametrize("scene", ["speaks", "left"])
async def test_it_looks_so(
    first: CircleService, folder: Path, clock: ManualClock, snapshot: SnapshotAssertion, scene: str
) -> None:
    async with run_app(folder, clock, (110, 34)) as driver:
        if scene == "left":
            first.close()
        await look(driver, clock)
        assert driver.app.export_screenshot() == snapshot
