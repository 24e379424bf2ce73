"""Numbers of time, five rows tall and solid, so that they are read from across a room.

Invariant: pure. A text and a setting give five rows, all of one width. A number too wide for its
place is set closer, then slimmer, before it is given up: its height never changes.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

ROWS = 5
"""How many terminal rows every number takes."""

# Five rows a sign; three pixels a row, or one for the colon.
_SIGNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "0": ("###", "# #", "# #", "# #", "###"),
        "1": (" # ", "## ", " # ", " # ", "###"),
        "2": ("###", "  #", "###", "#  ", "###"),
        "3": ("###", "  #", "###", "  #", "###"),
        "4": ("# #", "# #", "###", "  #", "  #"),
        "5": ("###", "#  ", "###", "  #", "###"),
        "6": ("###", "#  ", "###", "# #", "###"),
        "7": ("###", "  #", "  #", "  #", "  #"),
        "8": ("###", "# #", "###", "# #", "###"),
        "9": ("###", "# #", "###", "  #", "###"),
        "-": ("   ", "   ", "###", "   ", "   "),
        " ": ("   ", "   ", "   ", "   ", "   "),
        ":": (" ", "#", " ", "#", " "),
    }
)


class Setting(NamedTuple):
    """How wide a number is set, all in terminal columns."""

    pixels: tuple[int, int, int]
    """Widths of the three pixels of a digit."""
    colon: int
    """Width of the colon's one pixel."""
    gap: int
    """Empty columns between two signs."""


SETTINGS = (
    Setting((2, 2, 2), 2, 4),
    Setting((2, 2, 2), 2, 2),
    Setting((2, 2, 2), 2, 1),
    Setting((2, 1, 2), 1, 1),
    Setting((1, 1, 1), 1, 1),
)
"""Widest first. A cell is twice as tall as wide, so (2, 2, 2) gives square pixels."""


def can_draw(text: str) -> bool:
    """Whether every character of `text` is a sign: 0–9, colon, space or hyphen."""
    return all(character in _SIGNS for character in text)


def width(text: str, setting: Setting = SETTINGS[0]) -> int:
    """Columns `text` takes when set so; characters that are no sign count as a space."""
    return sum(_sign_width(character, setting) for character in text) + setting.gap * max(
        0, len(text) - 1
    )


def widest(text: str, columns: int) -> Setting | None:
    """The widest setting of `text` that fits into `columns`, or None where none does."""
    return next((each for each in SETTINGS if width(text, each) <= columns), None)


def draw(text: str, setting: Setting = SETTINGS[0]) -> tuple[str, ...]:
    """Five rows of "█" and " ", each exactly `width(text, setting)` columns."""
    gap = " " * setting.gap
    return tuple(
        gap.join(_sign_row(character, row, setting) for character in text) for row in range(ROWS)
    )


def _sign_width(character: str, setting: Setting) -> int:
    return setting.colon if character == ":" else sum(setting.pixels)


def _sign_row(character: str, row: int, setting: Setting) -> str:
    pixels = _SIGNS.get(character, _SIGNS[" "])[row]
    widths = (setting.colon,) if character == ":" else setting.pixels
    return "".join(
        ("█" if pixel == "#" else " ") * columns
        for pixel, columns in zip(pixels, widths, strict=True)
    )
