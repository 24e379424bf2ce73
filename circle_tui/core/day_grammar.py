"""Parses days as people type them: "2 April", "3.12.", "12/5", "tomorrow", "next Thursday".

Invariant: an ambiguous day gives every meaning. If it depends on today ("Friday"), it is one `Day`
with several dates; if it depends on the order of day and month ("12/5"), one `Day` for each order.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from circle_tui.core.text import NUMBER_WORDS


class Today(NamedTuple):
    """Today in the circle's time zone, from which relative days are counted.

    `usual` is the day that applies if none is typed; `night` is whether it is so early that
    somebody may still mean the day before. Two digits are not read as a year before `since`.
    With `back`, a day that is not said in full is the last one rather than the next.
    """

    day: date
    usual: date | None = None
    night: bool = False
    since: int = 0
    back: bool = False


class Day(NamedTuple):
    """A day that was typed, as all dates that it may mean.

    `figures` is whether it has only numbers, as in 12/5; `year` whether it includes the year.
    """

    days: tuple[date, ...]
    figures: bool = False
    year: bool = False


class Weekday(NamedTuple):
    """A weekday that was typed, with all dates it may mean; `alone` is without "next" or so."""

    number: int
    days: tuple[date, ...]
    alone: bool


compiled = cache(re.compile)
"""Patterns are compiled when first used, because compiling all would slow down the start."""

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NUMBERS = {"sept": 9} | {
    word: number for number, name in enumerate(_MONTHS, 1) for word in (name, name[:3])
}
_WEEKDAY_NUMBERS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3} | {
    word: number for number, name in enumerate(_WEEKDAYS) for word in (name, name[:3])
}

_WEEK, _DAY = timedelta(weeks=1), timedelta(days=1)
_NEXT_YEAR = timedelta(days=183)
"""A day without a year can be in the next year if it is at most this far ahead."""

_END = r"(?![a-z0-9_])(?![.:/,-][0-9])"
_YEAR = r"'?([0-9]{4}|[0-9]{2})"
MONTH = f"({'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})"
_WEEKDAY = f"({'|'.join(sorted(_WEEKDAY_NUMBERS, key=len, reverse=True))})"
_ORDINAL = r"([0-9]{1,2})(?:st|nd|rd|th|\.)?"
_NUMBER = f"([0-9]{{1,3}}|{'|'.join(NUMBER_WORDS)}|an)"


def _date(year: int | None, month: int, day: int) -> tuple[date, ...]:
    try:
        return () if year is None else (date(year, month, day),)
    except ValueError:
        return ()


def _year(typed: str, today: Today) -> int | None:
    """The year that was typed with four digits or two; None if two digits are no year."""
    if len(typed) == 4:
        return int(typed)
    year = 2000 + int(typed)
    return year if year >= today.since else None


def _coming(month: int, day: int, today: Today) -> tuple[date, ...]:
    """The date of a day without a year: "2 January", typed in December, is in the next year.

    Looking back it is the last such day.
    """
    this = _date(today.day.year, month, day)
    if today.back:
        gone = this and this[0] <= today.day
        return this if gone else _date(today.day.year - 1, month, day)
    following = _date(today.day.year + 1, month, day)
    if following and (not this or this[0] < today.day) and following[0] <= today.day + _NEXT_YEAR:
        return following
    return this


_Found = re.Match[str]


def _year_first(found: _Found, today: Today) -> Iterator[Day]:
    yield Day(_date(int(found[1]), int(found[3]), int(found[4])), figures=True, year=True)


def _figures(found: _Found, today: Today) -> Iterator[Day]:
    """Day and month in numbers: in "3.12.2026" the day is first, in "12/5/2026" maybe second."""
    one, sign, other, typed = found.groups()
    year = _year(typed, today)
    yield Day(_date(year, int(other), int(one)), figures=True, year=True)
    if sign != ".":
        yield Day(_date(year, int(one), int(other)), figures=True, year=True)
    if sign == "-" and len(typed) == 2:
        first = _year(f"{int(one):02}", today)
        yield Day(_date(first, int(other), int(typed)), figures=True, year=True)


def _figures_without_year(found: _Found, today: Today) -> Iterator[Day]:
    one, sign, other = found.groups()
    yield Day(_coming(int(other), int(one), today), figures=True)
    if sign == "/":
        yield Day(_coming(int(one), int(other), today), figures=True)


def _day_month_year(found: _Found, today: Today) -> Iterator[Day]:
    day, month, year = found.groups()
    yield Day(_date(_year(year, today), _MONTH_NUMBERS[month], int(day)), year=True)


def _day_month(found: _Found, today: Today) -> Iterator[Day]:
    yield Day(_coming(_MONTH_NUMBERS[found[2]], int(found[1]), today))


def _month_day_year(found: _Found, today: Today) -> Iterator[Day]:
    month, day, year = found.groups()
    yield Day(_date(_year(year, today), _MONTH_NUMBERS[month], int(day)), year=True)


def _month_day(found: _Found, today: Today) -> Iterator[Day]:
    yield Day(_coming(_MONTH_NUMBERS[found[1]], int(found[2]), today))


def _year_month_day(found: _Found, today: Today) -> Iterator[Day]:
    yield Day(_date(int(found[1]), _MONTH_NUMBERS[found[2]], int(found[3])), year=True)


def _of_month(found: _Found, today: Today) -> Iterator[Day]:
    """The next "20th", and the one in the month of the usual day."""
    number = int(found[1])
    if today.back:
        yield Day(_last_of_month(number, today.day))
        return
    months = (today.day.replace(day=1) + relativedelta(months=ahead) for ahead in range(12))
    coming = next(
        (
            day
            for month in months
            for day in _date(month.year, month.month, number)
            if day >= today.day
        ),
        None,
    )
    days: tuple[date, ...] = () if coming is None else (coming,)
    if today.usual is not None:
        usual = _date(today.usual.year, today.usual.month, number)
        days += tuple(day for day in usual if day >= today.day and day not in days)
    yield Day(days)


def _last_of_month(number: int, today: date) -> tuple[date, ...]:
    months = (today.replace(day=1) - relativedelta(months=ago) for ago in range(12))
    days = (day for month in months for day in _date(month.year, month.month, number))
    last = next((day for day in days if day <= today), None)
    return () if last is None else (last,)


def _from_today(found: _Found, today: Today) -> Iterator[Day]:
    """Today, tomorrow and so on; at night, "tomorrow" may mean the day that has just begun."""
    ahead = {"yesterday": -1, "today": 0, "tomorrow": 1}.get(found[0], 2)
    days = (today.day + ahead * _DAY,)
    yield Day((days[0] - _DAY, *days) if today.night and ahead > 0 else days)


def _ahead(found: _Found, today: Today) -> Iterator[Day]:
    number = int(found[1]) if found[1].isdecimal() else NUMBER_WORDS.get(found[1], 1)
    yield Day((today.day + _stretch(number, found[2]),))


def _ago(found: _Found, today: Today) -> Iterator[Day]:
    number = int(found[1]) if found[1].isdecimal() else NUMBER_WORDS.get(found[1], 1)
    yield Day((today.day - _stretch(number, found[2]),))


def _stretch(number: int, unit: str) -> relativedelta:
    match unit:
        case "day":
            return relativedelta(days=number)
        case "week":
            return relativedelta(weeks=number)
        case "fortnight":
            return relativedelta(weeks=2 * number)
        case _:
            return relativedelta(months=number)


_DAYS: tuple[tuple[str, Callable[[_Found, Today], Iterator[Day]]], ...] = (
    (r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})", _year_first),
    (rf"([0-9]{{1,2}})([-./])([0-9]{{1,2}})\2{_YEAR}\.?", _figures),
    (r"([0-9]{1,2})(\.)([0-9]{1,2})\.?", _figures_without_year),
    (r"([0-9]{1,2})(/)([0-9]{1,2})", _figures_without_year),
    (rf"{_ORDINAL}[\s/-]?(?:of )?{MONTH}[,.]?[\s/-]?{_YEAR}", _day_month_year),
    (rf"{_ORDINAL}[\s/-]?(?:of )?{MONTH}", _day_month),
    (rf"{MONTH}\s?{_ORDINAL},?\s{_YEAR}", _month_day_year),
    (rf"{MONTH}\s?{_ORDINAL}", _month_day),
    (rf"([0-9]{{4}})[\s/-]{MONTH}[\s/-]{_ORDINAL}", _year_month_day),
    (r"([0-9]{1,2})(?:st|nd|rd|th)", _of_month),
    (r"([0-9]{1,2})\.?(?!\s?(?:noon|midday|midnight))", _of_month),
    (r"(?:day after tomorrow|tomorrow|today|yesterday)", _from_today),
    (rf"(?:in )?{_NUMBER} (day|week|fortnight|month)s?(?: from (?:now|today))?", _ahead),
    (rf"{_NUMBER} (day|week|fortnight|month)s? from (?:now|today)", _ahead),
    (rf"{_NUMBER} (day|week|fortnight|month)s? ago", _ago),
)


def days(line: str, at: int, today: Today) -> Iterator[tuple[Day, int]]:
    """Each day that begins at index `at` of `line`, and its end index.

    An impossible day like 31 April has no dates.
    """
    for pattern, read in _DAYS:
        if found := compiled(pattern + _END).match(line, at):
            for day in read(found, today):
                yield day, found.end()


# Weekdays


def _first_after(today: date, number: int) -> date:
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _last_before(today: date, number: int) -> date:
    return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)


def _week_beginnings(today: date) -> tuple[tuple[date, int], ...]:
    """The first day of this week, and its weekday: Monday for some people, Sunday for others."""
    monday = today - timedelta(days=today.weekday())
    return (monday, 0), (today - timedelta(days=(today.weekday() + 1) % 7), 6)


def _in_week(today: date, number: int, ahead: int) -> tuple[date, ...]:
    """The weekday in the week that is `ahead` weeks from now, with weeks from Monday or Sunday."""
    found = [
        begins + ahead * _WEEK + timedelta(days=(number - first) % 7)
        for begins, first in _week_beginnings(today)
    ]
    return tuple(dict.fromkeys(found))


def _alone(number: int, today: Today) -> tuple[date, ...]:
    """Just "Friday" may be today, the next one, or the one in the week of the usual day."""
    found = [today.day] if today.day.weekday() == number else []
    if today.back:
        return (*found, _last_before(today.day, number))
    found.append(_first_after(today.day, number))
    if today.usual is not None:
        expected = today.usual + timedelta(days=number - today.usual.weekday())
        found += [expected] if expected > today.day else []
    return tuple(dict.fromkeys(found))


def _next(number: int, today: Today) -> tuple[date, ...]:
    """Said on a Monday, "next Thursday" is in three days to some and in ten to others."""
    first = _first_after(today.day, number)
    soon = first in _in_week(today.day, number, 0)
    return (first, first + _WEEK) if soon else (first,)


def _last(number: int, today: Today) -> tuple[date, ...]:
    """Said on a Friday, "last Thursday" is yesterday to some and eight days ago to others."""
    last = _last_before(today.day, number)
    just_now = last in _in_week(today.day, number, 0)
    return (last - _WEEK, last) if just_now else (last,)


def _week_on(number: int, today: Today) -> tuple[date, ...]:
    """Said on a Thursday, "Thursday week" is in one week to some and in two to others."""
    first = _first_after(today.day, number) + _WEEK
    return (today.day + _WEEK, first) if today.day.weekday() == number else (first,)


_NAMED: tuple[tuple[str, Callable[[int, Today], tuple[date, ...]]], ...] = (
    (_WEEKDAY, _alone),
    (rf"next {_WEEKDAY}", _next),
    (rf"last {_WEEKDAY}", _last),
    (rf"this {_WEEKDAY}", lambda number, today: _in_week(today.day, number, 0)),
    (rf"(?:this )?coming {_WEEKDAY}", lambda number, today: (_first_after(today.day, number),)),
    (rf"{_WEEKDAY} (?:of )?next week", lambda number, today: _in_week(today.day, number, 1)),
    (rf"next week (?:on )?{_WEEKDAY}", lambda number, today: _in_week(today.day, number, 1)),
    (rf"{_WEEKDAY} week", _week_on),
    (rf"a week on {_WEEKDAY}", _week_on),
)


def weekdays(line: str, at: int, today: Today) -> Iterator[tuple[Weekday, int]]:
    """Each weekday that begins at index `at` of `line`, and its end index."""
    for pattern, read in _NAMED:
        if found := compiled(pattern + _END).match(line, at):
            number = _WEEKDAY_NUMBERS[found[1]]
            yield Weekday(number, read(number, today), alone=read is _alone), found.end()
