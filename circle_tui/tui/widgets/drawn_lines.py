"""A widget that draws whole lines by itself.

Invariant: it has no border, tint or opacity, and draws its padding itself. Textual would look for
each of these at every line, and it asks for all lines of all widgets whenever one has changed: for
a share of 34 rows that is a third of the time from a key to its frame.
"""

from abc import abstractmethod
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Self

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class DrawnLines(Widget):
    """Subclasses say how a line looks; it is drawn again when it is refreshed."""

    def __init__(self, *children: Widget, **options: Any) -> None:
        """As for any widget."""
        super().__init__(*children, **options)
        self._drawn_lines: dict[int, Strip] = {}
        self._drawn_for: tuple[Size, Sequence[LineFilter]] | None = None
        """The size that they were drawn for, and how the terminal shows colours."""
        self._background = Color(0, 0, 0)
        self.ground = Style.null()
        """Its style, as the terminal shows it."""

    @abstractmethod
    def render_line(self, y: int) -> Strip:
        """Line `y`, as wide as the widget, with its padding; in styles from `in_terminal`."""

    def in_terminal(self, style: Style) -> Style:
        """A style as the terminal shows it, without colours for example.

        Textual does this for each line. The styles of a widget are few, and the same in all lines.
        """
        return _in_terminal(style, self._background, tuple(self.get_line_filters()))

    def colours_changed(self) -> None:
        """Forget what was drawn in other colours. Subclasses may have more to forget."""
        self._drawn_lines.clear()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw anew, all lines or those of some regions."""
        if not regions:
            self._drawn_lines.clear()
        for region in regions:
            for y in region.line_range:
                self._drawn_lines.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Draw anew in other colours."""
        self._drawn_for = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of `crop`."""
        size, filters = self.outer_size, self.get_line_filters()
        if self._drawn_for != (size, filters):
            self._drawn_for = size, filters
            self._background = self.background_colors[1]
            self.ground = self.in_terminal(self.rich_style)
            self.colours_changed()
        lines = self._drawn_lines
        for y in crop.line_range:
            if y not in lines:
                lines[y] = self.render_line(y)
        start, end = crop.column_span
        if (start, end) == (0, size.width):
            return [lines[y] for y in crop.line_range]
        return [lines[y].crop(start, end) for y in crop.line_range]


@lru_cache(maxsize=512)
def _in_terminal(style: Style, background: Color, filters: tuple[LineFilter, ...]) -> Style:
    segments = [Segment(" ", style)]
    for line_filter in filters:
        segments = line_filter.apply(segments, background)
    return segments[0].style or Style.null()
