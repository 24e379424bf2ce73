"""Letters and digits five rows tall and solid, so that they can be read from across a room.

Invariant: pure. A text and a setting give five rows, all of one width. A text too wide for its
place is set closer, then slimmer, then in three rows, before it is given up. A text with a
character that has no letter here, such as "語", is never drawn in part: `can_draw` says so.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from msgspec import Struct

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
        "Æ": ("#####", "# #  ", "#### ", "# #  ", "# ###"),
        "Ł": (" #  ", " ## ", "##  ", " #  ", " ###"),
        "Ø": ("#####", "#  ##", "# # #", "##  #", "#####"),
        "-": ("   ", "   ", "###", "   ", "   "),
        "'": ("#", "#", " ", " ", " "),
        ".": (" ", " ", " ", " ", "#"),
        " ": ("  ", "  ", "  ", "  ", "  "),
        ":": (" ", "#", " ", "#", " "),
    }
)


# Four rows a letter, for those that carry a mark.
_LOWER: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "A": ("###", "# #", "###", "# #"),
        "C": ("###", "#  ", "#  ", "###"),
        "E": ("###", "#  ", "## ", "###"),
        "G": ("####", "#   ", "#  #", "####"),
        "I": (" # ", " # ", " # ", " # "),
        "N": ("#   #", "##  #", "# # #", "#  ##"),
        "O": ("####", "#  #", "#  #", "####"),
        "S": ("####", "##  ", "  ##", "####"),
        "U": ("#  #", "#  #", "#  #", "####"),
        "Y": ("# #", "###", " # ", " # "),
        "Z": ("####", "  # ", " #  ", "####"),
    }
)

# By the combining character, for letters of three, four and five pixels. A mark is half as high as
# a pixel, so that it keeps away from its letter.
_ABOVE: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "\u0300": ("^  ", "^^  ", " ^   "),  # grave
        "\u0301": ("  ^", "  ^^", "   ^ "),  # acute
        "\u0302": (" ^ ", " ^^ ", "  ^  "),  # circumflex
        "\u0303": ("^^ ", "^^^ ", "^^^^ "),  # tilde
        "\u0304": ("^^^", "^^^^", "^^^^^"),  # macron
        "\u0306": (" ^ ", " ^^ ", "  ^  "),  # breve
        "\u0307": (" ^ ", " ^^ ", "  ^  "),  # dot
        "\u0308": ("^ ^", "^  ^", " ^ ^ "),  # diaeresis
        "\u030a": (" ^ ", " ^^ ", "  ^  "),  # ring
        "\u030b": ("^ ^", "^  ^", " ^ ^ "),  # double acute
        "\u030c": (" ^ ", " ^^ ", "  ^  "),  # caron
    }
)
_BELOW: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "\u0323": (" _ ", " __ ", "  _  "),  # dot
        "\u0326": (" _ ", " __ ", "  _  "),  # comma
        "\u0327": (" _ ", " __ ", "  _  "),  # cedilla
        "\u0328": ("  _", "   _", "    _"),  # ogonek
    }
)


class Setting(Struct, frozen=True):
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

_PIXELS = {"#": "█", "^": "▀", "_": "▄", " ": " "}
"""How a pixel is drawn in five rows: whole, the upper or the lower half of a mark, or empty."""


def can_draw(text: str) -> bool:
    """Whether every character of `text` has a letter; small letters are drawn as capitals."""
    return all(_letter(character) is not None for character in _characters(text))


def width(text: str, setting: Setting = SETTINGS[0]) -> int:
    """Columns that `text` takes; a character without a letter counts as a space."""
    letters = _letters(text)
    return sum(_letter_width(letter, setting) for letter in letters) + setting.gap * max(
        0, len(letters) - 1
    )


def widest(text: str, columns: int) -> Setting | None:
    """The widest setting of `text` that fits into `columns`; None if none does."""
    return next((each for each in SETTINGS if width(text, each) <= columns), None)


def draw(text: str, setting: Setting = SETTINGS[0]) -> tuple[str, ...]:
    """Five rows of "█", " " and halves of it in marks, each `width(text, setting)` columns."""
    gap = " " * setting.gap
    letters = _letters(text)
    return tuple(gap.join(_row(letter[row], setting) for letter in letters) for row in range(ROWS))


def low_width(text: str) -> int:
    """Columns that `text` takes in three rows."""
    return width(text, _SLIM)


def draw_low(text: str) -> tuple[str, ...]:
    """Three rows of "█", "▀", "▄" and " ", each exactly `low_width(text)` columns."""
    whole = str.maketrans("█▀▄", "###")
    rows = [line.translate(whole) for line in draw(text, _SLIM)]
    rows.append(" " * low_width(text))
    return tuple(
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    )


# The same name or word is set at each key and each second.
@lru_cache(maxsize=64)
def set_text(text: str, columns: int, rows: int) -> tuple[str, ...]:
    """`text` as large as fits into `columns` and `rows`: five rows, three, or one.

    One row is the text itself, which a screen shows in bold.
    """
    if can_draw(text):
        setting = widest(text, columns)
        if setting is not None and rows >= ROWS:
            return draw(text, setting)
        if rows >= LOW_ROWS and low_width(text) <= columns and not _has_marks(text):
            return draw_low(text)
    return (text,)


def _characters(text: str) -> str:
    """Capitals, each letter in one character with its mark."""
    return unicodedata.normalize("NFC", text).upper()


def _has_marks(text: str) -> bool:
    """Whether letters have marks; in three rows these would touch the letters."""
    return any(character not in _LETTERS for character in _characters(text))


def _letters(text: str) -> list[tuple[str, ...]]:
    return [_letter(character) or _LETTERS[" "] for character in _characters(text)]


@cache
def _letter(character: str) -> tuple[str, ...] | None:
    """Five rows of pixels; None for what can't be drawn."""
    if character in _LETTERS:
        return _LETTERS[character]
    base, *marks = list(unicodedata.normalize("NFD", character))
    if len(marks) != 1 or base not in _LOWER:
        return None
    (mark,), lower = marks, _LOWER[base]
    size = len(lower[0]) - 3
    if mark in _ABOVE:
        return (_ABOVE[mark][size], *lower)
    return (*lower, _BELOW[mark][size]) if mark in _BELOW else None


def _letter_width(letter: tuple[str, ...], setting: Setting) -> int:
    return sum(_pixel_widths(len(letter[0]), setting))


def _pixel_widths(pixels: int, setting: Setting) -> tuple[int, ...]:
    if pixels == 1:
        return (setting.single,)
    return (setting.edge, *(setting.inner,) * (pixels - 2), setting.edge)


def _row(pixels: str, setting: Setting) -> str:
    widths = _pixel_widths(len(pixels), setting)
    return "".join(_PIXELS[pixel] * columns for pixel, columns in zip(pixels, widths, strict=True))
