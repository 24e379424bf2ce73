"""The settings, by keys: one screen, one row each, saved at once and taken back by undo."""

import re
from pathlib import Path

import pytest

from circle_tui.core.circle.circle import PROMPTS, Circle, Rhythm
from circle_tui.core.meeting import commands
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui import messages
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.views.view import Request

from .app_driver import (
    ANY_SIZE,
    MINUTE,
    SIZES,
    AppDriver,
    create_circle,
    execute_all,
    meeting_under_way,
    run_app,
)

ROWS = (
    "Name",
    "Rhythm",
    "Cycle",
    "Time zone",
    "Clock",
    "Each share",
    "Meeting",
    "Responses",
    "First response",
    "Second response",
    "Passing up",
    "Look",
    "Digits",
    "Overtime",
    "Bell",
)


def saved(folder: Path, slug: str = "harbour") -> Circle:
    """The circle as its file has it."""
    return CircleFile(folder / f"{slug}.json").read().circle


async def choose(driver: AppDriver, row: str) -> None:
    """The settings, with the cursor on a row."""
    await driver.press("s", *["down"] * ROWS.index(row))
    assert re.search(f"› {row}", driver.text)


async def set_to(driver: AppDriver, typed: str) -> None:
    """Ask for the chosen one, empty the field, and type."""
    await driver.press("enter")
    await driver.press(*["backspace"] * len(driver.prompt_value))
    await driver.type(typed)
    await driver.press("enter")


async def test_all_settings_of_a_circle_stand_on_one_screen(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press("s")
        assert driver.screen_name == "Settings"
        lines = [line.partition("│")[2].strip(" ›│") for line in driver.text.splitlines()]
        assert [row for row in ROWS if any(line.startswith(row) for line in lines)] == list(ROWS)
        for value in (
            "8 min",
            "60 min",
            "fortnightly",
            "6 meetings",
            "Europe/London",
            "“Thank you”",
        ):
            assert value in driver.text


@pytest.mark.sampled(1)
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
    create_circle(folder, clock)
    before = saved(folder)
    async with run_app(folder, clock) as driver:
        await choose(driver, row)
        await set_to(driver, typed)
        assert not driver.prompt_open
        assert getattr(saved(folder), field) == value
        await driver.press("u")
        assert saved(folder) == before
        assert driver.screen_name == "Settings"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["enter", "space"])
async def test_a_switch_turns_with_one_key_and_is_taken_back(
    folder: Path, clock: ManualClock, key: str
) -> None:
    create_circle(folder, clock)
    before = saved(folder)
    async with run_app(folder, clock) as driver:
        await choose(driver, "Overtime")
        await driver.press(key)
        assert saved(folder).overtime
        assert not driver.prompt_open
        await driver.press(key)
        assert saved(folder) == before
        await driver.press("u")
        assert saved(folder).overtime


