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

from .sitting import Sitting, make, meeting, sit, taken


@asynccontextmanager
async def speaking(folder: Path, clock: ManualClock) -> AsyncIterator[Sitting]:
    """In the middle of the first share."""
    with meeting(make(folder, clock), clock) as live:
        taken(live, commands.begin, commands.start)
    async with sit(folder, clock) as sitting:
        await sitting.press("space")
        yield sitting


async def delivered(sitting: Sitting, key: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the ring's caption was at each drawing, by the time that a key is done."""
    captions: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(
            Screen,
            "_compositor_refresh",
            lambda screen: captions.append(screen.query_one(Ring).caption),
        )
        await sitting.app._deliver(events.Key(key, None))
    return captions


async def test_what_a_key_changes_is_drawn_by_the_time_it_is_done(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speaking(folder, clock) as sitting:
        for caption in ("Held", "Maya is speaking"):
            assert await delivered(sitting, "space", monkeypatch) == [caption]
            assert not sitting.ring._repaint_required
            await sitting.settle()
            assert caption in sitting.text


async def test_what_is_to_be_laid_out_first_is_not_drawn_before(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speaking(folder, clock) as sitting:
        assert await delivered(sitting, "a", monkeypatch) == []
        await sitting.settle()
        assert sitting.rule_shown
