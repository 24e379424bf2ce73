"""Removes redundant style codes from what is written to the terminal.

Rich writes all colours before each run of one style and a reset after it, some 40 bytes around text
that is often a single sign. That is two thirds of the bytes of a painting, which people notice over
a slow connection.

Invariant: every cell looks as it would have, and each write ends without a style. Only the text
colour of a blank may differ, because nobody sees it.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from textual.driver import Driver

_STYLE = re.compile("\x1b\\[([0-9;]*)m")
_MOVES = re.compile("(?:\r?\n|\x1b\\[[0-9;]*H)*")
_FIRST_OF_MOVES = "\r\n\x1b"
_RESET = "\x1b[0m"
_SEEN_ON_A_BLANK = {"4", "5", "7", "9", "21", "53"}
"""Underlined, blinking, reversed, struck out, underlined twice, lined above."""
_ATTRIBUTES = {str(number) for number in range(1, 10)} | _SEEN_ON_A_BLANK
_COLOURS_AS_NUMBERS = {"38": {"2": 5, "5": 3}, "48": {"2": 5, "5": 3}}
"""How many numbers a colour takes, that of the text and that behind it: of three parts, or of a
palette."""


def driver_with_fewer_styles(driver: type[Driver]) -> type[Driver]:
    """A subclass of `driver` that writes fewer bytes for the same picture."""

    class FewerStylesDriver(driver):  # type: ignore[valid-type,misc]
        def write(self, data: str) -> None:
            super().write(with_fewer_styles(data))

    return FewerStylesDriver


class _Look(NamedTuple):
    """The style in force; "" for a colour is the terminal's own."""

    colour: str = ""
    behind: str = ""
    attributes: frozenset[str] = frozenset()

    @property
    def seen_on_a_blank(self) -> bool:
        """Whether a blank shows more of it than the colour behind."""
        return not _SEEN_ON_A_BLANK.isdisjoint(self.attributes)


_PLAIN = _Look()


def with_fewer_styles(data: str) -> str:
    """`data` with as few style codes as possible; it has to begin and end without a style."""
    parts = _STYLE.split(data)
    written = [parts[0]]
    wanted = shown = _PLAIN
    for codes, text in zip(parts[1::2], parts[2::2], strict=True):
        # Half of all codes end a style.
        after = _PLAIN if codes == "0" else _look(wanted, codes)
        if after is None:
            return data
        wanted = after
        if not text:
            continue
        # Moving the cursor needs no style. Any other control code may depend on the present one.
        moves = text[0] in _FIRST_OF_MOVES and _MOVES.fullmatch(text) is not None
        if not moves and wanted != shown:
            change, shown = _change(shown, wanted, blank=not text.strip(" "))
            written.append(change)
        written.append(text)
    if shown != _PLAIN:
        written.append(_RESET)
    return "".join(written)


@lru_cache(maxsize=1024)
def _look(before: _Look, codes: str) -> _Look | None:
    """The style after these codes; None for codes that are not known here."""
    colour, behind, attributes = before
    numbers = codes.split(";")
    while numbers:
        number = numbers[0]
        taken = 1
        if number in {"", "0"}:
            colour, behind, attributes = _PLAIN
        elif number in _ATTRIBUTES:
            attributes |= {number}
        elif number in _COLOURS_AS_NUMBERS and len(numbers) > 1:
            taken = _COLOURS_AS_NUMBERS[number].get(numbers[1], 0)
            if not taken or len(numbers) < taken:
                return None
            said = ";".join(numbers[:taken])
            colour, behind = (said, behind) if number == "38" else (colour, said)
        elif re.fullmatch("[39][0-7]", number):
            colour = number
        elif re.fullmatch("(4|10)[0-7]", number):
            behind = number
        else:
            return None
        numbers = numbers[taken:]
    return _Look(colour, behind, attributes)


@lru_cache(maxsize=4096)
def _change(shown: _Look, wanted: _Look, *, blank: bool) -> tuple[str, _Look]:
    """The codes that lead from one style to another, and the style that they lead to."""
    if blank and not shown.seen_on_a_blank and not wanted.seen_on_a_blank:
        wanted = (
            wanted if not wanted.behind else _Look(shown.colour, wanted.behind, shown.attributes)
        )
        if wanted == shown:
            return "", shown
    codes = [] if wanted.colour == shown.colour else [wanted.colour]
    codes += [] if wanted.behind == shown.behind else [wanted.behind]
    if "" in codes or not wanted.attributes >= shown.attributes:
        codes = ["0", *filter(None, (wanted.colour, wanted.behind)), *sorted(wanted.attributes)]
    else:
        codes += sorted(wanted.attributes - shown.attributes)
    return f"\x1b[{';'.join(codes)}m", wanted
