"""Contracts made by commands, as the screens execute them."""

from datetime import timedelta

from circle_tui.core.contracts import judging, lookup, making, signing, ways
from circle_tui.core.contracts.contract import Way
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from tests.core.contracts.agreements import ADA, BEN


def make_by_commands(service: CircleService, clock: ManualClock, way: Way) -> str:
    """A contract of the first two, made and signed by commands that undo knows, and opened."""
    service.execute(making.make, "design-feedback", (ADA, BEN))
    contract = service.state.contracts[-1].contract
    service.execute(ways.set_way, contract, way)
    version = service.state.contracts[-1]
    for member in lookup.to_sign(service.state, version):
        service.execute(signing.sign, contract, member)
    for member in lookup.to_accept(service.state, version):
        service.execute(signing.accept, contract, member)
    clock.move(timedelta(days=14))
    service.execute(judging.open_judging, contract)
    return contract


def make_signed(file: CircleFile, clock: ManualClock, *people: str, way: Way = Way.TALK) -> str:
    """A contract that is in force; its id."""
    service = CircleService(file, clock)
    service.execute(making.make, "design-feedback", people)
    contract = service.state.contracts[-1].contract
    if way is not Way.TALK:
        service.execute(ways.set_way, contract, way)
    for member in people:
        service.execute(signing.sign, contract, member)
    service.close()
    return contract
