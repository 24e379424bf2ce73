"""Rewrites what is written to the terminal, so that rows are aligned in every terminal.

Terminals disagree about how many cells a family, a flag, a sign with a variation selector or a
spacing vowel sign takes, so the rest of the row would be shifted. The layout uses rich's table of
widths; this module is the last step before the terminal.

Invariant: text takes the cells that the layout gave it. Emoji made of several characters become
their first one, or letters; after words of uncertain width the column is set again.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes
from textual.driver import Driver

from circle_tui.core import text

_MAY_DIFFER = (
    ("\u0300", "\u1fff"), ("\u200d", "\u200d"), ("\u20e3", "\u20e3"), ("\u2630", "\u268f"),
    ("\u302e", "\u302f"), ("\u3248", "\u324f"), ("\u3164", "\u3164"), ("\u4dc0", "\u4dff"),
    ("\ua000", "\uabff"), ("\ufe00", "\ufe0f"), ("\uffa0", "\uffa0"),
    ("\U00010000", "\U0010ffff"),
)  # fmt: skip
"""Where to look at all, first and last: most that is written has none of these. To compile them as
a regular expression takes a hundredth of a start, and so do those below, which are compiled when
they are first needed."""

_TOKEN = "\x1b\\[[0-9;?]*[ -/]*[@-~]|[^\x1b]+|\x1b"
_MOVE = "\x1b\\[(?:\\d+;(\\d+))?H"
_STYLE = "\x1b\\[[0-9;]*m"

_FIRST_FLAG_LETTER = 0x1F1E6
_FLAG_LETTERS = {_FIRST_FLAG_LETTER + at: chr(ord("A") + at) for at in range(26)}
_JOINED = "[\u200d\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
"""What makes one sign of several characters."""


def driver_with_safe_widths(driver: type[Driver]) -> type[Driver]:
    """A subclass of `driver` that writes text as wide as the layout assumes."""

    class SafeWidthDriver(driver):  # type: ignore[valid-type,misc]
        def write(self, data: str) -> None:
            super().write(with_safe_widths(data))

    return SafeWidthDriver


def with_safe_widths(data: str) -> str:
    """`data`, as it is written to a terminal: text, styles, and moves of the cursor."""
    if not any(map(_may_differ, set(data))):
        return data
    written: list[str] = []
    row: list[str] = []
    column: int | None = None
    for token in re.findall(_TOKEN, data):
        if (move := re.fullmatch(_MOVE, token)) is not None:
            written += [_row(row, column), token]
            row, column = [], int(move[1] or 1)
        elif "\n" in token or (token[0] == "\x1b" and re.fullmatch(_STYLE, token) is None):
            # The position of the cursor is unknown after this.
            written += [_row(row, column), _row([token], None)]
            row, column = [], None
        else:
            row.append(token)
    written.append(_row(row, column))
    return "".join(written)


@cache
def _may_differ(character: str) -> bool:
    return any(first <= character <= last for first, last in _MAY_DIFFER)


class _Piece(NamedTuple):
    """A style, which takes no cells, or one sign with its width and its largest possible width."""

    written: str
    cells: int = 0
    at_most: int = 0
    certain: bool = True


def _row(tokens: list[str], column: int | None) -> str:
    """The tokens of one row, which begins in `column`, counted from 1; None if that is unknown."""
    pieces = [piece for token in tokens for piece in _pieces(token)]
    if column is None or all(piece.certain for piece in pieces):
        return "".join(piece.written for piece in pieces)
    written: list[str] = []
    at = 0
    while at < len(pieces):
        if pieces[at].certain:
            written.append(pieces[at].written)
            column += pieces[at].cells
            at += 1
            continue
        end = _end_of_words(pieces, at)
        words = pieces[at:end]
        cells = sum(piece.cells for piece in words)
        # Wider words may take the cells of the blanks behind them.
        most, at = sum(piece.at_most for piece in words), end
        while at < len(pieces) and cells < most:
            if pieces[at].written == " ":
                cells += 1
            elif pieces[at].cells == 0:
                words.append(pieces[at])
            else:
                break
            at += 1
        written += [" " * cells, _to(column), *(piece.written for piece in words)]
        column += cells
        written.append(_to(column))
    return "".join(written)


def _end_of_words(pieces: list[_Piece], start: int) -> int:
    """The end of the words that begin at `start`: before two blanks, a style, or the end.

    It lies after `start`, whose piece may take no cells: a vowel sign behind a style is alone.
    """
    for at in range(start + 1, len(pieces)):
        blank = pieces[at].written == " "
        after = pieces[at + 1].written if at + 1 < len(pieces) else " "
        if pieces[at].cells == 0 or (blank and (after == " " or after.startswith("\x1b"))):
            return at
    return len(pieces)


def _to(column: int) -> str:
    return f"\x1b[{column}G"


def _pieces(token: str) -> list[_Piece]:
    if token.startswith("\x1b"):
        return [_Piece(token)]
    return [_piece(token[start:end], cells) for start, end, cells in split_graphemes(token)[0]]


@lru_cache(maxsize=4096)
def _piece(sign: str, cells: int) -> _Piece:
    if sign.isascii():
        return _Piece(sign, cells, cells)
    if sign in map(chr, _FLAG_LETTERS):
        return _Piece(_FLAG_LETTERS[ord(sign)], cells, cells)
    if len(sign) > 1 and re.search(_JOINED, sign) is not None and cells == _EMOJI_CELLS:
        first = sign[0]
        return _Piece(first + " " * (cells - cell_len(first)), cells, cells)
    by_character = text.cell_width(sign)
    return _Piece(sign, cells, max(cells, by_character), certain=cells == by_character)


_EMOJI_CELLS = 2
