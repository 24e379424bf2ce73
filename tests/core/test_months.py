"""Counting in months."""

from datetime import date, datetime

import pytest

from circle_tui.core.months import add_months


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 5), 1, date(2026, 4, 5)),
        (date(2026, 3, 5), 0, date(2026, 3, 5)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 3, 5), 22, date(2028, 1, 5)),
        (date(2026, 3, 5), -3, date(2025, 12, 5)),
        (date(2026, 3, 31), -25, date(2024, 2, 29)),
    ],
)
def test_the_day_of_the_month_stays(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2028, 1, 29), date(2028, 2, 29)),
        (date(2026, 1, 29), date(2026, 2, 28)),
    ],
)
def test_a_month_that_is_too_short_gives_its_last_day(day: date, later: date) -> None:
    assert add_months(day, 1) == later


def test_the_time_of_day_stays() -> None:
    assert add_months(datetime(2026, 8, 31, 19, 30), 6) == datetime(2027, 2, 28, 19, 30)  # noqa: DTZ001


def test_a_year_that_no_date_holds_is_refused() -> None:
    for day in (date(9999, 12, 28), date(9999, 12, 31)):
        with pytest.raises(ValueError, match="year"):
            add_months(day, 1)
