"""Total undo, by keys: whole meetings are taken back, one act after the other."""

from pathlib import Path

import pytest

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.events import from_json
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.replay import replay
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.journal import SQLiteJournal

from .app_driver import SECOND, AppDriver, add_first_meeting, begin_round, create_circle, run_app

GATHER = "3 space space space 2 space g f plus minus enter"
"""Marks, a guest, a share that fits, and begin."""

FIRST_SHARE = "b space space plus minus b l 3 enter l 5 enter n t w enter"
MISSED = "k m .ill enter a m enter s .er enter"
MADE = "n .write enter l 5 enter enter"
ROUND = "p enter n enter"
TO_CLOSE = "d .18:00 enter enter"


def journal_of(driver: AppDriver) -> Meeting:
    """The meeting that the journal on the disk makes, read as another program would."""
    assert driver.app.service is not None
    other = SQLiteJournal(driver.app.service.file.journal_path)
    acts, _ = other.load()
    other.close()
    return replay(from_json(event) for act in acts for event in act)


@pytest.fixture
def file(folder: Path, clock: ManualClock) -> CircleFile:
    """A circle that has met once, so that everybody has three commitments open."""
    file = create_circle(folder, clock)
    add_first_meeting(file, "I do this", "I do that", "I do more")
    return file


async def run(driver: AppDriver, script: str) -> list[Meeting]:
    """Press what the script says; `.word` is typed. The meeting after each key that changed it."""
    seen = [driver.meeting]
    for word in script.split():
        driver.clock.move(SECOND)
        if word.startswith("."):
            await driver.type(word[1:])
        else:
            await driver.press(word)
        if driver.meeting != seen[-1]:
            seen.append(driver.meeting)
    return seen


@pytest.mark.full
async def test_a_whole_meeting_is_taken_back_to_the_gathering_and_goes_forward_again(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        start = driver.meeting
        script = " ".join((GATHER, FIRST_SHARE, MISSED, MADE, ROUND))
        seen = await run(driver, script)
        for _ in range(20):
            if driver.phase is Phase.CLOSING:
                break
            seen += (await run(driver, "p" if driver.phase is Phase.READY else "enter"))[1:]
        seen += (await run(driver, TO_CLOSE))[1:]
        kinds = {str(person.attendance) for person in driver.meeting.people}
        assert kinds >= {"late", "left early", "present"}
        assert len(seen) > 35  # A turn and its acts are there in all their kinds.
        assert journal_of(driver) == seen[-1]
        for before in reversed(seen[:-1]):
            await driver.press("u")
            assert driver.meeting == before
        assert driver.screen_name == "Gathering"
        assert driver.meeting == start
        assert journal_of(driver) == start
        await driver.press("u")
        assert driver.meeting == start
        assert driver.flashed
        await run(driver, GATHER)
        assert driver.phase is Phase.READY


@pytest.mark.full
async def test_u_alone_goes_back_through_a_missed_one(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter", "enter", "n", "n")
        before = driver.meeting
        await driver.press("m", "enter", "a", "u", "u", "u")
        assert driver.meeting == before


async def test_undo_shows_the_screen_of_the_moment_it_goes_back_to(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        shown = []
        await driver.press("enter")
        for key in ("enter", "enter", "n", "n", "enter"):
            shown.append((driver.screen_name, driver.phase))
            await driver.press(key)
        for before in reversed(shown):
            await driver.press("u")
            assert (driver.screen_name, driver.phase) == before


async def test_undo_of_a_hold_counts_as_if_nobody_had_pressed(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        await driver.advance(60 * SECOND, pulse=False)
        await driver.press("space")
        await driver.advance(60 * SECOND)
        await driver.press("u")
        assert not driver.countdown.is_paused
        assert driver.remaining == 360 * SECOND


async def test_undo_waits_while_a_gap_is_asked_about(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "q", "q")
    clock.move(60 * SECOND)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Resume"
        before = driver.meeting
        await driver.press("u")
        assert driver.meeting == before


async def test_there_is_nothing_to_undo_at_home(folder: Path, clock: ManualClock) -> None:
    file = create_circle(folder, clock)
    before = file.path.read_bytes()
    async with run_app(folder, clock) as driver:
        await driver.press("u")
        assert driver.screen_name == "Home"
        assert driver.flashed
    assert file.path.read_bytes() == before


async def test_undo_at_the_closing_reopens_the_round(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock, "Maya, Tom"), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("p", "p", "p", "p")
        assert driver.screen_name == "Closing"
        await driver.press("u")
        assert driver.phase is Phase.READY
        assert driver.turn.offered_again
        assert driver.app.live is not None
        assert driver.app.service.why_not(commands.start) is None
