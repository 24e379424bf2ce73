"""Parses dates as people type them, and gives every possible reading.

Invariant: a reading uses all of the text; no part is dropped. No reading is preferred: the caller
decides which of them are possible.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, tzinfo
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from circle_tui.core import day_grammar, text, time_grammar, zones
from circle_tui.core.day_grammar import Day, Today, compiled
from circle_tui.core.errors import CircleError
from circle_tui.core.time_grammar import Time
from circle_tui.core.zones import ZoneLetters

_Kind = Literal["day", "weekday", "time", "part", "zone"]


class Reading(NamedTuple):
    """One way to read what was typed; a part that was not typed is None.

    `day` and `times` have every meaning: "Friday" is this one or the next, "at 7" is in the morning
    or the evening. `weekday` is a weekday typed beside a date, which may contradict it.
    """

    day: Day | None
    weekday: int | None
    times: tuple[Time, ...] | None
    zone: tzinfo | ZoneLetters | None
    part_of_day: str | None


class UnreadableDateError(CircleError):
    """The text is no date; `word` is the first one that could not be read, or "" if none could."""

    def __init__(self, word: str = "") -> None:
        super().__init__(word)
        self.word = word


_FILLER = r"(?:[\s@]|,(?=\s|$)|(?:at|on|the)(?![a-z0-9]))*"
_WORD = r"\S+"
_PART = r"(?:in )?(?:the )?(morning|afternoon|evening)(?![a-z0-9])"
_ZONE = r"(?:utc|gmt)?\s?[+-][0-9]{1,2}(?::?[0-9]{2})?(?![0-9])|[a-z][a-z0-9_+-]*(?:/[a-z0-9_+-]+)*"
_ISO_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2} "
_ISO = _ISO_DATE + r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
_CLEAR_MINUS = r"\s-[0-9]{4}(?![0-9])"

_REWRITTEN = (
    (r"(?<=[0-9])t(?=[0-9])", " "),  # 2026-04-02T10:00
    (r"(?<=[0-9])z(?![a-z0-9])", " utc"),  # 10:00Z
    (r"(?<![a-z])([ap])\.\s?m(?:\.|(?![a-z0-9]))", r"\1m"),  # p.m.
    (r"(?<=[a-z]{3})\.(?=[\s,]|$)", ""),  # Apr. Thu.
    (r"\(([^()]*)\)", r" \1 "),
    # A dash between two numbers may be from one to the other.
    (r"(?<![0-9\s])\s+[-–—]\s+|\s+[-–—]\s+(?![0-9\s])", " "),
    (r"(?<![a-z])tonight(?![a-z])", "today evening"),
    (r"(?<![a-z])this (?=morning|afternoon|evening)", "today "),
)


def read(typed: str, today: Today, own: ZoneInfo, *, twelve_hours: bool = False) -> list[Reading]:
    """Every way to read `typed`, each once. Raises `UnreadableDateError` if there is none.

    `own` is the circle's zone; `twelve_hours` is whether its clocks show am and pm.
    """
    line = _plain(typed)
    readings: dict[Reading, None] = {}
    reach = 0

    def follow(at: int, said: dict[_Kind, object]) -> None:
        nonlocal reach
        at = _end(compiled(_FILLER).match(line, at), at)
        reach = max(reach, at)
        if at < len(line):
            for kind, meaning, end in _parts(line, at, today, own, twelve_hours=twelve_hours):
                # A zone belongs to a time, and follows it.
                if kind not in said and (kind != "zone" or "time" in said):
                    follow(end, {**said, kind: meaning})
        elif (reading := _combined(said)) is not None:
            readings[reading] = None

    follow(0, {})
    if not readings:
        word = compiled(_WORD).match(line, reach) if reach else None
        raise UnreadableDateError("" if word is None else word[0])
    return list(readings)


def _end(found: re.Match[str] | None, at: int) -> int:
    return at if found is None else found.end()


def _plain(typed: str) -> str:
    """`typed` normalized: lower case, ASCII digits and signs, and one form for each expression."""
    line = unicodedata.normalize("NFKC", text.clean(typed)).casefold()
    line = line.translate({ord("’"): "'", ord("−"): "-"})
    line = "".join(str(unicodedata.decimal(each, each)) for each in line)
    for pattern, instead in _REWRITTEN:
        line = re.sub(pattern, instead, line)
    return line.strip()


def _parts(
    line: str, at: int, today: Today, own: ZoneInfo, *, twelve_hours: bool
) -> Iterator[tuple[_Kind, object, int]]:
    """Every part that may begin at index `at`: its kind, its meaning, and its end index."""
    for day, end in day_grammar.days(line, at, today):
        yield "day", day, end
    for weekday, end in day_grammar.weekdays(line, at, today):
        yield "weekday", weekday, end
    # After a date like 2026-04-02 the time is on a 24-hour clock.
    twelve_hours = twelve_hours and not compiled(_ISO_DATE).fullmatch(line, 0, at)
    for times, end in time_grammar.times(line, at, twelve_hours=twelve_hours):
        yield "time", times, end
    if found := compiled(_PART).match(line, at):
        yield "part", found[1], found.end()
    for zone, end in _zones(line, at, own):
        yield "zone", zone, end


def _zones(line: str, at: int, own: ZoneInfo) -> Iterator[tuple[tzinfo | ZoneLetters, int]]:
    spoken = zones.city_time(own).casefold()
    if spoken and line.startswith(spoken, at):
        yield own, at + len(spoken)
    found = compiled(_ZONE).match(line, at)
    if found is None:
        return
    if line[at] == "-" and not (
        compiled(_ISO).fullmatch(line, 0, at) or compiled(_CLEAR_MINUS).match(line, at - 1)
    ):
        # "10:00-11:00" is a range, not a time with the offset -11:00.
        return
    zone = zones.read_spoken_zone(found[0].replace(" ", ""))
    if zone is not None:
        yield zone, found.end()


def _combined(said: dict[_Kind, object]) -> Reading | None:
    """The reading made of all parts; None if they contradict each other."""
    day, weekday, times, part = (said.get(kind) for kind in ("day", "weekday", "time", "part"))
    number = None
    if isinstance(weekday, day_grammar.Weekday):
        if not isinstance(day, Day):
            day = Day(weekday.days)
        else:
            number = weekday.number
            if not weekday.alone:
                day = day._replace(days=_intersection(day.days, weekday.days))
    if isinstance(times, tuple) and part is not None:
        halves = [_in_part(each, morning=part == "morning") for each in times]
        times = tuple(dict.fromkeys(each for each in halves if each is not None))
    if not said or times == () or (isinstance(day, Day) and not day.days):
        return None
    return Reading(day, number, times, said.get("zone"), part)  # type: ignore[arg-type]


def _in_part(time: Time, *, morning: bool) -> Time | None:
    """`time` in that part of the day: "evening 7:30" is 19:30; None if it cannot be in it."""
    if time.hour < 12 and not morning:
        return None if time.hour == 0 else time._replace(hour=time.hour + 12)
    return time if (time.hour < 12) == morning else None


def _intersection(days: Iterable[date], others: Iterable[date]) -> tuple[date, ...]:
    both = set(others)
    return tuple(each for each in days if each in both)
