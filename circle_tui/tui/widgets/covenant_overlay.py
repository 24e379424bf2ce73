"""The covenant over everything, until a key.

Invariant: it shows the words it was given, the first of them always, each further one only whole;
it takes no focus and no key.
"""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget

_WIDEST = 72
"""Cells that a line can have and still be read from afar."""


class CovenantOverlay(Widget):
    """What a circle is here for, large, and more of its covenant where there is room."""

    DEFAULT_CSS = """
    CovenantOverlay {
        layer: rule; dock: top; width: 100%; height: 100%;
        background: $background; color: $foreground;
        content-align: center middle; text-align: center;
    }
    """

    def __init__(self, words: tuple[str, ...], hint: str) -> None:
        """`hint` stands below it: how it goes away."""
        super().__init__()
        self._words = words
        self._hint = hint

    def render(self) -> Content:
        return Content("\n").join(self._lines(*self.size))

    def _lines(self, width: int, height: int) -> Iterator[Content]:
        column = max(min(width - 4, _WIDEST), 1)
        hint = _wrapped(self._hint, column, "$text-muted")
        first, *more = self._words or ("",)
        shown = _wrapped(first, column, "bold")
        # One row of air above the hint, and one before each further clause.
        room = height - len(hint) - 1
        yield from shown[: max(room, 1)]
        room -= len(shown)
        for words in more:
            lines = _wrapped(words, column, "")
            room -= len(lines) + 1
            if room < 0:
                break
            yield Content("")
            yield from lines
        yield Content("")
        yield from hint


def _wrapped(words: str, column: int, style: str) -> list[Content]:
    return [line.stylize(style) for line in Content(words).wrap(column)]
