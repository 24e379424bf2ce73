"""Places between meetings, opened from the palette while a meeting is on."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock

from .held import state
from .sitting import SECOND, Sitting, make, sit


async def to_share(sitting: Sitting) -> None:
    """The first share runs."""
    await sitting.press("enter", "enter", "enter")
    assert sitting.at == "Share"
    assert not sitting.countdown.held


async def open_place(sitting: Sitting, name: str) -> None:
    """By the palette, as somebody types the place's name."""
    app = sitting.app
    titles = {each.title: each for each in app.get_system_commands(app.screen)}
    titles[name].callback()
    await sitting.settle()


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("Commitments", "OpenCommitments"),
        ("Covenant", "Covenant"),
        ("People", "People"),
        ("Settings", "Settings"),
    ],
)
async def test_esc_returns_to_the_share_and_its_clock_ran_on(
    folder: Path, clock: ManualClock, name: str, at: str
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await to_share(sitting)
        left = sitting.left
        await open_place(sitting, name)
        assert sitting.at == at
        await sitting.tick(60 * SECOND)
        assert not sitting.countdown.held
        await sitting.press("escape")
        assert sitting.at == "Share"
        assert sitting.left == left - 60 * SECOND
        assert sitting.ring.remaining == pytest.approx(sitting.left / left)
        # The share's own keys work again.
        await sitting.press("space")
        assert sitting.countdown.held


async def test_the_palette_itself_leads_there(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await to_share(sitting)
        await sitting.press("colon")
        assert sitting.at == "CommandPalette"
        await sitting.pilot.pause(0)
        await sitting.burst("People")
        for _ in range(200):
            if "Esc returns to the meeting" in sitting.text:
                break
            await sitting.pilot.pause(0.01)
        await sitting.press("enter", "enter")
        assert sitting.at == "People"


async def test_who_joins_there_is_in_the_circle_and_not_in_this_meeting(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await to_share(sitting)
        before = sitting.meeting
        await open_place(sitting, "People")
        await sitting.press("n")
        await sitting.type("Noor")
        await sitting.press("enter", "escape")
        assert sitting.at == "Share"
        assert sitting.meeting == before
    assert state(folder).circle.members[-1].name == "Noor"


async def test_what_touches_the_meeting_is_refused_there(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await to_share(sitting)
        await open_place(sitting, "People")
        await sitting.press("f")
        assert "meeting is under way" in sitting.said


async def test_undoing_the_meetings_last_act_there_shows_the_meeting_at_its_phase(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await to_share(sitting)
        await sitting.press("n")
        assert sitting.at == "Responses"
        await sitting.press("u")
        assert sitting.at == "Share"
        await open_place(sitting, "People")
        await sitting.press("u")
        assert sitting.phase is Phase.READY
        assert sitting.at == "Share"
        assert sitting.said.startswith("Undone: the start of ")
        await open_place(sitting, "People")
        await sitting.press("U")
        assert sitting.phase is Phase.SHARE
        assert sitting.at == "Share"


async def test_on_a_machine_that_slept_the_place_stays_and_says_so(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await to_share(sitting)
        await open_place(sitting, "People")
        await sitting.press("n")
        await sitting.type("Noor")
        await sitting.later(timedelta(minutes=5))
        assert sitting.at == "People"
        assert sitting.typed == "Noor"
        assert "slept" in sitting.said
        await sitting.press("escape", "escape")
        assert sitting.at == "Share"
        assert sitting.countdown.held
        assert "Everything waits" in sitting.line


async def test_leaving_there_parks_the_meeting(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await to_share(sitting)
        await open_place(sitting, "Settings")
        await sitting.press("q")
        assert sitting.ended
    clock.move(60 * SECOND)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Resume"
        assert sitting.phase is Phase.SHARE


async def test_without_a_meeting_esc_goes_home(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("p", "escape")
        assert sitting.at == "Home"


async def test_check_ins_are_there_where_the_format_has_them(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, "Ana, Ben, Caz, Dee", format_key="movement-pod")
    async with sit(folder, clock) as sitting:
        await to_share(sitting)
        await open_place(sitting, "Check in")
        assert sitting.at == "CheckIns"
        await sitting.press("escape")
        assert sitting.at == "Share"


async def test_none_of_them_stands_in_the_footer_or_the_help_of_a_share(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock, (110, 34)) as sitting:
        await to_share(sitting)
        assert "People" not in sitting.text
        await sitting.press("question_mark")
        assert sitting.at == "Help"
        assert "People" not in sitting.text
