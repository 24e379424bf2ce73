"""A grid of glyphs as plain data, and its labels for hidden rows and columns.

Invariant: every cell has a glyph besides its shade, so that no meaning depends on colour.
"""

from typing import NamedTuple

SHADES = ("present", "late", "early", "excused", "absent", "none", "off", "soon", "later")
"""The kinds of cells; each user interface has a colour for each."""


class Column(NamedTuple):
    """One column: the day and month it is for, a glyph and one of `SHADES` for each row, and its
    counts."""

    day: str
    month: str
    signs: tuple[tuple[str, str], ...]
    counts: tuple[str, ...]


class Group(NamedTuple):
    """Columns that belong together, and their title in several lengths, the longest first."""

    titles: tuple[str, ...]
    columns: tuple[Column, ...]


class Noun(NamedTuple):
    """The singular and plural name of a row or column."""

    one: str
    many: str


class Hidden(NamedTuple):
    """How many rows or columns are hidden before and after the visible ones."""

    before: int
    after: int


def hidden_labels(columns: Hidden, column: Noun, rows: Hidden, row: Noun) -> tuple[str, str]:
    """What is hidden, in a long and a short form: "← 6 → 2 meetings · ↑ 1 member", "←6 →2 ↑1"."""
    sides = (("←", columns.before), ("→", columns.after), ("↑", rows.before), ("↓", rows.after))
    parts = (_hidden(sides[:2], column), _hidden(sides[2:], row))
    short = " ".join(f"{sign}{number}" for sign, number in sides if number)
    return " · ".join(filter(None, parts)), short


def _hidden(sides: tuple[tuple[str, int], ...], noun: Noun) -> str:
    together = sum(number for _, number in sides)
    if not together:
        return ""
    numbers = " ".join(f"{sign} {number}" for sign, number in sides if number)
    return f"{numbers} {noun.one if together == 1 else noun.many}"
