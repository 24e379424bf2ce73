"""The picture of the circle: seats around a ring that drains clockwise from the top.

Invariant: pure, and without Textual. A plan and a face give rows of cells, as many and as wide as
asked.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from rich.cells import cell_len

from circle_tui.tui.widgets import large_letters as big
from circle_tui.tui.widgets.cells import (
    BLANK,
    Cell,
    Grid,
    Role,
    Rows,
    cells_of,
    clamp_fraction,
    put_centred,
    put_large,
    settled,
    split_at_space,
    steps_line,
)
from circle_tui.tui.widgets.ring_plan import DOTS_DOWN, RingPlan, shape
from circle_tui.tui.widgets.seats import draw_seats
from circle_tui.views.ring import RingFace, Seat


def draw(plan: RingPlan, face: RingFace) -> Rows:
    """The picture: `plan.height` rows of `plan.width` cells."""
    if not (plan.width and plan.height):
        return ((),) * plan.height
    grid: Grid = [list(row) for row in _around(plan, _drained(plan, face.remaining), face.seats)]
    _draw_middle(grid, plan, face)
    return settled(grid)


# Most of the work, and the same as before for most keys and most seconds.
@lru_cache(maxsize=1)
def _around(plan: RingPlan, drained: int, seats: tuple[Seat, ...]) -> Rows:
    """The ring and the seats around it, without what stands in the middle."""
    grid: Grid = [[BLANK] * plan.width for _ in range(plan.height)]
    _draw_ring(grid, plan, plan.dots[drained] if drained < len(plan.dots) else 1.0)
    draw_seats(grid, plan, seats)
    return settled(grid)


def _drained(plan: RingPlan, remaining: float) -> int:
    """How many of the ring's dots show no time any more."""
    return bisect_left(plan.dots, 1.0 - clamp_fraction(remaining))


def _draw_ring(grid: Grid, plan: RingPlan, drained: float) -> None:
    for piece in plan.pieces:
        if piece.first >= drained:
            cell = piece.full
        elif piece.last < drained:
            cell = piece.empty
        else:
            # The edge shows only what is left: one colour a cell, and the end stays sharp.
            cell = (shape(sum(bit for at, bit in piece.dots if at >= drained)), Role.FULL)
        grid[piece.row][piece.column] = cell


class _Middle(Struct, frozen=True):
    """One way to set what stands inside the ring."""

    top: int
    large: tuple[str, ...]
    """The rows of what is read from afar: several, one of plain text, or none."""
    lines: tuple[tuple[int, list[Cell]], ...]
    """The lines below it, each with its row."""
    whole: bool
    """Whether no line is cut or left out."""


def _draw_middle(grid: Grid, plan: RingPlan, face: RingFace) -> None:
    """What is read from afar, and the lines below it, each as wide as the ring is there."""
    lines = [
        (text, role)
        for text, role in (
            (face.caption, Role.CAPTION),
            (face.note, Role.NOTE),
            (steps_line(face), Role.NOTE),
        )
        if text
    ]
    middle = _best_way(_ways(plan, face.digits or face.large, lines), large=bool(face.digits))
    if len(middle.large) > 1:
        put_large(grid, middle.top, middle.large)
    elif middle.large and (room := _inside(plan, middle.top, 1)):
        put_centred(grid, middle.top, cells_of(middle.large[0], room, Role.DIGIT))
    for row, cells in middle.lines:
        put_centred(grid, row, cells)


def _best_way(ways: Iterator[_Middle], *, large: bool) -> _Middle:
    """The first that cuts no line, else the one that shows most of them.

    With `large` it is one in large letters, as long as there is one: the time stays large, whatever
    becomes of the lines below it.
    """
    tried: list[_Middle] = []
    for way in ways:
        if way.whole and (not large or len(way.large) > 1):
            return way
        tried.append(way)
    allowed = [way for way in tried if len(way.large) > 1] if large else tried
    return next(
        (way for way in allowed or tried if way.whole),
        max(allowed or tried, key=lambda way: sum(len(cells) for _, cells in way.lines)),
    )


def _ways(plan: RingPlan, text: str, lines: Sequence[tuple[str, Role]]) -> Iterator[_Middle]:
    """The ways to set `text` with these lines below it, the largest first."""
    for rows in (big.ROWS, big.LOW_ROWS):
        top = (plan.height - rows - 2 * plan.gap) // 2
        room = _inside(plan, top, rows)
        # A word keeps some distance from the ring, unless it would take more rows then.
        margins = (0,) if text[:1].isdigit() else (2, 0)
        large = max((big.set_text(text, room - margin, rows) for margin in margins), key=len)
        if text and len(large) == rows:
            below = top + rows + 1
            if lines and cell_len(lines[0][0]) > _inside(plan, below, 1):
                below -= (
                    1  # No empty row between, to have whole words: the ring is wider further up.
                )
            yield _middle(plan, top, large, below, lines)
    # Plain text is centred with what stands below it, which may take more rows than lines.
    below = (plan.height - len(lines)) // 2
    for up in range(3):
        yield _middle(plan, below - up - 1, (text,) if text else (), below - up, lines)


def _middle(
    plan: RingPlan,
    top: int,
    large: tuple[str, ...],
    row: int,
    lines: Sequence[tuple[str, Role]],
) -> _Middle:
    """The lines from `row` on, each broken at spaces where it is too long."""
    shown: list[tuple[int, list[Cell]]] = []
    whole = True
    for text, role in lines:
        rest = text
        while rest:
            room = _inside(plan, row, 1)
            line, rest = split_at_space(rest, room)
            # Where the ring is too narrow for another line, this one is cut.
            if rest and not _inside(plan, row + 1, 1):
                line, rest = f"{line} {rest}", ""
            whole = whole and cell_len(line) <= room
            if room:
                shown.append((row, cells_of(line, room, role)))
            row += 1
    return _Middle(top, large, tuple(shown), whole)


def _inside(plan: RingPlan, row: int, rows: int) -> int:
    """Columns free inside the ring over all of `rows` rows from `row` on, one kept at each side."""
    middle = plan.height / 2
    away = max(abs(row - middle), abs(row + rows - middle)) * DOTS_DOWN
    if away >= plan.inner:
        return 0
    return max(0, int(math.sqrt(plan.inner**2 - away**2)) - 2)
