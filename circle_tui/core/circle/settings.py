"""A circle's settings, one change at a time.

Invariant: every number of a format can be changed for one circle, within limits; the number of
responses is fixed. A change applies from the next meeting, and moves no date that is set already.
"""

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Literal

from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.circle import cycle, schedule
from circle_tui.core.circle.circle import Rhythm, check_length, check_share
from circle_tui.core.circle.command import CircleCommand, blocked_by_meeting
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.core.zones import read_zone

Switch = Literal["digits", "bell", "overtime", "twelve_hours", "passes_up"]

PROMPT_CELLS = 80
"""Widest response, in cells: it is said aloud in one breath, and stands on a small screen."""

_MEETING_COUNTS = "You're in a meeting that counts in its cycle. Change that once it's saved."
"""If a cycle became as short as the meeting under way, it would end without its look back."""

_RHYTHMS = {
    "daily": Rhythm(1, "day"),
    "weekly": Rhythm(1, "week"),
    "fortnightly": Rhythm(2, "week"),
    "monthly": Rhythm(1, "month"),
    "quarterly": Rhythm(3, "month"),
}
_UNITS: dict[str, Rhythm] = {
    "day": Rhythm(1, "day"),
    "week": Rhythm(1, "week"),
    "fortnight": Rhythm(2, "week"),
    "month": Rhythm(1, "month"),
    "quarter": Rhythm(3, "month"),
}
_NUMBERS = text.NUMBER_WORDS | {"other": 2, "second": 2, "third": 3}
_SPOKEN_RHYTHM = (
    r"(?:(?:once )?(?:every|each|per|a) |once in )?(?:([0-9]{1,4}|[a-z]+) )?([a-z]+?)s?"
)
_TWO_RHYTHMS = {"biweekly": "every 2 weeks", "bimonthly": "every 2 months"}
"""Words that mean twice in a period to some people, and every second period to others."""

_QUOTED = r"“(.*)”|\"(.*)\"|„(.*)[“”]|«(.*)»"
_MINUTES = r"([0-9]{1,4})(?::([0-5][0-9])|[.,]([0-9]{1,2}))? ?(?:m|min|mins|minute|minutes)?\.?"
_HOURS = (
    r"([0-9]{1,2}|an)(?::([0-5][0-9])|[.,]([0-9]{1,2}))? ?(?:h|hr|hrs|hour|hours)"
    r"(?: ?(?:and )?([0-5]?[0-9]) ?(?:m|min|mins|minutes)?)?\.?"
)
_SECONDS = r"([0-9]{1,4}) ?(?:s|sec|secs|second|seconds)\.?"


@CircleCommand
def rename(state: CircleState, now: datetime, name: str) -> CircleState:
    """Set the circle's name; the name of its file stays."""
    return _with(state, name=text.name(name, "The circle's name"))


@CircleCommand
def set_share(state: CircleState, now: datetime, minutes: str) -> CircleState:
    """Set the length of a share."""
    return _with(state, share=check_share(read_minutes(minutes)))


@CircleCommand
def set_length(state: CircleState, now: datetime, minutes: str) -> CircleState:
    """Set the length of a meeting."""
    return _with(state, length=check_length(read_minutes(minutes)))


@CircleCommand
def set_response(state: CircleState, now: datetime, minutes: str) -> CircleState:
    """Set how long the responses to one share may take, all together."""
    response = read_minutes(minutes)
    if not timedelta() <= response <= timedelta(minutes=10):
        raise RuleError("Responses take 0 to 10 minutes.")
    return _with(state, response=response)


@CircleCommand
def set_rhythm(state: CircleState, now: datetime, typed: str) -> CircleState:
    """Set the rhythm, as typed: "every 2 weeks", "fortnightly", "monthly"."""
    return _with(state, rhythm=read_rhythm(typed))


@blocked_by_meeting(_MEETING_COUNTS)
def set_cycle(state: CircleState, now: datetime, meetings: str) -> CircleState:
    """Set how many meetings a cycle has; at least those of the present one and the next meeting.

    A shorter cycle would be over already, without its look back.
    """
    typed = text.clean(meetings)
    # A number of so many digits that it cannot be read is none either.
    number = int(typed) if typed.isdecimal() and len(typed) <= 4 else 0
    if not 1 <= number <= 60:
        raise RuleError("A cycle has 1 to 60 meetings. Type a number.")
    _, coming = cycle.next_position(state.records, state.circle.cycle)
    if number < coming:
        raise RuleError(
            f"The next meeting is number {coming} of this cycle: "
            f"type {coming} and the cycle ends with it."
        )
    return _with(state, cycle=number)


@CircleCommand
def set_zone(state: CircleState, now: datetime, zone: str) -> CircleState:
    """Set the circle's time zone. Meetings keep their moments, and are shown in the new zone."""
    circle = state.circle
    found = read_zone(zone)
    try:
        first = schedule.moment(circle, circle.first).astimezone(found).replace(tzinfo=None)
    except (OverflowError, ValueError):
        raise RuleError(
            "With that, the first meeting would fall outside the calendar. Choose another one."
        ) from None
    return _with(state, zone=found.key, first=first)


