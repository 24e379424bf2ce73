"""After a meeting a circle that wants to chooses what goes up, by keys and clicks."""

from pathlib import Path

from circle_tui.core.circle import settings
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui.widgets.rows import Rows

from .app_driver import add_first_meeting, create_circle, meeting_under_way, run_app
from .past_meetings import read_state, run_to_closing


def wants_it(folder: Path, clock: ManualClock) -> None:
    file = create_circle(folder, clock, "Maya, Tom")
    add_first_meeting(file, "I call")
    service = CircleService(file, clock)
    service.execute(settings.switch, "passes_up")
    service.close()


async def test_a_closed_meeting_is_followed_by_the_choice_which_can_be_undone(
    folder: Path, clock: ManualClock
) -> None:
    wants_it(folder, clock)
    with meeting_under_way(CircleFile(folder / "harbour.json"), clock) as live:
        run_to_closing(live, clock)
    async with run_app(folder, clock) as driver:
        while driver.screen_name != "PassingUp":
            await driver.press("enter")
        assert "What would you like the circle above yours to hear?" in str(driver.flashed)
        assert read_state(folder).records[-1].passed_up == ()
        await driver.press("space", "n")
        await driver.type("We are two")
        await driver.press("enter")
        passed = read_state(folder).records[-1].passed_up
        assert [each.text for each in passed] == ["I call", "We are two"]
        await driver.press("u")
        assert driver.flashed == "Undone: your line for the circle above. U to redo."
        assert len(read_state(folder).records[-1].passed_up) == 1
        await driver.press("escape")
        assert driver.screen_name == "Home"


async def test_a_second_click_switches_a_line(folder: Path, clock: ManualClock) -> None:
    wants_it(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("g")
        rows = driver.app.screen.query_one(Rows)
        await driver.pilot.click(rows, offset=(6, 1))
        await driver.pilot.click(rows, offset=(6, 1))
        passed = read_state(folder).records[-1].passed_up
        assert [each.member for each in passed] == ["m2"]


async def test_the_line_that_the_cursor_is_on_is_in_view_on_a_small_terminal(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock, "Maya, Tom")
    add_first_meeting(file, *(f"I call client {number}" for number in range(20)))
    service = CircleService(file, clock)
    service.execute(settings.switch, "passes_up")
    service.close()
    async with run_app(folder, clock, (50, 14)) as driver:
        await driver.press("g")
        assert "client 0" in driver.text
        assert "client 19" not in driver.text
        await driver.press("up")
        assert "client 19" in driver.text
        assert "client 0" not in driver.text
