"""A grid of signs: rows with names, columns in groups, and counts below.

Law: it shows what it was given, as text. Names and counts stay in view while the columns scroll
with the cursor and the rows by hand; what has no room is said, never dropped unsaid.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual.content import Content
from textual.widget import Widget

CELL = 3
"""Cells of the terminal that one column takes."""

GAP = 1
"""Between two groups."""

_NAMES_AT_MOST = 24
_AROUND = 5
"""Lines that are no rows: titles, heads, the two counts, and what is left out."""


class Column(NamedTuple):
    """One column: its head, a sign and a shade (a class of the style sheet) for each row, and
    two counts."""

    head: str
    signs: tuple[tuple[str, str], ...]
    counts: tuple[str, str]


class Group(NamedTuple):
    """Columns that belong together, under one title."""

    title: str
    columns: tuple[Column, ...]


class Window(NamedTuple):
    """Which columns have room: from `first` up to, not including, `end`."""

    first: int
    end: int


def window(breaks: Sequence[bool], cursor: int, room: int, before: int = 0) -> Window:
    """The columns to show in `room` cells, `cursor` among them, moved from `before` if need be.

    `breaks` says of each column whether a group begins with it.
    """
    first = min(before, cursor)
    while first < cursor and _cells(breaks, first, cursor + 1) > room:
        first += 1
    end = cursor + 1
    while end < len(breaks) and _cells(breaks, first, end + 1) <= room:
        end += 1
    # Room that is left over at the end belongs to what comes before.
    while first > 0 and _cells(breaks, first - 1, end) <= room:
        first -= 1
    return Window(first, end)


def _cells(breaks: Sequence[bool], first: int, end: int) -> int:
    return (end - first) * CELL + GAP * sum(breaks[first + 1 : end])


class Grid(Widget):
    """The grid, as wide and as high as there is room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--present",
        "grid--part",
        "grid--excused",
        "grid--absent",
        "grid--none",
    }
    DEFAULT_CSS = """
    Grid {
        height: 1fr; color: $foreground;
        & .grid--present { background: $shade-present; color: $shade-present-text; }
        & .grid--part { background: $shade-part; color: $foreground; }
        & .grid--excused { background: $shade-excused; color: $foreground; }
        & .grid--absent { background: $surface; color: $text-muted; }
        & .grid--none { color: $text-disabled; }
    }
    """

    def __init__(self, nouns: tuple[str, str, str], *, id: str | None = None) -> None:  # noqa: A002
        """`nouns` are what rows and columns are, in the plural, and the labels of the counts."""
        super().__init__(id=id)
        self._nouns = nouns
        self._names: tuple[str, ...] = ()
        self._groups: tuple[Group, ...] = ()
        self._cursor = 0
        self._first = 0
        self._top = 0

    def show(self, names: tuple[str, ...], groups: tuple[Group, ...], cursor: int) -> None:
        """Show rows of those names and these groups, with the cursor on one column."""
        self._names, self._groups, self._cursor = names, groups, cursor
        self._top = min(self._top, max(len(names) - 1, 0))
        # No higher than what it shows, so that what stands below stays beside it.
        self.styles.max_height = len(names) + _AROUND
        self.refresh()

    def scroll_rows(self, by: int) -> None:
        """Move through rows that have no room."""
        self._top = max(0, min(self._top + by, len(self._names) - self._rows))
        self.refresh()

    @property
    def _rows(self) -> int:
        """How many rows have room."""
        return max(self.size.height - _AROUND, 1)

    def render(self) -> Content:
        width = self.size.width
        columns = [column for group in self._groups for column in group.columns]
        if not columns or width < CELL:
            return Content("")
        breaks = [at == 0 for group in self._groups for at, _ in enumerate(group.columns)]
        names = self._name_cells(width)
        shown = window(breaks, self._cursor, width - names, self._first)
        self._first = shown.first
        top = max(0, min(self._top, len(self._names) - self._rows))
        rows = range(top, min(top + self._rows, len(self._names)))
        at = [
            Content(" " * GAP if breaks[c] and c > shown.first else "") for c in range(len(columns))
        ]
        lines = [self._titles(names, shown), self._heads(columns, at, names, shown)]
        for row in rows:
            cells = (at[c] + self._cell(columns[c].signs[row]) for c in range(*shown))
            lines.append(_named(self._names[row], names, width) + Content("").join(cells))
        for which, label in enumerate(self._nouns[2].split(" / ")):
            counts = (at[c] + Content(f"{columns[c].counts[which]:^{CELL}}") for c in range(*shown))
            line = _named(label, names, width) + Content("").join(counts)
            lines.append(line.stylize("$text-muted"))
        lines.append(self._left_out(shown, len(columns), rows).stylize("$text-muted"))
        return Content("\n").join(line.truncate(width) for line in lines[: self.size.height])

    def _name_cells(self, width: int) -> int:
        longest = max((Content(name).cell_length for name in self._names), default=0)
        labels = max(map(len, self._nouns[2].split(" / ")))
        return min(max(longest, labels), _NAMES_AT_MOST, max(width * 2 // 5, 1)) + 1

    def _titles(self, names: int, shown: Window) -> Content:
        """The titles of groups, over the columns of theirs that are in view."""
        line, at = Content(" " * names), 0
        for group in self._groups:
            here = len(range(max(at, shown.first), min(at + len(group.columns), shown.end)))
            at += len(group.columns)
            if here:
                room = here * CELL + GAP
                if at >= shown.end:
                    # Nothing stands to its right.
                    room = max(room, self.size.width - line.cell_length)
                title = Content(group.title).truncate(room - 1, ellipsis=True)
                line += title.stylize("$text-muted") + " " * (room - title.cell_length)
        return line

    def _heads(
        self, columns: Sequence[Column], at: Sequence[Content], names: int, shown: Window
    ) -> Content:
        heads = (
            at[c]
            + Content(f"{columns[c].head:^{CELL}}").stylize(
                "bold $background on $primary" if c == self._cursor else "$text-muted"
            )
            for c in range(*shown)
        )
        return Content(" " * names) + Content("").join(heads)

    def _cell(self, sign: tuple[str, str]) -> Content:
        glyph, shade = sign
        style = self.get_visual_style(f"grid--{shade}")
        return Content(f"{glyph:^{CELL}}").stylize(style)

    def _left_out(self, shown: Window, columns: int, rows: range) -> Content:
        return Content(" · ".join(self._missing(shown, columns, rows)))

    def _missing(self, shown: Window, columns: int, rows: range) -> Iterator[str]:
        kinds, things, _ = self._nouns
        before, after = shown.first, columns - shown.end
        beside = [f"← {before}"] * bool(before) + [f"→ {after}"] * bool(after)
        if beside:
            yield f"{' '.join(beside)} {things}"
        if missing := len(self._names) - len(rows):
            yield f"↑ ↓ {missing} {kinds}"


def _named(name: str, room: int, width: int) -> Content:
    return Content(name).truncate(min(room - 1, width), ellipsis=True, pad=True) + " "
