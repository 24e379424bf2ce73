"""The stage of every screen of a circle: the ring with its seats, and the page beside it.

Invariant: the ring has the same place and size on all screens that have a page, so that nothing
jumps from home to the closing. Where there is no room for both, the seats are one line above the
page; a screen that is about the ring itself shows the ring alone.
"""

from collections.abc import Callable, Sequence

from textual.containers import Horizontal
from textual.geometry import Size
from textual.strip import Strip

from circle_tui.tui.widgets import bar
from circle_tui.tui.widgets.bare_background import BareBackground
from circle_tui.tui.widgets.cells import BLANK, CellSpan
from circle_tui.tui.widgets.clickable_seats import ClickableSeats
from circle_tui.tui.widgets.ring import RoleStyles
from circle_tui.views.ring import Seat

_LEAST_ROWS = 12
"""Rows of a terminal below which the seats have none: the page needs them all."""


class Stage(Horizontal, BareBackground):
    """The ring and the page, centred as one block; see `base.tcss` for what has room when."""

    DEFAULT_CSS = """
    Stage { width: 100%; height: 1fr; align: center middle; }
    """


class SeatsLine(ClickableSeats, RoleStyles):
    """All seats in one line, for terminals without room for the ring beside the page.

    Where not all names have room either, whoever has the turn keeps theirs.
    """

    DEFAULT_CSS = """
    SeatsLine { width: 100%; height: auto; display: none; }
    """

    def __init__(self, can_click: Callable[[int], bool]) -> None:
        super().__init__(can_click)
        self._seats: tuple[Seat, ...] = ()

    def show(self, seats: tuple[Seat, ...]) -> None:
        """Show these seats, in this order."""
        if seats != self._seats:
            self._seats = seats
            self.refresh()
        self.light_anew()

    def seat_spans(self) -> Sequence[CellSpan]:
        """Where each seat's glyph and name are."""
        width = self.size.width
        left = (width - len(bar.seats_line(self._seats, width))) // 2
        return [
            CellSpan(row, left + start, cells)
            for row, start, cells in bar.seats_line_spans(self._seats, width)
        ]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1 if viewport.height >= _LEAST_ROWS else 0

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        cells = bar.seats_line(self._seats, width)
        left = (width - len(cells)) // 2
        line = [*[BLANK] * left, *cells, *[BLANK] * (width - left - len(cells))]
        return self.with_lit(y, self.strip(line))
