"""A flow with one circle in its folder, on a clock that moves only when it is moved."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from circle_tui.core.circle.circle import make_circle
from circle_tui.flow import circles
from circle_tui.flow.app_flow import AppFlow
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

NOW = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer's zone, whatever computer it is; what looks it up remembers it for ever."""
    monkeypatch.setattr(circles, "find_local_zone", lambda: "Europe/London")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def file(tmp_path: Path) -> CircleFile:
    circle = make_circle("Harbour", "Maya, Tom, Priya", "peer-circle", zone="UTC", now=NOW)
    return CircleFile.create(tmp_path, circle)


@pytest.fixture
def flow(tmp_path: Path, clock: ManualClock, file: CircleFile) -> Iterator[AppFlow]:
    flow = AppFlow(tmp_path, clock)
    flow.open(file)
    yield flow
    flow.let_go()


def service_of(flow: AppFlow) -> CircleService:
    """The circle that is open in `flow`."""
    assert flow.service is not None
    return flow.service
