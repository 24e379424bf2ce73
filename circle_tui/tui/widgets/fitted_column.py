"""A grid in a card, and below it lines as far as it can spare the room.

Invariant: the grid is what people came for. A line stands there whole or not at all, and the last
one gives way first; one for tall terminals does so where all of the grid has room without it.
"""

from textual.containers import Vertical
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.grid import Grid

_WIDTH = 80
"""Cells that the block takes, or more where the grid is wider."""


IF_TALL = "-if-tall"
"""The class of lines that are for tall terminals only."""


class FittedColumn(Vertical):
    """A grid above lines; the first of them goes only where the grid could not do without."""

    DEFAULT_CSS = """
    FittedColumn { width: 1fr; height: 100%; padding: 0 2; align: center middle; }
    FittedColumn .-no-room { display: none; }
    """

    def on_resize(self) -> None:
        self.fit()

    def fit(self) -> None:
        """Find out which lines have room, whenever one of them or the grid shows something else."""
        grid = self.query_one(Grid)
        assert isinstance(grid.parent, Card)
        around = grid.parent.gutter.width + self.gutter.width
        self.styles.max_width = max(_WIDTH, grid.full_width + around)
        width = max(min(self.outer_size.width, self.screen.size.width) - around, 1)
        room = self.size.height - grid.parent.gutter.height - grid.parent.styles.margin.height
        keep, left, framed = grid.least, room, set[Widget]()
        whole = grid.full_height(width)
        short = self.screen.has_class("-short")
        for line in self.query(Static):
            if isinstance(line, Card):
                continue
            if short and line.has_class(IF_TALL):
                line.add_class("-no-room")
                continue
            tall = line.styles.margin.height + line.get_content_height(
                Size(width, room), self.app.size, width
            )
            card = line.parent
            if isinstance(card, Card) and card not in framed:
                tall += card.gutter.height + card.styles.margin.height
                framed.add(card)
            room -= tall
            hides_rows = line.has_class(IF_TALL) and room < whole <= left
            fits = room >= keep and not hides_rows
            line.set_class(not fits, "-no-room")
            left = room if fits else left
            keep = grid.enough
        for card in framed:
            card.set_class(all(line.has_class("-no-room") for line in card.children), "-no-room")
        grid.styles.height = max(min(whole, left), 1)
