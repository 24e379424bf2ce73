"""The covenant over the stage.

Invariant: it shows the words it was given, the first of them always, each further one only whole,
and its title only where all of them have room.
"""

from collections.abc import Iterator

from textual.content import Content

from circle_tui.tui.widgets.large_letters import LOW_ROWS, ROWS, set_text
from circle_tui.tui.widgets.overlay import Overlay
from circle_tui.views.covenant import COVENANT

_WIDEST = 72
"""Cells that a line can have and still be read from afar."""


class CovenantOverlay(Overlay):
    """What a circle is here for, large, and more of its covenant where there is room."""

    DEFAULT_CSS = """
    CovenantOverlay { content-align: center middle; }
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__()
        self._words = words

    def render(self) -> Content:
        return Content("\n").join(fitted(self._words, *self.size))


def fitted(words: tuple[str, ...], width: int, height: int) -> list[Content]:
    """The lines that `width` by `height` cells have room for."""
    # On a small screen all clauses come before the air between them.
    ways = [list(_clauses(words, width, height, air)) for air in (1, 0)]
    lines = max(ways, key=lambda way: sum(bool(line.plain) for line in way))
    return [*_title(width - 4, height - len(lines)), *lines]


def _clauses(words: tuple[str, ...], width: int, height: int, air: int) -> Iterator[Content]:
    """The clauses, with `air` lines before each but the first."""
    column = max(min(width - 4, _WIDEST), 1)
    first, *more = words or ("",)
    shown = _wrapped(first, column, "bold")
    yield from shown[: max(height, 1)]
    room = height - len(shown)
    for clause in more:
        lines = _wrapped(clause, column, "")
        room -= len(lines) + air
        if room < 0:
            break
        yield from [Content("")] * air
        yield from lines


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
