"""What may be meant in several ways is asked about, in one key, by the screen that took it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import TextArea

import circle_tui.flow.circles
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.tui.widgets.prompt import Prompt

from .app_driver import AppDriver, create_circle, meeting_under_way, run_app
from .past_meetings import circle_that_met, read_state
from .screen_states import _closing

DAY = timedelta(days=1)


async def at(driver: AppDriver, *keys: str) -> None:
    """Press keys, which open a field, and empty it."""
    await driver.press(*keys)
    assert driver.prompt_open
    driver.app.screen.query_one(Prompt).field.clear()


async def test_two_readings_of_a_date_are_shown_and_one_key_takes_either(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        await at(driver, "b", "d")
        await driver.type("12/5")
        assert driver.status == "Enter asks what you mean by “12/5”."
        await driver.press("enter")
        assert driver.screen_name == "Question"
        assert "1  Tuesday 12 May, 10:00" in driver.text
        assert "2  Saturday 5 December, 10:00" in driver.text
        # A key too many answers nothing.
        await driver.press("enter", "space", "3", "x")
        assert driver.screen_name == "Question"
        assert read_state(folder).cancelled == ()
        await driver.press("2")
        assert driver.screen_name == "Rebooking"
        assert not driver.prompt_open
        assert "Saturday 5 December, 10:00" in driver.text
    (moved,) = read_state(folder).cancelled
    assert moved.rebooked == datetime(2026, 12, 5, 10, 0, tzinfo=UTC)


async def test_a_click_takes_the_reading_that_it_is_on_and_no_other_place_takes_any(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock, (40, 12)) as driver:
        await at(driver, "b", "d")
        await driver.type("12/5")
        await driver.press("enter")
        rows = driver.text.splitlines()
        for words in ("What do you mean", "Press 1 or 2"):
            await driver.pilot.click(
                offset=(5, next(y for y, row in enumerate(rows) if words in row))
            )
            await driver.settle()
            assert driver.screen_name == "Question"
        # The second line of the second answer.
        second = next(y for y, row in enumerate(rows) if "Saturday" in row)
        await driver.pilot.click(offset=(8, second + 1))
        await driver.settle()
        assert driver.screen_name == "Rebooking"
    (moved,) = read_state(folder).cancelled
    assert moved.rebooked == datetime(2026, 12, 5, 10, 0, tzinfo=UTC)


async def test_esc_goes_back_to_what_was_typed_and_what_is_understood_is_shown(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        await at(driver, "b", "d")
        await driver.type("12/5")
        await driver.press("enter", "escape")
        assert driver.screen_name == "Rebooking"
        assert driver.prompt_value == "12/5"
        await driver.press(*["backspace"] * 2)
        await driver.type(" may 7pm")
        assert driver.status.startswith("Tuesday 12 May, 19:00, in 68 days. Enter saves")
        await driver.press("escape")
        assert "Enter saves" not in driver.status
    assert read_state(folder).cancelled == ()


async def test_a_refusal_is_put_away_by_what_is_understood(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        await at(driver, "b", "d")
        await driver.type("12 maj")
        await driver.press("enter")
        assert "isn't a date" in driver.flashed
        await driver.press("backspace")
        await driver.type("y")
        assert driver.flashed == ""
        assert driver.status.startswith("Tuesday 12 May, 10:00")


async def test_the_closing_asks_about_its_date_too(folder: Path, clock: ManualClock) -> None:
    with meeting_under_way(create_circle(folder, clock), clock) as live:
        _closing(live)
    async with run_app(folder, clock) as driver:
        await at(driver, "d")
        await driver.type("4/5 18:00")
        await driver.press("enter")
        assert driver.screen_name == "Question"
        await driver.press("1")
        assert driver.screen_name == "Closing"
        assert driver.meeting.next == datetime(2026, 4, 5, 17, 0, tzinfo=UTC)
        assert "Sunday 5 April, 18:00" in driver.text


@pytest.mark.full
async def test_a_length_a_name_and_a_review_date_are_asked_about_as_well(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        await at(driver, "s", *["down"] * 5, "enter")
        await driver.type("7.30")
        await driver.press("enter", "1")
        assert driver.app.service is not None
        assert driver.app.service.circle.share == timedelta(minutes=7, seconds=30)
        await at(driver, "escape", "p", "n")
        await driver.type("Smith, Ann")
        await driver.press("enter")
        assert "1  With Ann Smith you are" in driver.text
        await driver.press("1")
        assert driver.app.service.circle.members[-1].name == "Ann Smith"
        await at(driver, "escape", "v", "w", "d")
        await driver.type("4/5")
        await driver.press("enter", "2")
        assert driver.app.service.state.covenant is not None
        assert str(driver.app.service.state.covenant.review) == "2026-05-04"


@pytest.mark.full
async def test_the_days_of_a_review_are_asked_about(folder: Path, clock: ManualClock) -> None:
    circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        await driver.press("r", "d")
        await driver.type("3/4/2026")
        await driver.press("enter")
        assert driver.screen_name == "Question"
        await driver.press("1")
        await driver.press("enter")
        assert driver.screen_name == "Attendance"
        assert "3 March 2026" in driver.text or "4 March 2026" in driver.text


# Setting up a circle


async def to_the_format(driver: AppDriver, name: str, members: str) -> None:
    await driver.type(name)
    await driver.press("enter")
    await driver.paste(members)
    await driver.press("tab")


@pytest.mark.full
async def test_who_is_understood_is_shown_before_it_is_taken(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.type("Harbour")
        await driver.press("enter")
        await driver.paste("1. Maya <maya@x.org>\n2. 王伟")
        assert "2 people: Maya and 王伟." in driver.text
        await driver.press("tab")
        assert "2 people: Maya and 王伟." in driver.text


@pytest.mark.full
async def test_names_that_may_be_fewer_people_are_asked_about(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await to_the_format(driver, "Harbour", "Smith, Ann\nJones, Bob")
        assert driver.screen_name == "Question"
        assert "1  4 people: Smith, Ann, Jones and Bob" in driver.text
        assert "2  2 people: Ann Smith and Bob Jones" in driver.text
        await driver.press("escape")
        # Enter does not create what was not answered.
        await driver.press("enter")
        assert driver.screen_name == "Question"
        await driver.press("2")
        assert driver.screen_name == "FirstRun"
        assert driver.app.screen.query_one(TextArea).text == "Ann Smith, Bob Jones"
        await driver.press("enter")
        assert [person.name for person in driver.meeting.people] == ["Ann Smith", "Bob Jones"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("key", "files"), [("1", 1), ("2", 2), ("escape", 1)])
async def test_a_second_circle_of_the_same_name_and_people_is_asked_about(
    folder: Path, clock: ManualClock, key: str, files: int
) -> None:
    create_circle(folder, clock, "José, Tom", "Harbour")
    async with run_app(folder, clock) as driver:
        await driver.press("n")
        await to_the_format(driver, "harbour", "tom; jose")
        await driver.press("enter")
        assert driver.screen_name == "Question"
        assert "There's a circle “Harbour” with these people already." in driver.text
        await driver.press(key)
        assert driver.screen_name == {"1": "Home", "2": "Gathering", "escape": "FirstRun"}[key]
        if key == "escape":
            assert driver.app.screen.query_one(TextArea).text == "tom; jose"
    assert len(list(folder.glob("*.json"))) == files


async def test_a_computer_without_a_zone_that_has_a_name_is_not_taken_for_utc_silently(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circle_tui.flow.circles, "find_local_zone", lambda: None)
    async with run_app(folder, clock) as driver:
        await to_the_format(driver, "Harbour", "Maya, Tom")
        await driver.press("enter")
        assert driver.phase is Phase.GATHERING
        assert "the circle's clock is set to UTC" in driver.flashed
    assert read_state(folder).circle.zone == "UTC"


# The clock


async def test_a_meeting_that_would_lie_before_the_last_one_is_asked_about(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 1)
    clock.move(-30 * DAY)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        assert driver.screen_name == "Question"
        assert "but the last meeting ended" in driver.text
        assert driver.app.live is None
        await driver.press("enter", "escape")
        assert driver.screen_name == "Home"
        assert "Set this computer's clock" in driver.flashed
        assert driver.app.live is None
        await driver.press("enter", "1")
        assert driver.phase is Phase.GATHERING


@pytest.mark.full
async def test_what_is_begun_all_the_same_can_be_saved(folder: Path, clock: ManualClock) -> None:
    circle_that_met(folder, clock, 1)
    clock.move(-30 * DAY)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "1", "enter")
        while driver.phase is not Phase.CLOSING:
            await driver.press("p")
        await driver.press("enter", "enter")
        assert driver.screen_name == "Home"
    assert [record.number for record in read_state(folder).records] == [1, 2]


async def test_a_clock_that_was_set_right_meanwhile_is_not_asked_about(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle_that_met(folder, clock, 1)
    now = clock.now()
    clock.move(-30 * DAY)
    monkeypatch.setattr(ManualClock, "read_again", lambda self: setattr(self, "moment", now))
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        assert driver.phase is Phase.GATHERING
        assert driver.meeting.opened == now
