"""Counts in months.

Invariant: the day of the month stays; only in a month that is too short for it, it's the last one.
The standard library's `calendar` knows the lengths of months, but takes longer to import than all
that is counted here.
"""

from datetime import date
from typing import TypeVar

_Day = TypeVar("_Day", bound=date)

_SHORTEST_MONTH = 28


def add_months(day: _Day, months: int) -> _Day:
    """The same day `months` later (earlier if negative), with its time if it has one.

    Raises `ValueError` for a year that `date` cannot hold.
    """
    years, month = divmod(day.month - 1 + months, 12)
    number = day.day
    while True:
        try:
            return day.replace(year=day.year + years, month=month + 1, day=number)
        except ValueError:
            if number <= _SHORTEST_MONTH:
                raise
            number -= 1
