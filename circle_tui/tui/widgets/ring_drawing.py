"""The picture of the circle: seats around a ring that drains clockwise from the top.

Law: pure, and without Textual. A plan holds what follows from the size alone; a plan and a face
give rows of cells, as many and as wide as asked. People's names are text and nothing else. What
is drained differs from what is left in shape (a hairline against a band), not only in colour.

Lengths are in braille dots unless said otherwise: a cell is 2 dots wide and 4 tall, and since it
is twice as tall as wide on screen, a dot is square.
"""

import math
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from rich.cells import split_graphemes

from circle_tui.tui.widgets import digits as big

DOTS_ACROSS, DOTS_DOWN = 2, 4
SIDE_COLUMNS = 14
"""Columns kept on either side of the ring, for a glyph and some ten letters of a name."""
THICKNESS = 0.085
"""The band's width as a fraction of the diameter. The sketch's is 0.07; a little more carries
further, and 0.09 would no longer leave room for "12:34" inside the ring of an 80×24 terminal."""
NAME_LEAST = 6
"""Cells below which a name in a crowd is left away rather than cut to a stump."""

_BRAILLE = 0x2800
# The bit of each dot of a braille cell, by row and column (Unicode chapter 21.1).
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_JOINER = "\u200d"


class SeatState(Enum):
    """How it stands with one seat in this round; the value is its glyph."""

    DONE = "●"
    NOW = "▶"
    WAITING = "○"
    PASSED = "◌"
    AWAY = "·"


class Role(Enum):
    """What a cell is, and so how it is coloured; the value ends the name of a CSS class."""

    BLANK = "blank"
    FULL = "full"
    EMPTY = "empty"
    DIGIT = "digit"
    CAPTION = "caption"
    NOTE = "note"
    DONE = "done"
    NOW = "now"
    WAITING = "waiting"
    PASSED = "passed"
    AWAY = "away"


class Seat(NamedTuple):
    """One place at the circle."""

    name: str
    state: SeatState


class Face(NamedTuple):
    """All that the picture shows, whatever its size."""

    seats: tuple[Seat, ...] = ()
    remaining: float = 1.0
    """Fraction of the time that is left, 0 to 1; anything beyond is taken as the nearer end."""
    digits: str = ""
    caption: str = ""
    note: str = ""


Cell = tuple[str, Role]
"""One grapheme and its role; the cells a wide grapheme covers after its first hold ""."""
Row = tuple[Cell, ...]
Rows = tuple[Row, ...]
Grid = list[list[Cell]]

BLANK: Cell = (" ", Role.BLANK)


class Span(NamedTuple):
    """A run of cells in one row, in columns."""

    row: int
    start: int
    width: int


class Piece(NamedTuple):
    """One cell of the ring, ready to be drawn in any state."""

    row: int
    column: int
    first: float
    """Where its earliest dot lies on the way round, 0 at the top, clockwise, below 1."""
    last: float
    dots: tuple[tuple[float, int], ...]
    """Each dot's place on the way round, and its bit."""
    full: Cell
    empty: Cell


class Plan(NamedTuple):
    """What follows from the size alone: made once, drawn from many times."""

    width: int
    height: int
    radius: float
    """Of the ring's outer edge, and…"""
    inner: float
    """…of its inner one."""
    gap: int
    """Rows left free between the ring and the name above it."""
    pieces: tuple[Piece, ...]


def role_of(state: SeatState) -> Role:
    """The role in which a seat's glyph and name are drawn."""
    return Role[state.name]


def left(remaining: float) -> float:
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


def label(seat: Seat, width: int) -> list[Cell]:
    """A seat's glyph and name in at most `width` cells; where a name has no room, the glyph."""
    text = f"{seat.state.value} {seat.name}" if seat.name and width > 2 else seat.state.value
    return cells_of(text, width, role_of(seat.state))


def put(grid: Grid, row: int, column: int, cells: Sequence[Cell]) -> None:
    """Write `cells` into the grid from a place on; the caller has made sure they fit."""
    grid[row][column : column + len(cells)] = cells


