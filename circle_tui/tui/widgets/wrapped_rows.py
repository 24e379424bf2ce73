"""A list whose texts take as many lines as they need.

Invariant: no word is cut. Every row can be chosen with the mouse; where there is nothing to choose
between, there is no cursor.
"""

from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size

from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.view import Row

_GAP = "  "
"""Between the columns."""


class WrappedRows(Rows):
    """Rows in columns: cursor, glyph, name, and the text with its state, over several lines."""

    DEFAULT_CSS = "WrappedRows { max-height: 9999; }"

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        first_row: int | None = None,
        align_states: bool = False,
    ) -> None:
        """With `align_states` the states stand below one another where every row has room in one
        line, else each in a line of its own."""
        super().__init__(id=id, first_row=first_row)
        self._align_states = align_states
        self._room_for_cursor = first_row is not None
        """Whether its place is kept while it's in no row, so that no text moves sideways."""

    def show(
        self,
        rows: tuple[Row, ...],
        cursor: int | None = None,
        first: int | None = None,
        *,
        clickable: bool = False,
    ) -> None:
        """As `Rows.show`; the height follows the texts."""
        changed = rows != self._rows
        super().show(rows, cursor, first, clickable=clickable)
        if changed:
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(len(self._lines(width)), 1)

    @property
    def lines_of_cursor(self) -> tuple[int, int]:
        """The first line of the row that the cursor is on, and how many it takes."""
        rows = [row for row, _ in self._lines(self.size.width)]
        cursor = self._cursor or 0
        return (rows.index(cursor), rows.count(cursor)) if cursor in rows else (0, 1)

    def _row_at(self, y: int) -> int | None:
        lines = self._lines(self.size.width)
        return lines[y][0] if 0 <= y < len(lines) else None

    def _lines(self, width: int) -> tuple[tuple[int, Content], ...]:
        return _lines(
            self._rows,
            self._cursor,
            self._cursor_style,
            self._room_for_cursor,
            max(width, 1),
            self._align_states,
        )

    def render(self) -> Content:
        return Content("\n").join(
            line.stylize("on $block-hover-background") if row == self._under_pointer else line
            for row, line in self._lines(self.size.width)
        )


@lru_cache(maxsize=16)
def _lines(
    rows: tuple[Row, ...],
    cursor: int | None,
    cursor_style: str,
    room_for_cursor: bool,
    width: int,
    align_states: bool,
) -> tuple[tuple[int, Content], ...]:
    """The lines, each with the row that it belongs to."""
    names = min(max((cell_len(row.name) for row in rows), default=0), width // 3)
    glyphs = any(row.glyph for row in rows)
    texts, states = (
        max((cell_len(each) for each in column), default=0)
        for column in ([row.text for row in rows], [row.state for row in rows])
    )
    lines = []
    for at, row in enumerate(rows):
        no_mark = "  " if room_for_cursor else ""
        mark = no_mark if cursor is None else "› " if at == cursor else "  "
        if glyphs:
            mark += f"{row.glyph or ' '} "
        name = Content(row.name).truncate(names, ellipsis=True, pad=True) if names else Content("")
        gap = _GAP if names else ""
        room = max(width - len(mark) - name.cell_length - len(gap), 1)
        wrapped = Content(row.text).wrap(room) or [Content("")]
        if align_states and texts + len(_GAP) + states <= room:
            wrapped[0] = wrapped[0].pad_right(texts - wrapped[0].cell_length)
        elif align_states:
            wrapped.append(Content.styled(row.state, "$text-muted"))
            wrapped = [line for each in wrapped for line in each.wrap(room)]
        if row.state and not (align_states and len(wrapped) > 1):
            _add_state(wrapped, row.state, room)
        for number, part in enumerate(wrapped):
            head = Content.assemble(mark, name.stylize("bold"), gap)
            line = (head if number == 0 else Content(" " * head.cell_length)) + part
            if at == cursor:
                line = line.stylize(cursor_style)
            elif row.dim:
                line = line.stylize("$text-muted")
            lines.append((at, line))
    return tuple(lines)


def _add_state(lines: list[Content], state: str, room: int) -> None:
    """Add the state after the text, or below it where the last line has no room for all of it."""
    said = Content.styled(state, "$text-muted")
    if lines[-1].cell_length + len(_GAP) + said.cell_length <= room:
        lines[-1] = Content.assemble(lines[-1], _GAP, said)
    else:
        lines += said.wrap(room)
