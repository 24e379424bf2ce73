"""The screens of a contract that is judged, with keys and mouse."""

from fractions import Fraction
from pathlib import Path

import pytest

from circle_tui.core.contracts.contract import Way
from circle_tui.core.contracts.standing import State
from circle_tui.service.clock import ManualClock
from circle_tui.tui.routes import CONTRACT_STEPS
from circle_tui.tui.screens.contract_judging import JudgingScreen
from circle_tui.tui.screens.contract_vote import VoteScreen
from tests.core.contracts.agreements import (
    ADA,
    BEN,
    CLEO,
    REASON,
    contract_of,
    graded,
    panel,
    reviewed,
    with_stakes,
)
from tests.service.contracts_made import make_by_commands

from .app_driver import create_circle, run_app
from .contract_steps import at_step, click_on, found, go_to

GRADED = with_stakes(contract_of(judged=graded()))
PANEL = contract_of(judged=panel())
NOT_NOW = "Not during a vote."


def test_every_step_has_a_screen_of_its_own_name() -> None:
    assert {"judge", "vote", "result", "dispute", "stakes", "map"} <= CONTRACT_STEPS.keys()
    assert {CONTRACT_STEPS[step]() for step in ("judge", "vote")} == {JudgingScreen, VoteScreen}


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("step", "way"),
    [
        ("judge", Way.GRADED),
        ("judge", Way.REVIEWED),
        ("vote", Way.PANEL),
        ("result", Way.GRADED),
        ("dispute", Way.GRADED),
        ("stakes", Way.GRADED),
    ],
)
async def test_everything_can_be_undone_on_every_screen_to_the_contract_itself(
    folder: Path, clock: ManualClock, step: str, way: Way
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        service = driver.app.service
        assert service is not None
        contract = make_by_commands(service, clock, way)
        await go_to(driver, step, contract)
        while service.can_undo:
            await driver.press("u")
        assert service.state.contracts == ()
        assert driver.screen_name == ("Ledger" if step == "stakes" else "Contracts")


# Judging


@pytest.mark.full
async def test_a_graded_contract_is_judged_contested_agreed_on_and_settled(
    folder: Path, clock: ManualClock
) -> None:
    async with at_step(folder, clock, GRADED, "judge") as driver:
        await driver.press("m")
        assert "Tom, press 2" in driver.flashed
        await driver.press("2", "m", "m", "p")
        await driver.type("40")
        await driver.press("enter")
        assert "In total 80%: half comes back." in driver.text
        await driver.press("enter")
        assert "Tom's part, judged by Maya" in driver.text
        await driver.press("1", "m", "m", "n", "up", "m", "down", "m", "enter")
        assert driver.screen_name == "Result"
        assert "Maya  50% comes back" in driver.text
        await driver.press("1", "o", "enter")
        assert driver.screen_name == "Dispute"
        await driver.press("enter")
        await driver.type("3/4")
        await driver.press("enter", "1", "s", "2", "s")
        assert driver.screen_name == "Result"
        assert found(driver).result(ADA).comes_back == Fraction(3, 4)
        await driver.press("1", "a", "2", "a")
        assert found(driver).state is State.TO_LOOK_BACK_ON
        await go_to(driver, "stakes")
        await driver.press("s")
        assert "75% · settled" in driver.text
        await driver.press("u")
        assert "75% · open" in driver.text


async def test_what_is_marked_is_in_no_file_until_it_is_handed_in_and_then_it_can_be_undone(
    folder: Path, clock: ManualClock
) -> None:
    async with at_step(folder, clock, GRADED, "judge") as driver:
        before = (folder / "harbour.json").read_bytes()
        await driver.press("2", "m", "m", "m")
        assert (folder / "harbour.json").read_bytes() == before
        await driver.press("enter")
        assert found(driver).result(ADA).comes_back == 1
        await driver.press("u")
        assert found(driver).result(ADA).comes_back is None


async def test_undo_takes_back_a_mark_before_what_somebody_else_has_handed_in(
    folder: Path, clock: ManualClock
) -> None:
    async with at_step(folder, clock, GRADED, "judge") as driver:
        await driver.press("2", "m", "m", "m", "enter", "1", "n", "n")
        for left in (1, 0):
            await driver.press("u")
            assert driver.flashed == "Taken back: the last thing you marked."
            assert driver.text.count("not met") == left
        assert found(driver).result(ADA).comes_back == Fraction(1)
        await driver.press("u")
        assert "Undone: the judging of" in driver.flashed
        assert found(driver).result(ADA).comes_back is None


async def test_on_a_small_screen_a_long_refusal_leaves_the_field_in_view(
    folder: Path, clock: ManualClock
) -> None:
    reviewing = contract_of(judged=reviewed(by={ADA: BEN, BEN: ADA}))
    async with at_step(folder, clock, reviewing, "judge", (40, 12)) as driver:
        await driver.press("2", "y", "equals_sign", "equals_sign", "equals_sign", "equals_sign")
        await driver.press("c")
        await driver.type("120")
        await driver.press("enter")
        assert "No more than all" in driver.flashed
        assert "120" in driver.text


async def test_a_number_of_nobody_unchooses_whoever_was_chosen(
    folder: Path, clock: ManualClock
) -> None:
    async with at_step(folder, clock, GRADED, "judge") as driver:
        await driver.press("2", "9", "m")
        assert "Tom, press 2" in driver.flashed


@pytest.mark.full
async def test_another_figure_is_kept_with_its_reason_alone(
    folder: Path, clock: ManualClock
) -> None:
    contract = contract_of(judged=reviewed({ADA: BEN, BEN: ADA}))
    async with at_step(folder, clock, contract, "judge") as driver:
        await driver.press("2", "n", "plus", "equals_sign", "plus", "minus", "c")
        await driver.type("80")
        await driver.press("enter")
        assert driver.prompt_open
        await driver.press("escape")
        assert found(driver).result(ADA).comes_back is None
        assert "Tom lets 80% come back" in driver.text
        await driver.press("enter")
        await driver.type("Late.")
        await driver.press("enter")
        assert "write a sentence" in driver.flashed
        await driver.type(REASON)
        await driver.press("enter")
        assert found(driver).result(ADA).comes_back == Fraction(4, 5)


async def test_who_cannot_judge_passes_it_on(folder: Path, clock: ManualClock) -> None:
    async with at_step(folder, clock, GRADED, "judge") as driver:
        await driver.press("2", "o")
        assert "Who will judge Maya's part?" in driver.text
        await driver.press("1")
        assert found(driver).result(ADA).by == CLEO
        assert "judged by Priya" in driver.text


async def test_criteria_parts_and_people_can_be_clicked(folder: Path, clock: ManualClock) -> None:
    async with at_step(folder, clock, GRADED, "judge", (110, 34)) as driver:
        await driver.press("2")
        await click_on(driver, "About users")
        await driver.press("m")
        assert "● About users" in driver.text
        await driver.press("up", "up", "m", "m", "enter", "1", "m", "m", "m", "enter")
        await click_on(driver, "2 Tom")
        assert "Tom: a if you're fine with it" in driver.status
        await driver.press("o", "enter")
        await click_on(driver, "1 Maya")
        await driver.press("escape")
        await go_to(driver, "map")
        await click_on(driver, "with Maya")
        assert "n to make one between Tom and someone else" in driver.text


@pytest.mark.full
async def test_from_the_map_a_spoke_is_made(folder: Path, clock: ManualClock) -> None:
    async with at_step(folder, clock, contract_of(), "map") as driver:
        await driver.press("down", "n")
        assert "Who does Tom make a contract with?" in driver.text
        await driver.press("2")
        assert driver.app.service is not None
        made = driver.app.service.state.contracts[-1]
        assert [part.member for part in made.parts] == [BEN, CLEO]
