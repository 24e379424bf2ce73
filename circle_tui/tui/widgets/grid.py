"""A grid of signs: rows with names, columns in groups with their days, and counts below.

Invariant: it shows what it was given, as text. Names and counts stay in view while the columns
scroll with the cursor and the rows by hand; what has no room is said, never dropped unsaid.
"""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from circle_tui.views.grid import SHADES, Column, Group, Hidden, Noun, hidden_labels

CELL = 3
"""Cells of the terminal that one column takes."""

GAP = 1
"""Between two groups."""

_NAMES_AT_MOST = 24
_ENOUGH = 4
"""So many rows are worth more than the lines that stand below the grid."""


class Lines(NamedTuple):
    """What has room, from above: titles, months and days, rows, counts, and what is left out."""

    titles: bool
    months: bool
    days: bool
    rows: int
    counts: int
    left_out: bool


def lines(height: int, rows: int, counts: int, *, columns_left_out: bool) -> Lines:
    """How `height` is shared out. A third count gives way first, then months, counts and titles.

    What is left out is said wherever anything is, and a row is there wherever there is room.
    """
    for titles, months, below in (
        (1, 1, counts),
        (1, 1, min(counts, 2)),
        (1, 0, min(counts, 2)),
        (1, 0, 0),
        (0, 0, 0),
    ):
        room = height - titles - months - 1 - below
        left_out = columns_left_out or room < rows
        room -= left_out
        if room >= (rows if below > 2 else min(rows, 1)):
            return Lines(bool(titles), bool(months), True, min(rows, room), below, left_out)
    return _rows_alone(height, rows, columns_left_out=columns_left_out)


