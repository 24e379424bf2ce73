"""What all lists with a cursor share: which rows are in view, and the mouse over them.

Invariant: a list takes no key itself. It keeps the cursor in view until the wheel moves it away,
and says which row was clicked.
"""

from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widget import Widget


def visible_from(cursor: int, count: int, height: int) -> int:
    """The first row to show, so that `cursor` is in view and no space is wasted."""
    if count <= height or height <= 0:
        return 0
    return min(max(cursor - height // 2, 0), count - height)


class RowClicked(Message):
    """Somebody clicked on a row, counted from 0."""

    def __init__(self, row: int) -> None:
        super().__init__()
        self.row = row


class Listing(Widget):
    """A list of `_count` rows, one line each, below `HEAD_LINES` others."""

    HEAD_LINES: ClassVar[int] = 0

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        first_row: int | None = None,
    ) -> None:
        """`first_row` is the number of its first row where several lists share one cursor."""
        super().__init__(id=id)
        self.first_row = first_row
        self._count = 0
        self._cursor: int | None = None
        self._clickable = False
        self._scrolled_to: int | None = None
        self._under_pointer: int | None = None

    @property
    def _cursor_style(self) -> str:
        """How the row with the cursor stands out; without colours it would be the palest."""
        return "bold $foreground reverse" if self.app.no_color else "bold $primary"

    def _follow(self, count: int, cursor: int | None) -> None:
        """The list has so many rows now, and the cursor is in view again where it moved."""
        if (count, cursor) != (self._count, self._cursor):
            self._scrolled_to = None
        self._count, self._cursor = count, cursor

    @property
    def _room(self) -> int:
        """How many rows have room."""
        return self.size.height - self.HEAD_LINES

    @property
    def _first_shown(self) -> int:
        if self._scrolled_to is not None:
            return max(0, min(self._scrolled_to, self._count - self._room))
        # The cursor may be in another list that shares it.
        return visible_from(max(self._cursor or 0, 0), self._count, self._room)

    # Mouse

    def on_click(self, event: events.Click) -> None:
        row = self._row_at(event.y)
        if row is not None:
            self.post_message(RowClicked(row + (self.first_row or 0)))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._point_at(self._row_at(event.y))

    def on_leave(self) -> None:
        self._point_at(None)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._scroll(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._scroll(event, -1)

    def _scroll(self, event: events.MouseEvent, by: int) -> None:
        """Move through rows that have no room; with room for all, the page may scroll."""
        if self._count <= self._room:
            return
        event.stop()
        self._scrolled_to = max(0, min(self._first_shown + by, self._count - self._room))
        self.refresh()

    def _row_at(self, y: int) -> int | None:
        """The row at a line; None where there is no row, or no row can be chosen."""
        has_cursor = self._cursor is not None or self.first_row is not None
        if not (has_cursor or self._clickable) or y < self.HEAD_LINES:
            return None
        row = self._first_shown + y - self.HEAD_LINES
        return row if 0 <= row < self._count else None

    def _point_at(self, row: int | None) -> None:
        if row != self._under_pointer:
            self._under_pointer = row
            self.refresh()
