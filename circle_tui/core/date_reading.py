"""Reads dates and times that people type.

Invariant: a typed date is accepted only if it has one possible meaning; otherwise a sentence lists
the meanings, or says how to write a date. No part of the text is ignored.

There is no library for this: those that parse dates (dateutil, dateparser, parsedatetime) silently
choose one reading of "12/5" or "3.12", and some ignore what they do not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from circle_tui.core import text, zones
from circle_tui.core.circle.circle import CircleFacts
from circle_tui.core.dates import DAY_TURNS_AT, Clocks, spoken_by, spoken_day
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.core.zones import ZoneLetters

if TYPE_CHECKING:
    # The grammar is imported when a date is read, because most starts read none.
    from circle_tui.core.date_grammar import Reading
    from circle_tui.core.day_grammar import Today

_LONGEST_DATE = 80
"""In characters; nobody needs more, and reading a pasted megabyte would take minutes."""

_WITH_SECONDS = r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"

FURTHEST = timedelta(days=2 * 366)
"""How far ahead a meeting can be set; a later date is refused as a typing mistake."""

FIRST_YEAR = 1970
"""The first year of a meeting that can be recorded; an earlier one is a typing mistake."""

_NO_DATE = "That isn't a date. Write it like 2 April 10:00"
_NO_COMING_DAY = "That isn't a date. Write it like 2 April"

_NAMED_AT_MOST = 3
"""A sentence lists at most so many readings, because nobody would read more."""

_Said = TypeVar("_Said", date, datetime)


def read_moment(circle: CircleFacts, typed: str, usual: datetime, now: datetime) -> datetime:
    """The aware UTC moment a person typed: "2 April", "3.12. 19:30", "tomorrow 7pm", "18:00".

    A day or a time that is not typed is taken from `usual` (aware UTC). A zone beside the time is
    converted. Raises `AmbiguousError` if several moments are possible, `RuleError` for text that is
    no date, and for a date that has passed or is too far ahead.
    """
    clocks = Clocks(circle.tz, circle.twelve_hours)
    expected = usual.astimezone(circle.tz).replace(tzinfo=None, second=0, microsecond=0)
    readings = _readings(typed, _today(clocks.zone, now, expected.date()), clocks)
    moment = _only_possible(
        typed,
        [(tuple(_moments(each, clocks.zone, expected)), each) for each in readings],
        lambda moment, _: now < moment <= now + FURTHEST,
        lambda moment: spoken_by(moment, clocks, now),
    )
    if moment <= now:
        raise RuleError(f"{spoken_by(moment, clocks, now)} has passed. Write a later date.")
    if moment > now + FURTHEST:
        raise RuleError("That's more than two years away. Write a nearer date.")
    return moment


def read_past_moment(circle: CircleFacts, typed: str, usual: datetime, now: datetime) -> datetime:
    """The aware UTC moment that has passed and that a person typed: "2 April", "last Thursday".

    A day without its year is the last such day. Raises as `read_moment` does, and for a date still
    to come.
    """
    clocks = Clocks(circle.tz, circle.twelve_hours)
    expected = usual.astimezone(circle.tz).replace(tzinfo=None, second=0, microsecond=0)
    today = _today(clocks.zone, now)._replace(since=0, back=True)
    readings = _readings(typed, today, clocks)
    moment = _only_possible(
        typed,
        [(tuple(_moments(each, clocks.zone, expected)), each) for each in readings],
        lambda moment, _: moment < now and moment.year >= FIRST_YEAR,
        lambda moment: spoken_by(moment, clocks, now),
    )
    if moment >= now:
        raise RuleError(f"{spoken_by(moment, clocks, now)} is in the future. When did you meet?")
    if moment.year < FIRST_YEAR:
        raise RuleError(f"Write a date after {FIRST_YEAR}.")
    return moment


def read_first(
    typed: str, zone: ZoneInfo, now: datetime, *, twelve_hours: bool = False
) -> datetime:
    """The naive wall time in `zone` of a first meeting, as in "2026-03-05T10:00".

    It may have passed if its year was typed. Raises as `read_moment` does, and if the day or the
    time is missing.
    """
    clocks = Clocks(zone, twelve_hours)
    readings = _readings(typed, _today(zone, now), clocks)
    timed = [each for each in readings if each.day is not None and each.times is not None]
    if not timed and any(each.day is not None for each in readings):
        raise RuleError("What time is the first meeting? Write it like 2026-03-05T19:30.")
    if not timed:
        raise RuleError("What day is the first meeting? Write it like 2026-03-05T19:30.")
    moment = _only_possible(
        typed,
        [(tuple(_moments(each, zone, None)), each) for each in timed],
        lambda moment, reading: moment > now or _year_is_said(reading),
        lambda moment: spoken_by(moment, clocks, now),
    )
    if moment <= now and not any(_year_is_said(each) for each in timed):
        raise RuleError(f"{spoken_by(moment, clocks, now)} has passed. Write the year as well.")
    wall = moment.astimezone(zone).replace(tzinfo=None)
    if zones.comes_twice(wall, zone):
        # It is stored as wall time, which would not say which of the two is meant.
        raise RuleError(f"The clocks show {wall:%H:%M} twice that night. Write another hour.")
    return wall


def read_coming_day(circle: CircleFacts, typed: str, now: datetime) -> date:
    """The day still to come that a person typed: "2 April", "next Thursday", "in 2 weeks".

    Raises as `read_moment` does, and if a time was typed, because it would not be stored.
    """
    clocks = Clocks(circle.tz, circle.twelve_hours)
    today = _today(clocks.zone, now)
    readings = _days_alone(typed, _readings(typed, today, clocks, _NO_COMING_DAY))
    last = today.day + FURTHEST
    day = _only_possible(
        typed,
        [(_days(each), each) for each in readings],
        lambda day, _: today.day < day <= last,
        lambda day: f"{day:%A} {spoken_day(day, today.day)}",
    )
    if day <= today.day:
        when = "That is today" if day == today.day else f"{day.day} {day:%B %Y} has passed"
        raise RuleError(f"{when}: write a later day.")
    if day > last:
        raise RuleError("That's more than two years away. Write a nearer day.")
    return day


def read_day(typed: str) -> date:
    """The day a person typed with its year, as in "2026-03-05" or "5 March 2026".

    Raises `AmbiguousError` if several days are possible, `RuleError` for text that is no day.
    """
    from circle_tui.core.day_grammar import Today

    clocks = Clocks(ZoneInfo("UTC"), twelve_hours=False)
    refusal = f"“{text.shorten(typed)}” isn't a day: write it like 2026-03-05"
    # A day with its year does not depend on today, so any date will do here.
    readings = _readings(typed, Today(date(2000, 1, 1)), clocks, refusal, names_word=False)
    whole = [each for each in readings if _year_is_said(each)]
    if not whole:
        raise RuleError(f"{refusal}.")
    return _only_possible(
        typed,
        [(_days(each), each) for each in _days_alone(typed, whole)],
        lambda _day, _reading: True,
        lambda day: f"{day.day} {day:%B %Y}",
    )


def _today(zone: ZoneInfo, now: datetime, usual: date | None = None) -> Today:
    from circle_tui.core.day_grammar import Today

    local = now.astimezone(zone)
    night = local.hour < DAY_TURNS_AT
    return Today(local.date(), usual, night, since=local.year)


def _readings(
    typed: str,
    today: Today,
    clocks: Clocks,
    refusal: str = _NO_DATE,
    *,
    names_word: bool = True,
) -> list[Reading]:
    """Every way to read what was typed.

    Raises `RuleError` with `refusal`; with `names_word`, it names the word that cannot be read.
    """
    from circle_tui.core import date_grammar

    unread = ""
    if len(typed) <= _LONGEST_DATE:
        try:
            found = date_grammar.read(typed, today, clocks.zone, twelve_hours=clocks.twelve_hours)
            return _fitting(found)
        except date_grammar.UnreadableDateError as error:
            unread = error.word
        except (OverflowError, ValueError):
            # A date beyond what Python can represent.
            pass
    without = ""
    if re.fullmatch(_WITH_SECONDS, unread):
        without = ", without seconds"
    elif unread and names_word:
        without = f", without “{text.shorten(unread)}”"
    raise RuleError(f"{refusal}{without}.")


def _fitting(readings: list[Reading]) -> list[Reading]:
    """The consistent readings: a weekday fits its date, and a part of the day comes with a time.

    Raises `RuleError` if there is none.
    """
    timed = [each for each in readings if each.part_of_day is None or each.times is not None]
    if not timed:
        raise RuleError("What time? Write it like tomorrow evening 7:30.")
    fitting = [fits for each in timed if (fits := _with_its_weekday(each)) is not None]
    if not fitting:
        day = _days(timed[0])[0]
        raise RuleError(f"{day.day} {day:%B %Y} is a {day:%A}: write the day that you mean.")
    return fitting


def _with_its_weekday(reading: Reading) -> Reading | None:
    if reading.day is None or reading.weekday is None:
        return reading
    days = tuple(day for day in reading.day.days if day.weekday() == reading.weekday)
    return reading._replace(day=reading.day._replace(days=days)) if days else None


def _days_alone(typed: str, readings: list[Reading]) -> list[Reading]:
    """The readings that are a day without a time. Raises `RuleError` if there is none."""
    days = [each for each in readings if each.day is not None and each.times is None]
    if not days:
        raise RuleError(f"“{text.shorten(typed)}” has a time in it. Write just the day.")
    return days


def _year_is_said(reading: Reading) -> bool:
    return reading.day is not None and reading.day.year


def _days(reading: Reading) -> tuple[date, ...]:
    return () if reading.day is None else reading.day.days


def _moments(reading: Reading, own: ZoneInfo, expected: datetime | None) -> Iterator[datetime]:
    """Every moment (aware UTC) that one reading may mean; missing parts are from `expected`.

    `expected` is naive, in the circle's zone `own`. A typed time that the clocks skip gives no
    moment; one from `expected` moves forward by the gap, as the rhythm does.
    """
    typed = reading.times is not None
    for wall, zone in _wall_times(reading, own, expected):
        if typed and zones.is_skipped(wall, zone):
            continue
        for fold in (0, 1) if typed and zones.comes_twice(wall, zone) else (0,):
            try:
                yield wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            except OverflowError:
                continue


def _wall_times(
    reading: Reading, own: ZoneInfo, expected: datetime | None
) -> Iterator[tuple[datetime, tzinfo]]:
    """Every naive wall time that one reading may mean, with its zone."""
    from circle_tui.core.time_grammar import Time

    times = reading.times or (() if expected is None else (Time(expected.hour, expected.minute),))
    for day in _days(reading) or (() if expected is None else (expected.date(),)):
        for hour, minute, days in times:
            wall = datetime.combine(day + timedelta(days=days), time(hour, minute))
            for zone in _zones(reading.zone, wall, own):
                if expected is None or reading.day is not None or zone is own:
                    yield wall, zone
                else:
                    # No day was typed, so it is the expected day in that zone.
                    there = expected.replace(tzinfo=own).astimezone(zone).date()
                    yield wall + (there - day), zone


def _zones(said: tzinfo | ZoneLetters | None, wall: datetime, own: ZoneInfo) -> tuple[tzinfo, ...]:
    if isinstance(said, ZoneLetters):
        return said.zones(wall, own)
    return (own if said is None else said,)


def _only_possible(
    typed: str,
    ways: list[tuple[Iterable[_Said], Reading]],
    is_possible: Callable[[_Said, Reading], bool],
    spoken: Callable[[_Said], str],
) -> _Said:
    """The only possible day or moment; if none is possible, the first reading, for its error.

    Impossible readings are left out, except those of a day in numbers, which hint at a typing
    mistake. Raises `AmbiguousError` with the possible ones, `RuleError` if there is no reading.
    """
    meant: dict[_Said, None] = {}
    others: list[_Said] = []
    slip = False
    for read, reading in ways:
        found = list(read)
        good = [each for each in found if is_possible(each, reading)]
        meant.update(dict.fromkeys(good))
        others += found
        slip |= bool(found) and not good and reading.day is not None and reading.day.figures
    if len(meant) == 1 and not slip:
        return next(iter(meant))
    if meant:
        raise _ambiguous(typed, [spoken(each) for each in sorted(meant)])
    if not others:
        raise RuleError("The clocks skip that hour. Write another one.")
    return others[0]


def _ambiguous(typed: str, readings: list[str]) -> AmbiguousError:
    said = text.shorten(typed)
    if len(readings) == 1:
        sentence = f"“{said}” may be two dates: if you mean {readings[0]}, write that."
    elif len(readings) <= _NAMED_AT_MOST:
        named = f"{', '.join(readings[:-1])} or {readings[-1]}"
        sentence = f"“{said}” may be {named}: write the one you mean."
    else:
        sentence = f"“{said}” may be {len(readings)} dates: write it like {readings[0]}."
    return AmbiguousError(sentence, tuple(readings), typed)
