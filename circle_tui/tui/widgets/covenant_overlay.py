"""The covenant over everything, until a key.

Invariant: it shows the words it was given, the first of them always, each further one only whole,
and its title only where all of them have room; it takes no focus and no key.
"""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget

from circle_tui.tui.widgets.large_letters import LOW_ROWS, ROWS, set_text
from circle_tui.views.covenant import COVENANT

_WIDEST = 72
"""Cells that a line can have and still be read from afar."""


class CovenantOverlay(Widget):
    """What a circle is here for, large, and more of its covenant where there is room."""

    DEFAULT_CSS = """
    CovenantOverlay {
        layer: rule; dock: top; width: 100%; height: 100%; margin-bottom: 1;
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
        return Content("\n").join(fitted(self._words, self._hint, *self.size))


def fitted(words: tuple[str, ...], hint: str, width: int, height: int) -> list[Content]:
    """The lines that `width` by `height` cells have room for."""
    # On a small screen all clauses come before the air between them.
    ways = [list(_clauses(words, hint, width, height, air)) for air in (1, 0)]
    lines = max(ways, key=lambda way: sum(bool(line.plain) for line in way))
    return [*_title(width - 4, height - len(lines)), *lines]


def _clauses(
    words: tuple[str, ...], hint: str, width: int, height: int, air: int
) -> Iterator[Content]:
    """The clauses and the hint, with `air` lines before each clause but the first."""
    column = max(min(width - 4, _WIDEST), 1)
    last = _wrapped(hint, column, "$text-muted")
    first, *more = words or ("",)
    shown = _wrapped(first, column, "bold")
    room = height - len(last) - 1
    yield from shown[: max(room, 1)]
    room -= len(shown)
    for clause in more:
        lines = _wrapped(clause, column, "")
        room -= len(lines) + air
        if room < 0:
            break
        yield from [Content("")] * air
        yield from lines
    yield Content("")
    yield from last


def _title(width: int, rows: int) -> Iterator[Content]:
    """What it is, as large as `rows` have room for with air around it; or nothing."""
    for large in (ROWS, LOW_ROWS):
        letters = set_text(COVENANT, width, large)
        if len(letters) == large and rows >= large + 4:
            yield from (Content(letter).stylize("bold") for letter in letters)
            yield from (Content(""), Content(""))
            return


def _wrapped(words: str, column: int, style: str) -> list[Content]:
    return [line.stylize(style) for line in Content(words).wrap(column)]
