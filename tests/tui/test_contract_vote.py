"""A vote on its screen: who votes, the ballots, the count, and ways out of it."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from circle_tui.core.contracts.contract import BallotChoice
from circle_tui.core.errors import RuleError
from circle_tui.service import ballot_box
from circle_tui.service.ballot_box import BallotBox
from circle_tui.service.clock import ManualClock
from circle_tui.tui.screens.contract_vote import VoteScreen
from circle_tui.tui.widgets.large_letters import ROWS, set_text
from tests.core.contracts.agreements import (
    ADA,
    BEN,
    CLEO,
    DEV,
    EVE,
    LIMIT,
    contract_of,
    graded,
    panel,
    with_stakes,
)

from .app_driver import SIZES, AppDriver
from .contract_steps import at_step, click_on, found

GRADED = with_stakes(contract_of(judged=graded()))
PANEL = contract_of(judged=panel())
NOT_NOW = "Not during a vote."


def urn_of(driver: AppDriver) -> BallotBox:
    screen = driver.app.screen
    assert isinstance(screen, VoteScreen)
    assert screen.vote.ballot_box is not None
    return screen.vote.ballot_box


async def cast(driver: AppDriver, seat: int, *choices: BallotChoice) -> None:
    """One voter's ballots, each twice."""
    await driver.press(str(seat))
    for choice in choices:
        for _ in range(2):
            await driver.press(str(1 + urn_of(driver).shown.index(choice)))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", SIZES)
