"""What draws nothing of its own but its background.

Invariant: every line is the same, so it is made once. Textual would style, filter and divide each
by itself: about 100 of the 150 lines drawn for a screen of 34 rows, a third of the time.
"""

from collections.abc import Sequence

from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class BareBackground(Widget):
    """A container without a border, or a screen that hides what lies below it."""

    _blank: tuple[int, Sequence[LineFilter], Strip] | None = None
    """The line as it was drawn last, after its width and the terminal's colours."""

    def notify_style_update(self) -> None:
        """Draw it anew in another colour."""
        self._blank = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of `crop`, all blank."""
        width, filters = crop.width, self.get_line_filters()
        if self._blank is None or self._blank[:2] != (width, filters):
            line = Strip.blank(width, self.visual_style.rich_style)
            background = self.background_colors[1]
            for line_filter in filters:
                line = line.apply_filter(line_filter, background)
            self._blank = width, filters, line
        return [self._blank[2]] * crop.height
