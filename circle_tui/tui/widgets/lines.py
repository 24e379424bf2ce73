"""The lines around a screen: the headline above, the status line below.

Invariant: each shows plain text, and takes no more rows than it needs. The headline leaves out
parts from its middle, and cuts its first part rather than its last; the status line returns to its
default text by itself.
"""

from collections.abc import Callable, Iterator

from msgspec.structs import replace
from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.timer import Timer

from circle_tui.tui.styled import UNDER_POINTER
from circle_tui.tui.widgets.action_text import ActionText
from circle_tui.tui.widgets.drawn_lines import DrawnLines
from circle_tui.views.text import Span, Text, plain

SAID_FOR = 6.0
"""Seconds for which a flashed sentence stays: enough to read it aloud."""

_BETWEEN = "  ·  "
_NAME_AT_LEAST = 6
"""Cells of a name below which it is left out rather than cut."""
_BOTH_FROM = 30
"""Cells in which the end of a meeting leaves room for a name; what is longer there is cut."""


class Headline(DrawnLines):
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

    def render_line(self, y: int) -> Strip:
        style = self.ground
        line = Strip([Segment(f" {fitted(self._parts, self.size.width).plain}", style)])
        return line.adjust_cell_length(self.outer_size.width, style)


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


class StatusLine(DrawnLines, ActionText):
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
        self._lines: tuple[Text, ...] = ()
        """What is shown, in lines of `_wrapped_to` cells."""
        self._wrapped_to = 0

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
        self._wrap(width)
        self.refresh(layout=max(1, min(len(self._lines), _LINES_AT_MOST)) != height)

    @property
    def _shown(self) -> Text:
        return self._base if self._said is None else (Span(self._said),)

    def _wrap(self, width: int) -> None:
        self._wrapped_to = width
        self._lines = tuple(wrapped(self._shown, width)) if width else (self._shown,)

    def render(self) -> str:
        """What is shown, for Textual to find its height."""
        return plain(self._shown)

    def render_line(self, y: int) -> Strip:
        before, line = self._line(y)
        style = self.ground
        segments = [
            Segment(span.text, style + UNDER_POINTER if self._is_at_pointer(span) else style)
            for span in line
        ]
        width = self.outer_size.width
        after = width - before - sum(segment.cell_length for segment in segments)
        blanks = Segment(" " * before, style), Segment(" " * after, style)
        return Strip(Segment.simplify([blanks[0], *segments, blanks[1]]), width)

    def action_at(self, x: int, y: int) -> str:
        before, line = self._line(y)
        x -= before
        for span in line if x >= 0 else ():
            x -= cell_len(span.text)
            if x < 0:
                return span.action_id
        return ""

    def _is_at_pointer(self, span: Span) -> bool:
        return bool(span.action_id) and span.action_id == self.action_under_pointer

    def _line(self, y: int) -> tuple[int, Text]:
        """A line, after so many blanks."""
        if self._wrapped_to != self.content_size.width:
            self._wrap(self.content_size.width)
        line = self._lines[y] if y < len(self._lines) else ()
        return (self.outer_size.width - cell_len(plain(line))) // 2, line


def wrapped(text: Text, width: int) -> Iterator[Text]:
    """The lines of `text` in so many cells, broken at blanks where that is possible."""
    whole = plain(text)
    if "\n" not in whole and cell_len(whole) <= width:
        yield text
        return
    at = 0
    for line in Content(whole).wrap(width):
        start = max(whole.find(line.plain, at), at)
        at = start + len(line.plain)
        yield tuple(_cut(text, start, at))


def _cut(text: Text, start: int, end: int) -> Iterator[Span]:
    """The spans between two places of a text."""
    at = 0
    for span in text:
        part = span.text[max(start - at, 0) : max(end - at, 0)]
        if part:
            yield replace(span, text=part)
        at += len(span.text)
