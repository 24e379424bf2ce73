"""Everything that a key chooses between two meetings can be clicked, and the wheel scrolls."""

from pathlib import Path

import pytest
from textual import events

from circle_tui.core.circle import checkins
from circle_tui.core.errors import NOTHING_TO_UNDO
from circle_tui.service.clock import ManualClock
from circle_tui.tui.screens.guide import GuideScreen
from circle_tui.tui.screens.help import HelpScreen
from circle_tui.tui.widgets.card import Page
from circle_tui.views.action_table import Place, spec
from circle_tui.views.help import HelpLine

from .app_driver import AppDriver, add_first_meeting, create_circle, run_app
from .review_driver import circle_with_every_attendance, run_review
from .test_covenant_screen import agree, signed_by, versions

ROOMY = (110, 40)


async def click(driver: AppDriver, words: str) -> None:
    """Click on the last of these words on the screen."""
    rows = driver.text.splitlines()
    row = max(row for row, line in enumerate(rows) if words in line)
    await driver.pilot.click(offset=(rows[row].rindex(words) + 1, row))
    await driver.settle()


async def wheel_down(driver: AppDriver, words: str, times: int = 1) -> None:
    """Turn the wheel over these words."""
    rows = driver.text.splitlines()
    row = max(row for row, line in enumerate(rows) if words in line)
    at = rows[row].rindex(words) + 1
    for _ in range(times):
        event = events.MouseScrollDown(None, at, row, 0, 1, 0, False, False, False, at, row)
        event.set_sender(driver.app)
        assert driver.app._driver is not None
        driver.app._driver.send_message(event)
        await driver.settle()


async def test_a_click_on_a_clause_chooses_it_and_another_changes_it_in_its_place(
    folder: Path, clock: ManualClock
) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock, ROOMY) as driver:
        await driver.press("v")
        await click(driver, "We meet fortnightly.")
        assert "› How often we meet" in driver.text
        assert not driver.prompt_open
        await click(driver, "We meet fortnightly.")
        assert driver.prompt_value == "We meet fortnightly."
        above, below = driver.text.split("in a sentence or two")
        assert "What we're here for" in above
        assert "If someone misses a meeting" in below


@pytest.mark.full
async def test_a_click_on_a_signature_chooses_it_and_another_signs(
    folder: Path, clock: ManualClock
) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock, ROOMY) as driver:
        await driver.press("v")
        await click(driver, "3 Priya")
        assert signed_by(folder) == set()
        await click(driver, "3 Priya")
        assert signed_by(folder) == {"m3"}


async def test_a_click_on_the_review_date_asks_for_another(
    folder: Path, clock: ManualClock
) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock, ROOMY) as driver:
        await driver.press("v")
        await click(driver, "We'll review this on")
        assert "When shall we review this?" in driver.text
        assert driver.prompt_open
    assert len(versions(folder)) == 1


async def test_the_wheel_scrolls_the_covenant(folder: Path, clock: ManualClock) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock, (40, 12)) as driver:
        await driver.press("v")
        assert "Signatures" not in driver.text
        await wheel_down(driver, "here for", 30)
        assert "5 Sam" in driver.text


async def test_a_click_chooses_a_commitment_and_another_reads_how_it_came_about(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock, "Maya, Tom")
    add_first_meeting(file, "I call", "I plan")
    async with run_app(folder, clock, ROOMY) as driver:
        await driver.press("c")
        await click(driver, "Tom   I call")
        assert "Tom: how it came about" in driver.text
        assert "History" in driver.text.splitlines()[-1]
        await click(driver, "Tom   I call")
        assert "The list" in driver.text.splitlines()[-1]


async def test_a_click_on_a_seat_leads_to_its_commitments(folder: Path, clock: ManualClock) -> None:
    file = create_circle(folder, clock, "Maya, Tom")
    add_first_meeting(file, "I call", "I plan")
    async with run_app(folder, clock, ROOMY) as driver:
        await driver.press("c")
        assert "Maya: how it came about" in driver.text
        assert driver.ring.seats[1].name == "Tom"
        await click(driver, "○ Tom")
        assert "Tom: how it came about" in driver.text


async def test_a_click_chooses_whose_check_in_it_is_and_another_writes_it(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock, "Maya, Tom, Lena", format_key="movement-pod")
    file.save(checkins.check_in(file.read(), clock.now(), "m2", "It is hard."))
    async with run_app(folder, clock, ROOMY) as driver:
        await driver.press("i")
        await click(driver, "3 Lena")
        assert "› 3 Lena" in driver.text
        await click(driver, "3 Lena")
        assert driver.prompt_open
        assert "Lena, how is it going?" in driver.text


