"""A disk that takes nothing for a while: the meeting goes on, and is saved when it can be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from circle_tui.core.meeting.events import from_json
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.replay import replay
from circle_tui.service.clock import ManualClock
from circle_tui.store.errors import SaveError
from circle_tui.store.journal import SQLiteJournal

from .app_driver import SECOND, begin_round, create_circle, run_app

FULL = "The disk is full: free some space, then try again."


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Say whether the disk is full."""
    real_write, real_pulse = SQLiteJournal.write, SQLiteJournal.pulse

    def refuse(*_: object) -> None:
        raise SaveError(FULL)

    def set_full(full: bool) -> None:
        monkeypatch.setattr(SQLiteJournal, "write", refuse if full else real_write)
        monkeypatch.setattr(SQLiteJournal, "pulse", refuse if full else real_pulse)

    return set_full


def stored(folder: Path) -> Meeting:
    """The meeting that the journal on the disk makes."""
    journal = SQLiteJournal(folder / "harbour.live")
    acts, _ = journal.load()
    journal.close()
    return replay(from_json(event) for act in acts for event in act)


async def test_the_meeting_goes_on_and_is_saved_once_there_is_room(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        before = driver.meeting
        disk(True)
        await driver.press("enter", "n", "t")
        assert driver.screen_name == "Responses"
        assert "full" in driver.status
        assert stored(folder) == before
        await driver.advance(SECOND)
        assert "full" in driver.status
        await driver.press("enter")
        assert driver.screen_name == "Commitments"
        disk(False)
        await driver.advance(SECOND)
        assert "full" not in driver.status
        assert stored(folder) == driver.meeting


async def test_the_next_key_saves_it_too(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        disk(True)
        await driver.press("enter", "plus")
        disk(False)
        await driver.press("n")
        assert "full" not in driver.status
        assert stored(folder) == driver.meeting


async def test_undo_works_meanwhile(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        before = driver.meeting
        await driver.press("enter")
        disk(True)
        await driver.press("n", "u", "u")
        assert driver.meeting == before
        disk(False)
        await driver.advance(SECOND)
        assert stored(folder) == before


async def test_a_running_share_says_it_though_no_key_is_pressed(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        disk(True)
        await driver.advance(SECOND)
        assert "full" in driver.status
        disk(False)
        await driver.advance(SECOND)
        assert "full" not in driver.status


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_leaving_warns_once_that_the_last_acts_would_be_lost(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None], key: str
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        disk(True)
        await driver.press("enter", key)
        assert not driver.exited
        assert "full" in driver.flashed
        await driver.press(key)
        assert driver.exited
    disk(False)
    async with run_app(folder, clock) as driver:
        assert driver.phase is Phase.READY


async def test_a_second_trouble_is_warned_of_again(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        disk(True)
        await driver.press("enter", "q")
        disk(False)
        await driver.advance(SECOND)
        disk(True)
        await driver.press("n", "q")
        assert not driver.exited


async def test_going_home_warns_too(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "g")
        disk(True)
        await driver.press("space", "escape")
        disk(False)
        if driver.screen_name == "Home":
            await driver.press("enter")
        assert not driver.meeting.person("m1").here


async def test_a_meeting_that_cannot_be_written_at_all_does_not_begin(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        disk(True)
        await driver.press("enter")
        assert driver.screen_name == "Home"
        assert "full" in driver.flashed
        disk(False)
        await driver.press("enter")
        assert driver.screen_name == "Gathering"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["escape", "q"])
async def test_a_journal_that_cannot_be_removed_stops_nobody_from_leaving(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    def refuse(_: SQLiteJournal) -> None:
        raise SaveError("The folder is read-only.")

    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        monkeypatch.setattr(SQLiteJournal, "remove", refuse)
        await driver.press(key)
        assert driver.screen_name == "Home" or driver.exited


async def test_a_gap_resumed_on_a_full_disk_goes_on(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "q")
    clock.move(60 * SECOND)
    disk(True)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Resume"
        assert "full" in driver.status
        await driver.press("enter", "space")
        assert driver.remaining == 480 * SECOND
        disk(False)
        await driver.advance(SECOND)
        assert stored(folder) == driver.meeting