def _rows_alone(height: int, rows: int, *, columns_left_out: bool) -> Lines:
    left_out = columns_left_out or height < rows
    return Lines(False, False, False, max(min(rows, height - left_out), 0), 0, left_out)


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

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"grid--{shade}" for shade in SHADES}
    DEFAULT_CSS = "Grid { height: 1fr; color: $foreground; }" + "".join(
        f"Grid > .grid--{shade} {{ background: $shade-{shade}; color: $shade-{shade}-text; }}"
        for shade in SHADES
    )

    class ColumnClicked(Message):
        """Somebody clicked on a column, counted from 0."""

        def __init__(self, column: int) -> None:
            super().__init__()
            self.column = column

    def __init__(self, row: Noun, column: Noun, *, id: str | None = None) -> None:  # noqa: A002
        """`row` and `column` are what they are called."""
        super().__init__(id=id)
        self._row, self._column = row, column
        self._labels: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self._groups: tuple[Group, ...] = ()
        self._cursor = 0
        self._first = 0
        self._top = 0

    def show(
        self,
        names: tuple[str, ...],
        groups: tuple[Group, ...],
        labels: tuple[str, ...],
        cursor: int,
    ) -> None:
        """Show rows of those names and these groups, with the cursor on one column; `labels` are
        those of the counts."""
        self._names, self._groups, self._labels, self._cursor = names, groups, labels, cursor
        self._top = min(self._top, max(len(names) - 1, 0))
        self.refresh()

    @property
    def least(self) -> int:
        """So many lines it needs: titles, days, one row, and what is left out."""
        return min(len(self._names), 1) + (3 if self._groups else 1)

    @property
    def enough(self) -> int:
        """With so many lines it has no need of those below it."""
        return min(len(self._names), _ENOUGH) + self._around

    def full_height(self, width: int) -> int:
        """So many lines show all of it in `width` cells."""
        columns_left_out = bool(self._groups) and self.full_width > width
        return len(self._names) + self._around - (0 if columns_left_out else 1)

    @property
    def full_width(self) -> int:
        """So many cells show all of it."""
        breaks = self._breaks
        return self._name_cells(1000) + _cells(breaks, 0, len(breaks))

    @property
    def _around(self) -> int:
        """Lines that are no rows."""
        return 4 + len(self._labels) if self._groups else 1

    # Mouse

    def on_click(self, event: events.Click) -> None:
        column = self._column_at(event.x)
        if column is not None:
            self.post_message(self.ColumnClicked(column))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.scroll_rows(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.scroll_rows(-1)

    def _column_at(self, x: int) -> int | None:
        names, shown, _ = self._plan()
        breaks = self._breaks
        for column in range(*shown):
            if x < names + _cells(breaks, shown.first, column + 1):
                return column if x >= names else None
        return None

    # Drawing

    def scroll_rows(self, by: int) -> None:
        """Move through rows that have no room."""
        self._top = max(0, min(self._top + by, len(self._names) - self._plan()[2].rows))
        self.refresh()

    def _plan(self) -> tuple[int, Window, Lines]:
        """The cells of the names, the columns that have room, and the lines."""
        width, height = self.size
        breaks = self._breaks
        if not breaks:
            has = _rows_alone(height, len(self._names), columns_left_out=False)
            return width, Window(0, 0), has
        names = self._name_cells(width)
        shown = window(breaks, self._cursor, width - names, self._first)
        beside = shown.end - shown.first < len(breaks)
        has = lines(height, len(self._names), len(self._labels), columns_left_out=beside)
        return names, shown, has

    @property
    def _breaks(self) -> list[bool]:
        return [at == 0 for group in self._groups for at, _ in enumerate(group.columns)]

    def render(self) -> Content:
        width, height = self.size
        if width < CELL or not height:
            return Content("")
        names, shown, has = self._plan()
        self._first = shown.first
        columns = [column for group in self._groups for column in group.columns]
        breaks = self._breaks
        top = max(0, min(self._top, len(self._names) - has.rows))
        rows = range(top, top + has.rows)
        at = [
            Content(" " * GAP if breaks[c] and c > shown.first else "") for c in range(len(columns))
        ]
        drawn = [self._titles(names, shown)] if has.titles else []
        drawn += [self._months(columns, names, shown)] if has.months else []
        drawn += [self._days(columns, at, names, shown)] if has.days else []
        for row in rows:
            cells = (at[c] + self._cell(columns[c].signs[row]) for c in range(*shown))
            drawn.append(_named(self._names[row], names, width) + Content("").join(cells))
        for which, label in enumerate(self._labels[: has.counts]):
            counts = (at[c] + Content(f"{columns[c].counts[which]:^{CELL}}") for c in range(*shown))
            line = _named(label, names, width) + Content("").join(counts)
            drawn.append(line.stylize("$text-muted"))
        if has.left_out:
            drawn.append(Content(self._left_out(shown, len(columns), rows)).stylize("$text-muted"))
        return Content("\n").join(line.truncate(width) for line in drawn)

    def _name_cells(self, width: int) -> int:
        longest = max((Content(name).cell_length for name in self._names), default=0)
        labels = max(map(len, self._labels), default=0)
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
                fitting = (each for each in group.titles if len(each) < room)
                title = Content(next(fitting, "…"))
                line += title.stylize("$text-muted") + " " * (room - title.cell_length)
        return line

    def _months(self, columns: Sequence[Column], names: int, shown: Window) -> Content:
        """Each month over the first of its days that is in view and where it touches no other."""
        line, before, breaks = " " * names, "", self._breaks
        for at in range(*shown):
            if columns[at].month != before:
                start = names + _cells(breaks, shown.first, at + 1) - CELL
                if at == shown.first or start > len(line.rstrip()):
                    line = f"{line:<{start}}{columns[at].month}"
                    before = columns[at].month
        return Content(line).stylize("$text-muted")

    def _days(
        self, columns: Sequence[Column], at: Sequence[Content], names: int, shown: Window
    ) -> Content:
        heads = (
            at[c]
            + Content(f"{columns[c].day:^{CELL}}").stylize(
                "bold $background on $primary" if c == self._cursor else "$text-muted"
            )
            for c in range(*shown)
        )
        return Content(" " * names) + Content("").join(heads)

    def _cell(self, sign: tuple[str, str]) -> Content:
        glyph, shade = sign
        style = self.get_visual_style(f"grid--{shade}")
        return Content(f"{glyph:^{CELL}}").stylize(style)

    def _left_out(self, shown: Window, columns: int, rows: range) -> str:
        said = hidden_labels(
            Hidden(shown.first, columns - shown.end),
            self._column,
            Hidden(rows.start, len(self._names) - rows.stop),
            self._row,
        )
        return next((each for each in said if len(each) <= self.size.width), said[-1])


def _named(name: str, room: int, width: int) -> Content:
    return Content(name).truncate(min(room - 1, width), ellipsis=True, pad=True) + " "
