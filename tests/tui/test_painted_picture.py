"""What the terminal shows is what there is: after any keys every cell is as if painted anew."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from circle_tui.core.meeting import commands
from circle_tui.service.clock import ManualClock

from .app_driver import (
    MINUTE,
    SECOND,
    add_first_meeting,
    create_circle,
    execute_all,
    meeting_under_way,
)
from .painting import repainted, sit_painted

PEOPLE = "李小龙, Maya, 漢字漢字漢字, Tom, Zoë"


async def test_a_running_share_shows_what_there_is(folder: Path, clock: ManualClock) -> None:
    with meeting_under_way(create_circle(folder, clock, PEOPLE), clock) as live:
        execute_all(live, commands.begin, commands.start, commands.pause)
    async with sit_painted(folder, clock) as (driver, terminal):
        for key in ("space", "d", "space", "plus", "d", "space", "minus", "u", "u", "x"):
            await driver.press(key)
            await driver.advance(timedelta(seconds=7))
            assert driver.screen_name == "Share"
            assert terminal.cells == repainted(driver.app)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "keys",
    [
        ("enter", "2", "3", "3", "f", "plus", "down", "u", "question_mark", "escape", "2"),
        ("c", "down", "enter", "B", "o", "escape", "down", "up", "escape"),
        # What is scrolled through, and then hidden.
        ("p", "f", "up", "escape", "f", "down", "f", "escape", "escape"),
        ("m", "down", "n", "I", "v", "o", "enter", "u", "escape"),
        # What lies over the round for a moment, and what lies over the screen.
        ("enter", "enter", "a", "a", "v", "escape", "enter", "a", "escape", "d", "l", "escape"),
        ("enter", "enter", "enter", "n", "down", "enter", "enter", "S", "o", "enter", "u"),
        ("question_mark", "escape", "enter", "question_mark", "escape", "enter", "l", "down"),
    ],
    ids=lambda keys: " ".join(keys[:3]),
)
async def test_every_cell_is_as_if_painted_anew(
    folder: Path, clock: ManualClock, keys: tuple[str, ...]
) -> None:
    create_circle(folder, clock, PEOPLE)
    async with sit_painted(folder, clock) as (driver, terminal):
        for key in keys:
            await driver.press(key)
            assert terminal.cells == repainted(driver.app), key


WANDERING = (
    *("enter", "enter", "enter", "space", "space", "escape", "down", "down", "up", "u"),
    *("a", "v", "l", "d", "p", "n", "m", "k", "b", "c", "f", "i", "x", "w", "S", "1", "2", "3"),
    *("plus", "minus", "tab", "question_mark", "left", "right", "backspace"),
)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.full) for seed in (2, 3))]
)
async def test_wherever_keys_lead_every_cell_is_as_if_painted_anew(
    folder: Path, clock: ManualClock, seed: int, full: bool
) -> None:
    random = Random(seed)
    add_first_meeting(create_circle(folder, clock, PEOPLE), "one thing", "another")
    async with sit_painted(folder, clock) as (driver, terminal):
        for _ in range(2000 if full else 15):
            await driver.press(random.choice(WANDERING))
            if random.random() < 0.2:
                await driver.advance(random.choice((SECOND, 3 * MINUTE)))
            assert not driver.exited
            assert terminal.cells == repainted(driver.app)


async def test_a_draining_ring_sends_some_hundred_bytes_a_second(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, PEOPLE)
    async with sit_painted(folder, clock) as (driver, terminal):
        await driver.press("enter", "enter", "enter")
        terminal.paintings.clear()
        seconds = 60
        for _ in range(seconds):
            await driver.advance(timedelta(seconds=1))
        assert sum(terminal.paintings) / seconds < 700
