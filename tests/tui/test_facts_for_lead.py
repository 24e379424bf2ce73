"""The key at home that hands the facts to a circle's lead."""

import json
import stat
from pathlib import Path

import pytest

from circle_tui.service.clock import ManualClock
from circle_tui.service.handing_over import FactsFile

from .app_driver import run_app
from .past_meetings import circle_that_met


@pytest.fixture
def goal(folder: Path, clock: ManualClock, downloads: Path) -> Path:
    circle_that_met(folder, clock, 2, members="Priya, Tom, Maya")
    return downloads / f"harbour-{clock.now():%Y-%m-%d}.facts.json"


async def test_nothing_leaves_before_enter_and_then_what_was_shown(
    folder: Path, clock: ManualClock, goal: Path
) -> None:
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press("f")
        assert "What your lead gets" in driver.text
        assert goal.name in driver.text
        assert "Priya present" in driver.text
        await driver.press("n", "n")
        assert "Seat 1 present" in driver.text
        assert not goal.exists()
        await driver.press("enter")
        assert "Send it to your lead" in driver.text
        await driver.press("escape")
        assert "Begin the meeting" in driver.text
    assert stat.S_IMODE(goal.stat().st_mode) == 0o600
    document = json.loads(goal.read_text())
    assert document["facts"]["people"] == "seats"
    assert "Priya" not in goal.read_text()


async def test_esc_writes_nothing(folder: Path, clock: ManualClock, goal: Path) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("f", "escape")
        assert "Next meeting" in driver.text
    assert not goal.exists()


async def test_nothing_is_overwritten(folder: Path, clock: ManualClock, goal: Path) -> None:
    goal.write_text("mine")
    second = goal.with_name(goal.name.replace(".facts", "-2.facts"))
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press("f")
        assert second.name in driver.text
        # It came there after it was shown.
        second.write_text("mine as well")
        await driver.press("enter")
        assert "Enter writes another" in driver.text
        await driver.press("enter")
    assert (goal.read_text(), second.read_text()) == ("mine", "mine as well")
    assert len(list(goal.parent.glob("*.facts.json"))) == 3


async def test_a_place_that_takes_no_file_is_one_sentence(
    folder: Path, clock: ManualClock, goal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = goal.parent / "nowhere" / "x.facts.json"
    monkeypatch.setattr(FactsFile, "find", lambda self, _: setattr(self, "path", nowhere))
    async with run_app(folder, clock) as driver:
        await driver.press("f", "enter")
        assert "There's no folder" in driver.text
