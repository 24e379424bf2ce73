"""Parses times of day as people type them: "19:30", "19.30", "7 pm", "18h", "noon".

Invariant: an ambiguous time gives every meaning. Seconds are not read.
"""

from collections.abc import Iterator
from typing import NamedTuple

from circle_tui.core.day_grammar import MONTH, compiled


class Time(NamedTuple):
    """A time of day; `days` is 1 for the midnight at the end of the day, and 0 otherwise."""

    hour: int
    minute: int
    days: int = 0


_END = r"(?![a-z0-9_])(?![.:/,][0-9])"
_CLOCK = r"([0-9]{1,2})[:.h]([0-9]{2})(?::00(?:\.0+)?)?" + _END
_HOURS = r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s?(?:h|hrs?|hours?|uhr)" + _END
_HALF_DAY = r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s?([ap])m" + _END
_HOUR_ALONE = rf"([0-9]{{1,2}})(\s?o'?clock)?{_END}(?!\s?(?:of )?{MONTH})"
_NAMED = r"(?:12 ?)?(noon|midday|midnight)" + _END


def times(line: str, at: int, *, twelve_hours: bool) -> Iterator[tuple[tuple[Time, ...], int]]:
    """Each time that begins at index `at` of `line`: all its meanings, and its end index."""
    if found := compiled(_NAMED).match(line, at):
        # A day has a midnight at its beginning and one at its end.
        at_midnight = (Time(0, 0), Time(0, 0, 1))
        yield (at_midnight if found[1] == "midnight" else (Time(12, 0),)), found.end()
    for pattern in (_CLOCK, _HOURS):
        if found := compiled(pattern).match(line, at):
            hour, minute = int(found[1]), int(found[2] or 0)
            twice = twelve_hours and pattern is _CLOCK and 1 <= hour <= 12
            yield _shown(hour, minute, twice=twice), found.end()
    if found := compiled(_HALF_DAY).match(line, at):
        yield _half(int(found[1]), int(found[2] or 0), found[3]), found.end()
    if (found := compiled(_HOUR_ALONE).match(line, at)) and found[0] != "0":
        hour = int(found[1])
        twice = 1 <= hour <= 12 and found[1][0] != "0"
        yield _shown(hour, 0, twice=twice) if hour < 24 else (), found.end()


def _shown(hour: int, minute: int, *, twice: bool) -> tuple[Time, ...]:
    """The meanings of a time; with `twice`, it may be in either half of the day."""
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return ()
    if twice:
        return Time(hour % 12, minute), Time(hour % 12 + 12, minute)
    return (Time(hour % 24, minute, hour // 24),)


def _half(hour: int, minute: int, half: str) -> tuple[Time, ...]:
    """A time before noon ("a") or after it ("p"); "19:30 pm" says no more than 19:30."""
    if minute > 59 or hour > (12 if half == "a" else 23):
        return ()
    if hour > 12:
        return (Time(hour, minute),)
    return (Time(hour % 12 + (12 if half == "p" else 0), minute),)
