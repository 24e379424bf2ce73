"""Circles with a contract, signed or due with its judging open, and keys and clicks on them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import judging
from circle_tui.core.contracts.contract import Contract
from circle_tui.core.contracts.standing import ContractSnapshot, standing
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui import messages
from circle_tui.views.view import GoToContract
from tests.core.contracts.agreements import DUE, K, Runner
from tests.service.contracts_made import make_signed as make_signed

from .app_driver import FIVE, AppDriver, create_circle, run_app


@CircleCommand
def _put(state: CircleState, _now: object, signed: CircleState) -> CircleState:
    return replace(state, contracts=signed.contracts)


def create_contract(folder: Path, clock: ManualClock, contract: Contract) -> CircleFile:
    """A circle of five whose only contract was signed by all; on its review date it's opened."""
    file = create_circle(folder, clock, FIVE)
    clock.move(DUE - clock.now())
    service = CircleService(file, clock)
    service.execute(_put, Runner(contract).sign_all().state)
    if contract.judged is not None:
        service.execute(judging.open_judging, K)
    service.close()
    return file


@asynccontextmanager
async def at_step(
    folder: Path,
    clock: ManualClock,
    contract: Contract,
    step: str,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[AppDriver]:
    """The app with that contract, on the screen of a step."""
    create_contract(folder, clock, contract)
    clock.move(timedelta(minutes=5))
    async with run_app(folder, clock, size) as driver:
        await go_to(driver, step)
        yield driver


async def go_to(driver: AppDriver, step: str, contract: str = K) -> None:
    """Ask the app for a step, as the contract's own screen does."""
    driver.app.screen.post_message(messages.Requested(GoToContract(contract, step)))
    await driver.settle()


def found(driver: AppDriver) -> ContractSnapshot:
    """Where the contract stands in the file now."""
    service = driver.app.service
    assert service is not None
    return standing(service.state, K, service.now)


def contracts(folder: Path) -> tuple[Contract, ...]:
    return CircleFile(folder / "harbour.json").read().contracts


async def press_all(driver: AppDriver, keys: str) -> int:
    """Press keys with spaces between them; how many there were."""
    pressed = keys.split()
    await driver.press(*pressed)
    return len(pressed)


async def click_on(driver: AppDriver, words: str) -> None:
    """Click on the first place of the screen where these words stand."""
    for y, line in enumerate(driver.text.splitlines()):
        if words in line:
            await driver.pilot.click(offset=(line.index(words), y))
            await driver.settle()
            return
    raise AssertionError(words)
