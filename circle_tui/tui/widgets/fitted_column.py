"""A grid, and below it lines as far as it can spare the room.

Invariant: the grid is what people came for. A line stands there whole or not at all, and the last
one gives way first.
"""

from textual.containers import Vertical
from textual.widgets import Static

from circle_tui.tui.widgets.grid import Grid


class FittedColumn(Vertical):
    """A grid above lines; the first of them goes only where the grid could not do without."""

    DEFAULT_CSS = "FittedColumn > .-no-room { display: none; }"

    def on_resize(self) -> None:
        self.fit()

    def fit(self) -> None:
        """Find out which lines have room, whenever one of them or the grid shows something else."""
        grid = self.query_one(Grid)
        room = self.size.height - grid.styles.margin.height
        keep = grid.least
        for line in self.query(Static):
            margin = line.styles.margin
            tall = margin.height + line.get_content_height(
                self.size, self.app.size, max(self.size.width - margin.width, 1)
            )
            room -= tall
            line.set_class(room < keep, "-no-room")
            keep = grid.enough