def put_centred(grid: Grid, row: int, cells: Sequence[Cell]) -> None:
    """Write `cells` into the middle of a row."""
    put(grid, row, (len(grid[row]) - len(cells)) // 2, cells)


def put_digits(grid: Grid, row: int, text: str, setting: big.Setting) -> None:
    """Write the five rows of a number into the middle of the grid, leaving its holes alone."""
    column = (len(grid[row]) - big.width(text, setting)) // 2
    for below, line in enumerate(big.draw(text, setting)):
        for right, character in enumerate(line):
            if character != " ":
                grid[row + below][column + right] = (character, Role.DIGIT)


def settled(grid: Grid) -> Rows:
    """The grid as rows that can be kept and compared."""
    return tuple(tuple(row) for row in grid)


def changed(old: Rows, new: Rows) -> list[Span]:
    """Where two pictures of one size differ: at most one span a row, never half a wide cell."""
    spans: list[Span] = []
    for number, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        columns = [at for at, cell in enumerate(after) if cell != before[at]]
        start, end = columns[0], columns[-1] + 1
        while start > 0 and "" in (before[start][0], after[start][0]):
            start -= 1
        while end < len(after) and "" in (before[end][0], after[end][0]):
            end += 1
        spans.append(Span(number, start, end - start))
    return spans


# The ring.


def plan(width: int, height: int) -> Plan:
    """Everything about the ring of a `width` by `height` cells widget that time does not change.

    The ring is as large as leaves a row for a name above and below and `SIDE_COLUMNS` on either
    side, plus some air where there is plenty of it.
    """
    gap = 1 if height >= 22 else 0
    margin = 1 if height >= 28 else 0
    rows = min(height - 2 * (1 + gap + margin), (width - 2 * SIDE_COLUMNS) // 2)
    # As odd or even as the height, so that there is as much above the ring as below.
    rows = max(0, rows - (height - rows) % 2)
    radius = rows * DOTS_DOWN / 2
    inner = radius - 2 * radius * THICKNESS
    return Plan(width, height, radius, inner, gap, tuple(_pieces(width, height, radius, inner)))


def _pieces(width: int, height: int, radius: float, inner: float) -> Iterable[Piece]:
    across, down = width * DOTS_ACROSS / 2, height * DOTS_DOWN / 2
    # On the centres of dots, so that the hairline is one dot thick.
    middle = math.floor((radius + inner) / 2) + 0.5
    for row in range(height):
        for column in range(width):
            dots: list[tuple[float, int]] = []
            hairline = 0
            for dy, bits in enumerate(_BITS):
                for dx, bit in enumerate(bits):
                    x = column * DOTS_ACROSS + dx + 0.5 - across
                    y = row * DOTS_DOWN + dy + 0.5 - down
                    distance = math.hypot(x, y)
                    if inner <= distance <= radius:
                        dots.append((math.atan2(x, -y) / math.tau % 1.0, bit))
                        if abs(distance - middle) <= 0.5:
                            hairline |= bit
            if dots:
                places = [place for place, _ in dots]
                yield Piece(
                    row,
                    column,
                    min(places),
                    max(places),
                    tuple(dots),
                    (chr(_BRAILLE + sum(bit for _, bit in dots)), Role.FULL),
                    (chr(_BRAILLE + hairline), Role.EMPTY) if hairline else BLANK,
                )


def draw(plan: Plan, face: Face) -> Rows:
    """The picture: `plan.height` rows of `plan.width` cells."""
    grid: Grid = [[BLANK] * plan.width for _ in range(plan.height)]
    if not (plan.width and plan.height):
        return settled(grid)
    _draw_ring(grid, plan, left(face.remaining))
    _draw_seats(grid, plan, face.seats)
    _draw_middle(grid, plan, face)
    return settled(grid)


def _draw_ring(grid: Grid, plan: Plan, remaining: float) -> None:
    drained = 1.0 - remaining
    for piece in plan.pieces:
        if piece.first >= drained:
            cell = piece.full
        elif piece.last < drained:
            cell = piece.empty
        else:
            # The edge shows only what is left: one colour a cell, and the end stays sharp.
            cell = (chr(_BRAILLE + sum(bit for at, bit in piece.dots if at >= drained)), Role.FULL)
        grid[piece.row][piece.column] = cell


def _draw_middle(grid: Grid, plan: Plan, face: Face) -> None:
    """Digits, caption and note, each as wide as the ring's inside is there."""
    row = (plan.height - 1) // 2
    if face.digits:
        # A small ring is widest for them right in its middle; a larger one has the caption there
        # too.
        top = (plan.height - big.ROWS - 2 * plan.gap) // 2
        setting = big.widest(face.digits, _inside(plan, top, big.ROWS))
        if setting and big.can_draw(face.digits):
            put_digits(grid, top, face.digits, setting)
            row = top + big.ROWS + 1
            wanted = len(cells_of(face.caption, plan.width, Role.CAPTION))
            if wanted > _inside(plan, row, 1):
                row -= 1  # whole words before air: it is wider inside one row further up
        else:
            put_centred(grid, row - 1, cells_of(face.digits, _inside(plan, row - 1, 1), Role.DIGIT))
            row += 1
    elif face.note:
        row -= 1
    for text, role in ((face.caption, Role.CAPTION), (face.note, Role.NOTE)):
        if row < plan.height:
            put_centred(grid, row, cells_of(text, _inside(plan, row, 1), role))
        row += 1


def _inside(plan: Plan, row: int, rows: int) -> int:
    """Columns free inside the ring over all of `rows` rows from `row` on, one kept at each side."""
    middle = plan.height / 2
    away = max(abs(row - middle), abs(row + rows - middle)) * DOTS_DOWN
    if away >= plan.inner:
        return 0
    return max(0, int(math.sqrt(plan.inner**2 - away**2)) - 2)


# The seats.


class _Place(NamedTuple):
    """Where a seat's label stands."""

    row: int
    side: int
    """-1: ends at `column`, growing to the left; 1: begins there; 0: is centred on it."""
    column: int

    def start(self, width: int) -> int:
        """The first column of a label `width` cells wide."""
        if self.side == 0:
            return self.column - width // 2
        return self.column if self.side > 0 else self.column - width


def _place(plan: Plan, turn: float) -> _Place:
    """The place at `turn` of the way round, clockwise from the top."""
    # Rounded, so that left and right, equal on paper, do not fall into different rows.
    up, right = round(math.cos(math.tau * turn), 6), round(math.sin(math.tau * turn), 6)
    reach = plan.radius / DOTS_DOWN + plan.gap + 0.5  # in rows
    row = min(plan.height - 1, max(0, math.floor(plan.height / 2 - reach * up)))
    if right == 0:
        return _Place(row, 0, plan.width // 2)
    nearest = max(0.0, abs(row + 0.5 - plan.height / 2) - 0.5) * DOTS_DOWN
    edge = math.sqrt(max(0.0, plan.radius**2 - nearest**2)) / DOTS_ACROSS
    beside = max(reach * 2 * abs(right), edge + 2 if edge else 0)  # in columns
    if right > 0:
        return _Place(row, 1, math.ceil(plan.width / 2 + beside))
    return _Place(row, -1, math.floor(plan.width / 2 - beside))


def _draw_seats(grid: Grid, plan: Plan, seats: Sequence[Seat]) -> None:
    """Labels clockwise from the top. In a crowd the speaker's name comes first, then every glyph,
    then as many names as find room."""
    places = [_place(plan, index / len(seats)) for index in range(len(seats))]
    taken: dict[int, list[Cell]] = {}
    starts: dict[int, int] = {}

    def blocked(row: int, start: int, width: int, mine: int) -> bool:
        if start < 0 or start + width > plan.width:
            return True
        return any(
            start <= starts[other] + len(cells) and starts[other] <= start + width
            for other, cells in taken.items()
            if other != mine and places[other].row == row
        )

    now_first = sorted(range(len(seats)), key=lambda at: seats[at].state is not SeatState.NOW)
    for index in now_first:
        seat, place = seats[index], places[index]
        now = seat.state is SeatState.NOW
        cells = label(seat, _room(plan, place) if now else 1)
        start = place.start(len(cells))
        # A glyph whose place is taken slides outwards, away from the ring.
        while place.side and blocked(place.row, start, len(cells), index):
            start += place.side
            if not 0 <= start < plan.width:
                break
        if not blocked(place.row, start, len(cells), index):
            taken[index], starts[index] = cells, start
            places[index] = place._replace(
                column=start + (len(cells) if place.side < 0 else 0) if place.side else place.column
            )
    for index in now_first:
        if index not in taken or seats[index].state is SeatState.NOW:
            continue
        room = _room(plan, places[index])
        while room > 2:
            cells = label(seats[index], room)
            if cells[-1][0] == "…" and len(cells) < NAME_LEAST + 2:
                break  # a stump tells nobody anything
            start = places[index].start(len(cells))
            if not blocked(places[index].row, start, len(cells), index):
                taken[index], starts[index] = cells, start
                break
            room = len(cells) - 1
    for index, cells in taken.items():
        put(grid, places[index].row, starts[index], cells)


def _room(plan: Plan, place: _Place) -> int:
    """Columns from a place to the edge it grows towards."""
    if place.side == 0:
        return plan.width
    return max(0, plan.width - place.column if place.side > 0 else place.column)
