"""What can be clicked shows so under the pointer: what is said of a key, and seats."""

from pathlib import Path

import pytest

from circle_tui.core.circle.record import Outcome
from circle_tui.core.meeting.meeting import ClosingStep
from circle_tui.service.clock import ManualClock

from .app_driver import AppDriver, run_app
from .cycle_ends import at_week_6, through_the_look_back
from .past_meetings import circle_that_met, park_at_closing
from .screen_states import create_folder_for, go_to_state

SMALL, ROOMY = (40, 12), (110, 34)


def place_of(driver: AppDriver, words: str) -> tuple[int, int]:
    """Column and row of the first place where these words stand."""
    lines = driver.text.splitlines()
    row = next(at for at, line in enumerate(lines) if words in line)
    return lines[row].index(words), row


def place_on_ring(driver: AppDriver, name: str) -> tuple[int, int]:
    """Column and row of a member's name on the ring."""
    around = driver.ring.region
    lines = [line[around.x : around.right] for line in driver.text.splitlines()]
    row = next(at for at, line in enumerate(lines) if f" {name}" in line and at >= around.y)
    return around.x + lines[row].index(f" {name}") + 1, row


async def click(driver: AppDriver, words: str) -> None:
    await driver.pilot.click(offset=place_of(driver, words))
    await driver.settle()


async def shows_that_it_can_be_clicked(
    driver: AppDriver, words: str, *, ring: bool = False
) -> bool:
    """Whether these words look different under the pointer, and as before without it."""
    place = (place_on_ring if ring else place_of)(driver, words)
    await driver.pilot.hover(offset=(0, 0))
    before = driver.app.export_screenshot()
    await driver.pilot.hover(offset=place)
    over = driver.app.export_screenshot()
    await driver.pilot.hover(offset=(0, 0))
    assert driver.app.export_screenshot() == before
    return over != before


@pytest.mark.parametrize(
    ("words", "outcome"), [("k kept", Outcome.KEPT), ("let go", Outcome.RELEASED)]
)
async def test_a_click_says_how_a_commitment_went(
    folder: Path, clock: ManualClock, words: str, outcome: Outcome
) -> None:
    create_folder_for(folder, clock, "commitments")
    async with run_app(folder, clock, SMALL) as driver:
        await click(driver, words)
        assert [each.outcome for each in driver.meeting.answered] == [outcome]


async def test_a_click_changes_a_commitment_where_its_key_has_no_room_below(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "commitments")
    async with run_app(folder, clock, SMALL) as driver:
        assert " c " not in driver.text.splitlines()[-1]
        await click(driver, "c changed")
        assert driver.prompt_open


async def test_a_click_says_what_becomes_of_a_missed_commitment(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "missed")
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, "missed")
        assert await shows_that_it_can_be_clicked(driver, "a again")
        assert not await shows_that_it_can_be_clicked(driver, "I call the client")
        await click(driver, "a again")
        assert driver.turn.missed is None


async def test_one_choice_shows_that_it_can_be_clicked_and_not_the_others(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "commitments")
    async with run_app(folder, clock) as driver:
        column, row = place_of(driver, "p partly")
        await driver.pilot.hover(offset=(column, row))
        styles = [driver.app.screen.get_style_at(x, row) for x in range(column - 3, column + 12)]
        lit = len("p partly")
        assert [bool(each.underline) for each in styles] == [False] * 3 + [True] * lit + [False] * 4


async def test_after_a_long_gap_each_way_to_go_on_is_clicked_in_the_card(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "resume late")
    async with run_app(folder, clock) as driver:
        for words in ("Enter to continue", "s to save it", "x to drop it"):
            assert await shows_that_it_can_be_clicked(driver, words)
        await click(driver, "x to drop it")
        assert "x again to drop it" in driver.status
        await click(driver, "Esc to keep it")
        assert "x again" not in driver.status
        await click(driver, "to continue this meeting")
        await click(driver, "Enter resumes")
        assert driver.screen_name == "Share"


async def test_an_answer_to_a_look_at_ourselves_is_clicked_in_the_status_line(
    folder: Path, clock: ManualClock
) -> None:
    at_week_6(folder, clock)
    async with run_app(folder, clock) as driver:
        assert driver.meeting.closing_step is ClosingStep.VITALITY
        assert await shows_that_it_can_be_clicked(driver, "p partly")
        await click(driver, "p partly")
        assert list(driver.meeting.vitality.values()) == ["partly"]


async def test_a_circle_is_let_rest_and_woken_by_clicks_that_show_that_they_can_be_made(
    folder: Path, clock: ManualClock
) -> None:
    park_at_closing(circle_that_met(folder, clock, 0, cycle=1), clock)
    async with run_app(folder, clock) as driver:
        await through_the_look_back(driver)
        for words, after in (
            ("rest: until", "The circle rests now."),
            ("Enter saves the meeting", "This circle is resting."),
            ("w wakes it up.", "The circle is awake again."),
        ):
            assert await shows_that_it_can_be_clicked(driver, words)
            await click(driver, words)
            assert after in driver.text
        assert driver.screen_name == "Rebooking"


async def test_what_is_flashed_cannot_be_clicked(folder: Path, clock: ManualClock) -> None:
    create_folder_for(folder, clock, "home")
    async with run_app(folder, clock) as driver:
        driver.app.screen.flash("Enter begins the meeting")
        await driver.settle()
        await click(driver, "Enter begins the meeting")
        assert driver.screen_name == "Home"
        assert not await shows_that_it_can_be_clicked(driver, "Enter begins the meeting")


@pytest.mark.parametrize(
    ("scene", "keys", "can_be"),
    [("gathering", (), True), ("home", ("p",), True), ("home", (), False), ("held", (), False)],
)
async def test_a_seat_shows_that_it_can_be_clicked_only_where_one_is_chosen(
    folder: Path, clock: ManualClock, scene: str, keys: tuple[str, ...], *, can_be: bool
) -> None:
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock, ROOMY) as driver:
        await driver.press(*keys)
        assert await shows_that_it_can_be_clicked(driver, "Maya", ring=True) is can_be


async def test_while_words_are_typed_no_seat_shows_that_it_can_be_clicked(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "home")
    async with run_app(folder, clock, ROOMY) as driver:
        await driver.press("p")
        seat = place_on_ring(driver, "Maya")
        await driver.pilot.hover(offset=seat)
        assert driver.app.screen.get_style_at(*seat).underline
        await driver.press("n")
        assert driver.prompt_open
        assert not driver.app.screen.get_style_at(*seat).underline
