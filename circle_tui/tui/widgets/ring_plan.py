"""What follows from the size of a ring alone: made once, drawn from many times.

Invariant: pure. What is drained differs from what is left in shape (a hairline against a band),
not only in colour.

Lengths are in braille dots unless said otherwise: a cell is 2 dots wide and 4 tall, and since it
is twice as tall as wide on screen, a dot is square.
"""

import math
from collections.abc import Iterable
from functools import cache, lru_cache

from msgspec import Struct

from circle_tui.tui.widgets.cells import BLANK, Cell, Role

DOTS_ACROSS, DOTS_DOWN = 2, 4
SIDE_COLUMNS = 14
"""Columns kept on either side of the ring at most, for a glyph and some ten letters of a name."""
THICKNESS = 0.085
"""The band's width as a fraction of the diameter. The sketch's is 0.07; a little more carries
further, and 0.09 would no longer leave room for "12:34" inside the ring of an 80×24 terminal."""

BRAILLE = 0x2800
# The bit of each dot of a braille cell, by row and column (Unicode chapter 21.1).
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
# The dots of each quarter: upper left, upper right, lower left, lower right.
_QUARTER_DOTS = (0x01 | 0x02, 0x08 | 0x10, 0x04 | 0x40, 0x20 | 0x80)
# By the quarters that are filled, in the same order, as a sum of 1, 2, 4 and 8.
_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"


class Piece(Struct, frozen=True):
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


class RingPlan(Struct, frozen=True, eq=False):
    """What follows from the size alone: made once, drawn from many times."""

    width: int
    height: int
    radius: float
    """Of the ring's outer edge, and…"""
    inner: float
    """…of its inner one."""
    side: int
    """Columns kept on either side of the ring for names."""
    gap: int
    """Rows left free between the ring and the name above it."""
    pieces: tuple[Piece, ...]
    dots: tuple[float, ...]
    """Where the dots of all pieces lie on the way round, in that order."""


@lru_cache(maxsize=4)
def plan(width: int, height: int, side: int = SIDE_COLUMNS) -> RingPlan:
    """Everything about the ring of a `width` by `height` cells widget that time does not change.

    The ring is as large as leaves a row for a name above and below and `side` columns on either
    side, plus some air where there is plenty of it.
    """
    gap = 1 if height >= 22 else 0
    margin = 1 if height >= 28 else 0
    rows = min(height - 2 * (1 + gap + margin), (width - 2 * side) // 2)
    # As odd or even as the height, so that there is as much above the ring as below.
    rows = max(0, rows - (height - rows) % 2)
    radius = rows * DOTS_DOWN / 2
    # Whole halves of a cell, or its highest and lowest points would be notches.
    inner = 2 * float(round((radius - 2 * radius * THICKNESS) / 2))
    pieces = tuple(_pieces(width, height, radius, inner))
    dots = tuple(sorted(place for piece in pieces for place, _ in piece.dots))
    return RingPlan(width, height, radius, inner, side, gap, pieces, dots)


@cache
def shape(dots: int) -> str:
    """The solid character nearest to a cell with these dots, made of quarters of the cell.

    Solid blocks carry further than a mesh of dots. A quarter has two dots, and is filled by one.
    """
    return _QUARTERS[
        sum(bit for bit, covered in zip((1, 2, 4, 8), _QUARTER_DOTS, strict=True) if dots & covered)
    ]


def _pieces(width: int, height: int, radius: float, inner: float) -> Iterable[Piece]:
    across, down = width * DOTS_ACROSS / 2, height * DOTS_DOWN / 2
    # On the centres of dots, so that the hairline is one dot thick.
    middle = math.floor((radius + inner) / 2)
    # Squares tell as well as roots which dots are in it, and there are thousands to look at.
    band_from, band_to = inner**2, radius**2
    hairline_from, hairline_to = middle**2, (middle + 1) ** 2
    cell = math.hypot(DOTS_ACROSS, DOTS_DOWN) / 2
    nearest, farthest = inner - cell, radius + cell
    for row in range(height):
        above = abs((row + 0.5) * DOTS_DOWN - down)
        if above > farthest:
            continue
        lines = [(row * DOTS_DOWN + dy + 0.5 - down, of_line) for dy, of_line in enumerate(_BITS)]
        for column in range(width):
            # Most cells are far from the band: their dots need not be looked at.
            if not nearest <= math.hypot((column + 0.5) * DOTS_ACROSS - across, above) <= farthest:
                continue
            left = column * DOTS_ACROSS + 0.5 - across
            places: list[float] = []
            bits: list[int] = []
            hairline = 0
            for y, (left_bit, right_bit) in lines:
                for x, bit in ((left, left_bit), (left + 1, right_bit)):
                    square = x * x + y * y
                    if band_from <= square <= band_to:
                        places.append(math.atan2(x, -y) / math.tau % 1.0)
                        bits.append(bit)
                        if hairline_from <= square <= hairline_to:
                            hairline |= bit
            if places:
                yield Piece(
                    row,
                    column,
                    min(places),
                    max(places),
                    tuple(zip(places, bits, strict=True)),
                    (shape(sum(bits)), Role.FULL),
                    (chr(BRAILLE + hairline), Role.EMPTY) if hairline else BLANK,
                )
