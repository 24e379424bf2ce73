"""A list with a cursor, as plain lines.

Invariant: it shows what it was given, with the cursor where it was told; a row is text, never
markup.
"""

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size

from circle_tui.tui.widgets.listing import Listing
from circle_tui.views.view import Row


class Rows(Listing):
    """Rows in columns: cursor, glyph, name, text, state."""

    DEFAULT_CSS = """
    Rows { height: auto; max-height: 100%; color: $foreground; }
    """

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        first_row: int | None = None,
    ) -> None:
        super().__init__(id=id, first_row=first_row)
        self._rows: tuple[Row, ...] = ()

    def show(
        self,
        rows: tuple[Row, ...],
        cursor: int | None = None,
        first: int | None = None,
        *,
        clickable: bool = False,
    ) -> None:
        """Show `rows`, with the cursor on one of them or nowhere.

        `first` is the number of the first row, where several lists share one cursor. Where there is
        a cursor, rows can be clicked; elsewhere only if they are `clickable`.
        """
        relayout = len(rows) != len(self._rows)
        if first is not None:
            self.first_row = first
            cursor = None if cursor is None else cursor - first
        self._rows = rows
        self._clickable = clickable
        self._follow(len(rows), cursor)
        self.refresh(layout=relayout)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(len(self._rows), 1)

    def render(self) -> Content:
        width, height = self.size
        first = self._first_shown
        shown = self._rows[first : first + height]
        names = min(max((cell_len(row.name) for row in self._rows), default=0), width * 2 // 5)
        widest = max((cell_len(row.text) for row in self._rows), default=0)
        # What a row is about comes before its state, which may be cut on a narrow screen.
        state = min(max((len(row.state) for row in shown), default=0), width * 2 // 5)
        cursor = 2 if self._cursor is not None or self.first_row is not None else 0
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
            line = _line(row, columns, self._cursor_style if self._cursor == at else None)
            lines.append(
                line.stylize("on $block-hover-background") if at == self._under_pointer else line
            )
        return Content("\n").join(lines)


class _Columns(Struct, frozen=True):
    """Widths in cells; 0 for a column that no row needs."""

    cursor: int
    glyph: int
    name: int
    text: int
    all: int


def _line(row: Row, columns: _Columns, cursor_style: str | None) -> Content:
    """One row; `cursor_style` is that of the one with the cursor."""
    parts: list[Content] = []
    if columns.cursor:
        parts.append(Content("› " if cursor_style else "  "))
    if columns.glyph:
        parts.append(Content(f"{row.glyph or ' '} "))
    if columns.name:
        name = Content(row.name.rstrip()).truncate(columns.name, ellipsis=True, pad=True)
        parts += [name.stylize("bold"), Content("  ")]
    text = Content(row.text)
    if row.state:
        text = text.truncate(columns.text, ellipsis=True, pad=True)
        parts += [text, Content.styled(f"  {row.state}", "$text-muted")]
    else:
        # It may take the room of the states that others have.
        parts.append(text)
    line = Content("").join(parts).truncate(max(columns.all, 1), ellipsis=True)
    if cursor_style:
        return line.stylize(cursor_style)
    return line.stylize("$text-muted") if row.dim else line
