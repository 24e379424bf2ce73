"""Many circles as their leads see them."""

import os
import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from circle_tui.core.attendance.figures import ALL_DATES
from circle_tui.core.circle.circle import Rhythm
from circle_tui.service.clock import ManualClock
from circle_tui.tui.review_app import ReviewApp, _WasRead
from circle_tui.tui.review_messages import RangeRequested

from .app_driver import SIZES, create_circle
from .past_meetings import circle_that_met, hold_meeting, replace_circle_fields
from .review_driver import (
    MARK_ABSENT,
    circle_with_every_attendance,
    row_names,
    run_review,
    wait_until_read,
)

NAMES = ("Allotment", "Beginners", "Harbour", "Quiet")


def several(folder: Path, clock: ManualClock) -> None:
    """Harbour, a quiet one, one that has not met, a weekly one, and two files of nobody's."""
    early = ManualClock(clock.now())
    quiet = circle_that_met(folder, early, 1, name="Quiet")
    hold_meeting(quiet, early, *MARK_ABSENT)
    hold_meeting(quiet, early, *MARK_ABSENT)
    weekly = circle_that_met(folder, ManualClock(clock.now()), 1, name="Allotment")
    replace_circle_fields(weekly, rhythm=Rhythm(1, "week"))
    create_circle(folder, clock, name="Beginners")
    circle_with_every_attendance(folder, clock)
    (folder / "shopping.json").write_text('{"milk": 2}')
    (folder / "torn.json").write_text('{"circle": {"1"')


