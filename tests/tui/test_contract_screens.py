"""Contracts on their screens: the keys from home to a signed one and back; mouse, small sizes."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.contracts import making, signing
from circle_tui.core.contracts.contract import Contract, Way
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .app_driver import FIVE, AppDriver, create_circle, run_app

TWO = "Maya, Tom"


def contracts(folder: Path) -> tuple[Contract, ...]:
    return CircleFile(folder / "harbour.json").read().contracts


def signed(folder: Path) -> set[str]:
    return set(contracts(folder)[-1].signatures)


def make_signed(file: CircleFile, clock: ManualClock, *people: str) -> str:
    """A talk contract that is in force; its id."""
    service = CircleService(file, clock)
    service.execute(making.make, "design-feedback", people)
    contract = service.state.contracts[-1].contract
    for member in people:
        service.execute(signing.sign, contract, member)
    service.close()
    return contract


async def press_all(driver: AppDriver, keys: str) -> int:
    """Press keys with spaces between them; how many there were."""
    pressed = keys.split()
    await driver.press(*pressed)
    return len(pressed)


# The paths, in keys


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
