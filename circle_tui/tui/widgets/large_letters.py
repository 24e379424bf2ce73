"""Letters and digits five rows tall and solid, so that they can be read from across a room.

Invariant: pure. A text and a setting give five rows, all of one width. A text too wide for its
place is set closer, then slimmer, then in three rows, before it is given up. A text with a
character that has no letter here, such as "é", is never drawn in part: `can_draw` says so.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

ROWS = 5
"""Rows of a letter, in every setting of `SETTINGS`."""

LOW_ROWS = 3
"""Rows of a letter drawn by `draw_low`."""

# Five rows a letter, and as many pixels a row as the letter needs.
_LETTERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
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
        "A": ("###", "# #", "###", "# #", "# #"),
        "B": ("## ", "# #", "## ", "# #", "## "),
        "C": ("###", "#  ", "#  ", "#  ", "###"),
        "D": ("## ", "# #", "# #", "# #", "## "),
        "E": ("###", "#  ", "## ", "#  ", "###"),
        "F": ("###", "#  ", "## ", "#  ", "#  "),
        "G": ("####", "#   ", "# ##", "#  #", "####"),
        "H": ("# #", "# #", "###", "# #", "# #"),
        "I": ("#", "#", "#", "#", "#"),
        "J": ("  #", "  #", "  #", "# #", "###"),
        "K": ("#  #", "# # ", "##  ", "# # ", "#  #"),
        "L": ("#  ", "#  ", "#  ", "#  ", "###"),
        "M": ("#   #", "## ##", "# # #", "#   #", "#   #"),
        "N": ("#   #", "##  #", "# # #", "#  ##", "#   #"),
        "O": ("####", "#  #", "#  #", "#  #", "####"),
        "P": ("###", "# #", "###", "#  ", "#  "),
        "Q": ("####", "#  #", "#  #", "# ##", "####"),
        "R": ("### ", "#  #", "### ", "# # ", "#  #"),
        "S": ("####", "#   ", "####", "   #", "####"),
        "T": ("###", " # ", " # ", " # ", " # "),
        "U": ("#  #", "#  #", "#  #", "#  #", "####"),
        "V": ("#   #", "#   #", "#   #", " # # ", "  #  "),
        "W": ("#   #", "#   #", "# # #", "## ##", "#   #"),
        "X": ("#   #", " # # ", "  #  ", " # # ", "#   #"),
        "Y": ("# #", "# #", "###", " # ", " # "),
        "Z": ("####", "   #", " ## ", "#   ", "####"),
        "-": ("   ", "   ", "###", "   ", "   "),
        "'": ("#", "#", " ", " ", " "),
        ".": (" ", " ", " ", " ", "#"),
        " ": ("  ", "  ", "  ", "  ", "  "),
        ":": (" ", "#", " ", "#", " "),
    }
)


class Setting(NamedTuple):
    """How wide a text is set, all in terminal columns."""

    edge: int
    """Width of the first and the last pixel of a letter."""
    inner: int
    """Width of the pixels between them."""
    single: int
    """Width of a letter of one pixel, such as a colon."""
    gap: int
    """Empty columns between two letters."""


SETTINGS = (
    Setting(2, 2, 2, 4),
    Setting(2, 2, 2, 2),
    Setting(2, 2, 2, 1),
    Setting(2, 1, 1, 1),
    Setting(1, 1, 1, 1),
)
"""Widest first. A cell is twice as tall as wide, so two columns give square pixels."""

_SLIM = SETTINGS[-1]

_HALVES = {("#", "#"): "█", ("#", " "): "▀", (" ", "#"): "▄", (" ", " "): " "}


def can_draw(text: str) -> bool:
    """Whether every character of `text` has a letter; small letters are drawn as capitals."""
    return all(character in _LETTERS for character in text.upper())


def width(text: str, setting: Setting = SETTINGS[0]) -> int:
    """Columns that `text` takes; a character without a letter counts as a space."""
    letters = [_letter(character) for character in text.upper()]
    return sum(_letter_width(letter, setting) for letter in letters) + setting.gap * max(
        0, len(letters) - 1
    )


def widest(text: str, columns: int) -> Setting | None:
    """The widest setting of `text` that fits into `columns`; None if none does."""
    return next((each for each in SETTINGS if width(text, each) <= columns), None)


def draw(text: str, setting: Setting = SETTINGS[0]) -> tuple[str, ...]:
    """Five rows of "█" and " ", each exactly `width(text, setting)` columns."""
    gap = " " * setting.gap
    letters = [_letter(character) for character in text.upper()]
    return tuple(gap.join(_row(letter[row], setting) for letter in letters) for row in range(ROWS))


def low_width(text: str) -> int:
    """Columns that `text` takes in three rows."""
    return width(text, _SLIM)


def draw_low(text: str) -> tuple[str, ...]:
    """Three rows of "█", "▀", "▄" and " ", each exactly `low_width(text)` columns."""
    rows = [line.replace("█", "#") for line in draw(text, _SLIM)]
    rows.append(" " * low_width(text))
    return tuple(
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )


def set_text(text: str, columns: int, rows: int) -> tuple[str, ...]:
    """`text` as large as fits into `columns` and `rows`: five rows, three, or one.

    One row is the text itself, which a screen shows in bold.
    """
    if can_draw(text):
        setting = widest(text, columns)
        if setting is not None and rows >= ROWS:
            return draw(text, setting)
        if rows >= LOW_ROWS and low_width(text) <= columns:
            return draw_low(text)
    return (text,)


def _letter(character: str) -> tuple[str, ...]:
    return _LETTERS.get(character, _LETTERS[" "])


def _letter_width(letter: tuple[str, ...], setting: Setting) -> int:
    return sum(_pixel_widths(len(letter[0]), setting))


def _pixel_widths(pixels: int, setting: Setting) -> tuple[int, ...]:
    if pixels == 1:
        return (setting.single,)
    return (setting.edge, *(setting.inner,) * (pixels - 2), setting.edge)


def _row(pixels: str, setting: Setting) -> str:
    widths = _pixel_widths(len(pixels), setting)
    return "".join(
        ("█" if pixel == "#" else " ") * columns
        for pixel, columns in zip(pixels, widths, strict=True)
    )
