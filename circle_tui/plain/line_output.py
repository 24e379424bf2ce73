"""Lines of at most 76 columns, one below the other.

Invariant: nothing is written but printable text and ends of lines; nothing is ever written over.
"""

from collections.abc import Callable

from circle_tui.core import text

WIDTH = 76
_BELL = "\a"


class LineOutput:
    """Where lines go."""

    def __init__(self, write: Callable[[str], object], width: int = WIDTH) -> None:
        """`write` takes whole lines with their ends, and passes them on at once."""
        self._write = write
        self._width = max(min(width, WIDTH), 10)

    def say(self, *lines: str) -> None:
        """Write these lines, each wrapped."""
        written = [part for line in lines for part in wrapped(line, self._width)]
        if written:
            self._write("".join(f"{part}\n" for part in written))

    def ring(self) -> None:
        """Ring the terminal's bell."""
        self._write(_BELL)


def wrapped(line: str, width: int = WIDTH) -> list[str]:
    """A line as several of at most `width` cells, broken between words where that is possible."""
    lines: list[str] = []
    for word in text.clean(line).split(" "):
        if lines and text.cell_width(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines += _pieces(word, width)
    return [each for each in lines if each]


def _pieces(word: str, width: int) -> list[str]:
    """A word in pieces that fit."""
    if text.cell_width(word) <= width:
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and text.cell_width(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
