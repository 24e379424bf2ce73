"""Cancelling, rebooking and waking, by keys; and too few people at a gathering."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from circle_tui.core.attendance import figures
from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import rebooking
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.store.errors import SaveError
from circle_tui.store.journal import SQLiteJournal
from circle_tui.store.memory_journal import MemoryJournal
from circle_tui.tui.widgets.footer import Footer
from circle_tui.tui.widgets.large_text import LargeText

from .app_driver import ANY_SIZE, AppDriver, create_circle, run_app
from .past_meetings import circle_that_met, execute_between_meetings, hold_meeting, read_state

HOUR = timedelta(hours=1)


async def to_rebooking(driver: AppDriver) -> None:
    assert driver.screen_name == "Home"
    await driver.press("b")
    assert driver.screen_name == "Rebooking"


# The screen


async def test_x_cancels_and_u_takes_it_back(folder: Path, clock: ManualClock) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        await to_rebooking(driver)
        await driver.press("x")
        assert len(read_state(folder).cancelled) == 1
        assert "Thursday 19 March, 10:00 is cancelled" in driver.text
        assert "48" in driver.text
        assert "Thursday 2 April, 10:00" in driver.text
        assert "19 Mar  no other date yet" in driver.text
        await driver.press("u")
        assert read_state(folder).cancelled == ()
        assert "cancelled" not in driver.text


async def test_undo_is_grey_until_there_is_something_to_take_back_and_after_it_was(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 1)

    def lit(driver: AppDriver) -> bool:
        keys = driver.app.screen.query_one(Footer).keys
        return next(key.enabled for key in keys if key.does == "Undo")

    async with run_app(folder, clock) as driver:
        await to_rebooking(driver)
        assert not lit(driver)
        await driver.press("u")
        assert driver.flashed == "There's nothing to undo."
        await driver.press("x")
        assert lit(driver)
        # It is the circle's: another screen of it can take it back as well.
        await driver.press("escape", "s")
        assert lit(driver)
        await driver.press("u")
        assert read_state(folder).cancelled == ()
        assert not lit(driver)


async def test_d_finds_another_date_and_the_record_knows_that_it_was_in_time(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        await to_rebooking(driver)
        await driver.press("x")
        clock.move(47 * HOUR)
        await driver.press("d")
        assert driver.prompt_open
        await driver.type("24 March 18:00")
        await driver.press("enter")
        assert not driver.prompt_open
        assert "Tuesday 24 March, 18:00" in driver.text
        assert "19 Mar moved to 24 Mar within 48 hours" in " ".join(driver.text.split())
        await driver.press("escape")
        assert "Tuesday 24 March, 18:00" in driver.text
        assert "Moved from Thursday 19 March" in driver.text
    (cancelled,) = read_state(folder).cancelled
    assert cancelled.rebooked == datetime(2026, 3, 24, 18, 0, tzinfo=UTC)
    assert cancelled.within_48_hours


@pytest.mark.sampled(1)
@pytest.mark.parametrize("typed", ["", "soon", "1 March 2026", "[red]", "9" * 300])
async def test_what_is_no_date_stays_in_the_field_with_one_sentence(
    folder: Path, clock: ManualClock, typed: str
) -> None:
    circle_that_met(folder, clock, 1)
    amend_to_moved = rebooking.rebook
    from circle_tui.store.circle_file import CircleFile

    execute_between_meetings(CircleFile(folder / "harbour.json"), clock, amend_to_moved, "20 March")
    before = read_state(folder)
    async with run_app(folder, clock) as driver:
        await to_rebooking(driver)
        await driver.press("d")
        await driver.paste(typed)
        await driver.press("enter")
        assert driver.prompt_open
        assert driver.prompt_value == typed
        assert driver.flashed.endswith(".")
        await driver.press("escape")
        assert not driver.prompt_open
        assert driver.screen_name == "Rebooking"
    assert read_state(folder) == before


async def test_after_a_rebooked_meeting_nothing_waits_any_more(
    folder: Path, clock: ManualClock
) -> None:
    file = circle_that_met(folder, clock, 1)
    execute_between_meetings(file, clock, rebooking.rebook, "20 March")
    hold_meeting(file, clock)
    async with run_app(folder, clock) as driver:
        assert "oved from" not in driver.text
        assert "Thursday 2 April" in driver.text
        await to_rebooking(driver)
        assert "19 Mar  moved to 20 Mar" in driver.text


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", ANY_SIZE)
async def test_rebooking_works_at_every_size(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock, size) as driver:
        await to_rebooking(driver)
        await driver.press("x", "d")
        await driver.type("20 March")
        await driver.press("enter", "down", "up", "escape")
        assert driver.screen_name == "Home"
    assert read_state(folder).cancelled[0].rebooked is not None


# The next gathering


@pytest.mark.full
async def test_two_cancellations_raise_one_question_at_the_next_gathering(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        await to_rebooking(driver)
        await driver.press("x", "escape", "enter")
        assert figures.QUESTION not in driver.text
        await driver.press("escape")
        await to_rebooking(driver)
        await driver.press("x", "escape", "enter")
        assert driver.screen_name == "Gathering"
        assert figures.QUESTION in driver.text


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(80, 24), (110, 34)])
async def test_two_of_three_can_talk_as_a_pair(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    create_circle(folder, clock, "Maya, Tom, Priya")
    async with run_app(folder, clock, size) as driver:
        await driver.press("enter")
        assert "Rebook" not in driver.text
        await driver.press("space", "space")
        assert "Two of you are here" in driver.status
        assert "Talk as a pair" in driver.text
        await driver.press("enter")
        assert driver.phase is Phase.READY
        assert driver.meeting.order == ("m2", "m3")


async def test_or_they_rebook_and_the_gathering_leaves_no_record(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, "Maya, Tom, Priya")
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "space", "space", "r")
        assert driver.screen_name == "Rebooking"
        assert driver.app.live is None
        assert "Thursday 5 March, 10:00 is cancelled" in driver.text
        await driver.press("d")
        await driver.type("7 March")
        await driver.press("enter", "escape")
        assert "Saturday 7 March, 10:00" in driver.text
        await driver.press("enter")
        assert driver.screen_name == "Gathering"
        assert driver.meeting.person("m1").attendance is Attendance.PRESENT
    kept = read_state(folder)
    assert kept.records == ()
    assert len(kept.cancelled) == 1
    assert kept.cancelled[0].within_48_hours


async def test_whoever_is_alone_can_only_rebook(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock, "Maya, Tom")
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "space", "space")
        assert "It takes two" in driver.status
        await driver.press("enter")
        assert driver.phase is Phase.GATHERING
        await driver.press("r")
        assert driver.screen_name == "Rebooking"


async def test_a_pair_that_is_all_here_is_no_exception(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock, "Maya, Tom")
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        before = driver.meeting
        assert "as a pair" not in driver.text
        await driver.press("r")
        assert driver.meeting == before
        assert driver.screen_name == "Gathering"


async def test_where_the_cancelling_cannot_be_kept_the_gathering_stays(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from circle_tui.store.storage import AtomicJSONStorage

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    create_circle(folder, clock, "Maya, Tom, Priya")
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "space", "space")
        with monkeypatch.context() as patch:
            patch.setattr(AtomicJSONStorage, "write_bytes", refuse)
            await driver.press("r")
        assert driver.screen_name == "Gathering"
        assert "full" in driver.flashed
        assert driver.meeting.person("m1").attendance is Attendance.EXCUSED


async def test_where_the_gathering_cannot_be_put_away_nothing_is_cancelled(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_journal: SQLiteJournal) -> None:
        raise SaveError("The disk is full: free some space.")

    file = create_circle(folder, clock, "Maya, Tom, Priya")
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "space", "space")
        with monkeypatch.context() as patch:
            patch.setattr(SQLiteJournal, "remove", refuse)
            patch.setattr(MemoryJournal, "remove", refuse)
            await driver.press("r")
        assert driver.screen_name == "Gathering"
        assert "full" in driver.flashed
        assert file.read().cancelled == ()
        await driver.press("r")
        assert driver.screen_name == "Rebooking"
    assert len(file.read().cancelled) == 1


async def test_a_click_on_the_date_asks_for_another_one(folder: Path, clock: ManualClock) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        await to_rebooking(driver)
        lines = driver.text.splitlines()
        y = next(at for at, line in enumerate(lines) if "Thursday 19 March, 10:00" in line)
        await driver.pilot.click(offset=(20, y))
        await driver.settle()
        assert driver.prompt_open
        await driver.type("20")
        await driver.pilot.click(offset=(20, y))
        await driver.settle()
        assert driver.prompt_value == "20"


async def test_the_next_date_is_large(folder: Path, clock: ManualClock) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        await to_rebooking(driver)
        large = driver.app.screen.query_one(LargeText)
        assert large.size.height == 5
