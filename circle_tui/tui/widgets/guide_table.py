"""A table of the guide, drawn as one widget.

Invariant: no word of a cell is cut if it fits into the terminal at all: if there is no room for the
columns side by side, each row becomes a small list. Textual's own table makes a widget of each
cell, which takes seconds for the page of keys, and cuts words.
"""

import re
from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from textual.widgets.markdown import MarkdownBlock

_BETWEEN = 3
"""Cells between two columns."""


class GuideTable(MarkdownBlock):
    """A Markdown table; the only markup it supports in cells is code between backticks."""

    DEFAULT_CSS = """
    GuideTable { margin-bottom: 1; }
    """

    def compose(self) -> Iterator[MarkdownBlock]:
        """No child widgets, because this widget draws the cells itself."""
        yield from ()

    def on_mount(self) -> None:
        code = self.app.theme_variables["text-primary"]
        head, *rows = (
            [styled(cell, code) for cell in cells] for cells in cells_of(self.source or "")
        )
        self.update(FittedTable(head, rows))


def cells_of(source: str) -> Iterator[list[str]]:
    """The cells of each row of a Markdown table, its heads first."""
    for number, line in enumerate(source.strip().splitlines()):
        if number != 1:  # The second line only separates heads and rows.
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def styled(cell: str, code: str) -> Text:
    """A cell's text, with the style `code` for what stands between backticks."""
    parts = re.split(r"`([^`]+)`", cell)
    return Text.assemble(*((part, code if at % 2 else "") for at, part in enumerate(parts)))


class FittedTable:
    """Heads and rows, for rich to draw in whatever width there is."""

    def __init__(self, head: list[Text], rows: list[list[Text]]) -> None:
        self._head, self._rows = head, rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widths = column_widths([self._head, *self._rows], options.max_width)
        if widths is not None:
            yield self._table(widths)
            return
        for row in self._rows:
            yield from self._list(row)

    def _table(self, widths: list[int]) -> Table:
        table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, border_style="dim")
        for head, width in zip(self._head, widths, strict=True):
            table.add_column(head, width=width)
        for row in self._rows:
            table.add_row(*row)
        return table

    def _list(self, row: list[Text]) -> Iterator[Text | Padding]:
        first, *others = row
        yield Text.assemble(first, style="bold")
        for head, cell in zip(self._head[1:], others, strict=True):
            # With two columns the first one says what the second is about.
            named = cell if len(row) == 2 else Text.assemble(head, ": ", cell)
            yield Padding(named, (0, 0, 0, 2))


def column_widths(rows: list[list[Text]], room: int) -> list[int] | None:
    """How wide each column may be within `room` cells; None if a word would have to be cut."""
    columns = list(zip(*rows, strict=True))
    room -= _BETWEEN * (len(columns) - 1)
    least = [
        max((Text(word).cell_len for cell in column for word in cell.plain.split()), default=1)
        for column in columns
    ]
    widths = [max(cell.cell_len for cell in column) for column in columns]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        # The widest gives first, among those that can.
        widest = max(
            (at for at in range(len(widths)) if widths[at] > least[at]), key=widths.__getitem__
        )
        widths[widest] -= 1
    return widths
