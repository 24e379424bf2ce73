"""What draws nothing of its own but its background.

Invariant: every line is the same, so it is made once. Textual would style, filter and divide each
by itself: about 100 of the 150 lines drawn for a screen of 34 rows, a third of the time.
"""

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class BareBackground(Widget):
    """A container without a border, or a screen that hides what lies below it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of `crop`, all blank."""
        line = Strip.blank(crop.width, self.visual_style.rich_style)
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            line = line.apply_filter(line_filter, background)
        return [line] * crop.height
