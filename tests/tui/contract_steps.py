"""A circle with a contract that is due, and its judging open, for the screens that follow."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import in_it, judging, making, signing, ways
from circle_tui.core.contracts.contract import Contract, Way
from circle_tui.core.contracts.standing import Standing, standing
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui import messages
from tests.core.contracts.agreements import ADA, BEN, DUE, K, Runner

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
    driver.app.screen.post_message(messages.ContractStep(contract, step))
    await driver.settle()


def found(driver: AppDriver) -> Standing:
    """Where the contract stands in the file now."""
    service = driver.app.service
    assert service is not None
    return standing(service.state, K, service.now)


def make_by_commands(service: CircleService, clock: ManualClock, way: Way) -> str:
    """A contract of the first two, made and signed by commands that undo knows, and opened."""
    service.execute(making.make, "design-feedback", (ADA, BEN))
    contract = service.state.contracts[-1].contract
    service.execute(ways.set_way, contract, way)
    version = service.state.contracts[-1]
    for member in in_it.to_sign(service.state, version):
        service.execute(signing.sign, contract, member)
    for member in in_it.to_accept(service.state, version):
        service.execute(signing.accept, contract, member)
    clock.move(timedelta(days=14))
    service.execute(judging.open_judging, contract)
    return contract
