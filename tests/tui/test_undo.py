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

from .sitting import SECOND, Sitting, make, past, sit

GATHER = "3 space space space 2 space g f plus minus enter"
"""Marks, a guest, a share that fits, and begin."""

FIRST_SHARE = "b space space plus minus b l 3 enter l 5 enter n t w enter"
MISSED = "k m .ill enter a m enter s .er enter"
MADE = "n .write enter l 5 enter enter"
ROUND = "p enter n enter"
TO_CLOSE = "d .18:00 enter enter"


def journal_of(sitting: Sitting) -> Meeting:
    """The meeting that the journal on the disk makes, read as another program would."""
    assert sitting.app.opened is not None
    other = SQLiteJournal(sitting.app.opened.file.journal_path)
    acts, _ = other.load()
    other.close()
    return replay(from_json(event) for act in acts for event in act)


@pytest.fixture
def file(folder: Path, clock: ManualClock) -> CircleFile:
    """A circle that has met once, so that everybody has three commitments open."""
    file = make(folder, clock)
    past(file, "I do this", "I do that", "I do more")
    return file


async def run(sitting: Sitting, script: str) -> list[Meeting]:
    """Press what the script says; `.word` is typed. The meeting after each key that changed it."""
    seen = [sitting.meeting]
    for word in script.split():
        sitting.clock.move(SECOND)
        if word.startswith("."):
            await sitting.type(word[1:])
        else:
            await sitting.press(word)
        if sitting.meeting != seen[-1]:
            seen.append(sitting.meeting)
    return seen


async def test_a_whole_meeting_is_taken_back_to_the_gathering_and_goes_forward_again(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("enter")
        start = sitting.meeting
        script = " ".join((GATHER, FIRST_SHARE, MISSED, MADE, ROUND))
        seen = await run(sitting, script)
        for _ in range(20):
            if sitting.phase is Phase.CLOSING:
                break
            seen += (await run(sitting, "p" if sitting.phase is Phase.READY else "enter"))[1:]
        seen += (await run(sitting, TO_CLOSE))[1:]
        kinds = {str(person.attendance) for person in sitting.meeting.people}
        assert kinds >= {"late", "left early", "present"}
        assert len(seen) > 35  # A turn and its acts are there in all their kinds.
        assert journal_of(sitting) == seen[-1]
        for before in reversed(seen[:-1]):
            await sitting.press("u")
            assert sitting.meeting == before
        assert sitting.at == "Gathering"
        assert sitting.meeting == start
        assert journal_of(sitting) == start
        await sitting.press("u")
        assert sitting.meeting == start
        assert sitting.said
        await run(sitting, GATHER)
        assert sitting.phase is Phase.READY


@pytest.mark.parametrize(
    "script",
    [
        "k p x",
        "m enter a m enter l",
        "m .ill enter s .er enter",
        "m enter d .other enter",
        "c .er enter n .new enter",
        "down k c .er enter x l 5 enter",
    ],
)
async def test_every_answer_and_reset_is_taken_back(
    file: CircleFile, folder: Path, clock: ManualClock, script: str
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter", "n", "n")
        assert sitting.at == "Commitments"
        seen = await run(sitting, script)
        assert len(seen) >= 3
        for before in reversed(seen[:-1]):
            await sitting.press("u")
            assert sitting.meeting == before
        assert sitting.at == "Commitments"


async def test_u_alone_goes_back_through_a_missed_one(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter", "n", "n")
        before = sitting.meeting
        await sitting.press("m", "enter", "a", "u", "u", "u")
        assert sitting.meeting == before


async def test_undo_shows_the_screen_of_the_moment_it_goes_back_to(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        shown = []
        await sitting.press("enter")
        for key in ("enter", "enter", "n", "n", "enter"):
            shown.append((sitting.at, sitting.phase))
            await sitting.press(key)
        for before in reversed(shown):
            await sitting.press("u")
            assert (sitting.at, sitting.phase) == before


async def test_undo_of_a_hold_counts_as_if_nobody_had_pressed(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        await sitting.later(60 * SECOND, pulse=False)
        await sitting.press("space")
        await sitting.later(60 * SECOND)
        await sitting.press("u")
        assert not sitting.countdown.held
        assert sitting.left == 360 * SECOND


async def test_undo_waits_while_a_gap_is_asked_about(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter", "q")
    clock.move(60 * SECOND)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Resume"
        before = sitting.meeting
        await sitting.press("u")
        assert sitting.meeting == before


async def test_there_is_nothing_to_undo_at_home(folder: Path, clock: ManualClock) -> None:
    file = make(folder, clock)
    before = file.path.read_bytes()
    async with sit(folder, clock) as sitting:
        await sitting.press("u")
        assert sitting.at == "Home"
        assert sitting.said
    assert file.path.read_bytes() == before


async def test_undo_at_the_closing_reopens_the_round(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, "Maya, Tom")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "p", "p", "p", "p")
        assert sitting.at == "Closing"
        await sitting.press("u")
        assert sitting.phase is Phase.READY
        assert sitting.turn.offered_again
        assert sitting.app.live is not None
        assert sitting.live.why_not(commands.start) is None
