"""A page to print: finished texts, and blanks to write into.

Invariant: it is one page. The views decide what it says, the reports how it looks.
"""

from enum import Enum
from typing import NamedTuple


class Blank(Enum):
    """An empty place in a table."""

    BOX = "box"
    """A box to tick."""
    LINE = "line"
    """A line to write on."""


Cell = str | Blank


class SheetRow(NamedTuple):
    """One row of a table; `quiet` is for rows that are not about a person, as the closing."""

    cells: tuple[Cell, ...]
    quiet: bool = False


class Section(NamedTuple):
    """A few lines under a title."""

    title: str
    lines: tuple[str, ...]


class Sheet(NamedTuple):
    """A page: title and lines below it, sections, a table with `heads`, and blanks to fill in.

    Rows have as many cells as there are heads. `blanks` are the labels of lines at the foot.
    """

    title: str
    under: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    sections: tuple[Section, ...] = ()
    blanks: tuple[str, ...] = ()
