"""Periods that lead up to today, as somebody says them: "last month", "90 days", "this year".

Invariant: both ends of a period are included, and none lies after today.
"""

import re
from datetime import date, timedelta

from circle_tui.core import text
from circle_tui.core.attendance.figures import DateRange
from circle_tui.core.errors import RuleError

_SOME = re.compile(r"(?:last |past )?([0-9]{1,4}) (day|week|month|year)s?")
_ONE = re.compile(r"(this|last) (week|month|year)")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_DAY = timedelta(days=1)


def read_period(typed: str, today: date) -> DateRange:
    """The days of a period. Raises `RuleError` for anything else."""
    said = " ".join(typed.lower().split())
    if found := _SOME.fullmatch(said):
        number = int(found[1]) * _DAYS[found[2]]
        if 0 < number < today.toordinal():
            return DateRange(today - timedelta(days=number - 1), today)
    elif found := _ONE.fullmatch(said):
        start = _beginning(today, found[2])
        if found[1] == "this":
            return DateRange(start, today)
        end = start - _DAY
        return DateRange(_beginning(end, found[2]), end)
    raise RuleError(
        f"“{text.shorten(typed)}” is no period: write it like “last month”, “90 days” or "
        "“this year”."
    )


def _beginning(day: date, unit: str) -> date:
    match unit:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
    return day.replace(month=1, day=1)
