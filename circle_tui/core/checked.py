"""Cleans and checks values from files, by the kinds of their fields.

Invariant: a checked value can be shown and compared, and calculating with its moments cannot
overflow, also in another time zone.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import gcd
from typing import Any, TypeVar

from circle_tui.core import text
from circle_tui.core.errors import RuleError
from circle_tui.core.fields import DAY, LENGTH, MOMENT, WALL_TIME, WORDS_KINDS, Changer, FieldError

_Value = TypeVar("_Value")

_SHARE = re.compile(r"[0-9]{1,6}(/[1-9][0-9]{0,5})?")

FIRST_YEAR, LAST_YEAR = 1900, 8999
"""The years of valid moments: centuries before and after what a circle can plan."""

LONGEST = timedelta(days=2)
"""The longest valid length of time; no part of a meeting is longer."""


class InvalidIdError(FieldError):
    """An id that is empty or cannot be shown."""


def checked(value: _Value) -> _Value:
    """`value` with names and words cleaned and moments in UTC; the same object if they are already.

    Raises `FieldError` if the content of a field does not fit its kind.
    """
    normal: _Value = _checked(value)
    return normal


@lru_cache(maxsize=10_000)
def check_id(each: str) -> str:
    """The id, unchanged. Raises `InvalidIdError`."""
    if not each or each != text.clean(each):
        raise InvalidIdError
    return each


def is_within_years(moment: date | datetime) -> bool:
    """Whether calculations with a moment or a day cannot overflow."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def _name(raw: str) -> str:
    """A name, cleaned. Raises `FieldError` if it is empty or too wide."""
    try:
        return text.name(raw, "A name")
    except RuleError:
        raise FieldError from None


def _due(due: str) -> str:
    if due != "next":
        try:
            _day(date.fromisoformat(due))
        except ValueError:
            raise FieldError from None
    return due


def _moment(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise FieldError
    try:
        utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    except OverflowError:
        raise FieldError from None
    if not is_within_years(utc):
        raise FieldError
    return utc


def _day(day: Any) -> Any:
    if not is_within_years(day):
        raise FieldError
    return day


def _share(written: str) -> str:
    """A fraction from 0 to 1 as reduced text, because a float would be inexact."""
    if _SHARE.fullmatch(written) is None:
        raise FieldError
    over, _, under = written.partition("/")
    one, other = int(over), int(under or 1)
    if one > other:
        raise FieldError
    divisor = gcd(one, other)
    return f"{one // divisor}" if other == divisor else f"{one // divisor}/{other // divisor}"


def _length(length: timedelta) -> timedelta:
    if abs(length) > LONGEST:
        raise FieldError
    return length


_checked = Changer(
    {
        "id": check_id,
        "id or none": lambda each: each and check_id(each),
        "name": _name,
        "due": _due,
        "share": _share,
        MOMENT: _moment,
        WALL_TIME: _day,
        DAY: _day,
        LENGTH: _length,
        **dict.fromkeys(WORDS_KINDS, text.clean),
    }
)
