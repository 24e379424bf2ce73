"""The settings, by keys: one screen, one row each, saved at once and taken back by undo."""

import re
from pathlib import Path

import pytest

from circle_tui.core.circle.circle import PROMPTS, Circle, Rhythm
from circle_tui.core.meeting import commands
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui import messages
from circle_tui.views.view import Request

from .sitting import MINUTE, SIZES, Sitting, make, meeting, sit, taken

ROWS = (
    "Name",
    "Each share",
    "Meeting",
    "Responses",
    "Rhythm",
    "Cycle",
    "Time zone",
    "Clock",
    "Digits",
    "Bell",
    "Overtime",
    "First response",
    "Second response",
)


def saved(folder: Path, slug: str = "harbour") -> Circle:
    """The circle as its file has it."""
    return CircleFile(folder / f"{slug}.json").read().circle


async def choose(sitting: Sitting, row: str) -> None:
    """The settings, with the cursor on a row."""
    await sitting.press("s", *["down"] * ROWS.index(row))
    assert re.search(f"› [ ○●] {row}", sitting.text)


async def set_to(sitting: Sitting, typed: str) -> None:
    """Ask for the chosen one, empty the field, and type."""
    await sitting.press("enter")
    await sitting.press(*["backspace"] * len(sitting.typed))
    await sitting.type(typed)
    await sitting.press("enter")


async def test_all_settings_of_a_circle_stand_on_one_screen(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("s")
        assert sitting.at == "Settings"
        lines = [line.strip(" ›○●") for line in sitting.text.splitlines()]
        assert [row for row in ROWS if any(line.startswith(row) for line in lines)] == list(ROWS)
        for value in (
            "8 min",
            "60 min",
            "fortnightly",
            "6 meetings",
            "Europe/London",
            "“Thank you”",
        ):
            assert value in sitting.text


@pytest.mark.parametrize(
    ("row", "typed", "field", "value"),
    [
        ("Rhythm", "every 10 days", "rhythm", Rhythm(10, "day")),
        ("Second response", "Was war?", "prompts", (PROMPTS[0], "Was war?")),
    ],
)
async def test_a_value_is_asked_for_saved_at_once_and_taken_back(
    folder: Path, clock: ManualClock, row: str, typed: str, field: str, value: object
) -> None:
    make(folder, clock)
    before = saved(folder)
    async with sit(folder, clock) as sitting:
        await choose(sitting, row)
        await set_to(sitting, typed)
        assert not sitting.asking
        assert getattr(saved(folder), field) == value
        await sitting.press("u")
        assert saved(folder) == before
        assert sitting.at == "Settings"


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_a_switch_turns_with_one_key_and_is_taken_back(
    folder: Path, clock: ManualClock, key: str
) -> None:
    make(folder, clock)
    before = saved(folder)
    async with sit(folder, clock) as sitting:
        await choose(sitting, "Overtime")
        await sitting.press(key)
        assert saved(folder).overtime
        assert not sitting.asking
        await sitting.press(key)
        assert saved(folder) == before
        await sitting.press("u")
        assert saved(folder).overtime


async def test_the_bell_rings_once_when_it_is_turned_on_and_not_when_it_is_turned_off(
    folder: Path, clock: ManualClock, bells: list[str]
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await choose(sitting, "Bell")
        await sitting.press("space")
        assert bells == ["bell"]
        await sitting.press("down", "space", "up", "up", "space", "down")
        assert bells == ["bell"]
        await sitting.press("space")
        assert bells == ["bell"]
        assert not saved(folder).bell


async def test_a_value_that_cannot_be_stays_in_the_field_with_one_sentence(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    before = saved(folder)
    async with sit(folder, clock) as sitting:
        await choose(sitting, "Each share")
        await set_to(sitting, "99")
        assert sitting.said == "A share takes from 1 to 60 minutes."
        assert sitting.asking
        assert sitting.typed == "99"
        assert saved(folder) == before
        await sitting.press("escape")
        assert not sitting.asking
        await sitting.press("enter")
        assert sitting.typed == "8"
        assert sitting.said == ""


async def test_while_a_value_is_typed_no_key_moves_or_turns_anything(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await choose(sitting, "Name")
        await sitting.press("enter", "down", "up", "up", "space", "j", "k", "u", "q")
        assert sitting.at == "Settings"
        assert sitting.typed == "Harbour jkuq"
        await sitting.press("enter")
        assert saved(folder).name == "Harbour jkuq"
        assert sitting.headline[0] == "Harbour jkuq"


async def test_a_setting_leaves_the_meeting_that_is_parked_as_it_began(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    with meeting(file, clock) as live:
        taken(live, commands.begin)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Share"
        sitting.app.post_message(messages.Requested(Request.HOME))
        await sitting.settle()
        await choose(sitting, "Each share")
        await set_to(sitting, "5")
        assert "It counts from the next meeting." in sitting.line
        await sitting.press("escape", "enter")
        assert sitting.meeting.share == 8 * MINUTE
        assert sitting.meeting.circle.share == 8 * MINUTE
    assert saved(folder).share == 5 * MINUTE


async def test_the_twelve_hour_clock_is_on_every_wall_time(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        assert "Thursday 5 March, 10:00" in sitting.text
        assert "am" not in sitting.text.split()
        await choose(sitting, "Clock")
        await sitting.press("enter", "escape")
        assert "Thursday 5 March, 10:00 am" in sitting.text
        await sitting.press("enter")
        assert sitting.headline[-1].endswith("10:54 am")
        taken(sitting.live, commands.begin, commands.start, commands.finish, commands.end_responses)
        taken(sitting.live, commands.end_turn)
        while sitting.meeting.turn is not None:
            taken(
                sitting.live,
                commands.start,
                commands.finish,
                commands.end_responses,
                commands.end_turn,
            )
        sitting.app.post_message(messages.Requested(Request.SHOW_MEETING))
        await sitting.settle()
        assert sitting.at == "Closing"
        assert "Thursday 19 March, 10:00 am" in sitting.text
        await sitting.press("d")
        await sitting.type("6:30 pm")
        await sitting.press("enter")
        assert "Thursday 19 March, 6:30 pm" in sitting.text


async def test_in_a_circle_that_is_open_elsewhere_the_screen_says_so_and_changes_nothing(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    before = saved(folder)
    async with sit(folder, clock) as first, sit(folder, clock) as second:
        assert first.at == "Home"
        await choose(second, "Digits")
        assert "open" in second.line
        await second.press("space")
        assert second.said.endswith(".")
        assert saved(folder) == before


@pytest.mark.parametrize("size", [*SIZES, (20, 6), (1, 1)])
async def test_every_row_can_be_reached_and_asked_for_at_any_size(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    make(folder, clock)
    async with sit(folder, clock, size) as sitting:
        await sitting.press("s")
        for row in ROWS:
            if size in SIZES:
                assert row in sitting.text
            await sitting.press("enter")
            if sitting.asking:
                assert size not in SIZES or sitting.typed.split()[-1][-5:] in sitting.text
                await sitting.press("escape")
            await sitting.press("down")