async def test_the_bell_rings_once_when_it_is_turned_on_and_not_when_it_is_turned_off(
    folder: Path, clock: ManualClock, bells: list[str]
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await choose(driver, "Bell")
        await driver.press("space")
        assert bells == ["bell"]
        await driver.press("up", "space", "up", "space", "down", "down")
        assert bells == ["bell"]
        await driver.press("space")
        assert bells == ["bell"]
        assert not saved(folder).bell


async def test_a_value_that_cannot_be_stays_in_the_field_with_one_sentence(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    before = saved(folder)
    async with run_app(folder, clock) as driver:
        await choose(driver, "Each share")
        await set_to(driver, "99")
        assert driver.flashed == "A share takes 1 to 60 minutes."
        assert driver.prompt_open
        assert driver.prompt_value == "99"
        assert saved(folder) == before
        await driver.press("escape")
        assert not driver.prompt_open
        await driver.press("enter")
        assert driver.prompt_value == "99"
        assert driver.flashed == ""


async def test_while_a_value_is_typed_no_key_moves_or_turns_anything(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await choose(driver, "Name")
        await driver.press("enter", "down", "up", "end", "space", "j", "k", "u", "q")
        assert driver.screen_name == "Settings"
        assert driver.prompt_value == "Harbour jkuq"
        await driver.press("enter")
        assert saved(folder).name == "Harbour jkuq"
        assert driver.headline[0] == "Harbour jkuq"


async def test_a_setting_leaves_the_meeting_that_is_parked_as_it_began(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Share"
        driver.app.post_message(messages.Requested(Request.HOME))
        await driver.settle()
        await choose(driver, "Each share")
        await set_to(driver, "5")
        assert "It applies from the next meeting." in driver.status
        await driver.press("escape", "enter")
        assert driver.meeting.share == 8 * MINUTE
        assert driver.meeting.circle.share == 8 * MINUTE
    assert saved(folder).share == 5 * MINUTE


@pytest.mark.full
async def test_the_twelve_hour_clock_is_on_every_wall_time(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        assert "Thursday 5 March, 10:00" in driver.text
        assert "am" not in driver.text.split()
        await choose(driver, "Clock")
        await driver.press("enter", "escape")
        assert "Thursday 5 March, 10:00 am" in driver.text
        await driver.press("enter")
        assert driver.headline[-1].endswith("10:54 am")
        execute_all(
            driver.live, commands.begin, commands.start, commands.finish, commands.end_responses
        )
        execute_all(driver.live, commands.end_turn)
        while driver.meeting.turn is not None:
            execute_all(
                driver.live,
                commands.start,
                commands.finish,
                commands.end_responses,
                commands.end_turn,
            )
        driver.app.post_message(messages.Requested(Request.SHOW_MEETING))
        await driver.settle()
        assert driver.screen_name == "Closing"
        assert "Thursday 19 March, 10:00 am" in driver.text
        await driver.press("d")
        await driver.type("6:30 pm")
        await driver.press("enter")
        assert "Thursday 19 March, 6:30 pm" in driver.text


async def test_in_a_circle_that_is_open_elsewhere_the_screen_says_so_and_changes_nothing(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    before = saved(folder)
    async with run_app(folder, clock) as first, run_app(folder, clock) as second:
        assert first.screen_name == "Home"
        await choose(second, "Digits")
        assert "open" in second.status
        await second.press("space")
        assert second.flashed.endswith(".")
        assert saved(folder) == before


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", ANY_SIZE)
async def test_every_row_can_be_reached_and_asked_for_at_any_size(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, size) as driver:
        await driver.press("s")
        for row in ROWS:
            if size in SIZES:
                assert row[:13] in driver.text
            await driver.press("enter")
            if driver.prompt_open:
                assert size not in SIZES or driver.prompt_value.split()[-1][-5:] in driver.text
                await driver.press("escape")
            await driver.press("down")


# The mouse, and the look


async def click_row(driver: AppDriver, row: str) -> None:
    """A click on a row, in the middle of its label."""
    y = next(at for at, line in enumerate(driver.text.splitlines()) if f" {row} " in line)
    await driver.pilot.click(offset=(driver.text.splitlines()[y].index(row) + 1, y))
    await driver.settle()


@pytest.mark.full
async def test_a_setting_of_any_card_is_chosen_by_a_click_and_changed_by_a_second_one(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press("s")
        await click_row(driver, "Overtime")
        assert "› Overtime" in driver.text
        assert not saved(folder).overtime
        await click_row(driver, "Overtime")
        assert saved(folder).overtime
        await click_row(driver, "Each share")
        await click_row(driver, "Each share")
        assert driver.prompt_value == "8"
        # While something is typed, a click elsewhere changes nothing.
        await click_row(driver, "Bell")
        assert driver.prompt_open
        assert not saved(folder).bell


async def test_the_look_is_changed_here_and_kept_for_the_next_start(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    before = file.path.read_bytes()
    async with run_app(folder, clock, (110, 34)) as driver:
        assert driver.app.theme == "circle-dark"
        await choose(driver, "Look")
        await driver.press("enter")
        assert driver.app.theme == "circle-light"
        assert re.search(r"› Look +light", driver.text)
    async with run_app(folder, clock) as driver:
        assert driver.app.theme == "circle-light"
    # It's the user's own, and nothing of the circle's.
    assert file.path.read_bytes() == before


@pytest.mark.full
async def test_the_palette_keeps_the_look_too_and_the_settings_show_it(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await choose(driver, "Look")
        await driver.press("colon")
        await driver.type_without_waiting("light")
        await driver.app.workers.wait_for_complete()
        await driver.settle()
        await driver.press("enter")
        assert driver.app.theme == "circle-light"
        assert re.search(r"› Look +light", driver.text)
    async with run_app(folder, clock) as driver:
        assert driver.app.theme == "circle-light"


async def test_a_damaged_file_of_preferences_costs_a_sentence_and_nothing_else(
    folder: Path, tmp_path: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "preferences.json").write_text("{")
    async with run_app(folder, clock) as driver:
        assert driver.app.theme == "circle-dark"
        assert "can't be read" in driver.flashed
        await driver.press("enter")
        assert driver.screen_name == "Gathering"


async def test_a_value_is_typed_below_the_card_of_its_setting(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await choose(driver, "Each share")
        card = driver.app.screen.query_one("Card.-active", Card)
        await driver.press("enter")
        assert driver.prompt_open
        shown = [each for each in driver.app.screen.query_one(Page).children if each.display]
        assert isinstance(shown[shown.index(card) + 1], Prompt)
