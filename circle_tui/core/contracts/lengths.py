"""How long a contract lasts, and its review date.

Invariant: a review date falls on the day of a meeting if one is planned within a week after the day
that the length gives, because then the parties are together.
"""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from circle_tui.core import text
from circle_tui.core.circle import cycle, schedule
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts.contract import Contract
from circle_tui.core.errors import RuleError

LONGEST = timedelta(days=92)
"""From the start of a contract to its review date."""

SHORTEST = timedelta(days=1)
TRIAL = timedelta(days=7)

_NEAR = timedelta(days=7)
"""How much later than the length says the review can be, to fall on a meeting."""

_LENGTH = re.compile(r"(?:for )?([0-9]{1,3}|[a-z]+) (day|week|fortnight|month)s?")
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_UNTIL = "until "

_NO_LENGTH = "Write how long: two weeks, a month, 10 days, or until something is done."


class Length(NamedTuple):
    """How long a contract lasts: so many days or months, or until a milestone."""

    days: int = 0
    months: int = 0
    milestone: bool = False

    def after(self, start: date) -> date:
        """The day on which it is over."""
        return start + relativedelta(days=self.days, months=self.months)


def read_length(typed: str) -> Length:
    """A length as people say it: "two weeks", "a month", "10 days", "until the flow ships".

    Raises `RuleError` for anything else.
    """
    said = text.clean(typed).casefold().rstrip(".")
    if said.startswith(_UNTIL) and len(said) > len(_UNTIL):
        return Length(milestone=True)
    found = _LENGTH.fullmatch(said)
    number = _number(found[1]) if found else None
    if found is None or not number:
        raise RuleError(_NO_LENGTH)
    if found[2] == "month":
        return Length(months=number)
    return Length(days=number * _DAYS[found[2]])


def length_of(version: Contract) -> Length:
    """How long a version lasts by its words, or else by its days."""
    try:
        return read_length(version.lasts)
    except RuleError:
        review = version.review or version.starts
        return Length(days=max(1, min((review - version.starts).days, LONGEST.days)))


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() else text.NUMBER_WORDS.get(said)


def review_date(state: CircleState, length: Length, now: datetime) -> date:
    """The review date of a contract that begins `now`.

    Raises `RuleError` if it is too far away.
    """
    today = state.circle.day(now)
    if length.milestone:
        return max(min(_last_of_cycle(state, now), today + LONGEST), today + timedelta(days=1))
    return check_review(today, on_meeting_day(state, length.after(today), now))


def check_review(starts: date, review: date) -> date:
    """`review`, unchanged. Raises `RuleError` unless it is within 92 days after the start."""
    if review <= starts:
        raise RuleError("The review date comes after the start: write a later day.")
    if review - starts > LONGEST:
        raise RuleError("A contract lasts three months at most: write a nearer day.")
    return review


def on_meeting_day(state: CircleState, day: date, now: datetime) -> date:
    """The day of the first meeting on or after `day`, within a week of it; else `day` itself."""
    meeting = _meeting_from(state, day, now)
    return meeting if meeting is not None and meeting - day <= _NEAR else day


def _meeting_from(state: CircleState, day: date, now: datetime) -> date | None:
    """The day of the first meeting planned on or after `day`; None if there is none."""
    circle = state.circle
    if not circle.preset.meets or schedule.resting(state):
        return None
    planned = schedule.planned(state)
    if circle.day(planned) >= day:
        return circle.day(planned)
    wall = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - wall time
    half = timedelta(days=circle.rhythm.days / 2)
    begins = schedule.moment(circle, wall)
    # `by_rhythm` gives a date at least half a rhythm after the one it is asked from.
    return circle.day(schedule.next_meeting(circle, schedule.anchor(state), begins - half))


def _last_of_cycle(state: CircleState, now: datetime) -> date:
    """The day of the last meeting of the cycle, or else the furthest day."""
    circle = state.circle
    furthest = circle.day(now) + LONGEST
    if not circle.preset.meets or schedule.resting(state):
        return furthest
    _, coming = cycle.next_position(state.records, circle.cycle)
    meeting, anchor = max(schedule.planned(state), now), schedule.anchor(state)
    for _ in range(circle.cycle - coming):
        meeting = schedule.next_meeting(circle, anchor, meeting)
        if circle.day(meeting) > furthest:
            return furthest
    return circle.day(meeting)