async def test_a_click_chooses_whose_trade_is_noted(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock, "Maya, Tom", format_key="trading-pair")
    async with run_app(folder, clock, ROOMY) as driver:
        await driver.press("t")
        await click(driver, "2 Tom")
        assert "› 2 Tom" in driver.text


async def test_a_click_in_the_review_chooses_a_circle_and_another_opens_it(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_every_attendance(folder, clock)
    create_circle(folder, clock, name="Allotment")
    async with run_review(folder, clock=clock, size=ROOMY) as driver:
        await click(driver, "Harbour")
        assert driver.status == "Enter opens Harbour."
        rows = driver.text.splitlines()
        row = next(at for at, line in enumerate(rows) if "› Harbour" in line)
        await driver.pilot.click(offset=(8, row))
        await driver.settle()
        assert driver.screen_name == "Attendance"


async def test_the_wheel_scrolls_a_long_list_of_circles_and_leaves_the_cursor(
    folder: Path, clock: ManualClock
) -> None:
    for number in range(30):
        create_circle(folder, clock, name=f"Circle {number:02}")
    async with run_review(folder, clock=clock) as driver:
        await wheel_down(driver, "Circle 01", 30)
        assert "Circle 29" in driver.text
        assert "Circle 00" in driver.status
        await driver.press("down")
        assert "› Circle 01" in driver.text


async def test_a_click_on_a_day_of_the_grid_looks_at_that_meeting(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        assert "Meeting 9, 9 July" in driver.text
        line = next(line for line in driver.text.splitlines() if " 5 19 " in line)
        row = driver.text.splitlines().index(line)
        await driver.pilot.click(offset=(line.index("19"), row))
        await driver.settle()
        assert "Meeting 2, 19 March 2026" in driver.text


# Help


async def test_what_is_chosen_in_the_help_is_run_on_the_screen_below(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("question_mark")
        await driver.type_without_waiting("covenant")
        await driver.press("enter")
        assert driver.screen_name == "Covenant"
        await driver.press("escape", "f1", "down")
        await click(driver, "People")
        assert driver.screen_name == "People"


async def test_help_says_of_a_key_of_another_screen_where_it_works(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("question_mark")
        await driver.type_without_waiting(spec(Place.SHARE, "shorter").label)
        await driver.press("enter")
        assert driver.screen_name == "Help"
        assert driver.flashed == f"That key works on another screen: {Place.SHARE.value}."
        await driver.press("escape")
        assert isinstance(driver.app.screen, HelpScreen)
        assert driver.app.screen.help_view.search == ""
        await driver.press("escape")
        assert driver.screen_name == "Home"


async def test_help_runs_nothing_that_cannot_be_done_any_more(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("v", "w", "question_mark")
        await driver.type_without_waiting("undo")
        screen = driver.app.screen
        assert isinstance(screen, HelpScreen)
        assert screen.help_view.chosen == HelpLine("u", "Undo", action_id="undo")
        assert driver.app.service is not None
        driver.app.service.undo()
        await driver.press("enter")
        assert driver.screen_name == "Covenant"
        assert driver.flashed == NOTHING_TO_UNDO


async def test_a_letter_is_taken_back_and_a_paste_is_searched_for(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("question_mark", "z", "z")
        assert driver.status.startswith("Nothing found for “zz”")
        await driver.press("enter")
        assert driver.screen_name == "Home"
        await driver.press("question_mark", "z", "backspace")
        await driver.paste("review")
        screen = driver.app.screen
        assert isinstance(screen, HelpScreen)
        assert screen.help_view.chosen is not None
        assert screen.help_view.chosen.action_id == "review"


@pytest.mark.full
async def test_the_wheel_scrolls_help_and_guide(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("question_mark")
        await wheel_down(driver, "Covenant", 3)
        assert driver.app.screen.query_one(Page).scroll_y > 0
        await driver.type_without_waiting("guide practice")
        await driver.press("enter")
        assert isinstance(driver.app.screen, GuideScreen)
        await wheel_down(driver, "circle", 3)
        assert driver.app.screen.query_one("#page").scroll_y > 0


# Palette


@pytest.mark.full
async def test_the_palette_finds_settings_on_every_screen_between_meetings(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        for place in ("v", "c", "p"):
            await driver.press(place)
            commands = {each.title for each in driver.app.get_system_commands(driver.app.screen)}
            assert {"Settings", "Quit", "Help", "Theme: dark", "Theme: light"} <= commands
            await driver.press("escape")
        await driver.press("v", "colon")
        await driver.type_without_waiting("settings")
        await driver.press("enter", "enter")
        assert driver.screen_name == "Settings"


async def test_a_place_does_not_offer_itself(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("v")
        titles = [each.title for each in driver.app.get_system_commands(driver.app.screen)]
        assert "Covenant" not in titles
        assert "People" in titles