async def test_what_the_result_can_show_stands_there_before_a_vote_begins(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    async with at_step(folder, clock, PANEL, "vote", size) as driver:
        assert "a unanimous result" in " ".join(driver.text.split())
        # With the list of those who vote, whose cursor is what the keys move.
        assert "› ● 3 Priya" in driver.text


async def test_a_vote_is_taken_counted_and_then_shown(folder: Path, clock: ManualClock) -> None:
    async with at_step(folder, clock, PANEL, "vote") as driver:
        await driver.press("enter")
        assert "Pass the keyboard on" in driver.text
        for seat in (5, 3, 4):
            await cast(driver, seat, BallotChoice.MET, BallotChoice.PARTLY)
        assert "Everyone has voted." in driver.text
        assert found(driver).result(ADA).comes_back is None
        await driver.press("enter")
        assert driver.screen_name == "Result"
        assert "Maya  100% comes back" in driver.text
        await driver.press("u")
        assert "nothing to undo" in driver.flashed


async def test_the_two_tries_catch_a_slip_without_saying_what_was_chosen(
    folder: Path, clock: ManualClock
) -> None:
    async with at_step(folder, clock, PANEL, "vote") as driver:
        await driver.press("enter", "3")
        for choice in (BallotChoice.MET, BallotChoice.PARTLY):
            await driver.press(str(1 + urn_of(driver).shown.index(choice)))
        assert driver.flashed == "Those were two different choices. Please start over."
        assert "Press a number." in driver.text


async def test_nothing_is_undone_searched_or_shown_elsewhere_during_a_vote(
    folder: Path, clock: ManualClock
) -> None:
    async with at_step(folder, clock, PANEL, "vote") as driver:
        await driver.press("enter", "3")
        for key in ("u", "U", "ctrl+y", "colon", "ctrl+p"):
            await driver.press(key)
            assert driver.screen_name == "Vote"
            assert driver.flashed.startswith(NOT_NOW)
        assert {each.spec.id for each in driver.app.screen.actions} == {
            *("choose_1", "choose_2", "choose_3", "back"),
            *("undo", "redo", "palette", "help", "quit", "suspend"),
        }
        assert "Undo" not in driver.text
        assert "esc Leave the vote" in driver.text
        before = driver.text
        await driver.press("question_mark")
        assert driver.screen_name == "Help"
        await driver.press("escape")
        assert driver.text.splitlines()[:-2] == before.splitlines()[:-2]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("key", ["escape", "q", "ctrl+c", "ctrl+q"])
async def test_leaving_a_vote_asks_once_and_then_all_vote_again(
    folder: Path, clock: ManualClock, key: str
) -> None:
    async with at_step(folder, clock, PANEL, "vote") as driver:
        await driver.press("enter")
        await cast(driver, 3, BallotChoice.MET, BallotChoice.MET)
        await driver.press(key)
        assert driver.screen_name == "Question"
        await driver.press("escape")
        assert urn_of(driver).still_to_come == (DEV, EVE)
        left = urn_of(driver)
        await driver.press(key, "1")
        assert left._ballots == {}
        if key == "escape":
            await driver.press("enter")
            assert urn_of(driver).still_to_come == (CLEO, DEV, EVE)
        else:
            assert driver.exited


async def test_on_another_screen_no_ballot_is_left(folder: Path, clock: ManualClock) -> None:
    async with at_step(folder, clock, PANEL, "vote") as driver:
        await driver.press("enter")
        await cast(driver, 3, BallotChoice.MET, BallotChoice.MET)
        left = urn_of(driver)
        await driver.app.perform_reply(driver.app.flow.home())
        await driver.settle()
        assert left._ballots == {}


async def test_after_a_stop_the_keyboard_is_handed_over_anew(
    folder: Path, clock: ManualClock
) -> None:
    async with at_step(folder, clock, PANEL, "vote") as driver:
        await driver.press("enter", "3")
        driver.app.app_resume_signal.publish(driver.app)
        await driver.settle()
        assert "Pass the keyboard on" in driver.text
        assert urn_of(driver).about is None


async def test_a_choice_cannot_be_clicked_and_the_mouse_over_it_draws_nothing(
    folder: Path, clock: ManualClock
) -> None:
    async with at_step(folder, clock, PANEL, "vote") as driver:
        await driver.press("enter", "3")
        before = driver.text
        for choice in BallotChoice:
            await click_on(driver, f"  {choice}")
        assert driver.text == before
        assert not urn_of(driver).once_more


async def test_whoever_is_not_here_is_taken_out_and_too_few_do_not_begin(
    folder: Path, clock: ManualClock
) -> None:
    async with at_step(folder, clock, PANEL, "vote") as driver:
        await driver.press("4", "space", "enter")
        assert "Three are needed, and two are here" in driver.flashed
        await click_on(driver, "4 Lena")
        await driver.press("enter")
        assert "Pass the keyboard on" in driver.text


async def test_a_count_that_cannot_be_kept_shows_nothing_and_can_be_tried_again(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_step(folder, clock, PANEL, "vote") as driver:
        await driver.press("enter")
        for seat in (3, 4, 5):
            await cast(driver, seat, BallotChoice.MET, BallotChoice.MET)

        def full(_ballot_box: BallotBox) -> None:
            raise RuleError("The disk is full.")

        with monkeypatch.context() as disk:
            disk.setattr(ballot_box.BallotBox, "count", full)
            await driver.press("enter")
        assert driver.flashed == "The disk is full. Not saved yet: Enter tries again."
        assert "%" not in driver.text
        await driver.press("enter")
        assert driver.screen_name == "Result"


async def test_a_vote_that_lasts_over_the_48_hours_ends_with_what_was_agreed(
    folder: Path, clock: ManualClock
) -> None:
    async with at_step(folder, clock, PANEL, "vote") as driver:
        await driver.press("enter")
        for seat in (3, 4, 5):
            await cast(driver, seat, BallotChoice.NOT_MET, BallotChoice.NOT_MET)
        clock.move(LIMIT + timedelta(hours=1))
        await driver.press("enter")
        assert driver.screen_name == "Result"
        assert "Nobody judged it in time" in driver.text


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (110, 34)])
async def test_five_who_vote_and_a_whole_ballot_have_room(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    contract = contract_of(judged=panel())
    judged = panel(voters=dict.fromkeys((ADA, BEN, CLEO, DEV, EVE), 1))
    async with at_step(folder, clock, replace(contract, judged=judged), "vote", size) as driver:
        await driver.press("enter")
        for name in ("1 Maya", "2 Tom", "3 Priya", "4 Lena", "5 Sam"):
            assert name in driver.text
        await driver.press("3", "1")
        said = " ".join(driver.text_of("#ballot").split())
        assert "the same choice again, wherever it is on the list." in said
        assert all(f"{place} " in said for place in (1, 2, 3))


async def test_who_has_the_keyboard_can_be_read_from_afar(folder: Path, clock: ManualClock) -> None:
    async with at_step(folder, clock, PANEL, "vote") as driver:
        for key, large in (("enter", "Pass it on"), ("3", "Priya")):
            await driver.press(key)
            letters = set_text(large, 72, ROWS)
            assert len(letters) == ROWS
            assert driver.text_of("#large").split() == "\n".join(letters).split()
        await driver.resize(40, 12)
        assert "Priya: Maya's part" in driver.text
