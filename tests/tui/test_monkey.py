"""A monkey presses 200,000 keys on every screen: nothing breaks, and nothing disagrees.

The ordinary run tries a sample of it; `pytest tests/tui/test_monkey.py --full` all of it.
"""

import importlib
import pkgutil
from pathlib import Path

import pytest

import circle_tui.service.demo_run
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.service.clock import ManualClock
from circle_tui.tui import screens
from circle_tui.tui.screens.base import BaseScreen

from .monkey import STARTS, Monkey, ReviewingMonkey, WatchingMonkey

KINDS = {"review": ReviewingMonkey, "watch": WatchingMonkey}
"""Monkeys that sit at something else than a circle's own terminal."""
KEYS = 200_000
MONKEYS = 40
KEYS_OF_A_SAMPLE = 80


def _every_screen() -> set[str]:
    """By name; the app itself loads each when it is asked for."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(module.name)
    of: list[type[BaseScreen]] = [BaseScreen]
    while of:
        below = of.pop().__subclasses__()
        of += below
        found |= {
            each.__name__.removesuffix("Screen") for each in below if not each.__subclasses__()
        }
    return found


EVERY = {
    *(_every_screen() | {"Help", "Arrivals", "Question", "CommandPalette"}),
    *(each.value for each in Phase if each is not Phase.CLOSED),
    *(each.value for each in ClosingStep),
}
"""Every screen, every phase of a meeting and every step of its closing."""


@pytest.mark.sampled(1)
@pytest.mark.parametrize("seed", range(MONKEYS))
async def test_a_monkey_finds_nothing_that_breaks_and_nothing_that_disagrees(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, seed: int, full: bool
) -> None:
    """Journal, memory, screen and file are looked at before every key; see `monkey.py`."""
    starts = list(STARTS) if full else [list(STARTS)[seed * 7 % len(STARTS)]]
    keys = KEYS // MONKEYS // len(starts) + 1 if full else KEYS_OF_A_SAMPLE
    seen: set[str] = set()
    for start in starts:
        folder = tmp_path / start.replace(" ", "-")
        folder.mkdir()
        own = ManualClock(clock.moment)
        # The demo's clock runs by itself, and so would no walk be the same twice.
        monkeypatch.setattr(circle_tui.service.demo_run, "SystemClock", lambda _speed, own=own: own)
        kind = KINDS.get(start, Monkey)
        monkey = kind(f"{seed} {start}", STARTS[start], folder, own)
        await monkey.walk(keys)
        seen |= monkey.seen
    assert not full or seen >= EVERY, EVERY - seen
