"""One circle as leads and members see it."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from circle_tui.core.attendance import labels
from circle_tui.core.attendance.figures import read_range
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .app_driver import SIZES, create_circle, run_app
from .past_meetings import circle_that_met
from .review_driver import circle_with_every_attendance, row_names, run_review


async def test_the_grid_as_a_picture(
    folder: Path, clock: ManualClock, snapshot: SnapshotAssertion
) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        for width, height in SIZES:
            await driver.resize(width, height)
            assert driver.app.export_screenshot() == snapshot(name=f"{width}x{height}")


async def test_keys_move_the_cursor_over_meetings_and_cycles(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        for keys, meeting in (
            ((), "Meeting 9, 9 July 2026: 3 of 3 came. Cycle 2: 9 of 10, 90"),
            (("left",), "Meeting planned for 25 June 2026: cancelled. Cycle 2"),
            (("pageup", "pageup"), "Meeting 1, 5 March 2026: 3 of 3 came. Cycle 1: 19 of 20, 95"),
            (("pagedown",), "Meeting 7, "),
            (("home", "l", "l", "right", "right"), "Meeting 5, 30 April 2026: 4 of 4 came, and 1"),
            (("end",), "Meeting 9"),
        ):
            await driver.press(*keys)
            assert meeting in driver.text
        await driver.press("right")
        assert driver.flashed == "That's the last meeting."
        assert "Meeting 9" in driver.text


async def test_o_reorders_the_members(folder: Path, clock: ManualClock) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        assert row_names(driver)[5:9] == ["Lena", "Maya", "Priya", "Tom"]
        await driver.press("o")
        assert row_names(driver)[5:9] == ["Priya", "Tom", "Maya", "Lena"]
        assert "members by seat" in driver.headline
        await driver.press("o")
        assert row_names(driver)[5:9] == ["Lena", "Maya", "Priya", "Tom"]


@pytest.mark.full
async def test_days_can_be_chosen_and_bad_ones_are_asked_for_again(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        await driver.press("d")
        await driver.type("the day before")
        await driver.press("enter")
        assert driver.prompt_open
        assert driver.flashed == "“the day before” isn't a day: write it like 2026-03-05."
        await driver.press("ctrl+u")
        await driver.type("1 April 2026")
        await driver.press("enter")
        await driver.type("2026-03-01")
        await driver.press("enter")
        assert (
            driver.flashed == "The last day lies before the first: give them the other way round."
        )
        await driver.press("ctrl+u")
        await driver.type("2026-04-30")
        await driver.press("enter")
        assert not driver.prompt_open
        assert "from 1 April 2026 until 30 April 2026" in driver.headline
        shown = [" ".join(line.strip(" │").split()) for line in driver.text.splitlines()]
        assert "Cycle 1: 9 of 10" in shown
        assert "Priya ● ● ●" in shown
        await driver.press("d")
        assert "From which day? Enter leaves it · empty for the first" in driver.text
        await driver.press("backspace", "enter")
        assert "Enter leaves it · empty for all" in driver.text
        await driver.press("backspace", "enter")
        assert "Meeting 9" in driver.text


async def test_days_that_stand_there_are_kept_by_enter_and_replaced_by_what_is_typed(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_every_attendance(folder, clock)
    within = read_range("2026-04-01", "2026-04-30")
    async with run_review(folder, clock=clock, within=within) as driver:
        await driver.press("d", "enter", "enter")
        assert "from 1 April 2026 until 30 April 2026" in driver.headline
        await driver.press("d")
        await driver.type("2026-03-01")
        await driver.press("enter")
        await driver.paste("2026-06-30")
        assert driver.prompt_value == "2026-06-30"
        await driver.press("enter")
        assert "from 1 March 2026 until 30 June 2026" in driver.headline


async def test_an_error_in_an_answer_is_shown_no_longer_than_it_is_true(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        await driver.press("d")
        await driver.type("soon")
        await driver.press("enter")
        assert "isn't a day" in driver.flashed
        await driver.press("ctrl+u")
        await driver.type("2026-04-01")
        await driver.press("enter")
        assert driver.flashed == ""
        await driver.type("later")
        await driver.press("enter")
        assert "isn't a day" in driver.flashed
        await driver.press("escape")
        assert driver.flashed == ""


async def test_letters_are_letters_while_days_are_typed_and_escape_leaves(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        await driver.press("d")
        await driver.type("o")
        assert driver.prompt_value == "o"
        await driver.press("escape")
        assert not driver.prompt_open
        assert "members by name" in driver.headline


async def test_guests_have_a_row_where_there_are_any_and_it_gives_way_first(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        rows = [line.strip(" │").split() for line in driver.text.splitlines() if "guests" in line]
        assert rows == [["guests", "+1"]]
        await driver.resize(80, 11)
        assert "guests" not in driver.text
        assert "came " in driver.text
        await driver.resize(80, 24)
        await driver.press("d")
        await driver.type("2026-05-01")
        await driver.press("enter", "enter")
        assert "guests" not in driver.text


async def test_help_says_what_the_signs_mean_also_where_there_is_no_legend(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock, size=(60, 34)) as driver:
        await driver.press("question_mark")
        shown = [" ".join(line.split()) for line in driver.text.splitlines()]
        for sign, word in labels.SIGNS:
            assert any(f"{sign} {word}" in line for line in shown), word


async def test_members_see_exactly_what_leads_see(folder: Path, clock: ManualClock) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock) as leads:
        shown = leads.text.splitlines()[1:]
    async with run_review(folder, clock=clock, as_members=True) as members:
        assert "as members see it" in members.headline
        assert members.text.splitlines()[1:] == shown


async def test_r_at_home_shows_the_same_and_escape_goes_back(
    folder: Path, clock: ManualClock
) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock) as leads:
        shown = leads.text
    async with run_app(folder, clock) as driver:
        await driver.press("r")
        assert driver.screen_name == "Attendance"
        *above, keys = driver.text.splitlines()
        assert above == shown.splitlines()[:-1]
        assert keys.startswith(" esc Back ")
        await driver.press("d")
        await driver.type("2026-05-01")
        await driver.press("enter", "enter")
        assert "from 1 May 2026" in driver.headline
        await driver.press("escape")
        assert driver.screen_name == "Home"


async def test_r_at_home_says_why_a_file_cannot_be_read_any_more(
    folder: Path, clock: ManualClock
) -> None:
    file = circle_that_met(folder, clock, 1)
    async with run_app(folder, clock) as driver:
        file.path.write_text("{")
        await driver.press("r")
        assert driver.screen_name == "Home"
        assert driver.flashed.endswith("couldn't be read: it's damaged.")


async def test_a_trading_pair_has_nothing_to_review(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock, "Maya, Tom", format_key="trading-pair")
    async with run_app(folder, clock) as driver:
        await driver.press("r")
        assert driver.screen_name == "Home"


async def test_behind_the_only_circle_there_is_nothing(folder: Path, clock: ManualClock) -> None:
    circle_with_every_attendance(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        assert "esc" not in driver.text
        await driver.press("escape")
        assert driver.screen_name == "Attendance"
        assert driver.flashed == "There's nothing to go back to. q quits."
        await driver.press("q")
        assert driver.exited


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["[red]Ann", "Bob[/]", "[@click=app.quit]x", "漢" * 20])
async def test_names_are_shown_as_they_are(folder: Path, clock: ManualClock, name: str) -> None:
    file = circle_that_met(folder, clock, 1, members=f"{name}, Tom", name=name)
    assert CircleFile(file.path).read().circle.name == name
    async with run_review(file.path, clock=clock) as driver:
        assert name[:4] in "".join(driver.text.split())
        assert driver.headline[-1] == name