@CircleCommand
def switch(state: CircleState, now: datetime, what: Switch) -> CircleState:
    """Turn something on or off."""
    return _with(state, **{what: not getattr(state.circle, what)})


@CircleCommand
def set_prompt(state: CircleState, now: datetime, which: int, words: str) -> CircleState:
    """Set the wording of one of the two responses (`which` is 0 or 1); quotes are removed."""
    cleaned = text.clean(words)
    if quoted := re.fullmatch(_QUOTED, cleaned):
        cleaned = text.clean(next(inner for inner in quoted.groups() if inner is not None))
    if not any(character.isalnum() for character in cleaned):
        raise RuleError("A response needs words. There are two, and both are said aloud.")
    cleaned = text.words(cleaned, PROMPT_CELLS)
    first, second = state.circle.prompts
    return _with(state, prompts=(cleaned, second) if which == 0 else (first, cleaned))


@CircleCommand
def set_judged_a_month(state: CircleState, now: datetime, typed: str) -> CircleState:
    """Set how many contracts of others one person is asked to judge in a month."""
    said = text.clean(typed)
    number = int(said) if said.isdecimal() and len(said) <= 2 else 0
    if not 1 <= number <= 20:
        raise RuleError("One person judges from 1 to 20 contracts a month: type a number.")
    return _with(state, judged_a_month=number)


def read_rhythm(typed: str) -> Rhythm:
    """The rhythm a person typed: "every 10 days", "every other week", "monthly".

    Raises `AmbiguousError` for words with two meanings, `RuleError` for text that is no rhythm, or
    goes beyond 52 days, weeks or months.
    """
    said = text.clean(typed).casefold().rstrip(".")
    if (known := _RHYTHMS.get(said)) is not None:
        return known
    if (one := _TWO_RHYTHMS.get(said.replace("-", ""))) is not None:
        raise AmbiguousError(
            f"“{text.shorten(typed)}” may be two rhythms: if you mean {one}, write that.",
            (one,),
            typed,
        )
    found = re.fullmatch(_SPOKEN_RHYTHM, said)
    unit = _UNITS.get(found[2]) if found else None
    number = _number(found[1]) if found else None
    if unit is None or number is None:
        raise RuleError(
            "That isn't a rhythm. Write it like every 2 weeks, every 10 days, or monthly."
        )
    every = number * unit.every
    if not 1 <= every <= 52:
        raise RuleError("A rhythm is every 1 to 52 days, weeks or months.")
    return Rhythm(every, unit.unit)


def read_minutes(typed: str) -> timedelta:
    """The length a person typed: "8", "7:30", "7,5 min", "1 h 30", "90 seconds".

    Raises `AmbiguousError` for "7.30", which may be 7:30 or 7.3 minutes, and `RuleError` for text
    that is no length.
    """
    said = unicodedata.normalize("NFKC", text.clean(typed)).casefold()
    if said in {"half an hour", "half hour"}:
        return timedelta(minutes=30)
    if found := re.fullmatch(_SECONDS, said):
        return timedelta(seconds=int(found[1]))
    if found := re.fullmatch(_MINUTES, said):
        return _counted(typed, int(found[1]), found[2], found[3], timedelta(minutes=1))
    if (found := re.fullmatch(_HOURS, said)) and not (found[4] and (found[2] or found[3])):
        whole = 1 if found[1] == "an" else int(found[1])
        hours = _counted(typed, whole, found[2], found[3], timedelta(hours=1))
        return hours + timedelta(minutes=int(found[4] or 0))
    raise RuleError("That isn't a number of minutes. Write it like 8, or 7:30.")


def _counted(
    typed: str, whole: int, sixtieths: str | None, decimals: str | None, unit: timedelta
) -> timedelta:
    """A length in units, with a fraction in sixtieths or in decimals: "7.5".

    Raises `AmbiguousError` if two decimals may also be sixtieths: "7.30".
    """
    if sixtieths:
        return whole * unit + int(sixtieths) * unit / 60
    length = timedelta(seconds=round((whole + float(f"0.{decimals or 0}")) * unit.total_seconds()))
    if decimals and len(decimals) == 2 and int(decimals) < 60:
        other = whole * unit + int(decimals) * unit / 60
        if other != length:
            ways = (as_typed(other), as_typed(length))
            raise AmbiguousError(
                f"“{text.shorten(typed)}” may be {ways[0]} or {ways[1]} minutes: "
                "write one of them.",
                ways,
                typed,
            )
    return length


def as_typed(length: timedelta) -> str:
    """A length in minutes, in a form that can be typed: "8", "7:30"."""
    whole, seconds = divmod(round(length.total_seconds()), 60)
    return f"{whole}:{seconds:02}" if seconds else f"{whole}"


def _number(said: str | None) -> int | None:
    if said is None:
        return 1
    return int(said) if said.isdecimal() else _NUMBERS.get(said)


def _with(state: CircleState, **changes: object) -> CircleState:
    return replace(state, circle=replace(state.circle, **changes))
