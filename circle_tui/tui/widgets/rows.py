"""A list with a cursor, as plain lines.

Invariant: it shows what it was given, with the cursor where it was told; a row is text, never
markup. It takes no key itself, says which row was clicked, and scrolls by itself to keep the
cursor in view.
"""

from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from circle_tui.views.view import Row


def visible_from(cursor: int, count: int, height: int) -> int:
    """The first row to show, so that `cursor` is in view and no space is wasted."""
    if count <= height or height <= 0:
        return 0
    return min(max(cursor - height // 2, 0), count - height)


class Rows(Widget):
    """Rows in columns: cursor, glyph, name, text, state."""

    DEFAULT_CSS = """
    Rows { height: auto; max-height: 100%; color: $foreground; }
    """

    class RowClicked(Message):
        """Somebody clicked on a row, counted from 0."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._cursor: int | None = None
        self._clickable = False
        self._under_pointer: int | None = None

    def show(
        self, rows: tuple[Row, ...], cursor: int | None = None, *, clickable: bool = False
    ) -> None:
        """Show `rows`, with the cursor on one of them or nowhere.

        Where there is a cursor, rows can be clicked; elsewhere only if they are `clickable`.
        """
        relayout = len(rows) != len(self._rows)
        self._rows, self._cursor = rows, cursor
        self._clickable = clickable or cursor is not None
        self.refresh(layout=relayout)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(len(self._rows), 1)

    # Mouse

    def on_click(self, event: events.Click) -> None:
        row = self._row_at(event.y)
        if row is not None:
            self.post_message(self.RowClicked(row))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._point_at(self._row_at(event.y))

    def on_leave(self) -> None:
        self._point_at(None)

    def _row_at(self, y: int) -> int | None:
        """The row at a line; None where there is no row, or no row can be chosen."""
        if not self._clickable:
            return None
        row = self._first_shown + y
        return row if 0 <= row < len(self._rows) else None

    def _point_at(self, row: int | None) -> None:
        if row != self._under_pointer:
            self._under_pointer = row
            self.refresh()

    # Drawing

    @property
    def _first_shown(self) -> int:
        return visible_from(self._cursor or 0, len(self._rows), self.size.height)

    def render(self) -> Content:
        width, height = self.size
        first = self._first_shown
        shown = self._rows[first : first + height]
        names = min(
            max((Content(row.name).cell_length for row in self._rows), default=0), width // 3
        )
        widest = max((Content(row.text).cell_length for row in self._rows), default=0)
        # What a row is about comes before its state, which may be cut on a narrow screen.
        state = min(max((len(row.state) for row in shown), default=0), width * 2 // 5)
        cursor = 2 if self._cursor is not None else 0
        glyph = 2 if any(row.glyph for row in self._rows) else 0
        beside = cursor + glyph + (names + 2 if names else 0) + (state + 2 if state else 0)
        columns = _Columns(
            cursor=cursor,
            glyph=glyph,
            name=names,
            text=max(min(widest, width - beside), 4),
            all=width,
        )
        lines = []
        for at, row in enumerate(shown, first):
            line = _line(row, columns, self._cursor == at)
            lines.append(
                line.stylize("on $block-hover-background") if at == self._under_pointer else line
            )
        return Content("\n").join(lines)


class _Columns(NamedTuple):
    """Widths in cells; 0 for a column that no row needs."""

    cursor: int
    glyph: int
    name: int
    text: int
    all: int


def _line(row: Row, columns: _Columns, current: bool) -> Content:
    parts: list[Content] = []
    if columns.cursor:
        parts.append(Content("› " if current else "  "))
    if columns.glyph:
        parts.append(Content(f"{row.glyph or ' '} "))
    if columns.name:
        name = Content(row.name).truncate(columns.name, ellipsis=True, pad=True)
        parts += [name.stylize("bold"), Content("  ")]
    parts.append(Content(row.text).truncate(columns.text, ellipsis=True, pad=bool(row.state)))
    if row.state:
        parts.append(Content.styled(f"  {row.state}", "$text-muted"))
    line = Content("").join(parts).truncate(max(columns.all, 1), ellipsis=True)
    if current:
        return line.stylize("bold $primary")
    return line.stylize("$text-muted") if row.dim else line
