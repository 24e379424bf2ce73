"""Shares of a stake: reads them as people type them, and puts them into words.

Invariant: a share is a fraction from 0 to 1. A percentage is rounded down, because 89.99% must not
look like the 90% that it did not reach.
"""

import re
from fractions import Fraction

from circle_tui.core import text
from circle_tui.core.errors import RuleError

WHOLE, HALF, NOTHING = Fraction(1), Fraction(1, 2), Fraction(0)

_MARK = "Write it like 85 for a percentage, or 17 of 20."
_FIGURE = "Write it like 80 for a percentage, or 4/5."
_PERCENT = re.compile(r"([0-9]{1,3}) ?%?")
_SO_MANY = re.compile(r"([0-9]{1,6}) ?(?:/| of | out of ) ?([1-9][0-9]{0,5})")
_WORDS = {"all": WHOLE, "half": HALF, "none": NOTHING}


def parse(stored: str) -> Fraction:
    """The fraction of a stored share."""
    return Fraction(stored)


def stored(share: Fraction) -> str:
    """A share as it is stored: reduced, "4/5", "1", "0"."""
    return str(share)


def read_mark(typed: str) -> Fraction:
    """How far something was met, as typed: "85" percent, "17 of 20". More than all is all.

    Raises `RuleError` for anything else.
    """
    said = text.clean(typed).casefold().rstrip(".")
    if said in {"met", "not met"}:
        return WHOLE if said == "met" else NOTHING
    if found := _PERCENT.fullmatch(said):
        return min(WHOLE, Fraction(int(found[1]), 100))
    if found := _SO_MANY.fullmatch(said):
        return min(WHOLE, Fraction(int(found[1]), int(found[2])))
    raise RuleError(f"That's not a mark. {_MARK}")


def read_figure(typed: str) -> Fraction:
    """The share to return, as typed: "80", "80 %", "4/5", "half".

    Raises `RuleError` for anything else, and for more than all.
    """
    said = text.clean(typed).casefold().rstrip(".")
    if said in _WORDS:
        return _WORDS[said]
    if found := _PERCENT.fullmatch(said):
        share = Fraction(int(found[1]), 100)
    elif found := _SO_MANY.fullmatch(said):
        share = Fraction(int(found[1]), int(found[2]))
    else:
        raise RuleError(f"That's not a figure. {_FIGURE}")
    if share > 1:
        raise RuleError(f"No more than all can come back. {_FIGURE}")
    return share


def percent(share: Fraction) -> str:
    """A share as a percentage, rounded down to a tenth: "80%", "89.9%"."""
    whole, tenth = divmod(share * 1000 // 1, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def percent_with_fraction(share: Fraction) -> str:
    """A share as a percentage, with its fraction if the percentage is not whole."""
    exact = (share * 100).denominator == 1
    return percent(share) if exact else f"{percent(share)} ({share})"


def in_words(share: Fraction) -> str:
    """A share in a word if there is one: "all", "half", "none"; else as a percentage."""
    for word, of_word in _WORDS.items():
        if share == of_word:
            return word
    return percent_with_fraction(share)
