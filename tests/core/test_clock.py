"""The one place that asks what time it is; the machine's own clocks are put in the test's hands."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from types import SimpleNamespace

import pytest
import tzlocal

from circle_tui.service import clock

from .meetings import START


class Machine:
    """A machine whose wall clock can be set, and whose other clock counts on."""

    def __init__(self) -> None:
        self.wall = START
        self.up = 1000.0
        self.asked: list[object] = []

    def now(self, zone: tzinfo | None = None) -> datetime:
        assert zone is UTC
        return self.wall

    def clock_gettime(self, which: object) -> float:
        self.asked.append(which)
        return self.up

    def monotonic(self) -> float:
        self.asked.append("monotonic")
        return self.up


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    monkeypatch.setattr(clock, "datetime", machine)
    sources = SimpleNamespace(
        CLOCK_BOOTTIME=7, clock_gettime=machine.clock_gettime, monotonic=machine.monotonic
    )
    monkeypatch.setattr(clock, "time", sources)
    return machine


def test_a_hand_clock_stands_until_it_is_moved() -> None:
    hand = clock.ManualClock(START)
    assert hand.now() == hand.now() == START
    hand.move(timedelta(minutes=8))
    assert hand.now() == START + timedelta(minutes=8)


def test_the_system_clock_starts_at_the_machines_time_and_goes_on_with_it(machine: Machine) -> None:
    system = clock.SystemClock()
    assert system.now() == START
    machine.up += 90.5
    assert system.now() == START + timedelta(seconds=90.5)
    assert system.now().tzinfo is UTC


def test_the_system_clock_never_goes_back_when_the_wall_clock_is_set_back(machine: Machine) -> None:
    system = clock.SystemClock()
    machine.up += 10
    before = system.now()
    machine.wall -= timedelta(hours=3)
    assert system.now() == before
    machine.up += 1
    assert system.now() == before + timedelta(seconds=1)


def test_the_system_clock_counts_the_sleep_of_the_machine(machine: Machine) -> None:
    system = clock.SystemClock()
    machine.up += 3600
    assert system.now() == START + timedelta(hours=1)
    assert set(machine.asked) == {7}


def test_without_that_clock_the_monotonic_one_serves(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "time", SimpleNamespace(monotonic=machine.monotonic))
    system = clock.SystemClock()
    machine.up += 5
    assert system.now() == START + timedelta(seconds=5)
    assert set(machine.asked) == {"monotonic"}


def test_a_faster_clock_runs_that_much_faster_from_the_same_moment(machine: Machine) -> None:
    system = clock.SystemClock(speed=20)
    assert system.speed == 20
    assert system.now() == START
    machine.up += 3
    assert system.now() == START + timedelta(minutes=1)


def unknown() -> str:
    raise LookupError("no such zone")


@pytest.mark.parametrize(
    ("answers", "zone"),
    [(lambda: "Europe/London", "Europe/London"), (lambda: None, "UTC"), (unknown, "UTC")],
)
def test_a_machine_without_a_zone_that_can_be_named_is_in_utc(
    monkeypatch: pytest.MonkeyPatch, answers: Callable[[], str | None], zone: str
) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone_name", answers)
    assert clock.local_zone() == zone
