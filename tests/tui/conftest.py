"""Fixtures for all tests of the screens: a fixed clock and time zone, colours, and no waiting."""

import os
import re
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import textual._wait
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.types import SerializedData
from textual.app import App
from textual.css.stylesheet import Stylesheet

import circle_tui.flow.circles
import circle_tui.tui.base_app
from circle_tui.service.clock import ManualClock

from .parsed_styles import parse_once

_RICH_IDS = re.compile(r"terminal-\d+")


@pytest.fixture(autouse=True)
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a key saves files: not in the home of whoever runs the tests."""
    folder = tmp_path / "arrived"
    folder.mkdir()
    monkeypatch.setattr("circle_tui.store.downloads.user_downloads", lambda: folder)
    return folder


@pytest.fixture(scope="package", autouse=True)
def parsed_styles() -> Iterator[None]:
    """Textual parses each style once."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture(autouse=True)
def steady(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Make screens independent of the machine and the hour, and waiting as short as possible."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(circle_tui.flow.circles, "find_local_zone", lambda: "Europe/London")
    monkeypatch.setattr(circle_tui.tui.base_app, "keep_crash", lambda _traceback: None)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path / "config")
    monkeypatch.setattr(textual._wait, "SLEEP_GRANULARITY", 0.001)
    monkeypatch.setattr(textual._wait, "SLEEP_IDLE", 0.0005)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def clock() -> ManualClock:
    """Ten o'clock on a Thursday in March 2026, until a test moves it."""
    return ManualClock(datetime(2026, 3, 5, 10, 0, tzinfo=UTC))


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: these tests are about screens, not about a disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as made:
        yield Path(made)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for circles."""
    made = tmp_path / "sessions"
    made.mkdir()
    return made


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time that the bell rang."""
    rung: list[str] = []
    monkeypatch.setattr(App, "bell", lambda _app: rung.append("bell"))
    return rung


class SVGSnapshots(SingleFileSnapshotExtension):
    """Snapshots as SVG files, one for each test."""

    _write_mode = WriteMode.TEXT
    file_extension = "svg"

    def matches(self, *, serialized_data: SerializedData, snapshot_data: SerializedData) -> bool:
        """Whether both look alike; the ids that Rich makes up are not visible."""
        new, stored = (_RICH_IDS.sub("", str(each)) for each in (serialized_data, snapshot_data))
        return new == stored


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(SVGSnapshots)
