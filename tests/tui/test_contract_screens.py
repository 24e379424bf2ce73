"""Contracts on their screens: the keys from home to a signed one and back; mouse, small sizes."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.contracts.contract import Way
from circle_tui.service.clock import ManualClock

from .app_driver import (
    FIVE,
    AppDriver,
    create_circle,
    run_app,
)
from .contract_steps import contracts, make_signed, press_all

TWO = "Maya, Tom"


def signed(folder: Path) -> set[str]:
    return set(contracts(folder)[-1].signatures)


# The paths, in keys


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("people", "keys", "count", "by"),
    [
        (TWO, "h n enter 1 s 2 s", 7, {"m1", "m2"}),
        (FIVE, "h n enter 1 4 enter 1 s 4 s", 10, {"m1", "m4"}),
        (FIVE, "h n enter 1 4 enter w 2 1 s 4 s", 12, {"m1", "m4"}),
    ],
)
async def test_a_contract_is_made_and_signed_from_home_in_so_many_keys(
    folder: Path, clock: ManualClock, people: str, keys: str, count: int, by: set[str]
) -> None:
    create_circle(folder, clock, people)
    async with run_app(folder, clock) as driver:
        assert await press_all(driver, keys) == count
        assert signed(folder) == by
        assert len(contracts(folder)) == 1
        assert contracts(folder)[0].way is (Way.GRADED if "w" in keys else Way.TALK)
        assert "All have signed" in driver.status


@pytest.mark.full
async def test_words_of_ones_own_take_the_keys_to_the_line_and_the_letters(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await press_all(driver, "h n enter 1 4 enter e")
        await driver.type("I draw on Mondays.")
        await press_all(driver, "enter down down down down e")
        await driver.type("I answer on Tuesdays.")
        await press_all(driver, "enter 1 s 4 s")
        maya, lena = contracts(folder)[-1].parts
        assert maya.lines[0].text == "I draw on Mondays."
        assert lena.lines[0].text == "I answer on Tuesdays."
        assert signed(folder) == {"m1", "m4"}


@pytest.mark.full
async def test_one_is_renewed_after_a_look_back_without_words_in_eight_keys(
    folder: Path, clock: ManualClock
) -> None:
    contract = make_signed(create_circle(folder, clock), clock, "m1", "m4")
    clock.move(timedelta(days=22))
    async with run_app(folder, clock) as driver:
        await press_all(driver, "h enter")
        assert await press_all(driver, "l enter enter r 1 s 4 s") == 8
        first, second = contracts(folder)
        assert (first.choice, second.contract, second.term) == ("renew", contract, 2)
        assert set(second.signatures) == {"m1", "m4"}


@pytest.mark.full
async def test_a_circle_without_contracts_sees_them_in_help_and_palette_alone(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, size=(200, 50)) as driver:
        assert "ontract" not in driver.text
        await driver.press("question_mark")
        assert "Contracts" in driver.text
        await driver.press("escape")
        await press_all(driver, "h n enter 1 4 enter escape escape")
        assert driver.screen_name == "Home"
        assert "h Contracts" in driver.text


# What is left, undone, or gone


async def test_words_of_a_look_back_stay_when_its_field_is_left(
    folder: Path, clock: ManualClock
) -> None:
    make_signed(create_circle(folder, clock), clock, "m1", "m4")
    clock.move(timedelta(days=22))
    async with run_app(folder, clock) as driver:
        await driver.press("h", "enter", "l")
        await driver.type("The questions")
        await driver.press("escape")
        assert "The questions" in driver.text
        await driver.press("down", "enter")
        await driver.type("Fridays")
        await driver.press("enter", "e")
        assert (contracts(folder)[0].worked, contracts(folder)[0].change) == (
            "The questions",
            "Fridays",
        )


async def test_undoing_that_it_was_made_goes_back_to_the_list(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await press_all(driver, "h n enter 1 4 enter u")
        assert driver.screen_name == "Contracts"
        assert contracts(folder) == ()
        assert "the new contract" in driver.flashed
        await driver.press("U")
        assert "Design feedback" in driver.text


async def test_a_draft_that_is_dropped_is_gone_from_the_screen_and_comes_back(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await press_all(driver, "h n enter 1 4 enter up up up up x")
        assert len(contracts(folder)) == 1
        await driver.press("x")
        assert contracts(folder) == ()
        assert driver.screen_name == "Contracts"
        await driver.press("u")
        assert len(contracts(folder)) == 1


async def test_the_number_of_somebody_who_is_not_in_it_says_so(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await press_all(driver, "h n enter 1 4 enter 2")
        assert driver.flashed == "Tom isn't in this contract."
        await driver.press("9")
        assert driver.flashed == "There's no seat 9."


async def test_on_a_small_screen_a_long_refusal_leaves_the_field_of_the_page_in_view(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (40, 12)) as driver:
        await press_all(driver, "h n enter 1 2 enter w 4 down down e")
        await driver.type("99x")
        await driver.press("enter")
        assert "A weight is a whole number" in driver.flashed
        assert "99x" in driver.text


@pytest.mark.full
async def test_after_the_number_of_somebody_else_nobody_is_signed_for(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        for number in ("2", "9"):
            await press_all(driver, "h n enter 1 4 enter 4")
            await driver.press(number, "s")
            assert signed(folder) == set()
            assert driver.flashed == "Choose yourself first, by your number or with ↑ ↓."
            await driver.press("esc", "esc")


# Mouse and size


async def click(driver: AppDriver, text: str) -> None:
    """Click on the first place of the screen that says `text`."""
    for y, line in enumerate(driver.text.splitlines()):
        if text in line:
            await driver.pilot.click(offset=(line.index(text) + 1, y))
            await driver.settle()
            return
    raise AssertionError(f"{text!r} is not on the screen")


@pytest.mark.full
async def test_a_contract_is_made_judged_and_signed_with_the_mouse(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, size=(110, 90)) as driver:
        await driver.press("h")
        await click(driver, "n New")
        await click(driver, "Shared branch")
        await click(driver, "2 Shared branch")
        await click(driver, "1 Maya")
        await click(driver, "3 Priya")
        await click(driver, "Make it")
        assert [part.member for part in contracts(folder)[0].parts] == ["m1", "m3"]
        await click(driver, "You look back together")
        await click(driver, "You look back together")
        assert driver.screen_name == "ContractWay"
        await click(driver, "Three questions")
        await click(driver, "in part")
        await click(driver, "y  yes")
        await click(driver, "something small")
        await click(driver, "3 Reviewed")
        assert contracts(folder)[0].way is Way.REVIEWED
        await click(driver, "not signed yet")
        await click(driver, "not signed yet")
        assert signed(folder) == {"m1"}


@pytest.mark.full
async def test_the_look_back_is_chosen_with_the_mouse(folder: Path, clock: ManualClock) -> None:
    make_signed(create_circle(folder, clock), clock, "m1", "m4")
    clock.move(timedelta(days=22))
    async with run_app(folder, clock, size=(110, 34)) as driver:
        await click(driver, "A contract is due")
        await click(driver, "Design feedback")
        await driver.press("l", "enter", "enter")
        await click(driver, "Renew")
        assert [each.term for each in contracts(folder)] == [1, 2]


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(40, 12), (20, 8), (200, 50)])
async def test_everything_is_done_at_any_size(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, size=size) as driver:
        await press_all(driver, "h n 3 enter 1 3 4 enter w a p y 2 enter")
        assert contracts(folder)[0].way is Way.REVIEWED
        await press_all(driver, "1 s 3 s 4 s")
        assert signed(folder) == {"m1", "m3", "m4"}
        if size[0] > 20:
            assert "Lena" in driver.text_of("#signatures")


async def test_markup_in_a_contract_is_only_text(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await press_all(driver, "h n enter 1 4 enter e")
        await driver.type("[red]To[/] be")
        await driver.press("enter")
        assert "[red]To[/] be" in driver.text


# Judged


async def test_a_judged_contract_is_judged_and_ended_on_its_day_in_nineteen_keys(
    folder: Path, clock: ManualClock
) -> None:
    make_signed(create_circle(folder, clock), clock, "m1", "m4", way=Way.GRADED)
    clock.move(timedelta(days=22))
    async with run_app(folder, clock) as driver:
        await driver.press("h", "enter")
        keys = "j 4 m m m enter 1 m m m enter 1 a 4 a l enter enter e"
        assert await press_all(driver, keys) == 19
        assert contracts(folder)[-1].choice == "end"
        assert driver.screen_name == "Contracts"


@pytest.mark.full
async def test_esc_leads_from_what_was_found_back_to_the_contract_as_it_stands_now(
    folder: Path, clock: ManualClock
) -> None:
    make_signed(create_circle(folder, clock), clock, "m1", "m4", way=Way.GRADED)
    clock.move(timedelta(days=22))
    async with run_app(folder, clock) as driver:
        await press_all(driver, "h enter j 4 m m m enter 1 m m m enter")
        while driver.screen_name != "Contract":
            await driver.press("escape")
        assert "judged" in driver.headline
        assert driver.status == "r shows the result."
        await driver.press("r", "escape", "escape", "g", "escape", "m", "escape")
        assert driver.screen_name == "Contracts"
