"""What every test of the screens stands on: one time zone, colours, no waiting, nothing outside."""

import re
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import textual._wait
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.types import SerializedData
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

import circle_tui.tui.app
import circle_tui.tui.base_app
from circle_tui.service.clock import ManualClock

_parse_rules = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def parse_once(sheet: Stylesheet, css: str, **more: Any) -> list[RuleSet]:
    """What the same style says to the same colours is found out once, not by every app."""
    key = (css, *more.values(), *sheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, css, **more)
    return _parsed[key]


_NAMES_OF_PARTS = re.compile(r"terminal-\d+")


@pytest.fixture(autouse=True)
def steady(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The same screen on every machine, at every hour, and as fast as it can be looked at."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(circle_tui.tui.app, "local_zone", lambda: "Europe/London")
    monkeypatch.setattr(circle_tui.tui.base_app, "keep_crash", lambda _traceback: None)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(textual._wait, "SLEEP_GRANULARITY", 0.001)
    monkeypatch.setattr(textual._wait, "SLEEP_IDLE", 0.0005)
    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_once)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def clock() -> ManualClock:
    """Ten o'clock on a Thursday in March, and it stays that until it is moved."""
    return ManualClock(datetime(2026, 3, 5, 10, 0, tzinfo=UTC))


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


class Picture(SingleFileSnapshotExtension):
    """A terminal's picture, one file each."""

    _write_mode = WriteMode.TEXT
    file_extension = "svg"

    def matches(self, *, serialized_data: SerializedData, snapshot_data: SerializedData) -> bool:
        """Whether they look alike: the names that their parts are given are not to be seen."""
        taken, kept = (
            _NAMES_OF_PARTS.sub("", str(each)) for each in (serialized_data, snapshot_data)
        )
        return taken == kept


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Picture)
