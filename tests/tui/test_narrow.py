"""What is sent to the terminal: only what changed, and with it the terminal shows all there is."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pyte
import pytest
from rich.cells import cell_len

from circle_tui.core.meeting import commands
from circle_tui.service.clock import ManualClock

from .app_driver import (
    MINUTE,
    SECOND,
    AppDriver,
    add_first_meeting,
    create_circle,
    execute_all,
    meeting_under_way,
    run_app,
)

WIDTH, HEIGHT = 110, 34
PEOPLE = "李小龙, Maya, 漢字漢字漢字, Tom, Zoë"


class Told:
    """A terminal that is told what changed, and nothing else after the first picture."""

    def __init__(self, driver: AppDriver) -> None:
        self._sitting = driver
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self._screen)
        compositor = driver.app.screen._compositor
        self.place = driver.app.screen
        compositor.render_partial_update()
        self._stream.feed(compositor.render_full_update().render_segments(driver.app.console))

    def tell(self) -> int:
        """What has changed since the last time; how many bytes that was."""
        update = self._sitting.app.screen._compositor.render_partial_update()
        told = "" if update is None else update.render_segments(self._sitting.app.console)
        self._stream.feed(told)
        return len(told.encode())

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    @property
    def cells(self) -> list[list[pyte.screens.Char]]:
        """Every cell with its looks."""
        return [[self._screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


def compared(terminal: Told, driver: AppDriver) -> Told:
    """Tell it what changed, compare it with one that is told all, and go on with that."""
    same = driver.app.screen is terminal.place
    if same:
        terminal.tell()
    fresh = Told(driver)
    assert not same or terminal.cells == fresh.cells
    return fresh


async def test_a_terminal_that_is_told_what_changed_shows_what_there_is(
    folder: Path, clock: ManualClock
) -> None:
    with meeting_under_way(create_circle(folder, clock, PEOPLE), clock) as live:
        execute_all(live, commands.begin, commands.start, commands.hold)
    async with run_app(folder, clock, (WIDTH, HEIGHT)) as driver:
        terminal = Told(driver)
        assert terminal.text == driver.text
        for key in ("space", "d", "space", "plus", "d", "space", "minus", "u", "u", "x"):
            await driver.press(key)
            await driver.advance(timedelta(seconds=7))
            assert driver.screen_name == "Share"
            terminal.tell()
            assert terminal.text == driver.text


@pytest.mark.parametrize(
    "keys",
    [
        ("enter", "2", "3", "3", "f", "plus", "down", "u", "question_mark", "escape", "2"),
        ("c", "down", "enter", "B", "o", "escape", "down", "up", "escape"),
        # What is scrolled through, and then hidden.
        ("p", "f", "up", "escape", "f", "down", "f", "escape", "escape"),
        ("m", "down", "n", "I", "v", "o", "enter", "u", "escape"),
        (
            "enter",
            "enter",
            "a",
            "a",
            "v",
            "escape",
            "enter",
            "a",
            "escape",
            "d",
            "l",
            "escape",
            "u",
        ),
        ("enter", "enter", "enter", "n", "down", "enter", "enter", "S", "o", "enter", "u"),
    ],
    ids=lambda keys: " ".join(keys[:3]),
)
async def test_every_cell_looks_as_if_all_were_drawn_anew(
    folder: Path, clock: ManualClock, keys: tuple[str, ...]
) -> None:
    create_circle(folder, clock, PEOPLE)
    async with run_app(folder, clock, (WIDTH, HEIGHT)) as driver:
        terminal = Told(driver)
        for key in keys:
            await driver.press(key)
            terminal = compared(terminal, driver)


WANDERING = (
    *("enter", "enter", "enter", "space", "space", "escape", "down", "down", "up", "u"),
    *("a", "v", "l", "d", "p", "n", "m", "k", "b", "c", "f", "i", "x", "w", "S", "1", "2", "3"),
    *("plus", "minus", "tab", "question_mark", "left", "right", "backspace"),
)


@pytest.mark.parametrize("seed", range(4))
async def test_wherever_keys_lead_every_cell_looks_as_if_all_were_drawn_anew(
    folder: Path, clock: ManualClock, seed: int, full: bool
) -> None:
    random = Random(seed)
    add_first_meeting(create_circle(folder, clock, PEOPLE), "one thing", "another")
    async with run_app(folder, clock, (WIDTH, HEIGHT)) as driver:
        terminal = Told(driver)
        for _ in range(2000 if full else 40):
            await driver.press(random.choice(WANDERING))
            if random.random() < 0.2:
                await driver.advance(random.choice((SECOND, 3 * MINUTE)))
            assert not driver.exited
            terminal = compared(terminal, driver)


async def test_a_draining_ring_sends_a_few_cells_a_second(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock, PEOPLE)
    async with run_app(folder, clock, (WIDTH, HEIGHT)) as driver:
        await driver.press("enter", "enter", "enter")
        terminal = Told(driver)
        seconds = 60
        told = []
        for _ in range(seconds):
            await driver.advance(timedelta(seconds=1))
            told.append(terminal.tell())
        assert sum(told) / seconds < 300
        assert terminal.text == driver.text
        assert all(cell_len(line) == WIDTH for line in driver.text.splitlines())
