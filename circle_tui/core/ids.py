"""Ids within a circle: a letter, a number, and the moment of creation.

Invariant: two machines that work on copies of one file never make the same id, because the moment
is part of it. The number is for people who read the file.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NewType

MemberId = NewType("MemberId", str)
MeetingId = NewType("MeetingId", str)
CommitmentId = NewType("CommitmentId", str)
ContractId = NewType("ContractId", str)
"""Types of their own, so that none of these is taken for another."""

_MICROSECOND = 1_000_000
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MEMBER = re.compile(r"m[0-9]{1,15}(-[0-9a-z]{1,20})?")
_NUMBER = re.compile(r"[a-z]([0-9]{1,15})(-|$)")


def new_id(letter: str, taken: Iterable[str], now: datetime) -> str:
    """An id for something made at `now` (aware), as in "c31-hs9w2k4f1q".

    If `now` has no microseconds, it is just "c31". A real clock has microseconds; the sample circle
    is made without, so that its ids are the same each time.
    """
    return numbered_id(letter, next_number(taken), now)


def numbered_id(letter: str, number: int, now: datetime) -> str:
    """Like `new_id`, but with the given number."""
    if now.microsecond == 0:
        return f"{letter}{number}"
    since = now - datetime(1970, 1, 1, tzinfo=UTC)
    return (
        f"{letter}{number}-{_base36(int(since.total_seconds()) * _MICROSECOND + now.microsecond)}"
    )


def next_number(taken: Iterable[str]) -> int:
    """The first number after those of the ids in `taken`."""
    numbers = [int(found[1]) for each in taken if (found := _NUMBER.match(each))]
    return 1 + max(numbers, default=0)


def is_own_member_id(each: MemberId) -> bool:
    """Whether the program makes such ids for members; one that was written by hand may be words."""
    return _MEMBER.fullmatch(each) is not None


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, last = divmod(number, len(_DIGITS))
        digits = _DIGITS[last] + digits
    return digits
