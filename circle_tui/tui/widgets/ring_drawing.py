"""The picture of the circle: seats around a ring that drains clockwise from the top.

Invariant: pure, and without Textual. A plan and a face give rows of cells, as many and as wide as
asked.
"""

import math
from bisect import bisect_left
from functools import lru_cache

from circle_tui.tui.widgets import digits as big
from circle_tui.tui.widgets.cells import (
    BLANK,
    Grid,
    Role,
    Rows,
    cells_of,
    left,
    put_centred,
    put_digits,
    settled,
)
from circle_tui.tui.widgets.ring_plan import BRAILLE, DOTS_DOWN, RingPlan
from circle_tui.tui.widgets.seats import draw_seats
from circle_tui.views.ring import Face, Seat


def draw(plan: RingPlan, face: Face) -> Rows:
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
    return bisect_left(plan.dots, 1.0 - left(remaining))


def _draw_ring(grid: Grid, plan: RingPlan, drained: float) -> None:
    for piece in plan.pieces:
        if piece.first >= drained:
            cell = piece.full
        elif piece.last < drained:
            cell = piece.empty
        else:
            # The edge shows only what is left: one colour a cell, and the end stays sharp.
            cell = (chr(BRAILLE + sum(bit for at, bit in piece.dots if at >= drained)), Role.FULL)
        grid[piece.row][piece.column] = cell


def _draw_middle(grid: Grid, plan: RingPlan, face: Face) -> None:
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


def _inside(plan: RingPlan, row: int, rows: int) -> int:
    """Columns free inside the ring over all of `rows` rows from `row` on, one kept at each side."""
    middle = plan.height / 2
    away = max(abs(row - middle), abs(row + rows - middle)) * DOTS_DOWN
    if away >= plan.inner:
        return 0
    return max(0, int(math.sqrt(plan.inner**2 - away**2)) - 2)
