"""One short text as large as has room: a name, a date.

Invariant: all of the text is shown, in five rows, three or one.
"""

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from circle_tui.tui.widgets.large_letters import LOW_ROWS, ROWS, set_text

_SHORT = 24
"""Rows of a terminal below which five rows are too many for one text on a page."""


class LargeText(Widget):
    """A text in large letters where there is room, else in bold."""

    DEFAULT_CSS = """
    LargeText { height: auto; margin-bottom: 1; color: $foreground; text-style: bold; }
    """

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        low_from: int = LOW_ROWS * 5,
    ) -> None:
        """It takes three rows rather than one in terminals of at least `low_from` rows."""
        super().__init__(id=id)
        self._text: str | None = None
        self._low_from = low_from

    @property
    def text(self) -> str:
        """What is shown; "" for nothing."""
        return self._text or ""

    def take_three_rows_from(self, rows: int) -> None:
        """Take three rows rather than one in terminals of at least `rows` rows."""
        if rows != self._low_from:
            self._low_from = rows
            self.refresh(layout=True)

    def show(self, text: str) -> None:
        """Show `text`; nothing, and no row for it, if it is empty."""
        if text != self._text:
            self._text = text
            self.set_class(not text, "-gone")
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return max(map(cell_len, self._rows(container.width, viewport.height)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._rows(width, viewport.height)) if self._text else 0

    def render(self) -> Content:
        rows = self._rows(self.size.width, self.app.size.height)
        return Content("\n").join(Content(row) for row in rows)

    def _rows(self, width: int, terminal_height: int) -> tuple[str, ...]:
        rows = (
            ROWS
            if terminal_height >= _SHORT
            else LOW_ROWS
            if terminal_height >= self._low_from
            else 1
        )
        return set_text(self.text, width, rows)