async def test_the_list_as_a_picture(
    folder: Path, clock: ManualClock, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(folder, clock)
    monkeypatch.chdir(folder.parent)
    async with run_review(Path("sessions"), clock=clock) as driver:
        for width, height in SIZES:
            await driver.resize(width, height)
            assert driver.app.export_screenshot() == snapshot(name=f"{width}x{height}")


async def test_each_circle_has_a_row_and_each_file_that_cannot_be_read_a_line(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(folder, clock)
    monkeypatch.chdir(folder.parent)
    async with run_review(Path("sessions"), clock=clock) as driver:
        shown = [" ".join(line.strip(" │").split()) for line in driver.text.splitlines()]
        assert "circle ? attendance held next" in shown
        assert "› Allotment ? 100% █ 1 of 17 was due 19 Mar 2026" in shown
        assert "Beginners ? 0 of 9 was due 5 Mar 2026" in shown
        assert "Harbour 90% █ ▇ 9 of 10 23 Jul 2026, 10:00" in shown
        assert "Quiet ? 87% ▇ 3 of 9 was due 16 Apr 2026" in shown
        not_ours = "sessions/shopping.json couldn't be read: it has no circle in it"
        assert any(line.startswith(not_ours) for line in shown)
        assert "sessions/torn.json couldn't be read: it's damaged." in shown
        assert "4 circles" in driver.headline


async def test_enter_goes_into_a_circle_and_escape_comes_back_to_it(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        await driver.press("down", "down", "enter")
        assert driver.screen_name == "Attendance"
        assert driver.headline[-1] == "Harbour"
        assert driver.text.splitlines()[-1].startswith(" esc Back ")
        await driver.press("escape")
        assert driver.screen_name == "Review"
        assert driver.status == "Enter opens Harbour."


async def test_a_slash_leaves_those_whose_names_hold_the_letters(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        await driver.press("slash")
        await driver.type("BO")
        assert [name for name in row_names(driver) if name in NAMES] == ["Harbour"]
        assert driver.prompt_open
        await driver.press("enter")
        assert "with “BO”" in driver.headline
        await driver.press("slash", "backspace", "backspace")
        await driver.type("zzz")
        assert driver.status == "No circle has “zzz” in its name. / to search again"
        await driver.press(*["backspace"] * 3, "enter")
        assert "4 circles" in driver.headline


async def test_the_cursor_stays_on_its_circle_whatever_the_order_and_the_days(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        for _ in range(3):
            await driver.press("s")
            assert driver.status == "Enter opens Allotment."
        await driver.press("down", "down", "down", "s")
        assert driver.status == "Enter opens Quiet."
        await driver.press("s", "s", "d")
        await driver.type("2026-05-01")
        await driver.press("enter", "enter")
        await wait_until_read(driver)
        assert driver.status == "Enter opens Quiet."


@pytest.mark.full
async def test_other_days_are_read_anew_for_all_and_kept_inside_a_circle(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        await driver.press("d")
        await driver.type("2026-05-01")
        await driver.press("enter", "enter")
        await wait_until_read(driver)
        shown = [" ".join(line.strip(" │").split()) for line in driver.text.splitlines()]
        assert "Harbour 90% █ ▇ 4 of 5 23 Jul 2026, 10:00" in shown
        assert "Quiet ? 0 of 4 was due 16 Apr 2026" in shown
        await driver.press("down", "down", "enter")
        assert "from 1 May 2026" in driver.headline


async def test_a_folder_without_circles_says_what_to_do(folder: Path, clock: ManualClock) -> None:
    async with run_review(folder, clock=clock) as driver:
        assert driver.screen_name == "Review"
        assert driver.status.startswith("No circles here")
        await driver.press("enter", "down", "s", "home")
        assert not driver.exited


async def test_a_single_file_that_cannot_be_read_is_a_line(
    folder: Path, clock: ManualClock
) -> None:
    async with run_review(folder / "gone.json", clock=clock) as driver:
        assert driver.screen_name == "Review"
        assert "gone.json couldn't be read: there's nothing with that name." in " ".join(
            driver.text_of("#chosen").replace("│", " ").split()
        )


async def test_a_short_list_is_as_high_as_its_rows_and_the_chosen_circle_has_a_card(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with run_review(folder, clock=clock, size=(110, 34)) as driver:
        # Border, heads, four circles, two that can't be read, border.
        assert len(driver.text_of("#circles").splitlines()) == 9
        assert "Allotment" in driver.text_of("#chosen").splitlines()[0]
        assert "What would make it easier to be here?" in driver.text_of("#chosen")
        await driver.resize(40, 12)
        assert not driver.app.screen.query_one("#chosen").display
        assert "What would make it easier to" in driver.status


async def test_a_long_list_says_what_lies_above_and_below(folder: Path, clock: ManualClock) -> None:
    for number in range(30):
        create_circle(folder, clock, name=f"Circle {number:02}")
    async with run_review(folder, clock=clock) as driver:
        assert re.search(r"↓ 1\d more", driver.text)
        await driver.press("end")
        assert re.search(r"↑ 1\d more", driver.text)
        assert "Circle 29" in row_names(driver)
        await driver.press("pageup", "pageup")
        assert "↑" in driver.text
        assert "↓" in driver.text


async def test_a_bar_says_how_far_a_long_reading_is_and_goes_when_it_ends(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        assert not driver.app.screen.query("#progress")
        driver.app.screen.progress(30, 100)  # type: ignore[attr-defined]
        await driver.settle()
        assert "30%" in driver.text
        driver.app.screen.progress(60, 100)  # type: ignore[attr-defined]
        await driver.settle()
        assert "60%" in driver.text
        driver.app.screen.end_reading()  # type: ignore[attr-defined]
        await driver.settle()
        assert not driver.app.screen.query("#progress")


async def test_circles_beyond_a_screenful_are_read_beside_the_screen(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock, name="Circle 000")
    first, first_id = file.path, file.read().circle.id
    for number in range(1, 60):
        told = first.read_text().replace("Circle 000", f"Circle {number:03}")
        told = told.replace(first_id, f"{number:032}")
        (folder / f"copy-{number}.json").write_text(told)
    async with run_review(folder, clock=clock) as driver:
        assert "60 circles" in driver.headline
        await driver.press("end")
        assert "Circle 059" in row_names(driver)


async def test_what_an_earlier_reading_still_brings_is_not_shown_twice(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        app = driver.app
        assert isinstance(app, ReviewApp)
        earlier = app._reading
        app.post_message(RangeRequested(ALL_DATES))
        app.post_message(_WasRead(earlier, app._list.presenter.circles))  # type: ignore[union-attr]
        await wait_until_read(driver)
        assert "4 circles" in driver.headline


async def test_nothing_is_written_by_looking(folder: Path, clock: ManualClock) -> None:
    several(folder, clock)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    async with run_review(folder, clock=clock) as driver:
        await driver.press("down", "down", "enter", "left", "escape", "q")
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights bind no administrator")
async def test_a_folder_without_rights_is_a_line(folder: Path, clock: ManualClock) -> None:
    several(folder, clock)
    closed = folder / "closed"
    closed.mkdir(mode=0)
    async with run_review(folder, clock=clock) as driver:
        assert "closed couldn't be read: you aren't allowed to read it." in driver.text
