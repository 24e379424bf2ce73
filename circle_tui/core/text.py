"""Cleans and measures the texts that people type.

Invariant: this is the only module that cleans text. Clean text has no control, format, surrogate,
private or unassigned characters (but for joiners), no repeated white space, and a known width, so
it can be stored and shown anywhere. Text that is too long is refused with a sentence, never cut.
"""

import re
import unicodedata
from functools import lru_cache

from circle_tui.core.errors import RuleError

NAME_CELLS = 40
"""Widest name of a circle or a member, in terminal cells: it stands beside a ring."""

WORDS_CELLS = 280
"""Widest commitment or line of context, in cells: one or two lines of 140.

See guide: practice, Commitments and resets.
"""

MEMBERS_AT_LEAST = 2
MEMBERS_AT_MOST = 20

NUMBER_WORDS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
"""Numbers as people write them out."""

_ZERO_WIDTH_JOINER = "\u200d"
_COLOURED = "\ufe0f"
"""The variation selector that asks for the coloured form of the character before it."""

_UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"
"""The Hangul fillers, which are letters by category but cannot be seen."""

_LINE_ENDS = "\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"

_MARKS_AT_MOST = 4
"""Marks and joiners for each cell: enough for any script or emoji, too few to hide other lines."""


def remove_unprintable(raw: str) -> str:
    """`raw` for a text field that is being edited: line ends stay, harmful characters go."""
    if raw.isprintable():
        return raw
    return "".join(
        character
        for character in re.sub(_LINE_ENDS, "\n", raw)
        if character in "\n\t"
        or character == _ZERO_WIDTH_JOINER
        or unicodedata.category(character) not in _UNSHOWABLE
    )


def clean(raw: str) -> str:
    """`raw` as it may be stored and shown: NFC, harmless characters, single spaces.

    The zero-width joiner stays because names in emoji and some scripts need it; it is dropped
    at spaces and ends, where it joins nothing. Cleaning clean text changes nothing.
    """
    if (
        raw.isprintable()
        and unicodedata.is_normalized("NFC", raw)
        and "  " not in raw
        and raw == raw.strip()
    ):
        return raw
    kept = "".join(
        character
        for character in re.sub(r"\s+", " ", raw)
        if character == _ZERO_WIDTH_JOINER or unicodedata.category(character) not in _UNSHOWABLE
    )
    # Normalize last, because a dropped character may have separated a letter from its accent.
    joined = re.sub(r"\u200d*(?:\s\u200d*)+", " ", unicodedata.normalize("NFC", kept))
    return joined.strip(f" {_ZERO_WIDTH_JOINER}")


# The same sentences and names are measured at each key and each second.
@lru_cache(maxsize=512)
def cell_width(text: str) -> int:
    """How many terminal cells `text` takes, by character (Unicode UAX #11).

    An emoji of several characters counts as it is drawn: a family, an emoji with a skin tone, or a
    sign with its coloured form takes two cells.
    """
    if text.isascii():
        return len(text)
    width = before = 0
    last = ""
    for character in text:
        if last == _ZERO_WIDTH_JOINER and before == 2:
            cells = 0
        elif character == _COLOURED and before == 1 and _is_sign(last):
            cells, before = 1, 2
        elif "\U0001f3fb" <= character <= "\U0001f3ff" and before == 2:
            cells = 0
        else:
            cells = _cells(character)
            before = cells or before
        width += cells
        last = character
    return width


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _is_sign(character: str) -> bool:
    return unicodedata.category(character) in {"So", "Sm", "Po"} or character in "0123456789#*"


def sort_key(name: str) -> tuple[object, ...]:
    """A sort key by which “Guild 16” comes before “Guild 100”."""
    parts = re.split(r"(\d+)", name.casefold())
    # By length first: without leading zeros, the longer number is the larger one.
    return tuple(
        (len(part.lstrip("0")), part.lstrip("0")) if at % 2 else part
        for at, part in enumerate(parts)
    )


def fits(cleaned: str, room: int) -> bool:
    """Whether clean text fits into `room` cells, without too many marks on them."""
    return cell_width(cleaned) <= room and len(cleaned) <= room * (1 + _MARKS_AT_MOST)


def shorten(raw: str) -> str:
    """The beginning of what was typed, to quote it in a sentence."""
    cleaned = clean(raw)
    return cleaned if len(cleaned) <= 24 else f"{cleaned[:23]}…"


def name(raw: str, what: str) -> str:
    """A clean name; `what` says whose, as in "The circle's name".

    Raises `RuleError` if nothing is left of it or it is wider than `NAME_CELLS`.
    """
    cleaned = clean(raw)
    if not _can_be_seen(cleaned):
        raise RuleError(f"{what} is empty: type at least one letter.")
    if not fits(cleaned, NAME_CELLS):
        raise RuleError(
            f"{what} has room for {NAME_CELLS} characters: shorten “{shorten(cleaned)}”."
        )
    return cleaned


def _can_be_seen(cleaned: str) -> bool:
    if cleaned.isascii():
        # Clean ASCII text has only visible characters and single spaces between them.
        return bool(cleaned)
    return any(
        unicodedata.category(character)[0] in "LNPS" and character not in _BLANK_LETTERS
        for character in cleaned
    )


def words(raw: str, room: int = WORDS_CELLS) -> str:
    """A clean line of somebody's own words, perhaps empty.

    Raises `RuleError` if it is wider than `room`, in cells.
    """
    cleaned = clean(raw)
    if not fits(cleaned, room):
        raise RuleError(f"That takes {len(cleaned)} characters, and {room} fit here: shorten it.")
    return cleaned


def join_with_and(names: list[str]) -> str:
    """Names as people list them: "Maya, Tom and Lena"."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
