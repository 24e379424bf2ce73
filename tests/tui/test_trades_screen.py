"""A trading pair, by keys: set up without a meeting, two signs a week, one sentence for both."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.circle import membership
from circle_tui.core.circle.state import CircleState
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui import messages
from circle_tui.views.view import Request

from .app_driver import ANY_SIZE, SIZES, AppDriver, create_circle, run_app

WEEK = timedelta(weeks=1)


def saved(folder: Path) -> CircleState:
    """What the pair's file says."""
    return CircleFile(folder / "letters.json").read()


def pair(folder: Path, clock: ManualClock, members: str = "Maya, Tom") -> CircleFile:
    """The file of a trading pair."""
    return create_circle(folder, clock, members, "Letters", "trading-pair")


def noted(folder: Path) -> list[tuple[str, bool, bool]]:
    """Whose week it was, and the two signs, in the order of the file."""
    return [(each.member, each.sent, each.received) for each in saved(folder).trades]


async def week_after(driver: AppDriver, *keys: str) -> None:
    """A week passes, and some keys are pressed in the new one."""
    driver.clock.move(WEEK)
    await driver.press("escape", "t", *keys)


@pytest.mark.full
async def test_the_first_run_lists_the_pair_and_leads_to_its_home(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.type("Letters")
        await driver.press("enter")
        await driver.type("Maya, Tom")
        await driver.press("tab")
        await driver.press("up")
        assert "› Trading pair  2 people       every week" in driver.text
        assert "You don't meet" in driver.text
        await driver.press("enter")
        assert driver.screen_name == "Home"
        assert driver.flashed == ""
        assert driver.app.live is None
    assert saved(folder).circle.format == "trading-pair"
    assert not list(folder.glob("*.live"))


@pytest.mark.full
async def test_a_pair_of_three_is_refused_and_what_was_typed_stays(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.type("Letters")
        await driver.press("enter")
        await driver.type("Maya, Tom, Lena")
        await driver.press("tab", "up", "enter")
        assert driver.flashed == "A trading pair is two people, and you named 3: name two."
        assert "Maya, Tom, Lena" in driver.text
    assert not list(folder.glob("*.json"))


async def test_no_meeting_begins_in_a_pair(folder: Path, clock: ManualClock) -> None:
    pair(folder, clock)
    async with run_app(folder, clock) as driver:
        assert "enter" not in driver.text.splitlines()[-1]
        await driver.press("enter")
        assert driver.screen_name == "Home"
        driver.app.post_message(messages.Requested(Request.BEGIN_MEETING))
        await driver.settle()
        assert driver.flashed.startswith("A trading pair doesn't meet")
        assert driver.screen_name == "Home"
    assert not list(folder.glob("*.live"))


async def test_the_trades_are_nowhere_in_a_circle_that_meets(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("t")
        assert driver.screen_name == "Home"
        await driver.press("question_mark")
        assert "Trades" not in driver.text


@pytest.mark.sampled(2)
@pytest.mark.parametrize("other", ["down", "up", "j", "k", "2"])
async def test_one_key_each_notes_what_the_chosen_one_sent_and_received(
    folder: Path, clock: ManualClock, other: str
) -> None:
    pair(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("t", "s")
        assert noted(folder) == [("m1", True, False)]
        await driver.press(other, "r")
        assert noted(folder) == [("m1", True, False), ("m2", False, True)]
        assert "Maya  sent ●  received ○" in driver.text
        assert "Tom   sent ○  received ●" in driver.text
        await driver.press("1", "r", "s")
        assert noted(folder) == [("m2", False, True), ("m1", False, True)]


async def test_a_note_is_taken_back_by_undo(folder: Path, clock: ManualClock) -> None:
    pair(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("t", "s", "r", "u")
        assert noted(folder) == [("m1", True, False)]
        await driver.press("u")
        assert noted(folder) == []
        await driver.press("u")
        assert driver.flashed == "There's nothing to undo."


async def test_long_names_keep_their_columns(folder: Path, clock: ManualClock) -> None:
    pair(folder, clock, "Maximiliane von Hohenstein, 慎太郎慎太郎慎太郎")
    async with run_app(folder, clock, (40, 12)) as driver:
        await driver.press("t", "s", "2", "s")
        await week_after(driver)
        text = driver.text.splitlines()
        assert any("Maximil…" in line for line in text)
        (row,) = (line for line in text if "2 March" in line)
        assert row.split() == ["2", "March", "●", "○", "●", "○"]


@pytest.mark.full
async def test_weeks_without_room_are_scrolled_to(folder: Path, clock: ManualClock) -> None:
    pair(folder, clock)
    async with run_app(folder, clock, (40, 12)) as driver:
        await driver.press("t", "s")
        for _ in range(9):
            await week_after(driver)
        assert "2 March" not in driver.text
        await driver.press("pagedown", "pagedown")
        assert "2 March" in driver.text
        await driver.press("pageup", "pageup")
        assert "This week" in driver.text


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", ANY_SIZE)
async def test_the_screen_stands_at_any_size(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    pair(folder, clock)
    async with run_app(folder, clock, size) as driver:
        await driver.press("t", "s", "r", "2", "r")
        await week_after(driver, "s", "pagedown", "pageup")
        if size in SIZES:
            for word in ("Traded in the first week.", "Maya", "Tom", "2 March"):
                assert word in driver.text


async def test_a_seat_that_does_not_exist_is_reported(folder: Path, clock: ManualClock) -> None:
    file = pair(folder, clock)
    file.save(membership.go_away(file.read(), clock.now(), "m2"))
    async with run_app(folder, clock) as driver:
        await driver.press("t", "2")
        assert driver.flashed == "There's no seat 2."
