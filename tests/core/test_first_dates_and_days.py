"""Dates of first meetings, and days without a time, are read as people type them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from circle_tui.core.date_reading import read_coming_day, read_day, read_first
from circle_tui.core.errors import RuleError

from .date_moments import NOW
from .meetings import circle_of, wall_time

# First meetings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03-05T10:00", wall_time(2026, 3, 5, 10)),
        ("2026-03-05 10:00:00", wall_time(2026, 3, 5, 10)),
        ("2020-03-05T10:00", wall_time(2020, 3, 5, 10)),
        ("1 May 7.30 pm", wall_time(2026, 5, 1, 19, 30)),
        ("tomorrow 19:30", wall_time(2026, 3, 6, 19, 30)),
        ("2026-07-05T10:00+02:00", wall_time(2026, 7, 5, 9)),
        ("2026-07-05T10:00Z", wall_time(2026, 7, 5, 11)),
        ("5 July 10:00 EDT", wall_time(2026, 7, 5, 15)),
    ],
)
def test_a_first_date_is_read_in_the_circles_zone(typed: str, meant: datetime) -> None:
    assert read_first(typed, ZoneInfo("Europe/London"), NOW) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "isn't a date"),
        ("soon", "isn't a date"),
        ("2026-13-05T10:00", "isn't a date"),
        ("2026-02-30", "isn't a date"),
        ("\x00", "isn't a date"),
        ("9" * 99, "isn't a date"),
        ("2026-03-05T10:00:59", "without seconds"),
        ("2026-05-05", "What time"),
        ("next Thursday", "What time"),
        ("19:30", "What day"),
        ("12/5 19:30", "12 May, 19:30 or Saturday 5 December, 19:30"),
        ("tomorrow at 7", "07:00 or"),
        ("4 March 10:00", "has passed. Write the year as well"),
        ("Friday 5 March 2026 10:00", "is a Thursday"),
        ("2026-03-29T01:30", "clocks skip that hour"),
        ("2026-10-25T01:30", "may be"),
        ("2026-10-25T01:30Z", "twice that night"),
    ],
)
def test_an_unclear_first_date_is_refused_with_a_sentence(typed: str, why: str) -> None:
    with pytest.raises(RuleError, match=why) as refused:
        read_first(typed, ZoneInfo("Europe/London"), NOW)
    assert str(refused.value)[-1] in ".?"


# Days


@pytest.mark.parametrize(
    "typed",
    ["2026-03-05", "5 March 2026", "5.3.2026", "March 5, 2026", "Thu 5 Mar 2026", "5 Mar 26"],
)
def test_a_day_is_read_as_people_write_it_with_its_year(typed: str) -> None:
    assert read_day(typed) == wall_time(2026, 3, 5).date()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "5 March",
        "March 2026",
        "2026",
        "5",
        "31 April 2026",
        "5" * 81,
        "tomorrow",
        "5/3",
    ],
)
def test_an_incomplete_day_is_refused(typed: str) -> None:
    with pytest.raises(RuleError, match=r"isn't a day: .*\.$"):
        read_day(typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("5/3/2026", "may be 5 March 2026 or 3 May 2026: write"),
        ("5 March 2026 10:00 EST", "Write just the day"),
        ("Friday 5 March 2026", "is a Thursday"),
    ],
)
def test_an_unclear_day_is_refused_with_a_sentence(typed: str, why: str) -> None:
    with pytest.raises(RuleError, match=why):
        read_day(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2 April", date(2026, 4, 2)),
        ("next Thursday", date(2026, 3, 12)),
        ("25/12", date(2026, 12, 25)),
    ],
)
def test_a_future_day_is_read_as_people_say_it(typed: str, day: date) -> None:
    assert read_coming_day(circle_of(), typed, NOW) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("today", "That is today: write a later day"),
        ("4 March", "4 March 2026 has passed"),
        ("2 April 2062", "two years away"),
        ("12/5", "Tuesday 12 May or Saturday 5 December: write the one you mean"),
        ("2/4", "if you mean Thursday 2 April, write that"),
        ("2 April 18:00", "has a time in it"),
        ("18:00", "has a time in it"),
        ("Friday 2 April", "is a Thursday"),
        ("", "isn't a date"),
    ],
)
def test_a_past_or_unclear_day_is_refused(typed: str, why: str) -> None:
    with pytest.raises(RuleError, match=why):
        read_coming_day(circle_of(), typed, NOW)
