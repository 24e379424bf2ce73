"""A list with a cursor, as plain lines.

Invariant: it shows what it was given, with the cursor where it was told; a row is text, never
markup. It takes no key itself, and scrolls by itself to keep the cursor in view.
"""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from circle_tui.views.view import Row


def visible_from(cursor: int, count: int, height: int) -> int:
    """The first row to show, so that `cursor` is in view and no space is wasted."""
    if count <= height or height <= 0:
        return 0
    return min(max(cursor - height // 2, 0), count - height)


class Rows(Widget):
    """Rows in columns: cursor, glyph, text, state."""

    DEFAULT_CSS = """
    Rows { height: auto; max-height: 100%; color: $foreground; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._cursor: int | None = None

    def show(self, rows: tuple[Row, ...], cursor: int | None = None) -> None:
        """Show `rows`, with the cursor on one of them or nowhere."""
        relayout = len(rows) != len(self._rows)
        self._rows, self._cursor = rows, cursor
        self.refresh(layout=relayout)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(len(self._rows), 1)

    def render(self) -> Content:
        width, height = self.size
        first = visible_from(self._cursor or 0, len(self._rows), height)
        shown = self._rows[first : first + height]
        widest = max((Content(row.text).cell_length for row in self._rows), default=0)
        # What a row is about comes before its state, which may be cut on a narrow screen.
        state = min(max((len(row.state) for row in shown), default=0), width * 2 // 5)
        room = max(min(widest, width - 6 - state), 4)
        return Content("\n").join(
            _line(row, room, width, self._cursor == first + at) for at, row in enumerate(shown)
        )


def _line(row: Row, room: int, width: int, current: bool) -> Content:
    text = Content(row.text).truncate(room, ellipsis=True, pad=bool(row.state))
    line = Content.assemble("› " if current else "  ", f"{row.glyph} ", text)
    if row.state:
        line = Content.assemble(line, "  ", (row.state, "$text-muted"))
    line = line.truncate(max(width, 1), ellipsis=True)
    if current:
        return line.stylize("bold $primary")
    return line.stylize("$text-muted") if row.dim else line
