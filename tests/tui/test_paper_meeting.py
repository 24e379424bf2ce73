"""A meeting held on paper is put down by keys and clicks, and taken back."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import settings
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui.app import CircleApp
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import paper_meeting
from circle_tui.views.view import Request

from .app_driver import add_first_meeting, create_circle, run_app
from .past_meetings import read_state


def met_once(folder: Path, clock: ManualClock) -> None:
    add_first_meeting(create_circle(folder, clock, "Maya, Tom"), "I call the client")
    clock.move(timedelta(days=20))


async def test_a_paper_meeting_is_put_down_saved_and_undone_in_words(
    folder: Path, clock: ManualClock
) -> None:
    met_once(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("m", "down", "down", "space", "n")
        await driver.type("I rest")
        await driver.press("enter", "down", "k")
        assert "I rest" in driver.text
        assert len(read_state(folder).records) == 1
        await driver.press("enter")
        assert driver.screen_name == "Home"
        assert "That's meeting 2 now." in str(driver.flashed)
        last = read_state(folder).records[-1]
        assert last.attendance["m2"] is Attendance.LATE
        assert [each.text for each in last.made] == ["I rest"]
        assert len(last.answered) == 1
        await driver.press("u")
        assert driver.flashed == "Undone: the meeting of 19 March 2026. U to redo."
        assert len(read_state(folder).records) == 1
        await driver.press("U")
        assert read_state(folder).records[-1] == last


@pytest.mark.full
async def test_what_is_only_noted_is_taken_back_first_and_not_lost_by_one_esc(
    folder: Path, clock: ManualClock
) -> None:
    met_once(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("m", "down", "space")
        assert "late" in driver.text
        await driver.press("u")
        assert driver.flashed == "Undone: how someone came. U to redo."
        assert "late" not in driver.text
        await driver.press("U", "escape")
        assert driver.flashed == paper_meeting.LOSES_IT
        assert driver.screen_name == "PaperMeeting"
        await driver.press("escape")
        assert driver.screen_name == "Home"
        assert len(read_state(folder).records) == 1


async def test_a_date_is_typed_in_the_card_it_belongs_to(folder: Path, clock: ManualClock) -> None:
    met_once(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("m", "d")
        await driver.type("5 May 2026")
        await driver.press("enter")
        assert "in the future" in str(driver.flashed)
        await driver.press("ctrl+u")
        await driver.type("last Friday")
        await driver.press("enter")
        assert "Friday 20 March, 10:00" in driver.text


@pytest.mark.full
async def test_at_the_end_of_a_cycle_the_last_card_is_in_view_and_all_of_it_is_saved(
    folder: Path, clock: ManualClock
) -> None:
    met_once(folder, clock)
    service = CircleService(CircleFile(next(folder.glob("*.json"))), clock)
    service.execute(settings.set_cycle, "2")
    service.close()
    async with run_app(folder, clock) as driver:
        await driver.press("m", "up")
        page = driver.app.screen.query_one(Page)
        last = driver.app.screen.query_one("Card.-active", Card)
        assert page.region.contains_region(last.region)
        await driver.press("d")
        await driver.type("3 April 2026 18:00")
        await driver.press("enter", "up", "space", "up", "up", "e")
        await driver.type("we heard each other")
        await driver.press("enter", "enter")
        assert driver.screen_name == "Home"
        assert "3 April, 18:00" in driver.text
        end = read_state(folder).records[-1].looked_back
        assert end is not None
        assert (end.choice, end.worked) == (CycleChoice.RENEW, "we heard each other")


async def test_rows_can_be_clicked(folder: Path, clock: ManualClock) -> None:
    met_once(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("m")
        people = list(driver.app.screen.query(Card))[1].query_one(Rows)
        await driver.pilot.click(people, offset=(4, 1))
        shown = [each for each in driver.app.screen.query(Static) if each.has_class("explained")]
        assert any("Tom" in str(each.content) for each in shown if each.display)
        await driver.pilot.click(people, offset=(4, 1))
        assert "late" in driver.text


async def test_the_command_begins_on_this_screen_unless_a_meeting_is_under_way(
    folder: Path, clock: ManualClock
) -> None:
    met_once(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "space", "escape", "m")
        assert driver.screen_name == "Home"
        assert "Record an earlier one when it's saved" in str(driver.flashed)
        file = driver.app.service.file  # type: ignore[attr-defined]
    app = CircleApp(folder, clock, begins_at=(file, Request.PAPER_MEETING), pulse_every=None)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert type(app.screen).__name__ == "GatheringScreen"


async def test_words_are_typed_below_the_card_that_they_are_about(
    folder: Path, clock: ManualClock
) -> None:
    met_once(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("m", "down")
        card = driver.app.screen.query_one("Card.-active", Card)
        await driver.press("n")
        shown = [each for each in driver.app.screen.query_one(Page).children if each.display]
        assert isinstance(shown[shown.index(card) + 1], Prompt)
