"""A finished meeting set right by keys, from the review and from the commitments."""

from datetime import timedelta
from pathlib import Path

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle.record import Outcome
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock

from .app_driver import create_circle, execute_all, meeting_under_way, run_app
from .past_meetings import read_state

WORDS = "I call the client"


def two_meetings(folder: Path, clock: ManualClock) -> None:
    """Maya opened the first and promised something; Tom opened the second, and Maya kept it."""
    file = create_circle(folder, clock, "Maya, Tom")
    turn = (commands.start, commands.finish, commands.end_responses)
    for meeting in (1, 2):
        with meeting_under_way(file, clock) as live:
            execute_all(live, commands.begin)
            while live.meeting.phase is not Phase.CLOSING:
                execute_all(live, *turn)
                if meeting == 1 and live.meeting.person(live.meeting.turn.member).name == "Maya":  # type: ignore[union-attr]
                    execute_all(live, (commands.promise, WORDS))
                for each in live.meeting.open_commitments_of(live.meeting.turn.member):  # type: ignore[union-attr]
                    execute_all(live, (commands.answer, each.id, Outcome.KEPT))
                execute_all(live, commands.end_turn)
            execute_all(live, closing_commands.keep_date, closing_commands.close)
            live.finish()
        clock.move(timedelta(weeks=2))


async def test_from_the_review_who_came_and_who_opened_is_set_right(
    folder: Path, clock: ManualClock
) -> None:
    two_meetings(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("r", "e")
        assert driver.screen_name == "Correction"
        assert "Maya opens next" in driver.text
        await driver.press("o")
        assert driver.flashed == "Now Tom opens next: hasn't opened yet."
        assert read_state(folder).records[-1].opener == "m1"
        await driver.press("down", "space")
        assert read_state(folder).records[-1].attendance["m2"] is Attendance.LATE
        await driver.press("u", "u")
        assert driver.flashed == "Undone: Maya as the opener. U to redo."
        assert read_state(folder).records[-1].opener == "m2"
        await driver.press("escape")
        assert driver.screen_name == "Home"


async def test_the_meeting_under_the_cursor_is_the_one_set_right(
    folder: Path, clock: ManualClock
) -> None:
    two_meetings(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("r", "left", "e", "space")
        assert "meeting 1, 5 March" in driver.headline
    records = read_state(folder).records
    assert records[0].attendance["m1"] is Attendance.LATE
    assert records[1].attendance["m1"] is Attendance.PRESENT


async def test_from_the_commitments_an_outcome_is_set_right(
    folder: Path, clock: ManualClock
) -> None:
    two_meetings(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("c", "tab", "o")
        assert driver.screen_name == "Correction"
        await driver.press("p")
        assert driver.flashed == "Recorded as partly."
    assert read_state(folder).records[-1].answered[0].outcome is Outcome.PARTLY
