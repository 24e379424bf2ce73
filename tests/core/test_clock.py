"""Clocks of the program; a fake machine stands in for the system's clocks."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import tzlocal

from circle_tui.core import zones
from circle_tui.service import clock

from .meetings import START, wall_time


class Machine:
    """A fake machine: its wall clock can be set, its other clock always counts on."""

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


def test_a_manual_clock_stands_still_until_it_is_moved() -> None:
    manual = clock.ManualClock(START)
    assert manual.now() == manual.now() == START
    manual.move(timedelta(minutes=8))
    assert manual.now() == START + timedelta(minutes=8)


def test_the_system_clock_starts_at_the_machines_time_and_follows_it(machine: Machine) -> None:
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


def test_the_system_clock_includes_time_the_machine_slept(machine: Machine) -> None:
    system = clock.SystemClock()
    machine.up += 3600
    assert system.now() == START + timedelta(hours=1)
    assert set(machine.asked) == {7}


def test_without_a_clock_that_counts_sleep_the_monotonic_clock_is_used(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "time", SimpleNamespace(monotonic=machine.monotonic))
    system = clock.SystemClock()
    machine.up += 5
    assert system.now() == START + timedelta(seconds=5)
    assert set(machine.asked) == {"monotonic"}


def test_a_faster_clock_starts_at_the_same_moment_and_runs_faster(machine: Machine) -> None:
    system = clock.SystemClock(speed=20)
    assert system.speed == 20
    assert system.now() == START
    machine.up += 3
    assert system.now() == START + timedelta(minutes=1)


def test_a_corrected_system_clock_is_followed_after_a_resync(machine: Machine) -> None:
    system = clock.SystemClock()
    machine.wall = START + timedelta(days=3)
    machine.up += 60
    assert system.now() == START + timedelta(minutes=1)
    system.read_again()
    assert system.now() == START + timedelta(days=3)
    machine.up += 5
    assert system.now() == START + timedelta(days=3, seconds=5)


def test_a_faster_clock_is_not_resynced(machine: Machine) -> None:
    system = clock.SystemClock(speed=20)
    machine.up += 60
    system.read_again()
    assert system.now() == START + timedelta(minutes=20)


@pytest.mark.parametrize(
    ("tz", "zone"),
    [
        ("EST5EDT", "America/New_York"),
        ("EST5EDT,M3.2.0,M11.1.0", "America/New_York"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin"),
        ("XYZ25", None),
        ("", "UTC"),
    ],
)
def test_the_machines_local_time_is_known_for_any_tz(
    monkeypatch: pytest.MonkeyPatch, tz: str, zone: str | None
) -> None:
    if not hasattr(time, "tzset"):
        pytest.skip("a machine without TZ")
    monkeypatch.setenv("TZ", tz)
    time.tzset()
    try:
        here = clock.SystemClock().zone
        for month in range(1, 13):
            moment = datetime(2026, month, 9, 12, 0, tzinfo=UTC)
            assert zones.zone_to_show(ZoneInfo("Asia/Tokyo"), moment, here) == "Tokyo time"
            if zone is not None:
                there = moment.astimezone(ZoneInfo(zone))
                assert moment.astimezone(here).utcoffset() == there.utcoffset()
                assert zones.zone_to_show(ZoneInfo(zone), moment, here) == ""
    finally:
        monkeypatch.undo()
        time.tzset()


# The machine's zone

SUMMER = datetime(2026, 7, 1, 12, 0, tzinfo=UTC).timestamp()


@pytest.fixture
def set_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Give this process another TZ, in a year that is known."""
    if not hasattr(time, "tzset"):
        pytest.skip("a machine without TZ")
    monkeypatch.setattr(
        clock, "time", SimpleNamespace(time=lambda: SUMMER, localtime=time.localtime)
    )

    def set_to(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield set_to
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("tz", "zone"),
    [
        ("Europe/London", "Europe/London"),
        (":Asia/Kathmandu", "Asia/Kathmandu"),
        ("EST5EDT,M3.2.0,M11.1.0", "America/New_York"),
        ("PST8PDT,M3.2.0,M11.1.0", "America/Los_Angeles"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin"),
        ("CET-1CEST", "Europe/Berlin"),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "Australia/Sydney"),
        ("FOO5BAR,M3.2.0,M11.1.0", "America/New_York"),
        ("JST-9", "Asia/Tokyo"),
        ("IST-5:30", "Asia/Kolkata"),
        ("<+03>-3", "Etc/GMT-3"),
        ("XYZ3", "Etc/GMT+3"),
        ("XYZ3:17", None),
    ],
)
def test_the_machines_zone_is_found_by_comparing_clock_times(
    set_zone: Callable[[str], None], tz: str, zone: str | None
) -> None:
    set_zone(tz)
    assert clock.find_local_zone() == zone


def test_a_tz_rule_without_transition_dates_follows_new_york(
    set_zone: Callable[[str], None],
) -> None:
    set_zone("EST5EDT")
    found = ZoneInfo(clock.find_local_zone() or "")
    for month, hours in ((1, -5), (7, -4)):
        assert found.utcoffset(wall_time(2027, month, 1)) == timedelta(hours=hours)


def unknown() -> str:
    raise LookupError("no such zone")


@pytest.mark.parametrize("answers", [lambda: "Europe/London", lambda: None, unknown])
def test_a_zone_name_that_does_not_match_the_machines_time_is_ignored(
    monkeypatch: pytest.MonkeyPatch,
    set_zone: Callable[[str], None],
    answers: Callable[[], str | None],
) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone_name", answers)
    set_zone("JST-9")
    assert clock.find_local_zone() == "Asia/Tokyo"
