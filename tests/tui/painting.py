"""A terminal that shows what the app paints, byte for byte, and counts the paintings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

import pyte
from textual.app import App
from textual.screen import Screen

from circle_tui.service.clock import ManualClock
from circle_tui.tui.fewer_styles import with_fewer_styles

from .app_driver import AppDriver, run_app

WIDTH, HEIGHT = 110, 34

Cells = list[list[pyte.screens.Char]]

_compositor_refresh = Screen._compositor_refresh


class PaintedTerminal:
    """What a terminal of `WIDTH` by `HEIGHT` cells shows after all that was painted."""

    def __init__(self) -> None:
        self.paintings: list[int] = []
        """The bytes of each painting since this was last cleared."""
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self._screen)

    def feed(self, sequence: str) -> None:
        """Show what the program writes."""
        self._stream.feed(sequence)

    @property
    def cells(self) -> Cells:
        """Every cell with its colours, as far as they can be seen."""
        buffer = self._screen.buffer
        return [[_as_seen(buffer[y][x]) for x in range(WIDTH)] for y in range(HEIGHT)]


def _as_seen(cell: pyte.screens.Char) -> pyte.screens.Char:
    if cell.data != " " or cell.reverse or cell.underscore or cell.strikethrough:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)


def repainted(app: App[None]) -> Cells:
    """Every cell of a terminal for which all was painted anew."""
    compositor = app.screen._compositor
    changed = set(compositor._dirty_regions)
    whole = compositor.render_update(full=True, screen_stack=app._background_screens)
    compositor._dirty_regions |= changed
    terminal = PaintedTerminal()
    terminal.feed(whole.render_segments(app.console))  # type: ignore[union-attr]
    return terminal.cells


@asynccontextmanager
async def sit_painted(
    folder: Path, clock: ManualClock
) -> AsyncIterator[tuple[AppDriver, PaintedTerminal]]:
    """As `run_app`, which leaves all painting out, with a terminal that shows it."""
    terminal = PaintedTerminal()

    def display(app: App[None], _screen: object, renderable: object) -> None:
        # As `App._display` does, which does nothing without a terminal of its own.
        if renderable is not None and not app._batch_count:
            whole = renderable.render_segments(app.console)  # type: ignore[attr-defined]
            sequence = with_fewer_styles(whole)
            terminal.paintings.append(len(sequence.encode()))
            terminal.feed(sequence)

    async with run_app(folder, clock, (WIDTH, HEIGHT)) as driver:
        with (
            patch.object(Screen, "_compositor_refresh", _compositor_refresh),
            patch.object(App, "_display", display),
        ):
            driver.app.screen.refresh()
            await driver.settle()
            terminal.paintings.clear()
            yield driver, terminal
