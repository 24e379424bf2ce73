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

from .sitting import SECOND, make, sit

FULL = "The disk is full: make room on it, then try again."


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
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        before = sitting.meeting
        disk(True)
        await sitting.press("enter", "n", "t")
        assert sitting.at == "Responses"
        assert "full" in sitting.line
        assert stored(folder) == before
        await sitting.later(SECOND)
        assert "full" in sitting.line
        await sitting.press("enter")
        assert sitting.at == "Commitments"
        disk(False)
        await sitting.later(SECOND)
        assert "full" not in sitting.line
        assert stored(folder) == sitting.meeting


async def test_the_next_key_saves_it_too(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        disk(True)
        await sitting.press("enter", "plus")
        disk(False)
        await sitting.press("n")
        assert "full" not in sitting.line
        assert stored(folder) == sitting.meeting


async def test_undo_works_meanwhile(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        before = sitting.meeting
        await sitting.press("enter")
        disk(True)
        await sitting.press("n", "u", "u")
        assert sitting.meeting == before
        disk(False)
        await sitting.later(SECOND)
        assert stored(folder) == before


async def test_a_running_share_says_it_though_no_key_is_pressed(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        disk(True)
        await sitting.later(SECOND)
        assert "full" in sitting.line
        disk(False)
        await sitting.later(SECOND)
        assert "full" not in sitting.line


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_leaving_warns_once_that_the_last_acts_would_be_lost(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None], key: str
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        disk(True)
        await sitting.press("enter", key)
        assert not sitting.ended
        assert "full" in sitting.said
        await sitting.press(key)
        assert sitting.ended
    disk(False)
    async with sit(folder, clock) as sitting:
        assert sitting.phase is Phase.READY


async def test_a_second_trouble_is_warned_of_again(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        disk(True)
        await sitting.press("enter", "q")
        disk(False)
        await sitting.later(SECOND)
        disk(True)
        await sitting.press("n", "q")
        assert not sitting.ended


async def test_going_home_warns_too(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "g")
        disk(True)
        await sitting.press("space", "escape")
        disk(False)
        if sitting.at == "Home":
            await sitting.press("enter")
        assert not sitting.meeting.person("m1").here


async def test_a_meeting_that_cannot_be_written_at_all_does_not_begin(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        disk(True)
        await sitting.press("enter")
        assert sitting.at == "Home"
        assert "full" in sitting.said
        disk(False)
        await sitting.press("enter")
        assert sitting.at == "Gathering"


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_a_journal_that_cannot_be_removed_stops_nobody_from_leaving(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    def refuse(_: SQLiteJournal) -> None:
        raise SaveError("The folder is read-only.")

    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter")
        monkeypatch.setattr(SQLiteJournal, "remove", refuse)
        await sitting.press(key)
        assert sitting.at == "Home" or sitting.ended


async def test_a_gap_resumed_on_a_full_disk_goes_on(
    folder: Path, clock: ManualClock, disk: Callable[[bool], None]
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter", "q")
    clock.move(60 * SECOND)
    disk(True)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Resume"
        assert "full" in sitting.line
        await sitting.press("enter", "space")
        assert sitting.left == 480 * SECOND
        disk(False)
        await sitting.later(SECOND)
        assert stored(folder) == sitting.meeting
