"""A period is read as people say it, and ends today at the latest."""

from datetime import date

import pytest

from circle_tui.core.attendance.figures import DateRange
from circle_tui.core.attendance.period import read_period
from circle_tui.core.errors import RuleError

TODAY = date(2026, 3, 5)  # A Thursday.


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("last month", date(2026, 2, 1), date(2026, 2, 28)),
        ("this month", date(2026, 3, 1), TODAY),
        ("This Year", date(2026, 1, 1), TODAY),
        ("last year", date(2025, 1, 1), date(2025, 12, 31)),
        ("last week", date(2026, 2, 23), date(2026, 3, 1)),
        ("this week", date(2026, 3, 2), TODAY),
        ("1 day", TODAY, TODAY),
        ("90 days", date(2025, 12, 6), TODAY),
        ("last 2 weeks", date(2026, 2, 20), TODAY),
    ],
)
def test_a_period_is_read(typed: str, start: date, end: date) -> None:
    assert read_period(typed, TODAY) == DateRange(start, end)


@pytest.mark.parametrize("typed", ["", "soon", "0 days", "9999 years", "next month", "last 3"])
def test_an_invalid_period_is_refused(typed: str) -> None:
    with pytest.raises(RuleError, match="is no period: write it like"):
        read_period(typed, TODAY)
