"""A list with a cursor in aligned columns, however long.

Invariant: the first column grows, the others keep their width and go from the right where there
is no room; only what is in view is laid out. What lies above and below is said in the last line.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from circle_tui.tui.widgets.listing import Listing
from circle_tui.views.every_screen import more_rows

_FIRST_AT_LEAST = 12
_BETWEEN = 2
_AROUND = 2
"""Lines that are no rows: the heads, and what is left out."""


class Columns(Listing):
    """Rows of plain texts under their heads."""

    DEFAULT_CSS = """
    Columns { height: 1fr; color: $foreground; }
    """

    HEAD_LINES: ClassVar[int] = 1

    def __init__(self, heads: tuple[str, ...], widths: tuple[int, ...]) -> None:
        """`widths` are those of all columns but the first, in cells."""
        super().__init__()
        self._heads, self._widths = heads, widths
        self._rows: Sequence[tuple[str, ...]] = ()

    @property
    def _room(self) -> int:
        # With room for all of them, no line says what is left out.
        all_fit = self.full_height <= self.size.height
        return max(self.size.height - (self.HEAD_LINES if all_fit else _AROUND), 1)

    @property
    def dropped(self) -> tuple[str, ...]:
        """The heads of those columns that have no room."""
        return self._heads[len(self._fitting(self.size.width)) :]

    @property
    def full_height(self) -> int:
        """Lines with which all rows are in view."""
        return len(self._rows) + self.HEAD_LINES

    def show(self, rows: Sequence[tuple[str, ...]], cursor: int) -> None:
        """Show `rows`, with the cursor on one. A row of one text takes the whole line."""
        self._rows = rows
        self._follow(len(rows), cursor)
        self.refresh()

    def render(self) -> Content:
        width, height = self.size
        room = self._room
        widths = self._fitting(width)
        first = self._first_shown
        lines = [_line(self._heads, widths, width).stylize("$text-muted")]
        for at, row in enumerate(self._rows[first : first + room], first):
            line = Content("› " if at == self._cursor else "  ") + _line(row, widths, width - 2)
            if at == self._cursor:
                line = line.stylize(self._cursor_style)
            elif len(row) == 1:
                line = line.stylize("$text-muted")
            if at == self._under_pointer:
                line = line.stylize("on $block-hover-background")
            lines.append(line)
        lines[0] = Content("  ") + lines[0]
        lines += [Content("")] * (height - 1 - len(lines))
        if len(self._rows) > room:
            more = more_rows(first, len(self._rows) - first - room)
            lines.append(Content(more).stylize("$text-muted"))
        return Content("\n").join(line.truncate(max(width, 1)) for line in lines[:height])

    def _fitting(self, width: int) -> tuple[int, ...]:
        """The widths of the columns that have room, the first among them."""
        widths = list(self._widths)
        while widths and sum(widths) + _BETWEEN * len(widths) + _FIRST_AT_LEAST > width - 2:
            widths.pop()
        rest = width - 2 - sum(widths) - _BETWEEN * len(widths)
        longest = max(
            (Content(row[0]).cell_length for row in self._rows[:500] if len(row) > 1), default=0
        )
        return (max(min(rest, max(longest, _FIRST_AT_LEAST)), 1), *widths)


def _line(row: Sequence[str], widths: Sequence[int], width: int) -> Content:
    if len(row) == 1:
        return Content(row[0]).truncate(max(width, 1), ellipsis=True)
    return Content(" " * _BETWEEN).join(
        Content(text).truncate(room, ellipsis=True, pad=True)
        for text, room in zip(row, widths, strict=False)
    )
