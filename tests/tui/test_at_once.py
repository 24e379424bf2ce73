"""What a key changes is drawn with it, and nothing is drawn that is to be laid out first."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.screen import Screen

from circle_tui.core.meeting import commands
from circle_tui.service.clock import ManualClock
from circle_tui.tui.widgets.ring import Ring

from .app_driver import AppDriver, create_circle, execute_all, meeting_under_way, run_app


@asynccontextmanager
async def speaking(folder: Path, clock: ManualClock) -> AsyncIterator[AppDriver]:
    """In the middle of the first share."""
    with meeting_under_way(create_circle(folder, clock), clock) as live:
        execute_all(live, commands.begin, commands.start)
    async with run_app(folder, clock) as driver:
        await driver.press("space")
        yield driver


async def delivered(driver: AppDriver, key: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the ring's caption was at each drawing, by the time that a key is done."""
    captions: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(
            Screen,
            "_compositor_refresh",
            lambda screen: captions.append(screen.query_one(Ring).caption),
        )
        await driver.app._deliver(events.Key(key, None))
    return captions


async def test_what_a_key_changes_is_drawn_by_the_time_it_is_done(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speaking(folder, clock) as driver:
        for caption in ("Held", "Maya is speaking"):
            assert await delivered(driver, "space", monkeypatch) == [caption]
            assert not driver.ring._repaint_required
            await driver.settle()
            assert caption in driver.text


async def test_what_is_to_be_laid_out_first_is_not_drawn_before(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speaking(folder, clock) as driver:
        assert await delivered(driver, "a", monkeypatch) == []
        await driver.settle()
        assert driver.listening_rule_shown
