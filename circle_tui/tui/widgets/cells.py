"""What a picture of a share shows, and the cells that it is drawn in.

Invariant: pure, and without Textual. People's names are text and nothing else; a picture is as
many cells as asked for, and two of them can be compared cell by cell.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

from circle_tui.views.ring import RingFace, Seat, SeatState

_JOINER = "\u200d"


class Role(Enum):
    """What a cell is, and so how it is coloured."""

    BLANK = "blank"
    FULL = "full"
    EMPTY = "empty"
    DIGIT = "digit"
    CAPTION = "caption"
    NOTE = "note"
    DONE = "done"
    NOW = "now"
    RESPONDING = "responding"
    WAITING = "waiting"
    PASSED = "passed"
    AWAY = "away"


Cell = tuple[str, Role]
"""One grapheme and its role; the cells a wide grapheme covers after its first hold ""."""
Row = tuple[Cell, ...]
Rows = tuple[Row, ...]
Grid = list[list[Cell]]

BLANK: Cell = (" ", Role.BLANK)


class CellSpan(NamedTuple):
    """A run of cells in one row, in columns."""

    row: int
    start: int
    width: int


def role_of(state: SeatState) -> Role:
    """The role in which a seat's glyph and name are drawn."""
    return Role[state.name]


def clamp_fraction(remaining: float) -> float:
    """`remaining` brought into 0 to 1; what is no number at all counts as nothing left."""
    return min(1.0, max(0.0, remaining)) if remaining == remaining else 0.0


# Text, by grapheme and cell.


def cells_of(text: str, width: int, role: Role) -> list[Cell]:
    """`text` as at most `width` cells, cut with "…" where it is longer.

    What cannot be printed is dropped: a stray control character would move the cursor and break
    every row below it.
    """
    printable = "".join(each for each in text if each.isprintable() or each == _JOINER)
    printable = printable.rstrip(_JOINER)  # else it would join the cell that follows
    spans, total = split_graphemes(printable)
    room = width if total <= width else width - 1
    cells: list[Cell] = []
    for start, end, wide in spans:
        if wide == 0:
            continue  # nothing before it to sit on
        if len(cells) + wide > room:
            break
        cells.append((printable[start:end], role))
        cells.extend([("", role)] * (wide - 1))
    if total > width > 0:
        cells.append(("…", role))
    return cells


def split_at_space(text: str, width: int) -> tuple[str, str]:
    """The beginning of `text` that fits into `width` cells, cut at a space, and the rest.

    A text that cannot be cut so is returned whole.
    """
    if cell_len(text) <= width:
        return text, ""
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        if cell_len(" ".join(words[:count])) <= width:
            return " ".join(words[:count]), " ".join(words[count:])
    return text, ""


def label(seat: Seat, width: int) -> list[Cell]:
    """A seat's glyph and name in at most `width` cells; where a name has no room, the glyph."""
    text = f"{seat.state.value} {seat.name}" if seat.name and width > 2 else seat.state.value
    return cells_of(text, width, role_of(seat.state))


def steps_line(face: RingFace) -> str:
    """The steps of a share as dots, those that have begun filled; empty if there are none."""
    if face.steps is None:
        return ""
    at, count = face.steps
    return " ".join("●" if step <= at else "○" for step in range(1, count + 1))


def put(grid: Grid, row: int, column: int, cells: Sequence[Cell]) -> None:
    """Write `cells` into the grid from a place on; the caller has made sure they fit."""
    grid[row][column : column + len(cells)] = cells


def put_centred(grid: Grid, row: int, cells: Sequence[Cell]) -> None:
    """Write `cells` into the middle of a row."""
    put(grid, row, (len(grid[row]) - len(cells)) // 2, cells)


def put_large(grid: Grid, row: int, lines: Sequence[str]) -> None:
    """Write large letters into the middle of the grid from a row on, leaving their holes alone."""
    column = (len(grid[row]) - len(lines[0])) // 2
    for below, line in enumerate(lines):
        for right, character in enumerate(line):
            if character != " ":
                grid[row + below][column + right] = (character, Role.DIGIT)


def runs(row: Sequence[Cell]) -> Iterator[tuple[str, Role]]:
    """The cells joined to texts of one role. A blank shows no colour, and has that of the ring.

    Most blanks stand beside the ring, and each change of colour costs some 40 bytes.
    """
    blank, full = Role.BLANK, Role.FULL
    text, of = "", full
    for character, role in row:
        shown = full if role is blank else role
        if shown is of:
            text += character
        else:
            if text:
                yield text, of
            text, of = character, shown
    if text:
        yield text, of


def settled(grid: Grid) -> Rows:
    """The grid as rows that can be kept and compared."""
    return tuple(tuple(row) for row in grid)
