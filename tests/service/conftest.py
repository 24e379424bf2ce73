"""A circle on the disk and its service, without a screen."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from circle_tui.core.circle.circle import make_circle
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

FIRST = datetime(2026, 3, 5, 10, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(FIRST)


@pytest.fixture
def file(tmp_path: Path, clock: ManualClock) -> CircleFile:
    circle = make_circle(
        "Harbour", "Ada, Ben, Cleo, Dan, Eve", "peer-circle", zone="Europe/London", now=clock.now()
    )
    return CircleFile.create(tmp_path, circle)


@pytest.fixture
def service(file: CircleFile, clock: ManualClock) -> Iterator[CircleService]:
    service = CircleService(file, clock)
    yield service
    service.close()
