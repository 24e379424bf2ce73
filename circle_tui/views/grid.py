"""A grid of glyphs as plain data, and what it says of rows and columns that have no room.

Invariant: every cell has a glyph besides its shade, so no colour carries a meaning alone.
"""

from typing import NamedTuple

SHADES = ("present", "late", "early", "excused", "absent", "none", "off", "soon", "later")
"""What a cell can stand for; each face has a colour for each."""


class Column(NamedTuple):
    """One column: its head, a glyph and one of `SHADES` for each row, and its counts."""

    head: str
    signs: tuple[tuple[str, str], ...]
    counts: tuple[str, ...]


class Group(NamedTuple):
    """Columns that belong together, and their title in several lengths, the longest first."""

    titles: tuple[str, ...]
    columns: tuple[Column, ...]


class Noun(NamedTuple):
    """What one row or column is called, and several."""

    one: str
    many: str


class Hidden(NamedTuple):
    """How many rows or columns have no room before those in view, and after them."""

    before: int
    after: int


def hidden_labels(columns: Hidden, column: Noun, rows: Hidden, row: Noun) -> tuple[str, str]:
    """What has no room, in words and briefly: "← 6 → 2 meetings · ↑ 1 member", "←6 →2 ↑1"."""
    sides = (("←", columns.before), ("→", columns.after), ("↑", rows.before), ("↓", rows.after))
    parts = (_hidden(sides[:2], column), _hidden(sides[2:], row))
    brief = " ".join(f"{sign}{number}" for sign, number in sides if number)
    return " · ".join(filter(None, parts)), brief


def _hidden(sides: tuple[tuple[str, int], ...], noun: Noun) -> str:
    together = sum(number for _, number in sides)
    if not together:
        return ""
    numbers = " ".join(f"{sign} {number}" for sign, number in sides if number)
    return f"{numbers} {noun.one if together == 1 else noun.many}"
