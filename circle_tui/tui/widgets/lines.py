"""The lines around a screen: the headline above, the status line below.

Invariant: each shows plain text, and takes no more rows than it needs. The headline leaves out
parts from its middle, and cuts its first part rather than its last; the status line returns to its
default text by itself.
"""

from collections.abc import Callable

from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from circle_tui.tui.styled import content
from circle_tui.tui.widgets.action_text import ActionText
from circle_tui.views.text import Text

SAID_FOR = 6.0
"""Seconds for which a flashed sentence stays: enough to read it aloud."""

_BETWEEN = "  ·  "
_NAME_AT_LEAST = 6
"""Cells of a name below which it is left out rather than cut."""
_BOTH_FROM = 30
"""Cells in which the end of a meeting leaves room for a name; what is longer there is cut."""


class Headline(Widget):
    """The top row: what meeting this is, and when it ends."""

    DEFAULT_CSS = """
    Headline { height: 1; padding: 0 1; background: $surface; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[str, ...] = ()

    def show(self, parts: tuple[str, ...]) -> None:
        """Show `parts`; where there is no room the first and the last stay longest."""
        if parts != self._parts:
            self._parts = parts
            self.refresh()

    def render(self) -> Content:
        return fitted(self._parts, self.size.width)


def fitted(parts: tuple[str, ...], width: int) -> Content:
    """As much of `parts` as one line of `width` cells has room for."""
    left = list(parts)
    while len(left) > 1:
        line = Content(_BETWEEN.join(left))
        if line.cell_length <= width:
            return line
        if len(left) == 2:
            # The end of the meeting is what people look up for; a circle's name is known by how it
            # begins.
            end = Content(_BETWEEN + left[1])
            room = width - end.cell_length
            if room >= _NAME_AT_LEAST:
                return Content(left[0]).truncate(room, ellipsis=True) + end
            if width >= _BOTH_FROM:
                return line.truncate(width, ellipsis=True)
        left.pop(1 if len(left) > 2 else 0)
    return Content("".join(left)).truncate(max(width, 1), ellipsis=True)


_LINES_AT_MOST = 3
"""As in the style of `StatusLine`."""


class StatusLine(ActionText):
    """The row above the keys: the default line, or for a while a flashed sentence.

    In the default line the keys that work can be clicked.
    """

    DEFAULT_CSS = """
    StatusLine {
        height: auto; min-height: 1; max-height: 3; padding: 0 1;
        background: $surface; color: $foreground; text-align: center;
    }
    StatusLine.-said { color: $primary; }
    """

    def __init__(self, with_actions: Callable[[str], Text]) -> None:
        """`with_actions` says which parts of a default line are keys."""
        super().__init__()
        self._with_actions = with_actions
        self._base: Text = ()
        self._said: str | None = None
        self._timer: Timer | None = None

    def set_default(self, base: str) -> None:
        """Set the line to show while no sentence is flashed."""
        text = self._with_actions(base)
        if text != self._base:
            self._base = text
            self._show_changed()

    def flash(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.clear()
        self._said = sentence
        self._timer = self.set_timer(SAID_FOR, self.clear)
        self.add_class("-said")
        self._show_changed()

    def clear(self) -> None:
        """Go back to the default line."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._said is not None:
            self._said = None
            self.remove_class("-said")
            self._show_changed()

    def _show_changed(self) -> None:
        # To lay out the whole screen is the dearest part of a key: only for another height.
        width, height = self.content_size
        shown = self.render()
        # Most sentences are one line, and needn't be wrapped to be counted.
        one_line = shown.cell_length <= width and "\n" not in shown.plain
        lines = 1 if one_line or not width else shown.get_height({}, width)
        self.refresh(layout=max(1, min(lines, _LINES_AT_MOST)) != height)

    def render(self) -> Content:
        return content(self._base) if self._said is None else Content(self._said)
