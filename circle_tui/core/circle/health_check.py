"""Questions to the circle about itself.

Invariant: the circle answers as a whole, at most three questions at a time. Attendance raises one
question to everybody, never a statement about a person (guide: practice, Signs of life).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from circle_tui.core.circle.state import CircleState
from circle_tui.core.months import add_months

WEEK_6 = "week 6"
MONTHS = {"month 3": 3, "month 6": 6}
CHECKS = (WEEK_6, *MONTHS)
"""When a circle is asked, counted from its first meeting (guide: practice, Signs of life)."""

QUESTIONS = (
    "Do we come, and on time?",
    "Do we name what is difficult first?",
    "Do we leave with something we did not come with?",
)
ANSWERS = ("yes", "partly", "no")

REDESIGN_ADVICE = "Take a pause, and redesign your covenant together."


def due(state: CircleState, now: datetime) -> str | None:
    """The health check due at a meeting at `now` (aware UTC), the latest if several were missed.

    It compares dates in the circle's time zone rather than moments, so that a meeting that begins
    some minutes earlier in the day than the first one did is still in the right week.
    """
    if not state.records:
        return None
    first = state.circle.day(state.records[0].started)
    today = state.circle.day(now)
    days = {WEEK_6: first + timedelta(weeks=6)}
    days |= {name: add_months(first, months) for name, months in MONTHS.items()}
    reached = [name for name, day in days.items() if day <= today]
    asked = {record.vitality.check for record in state.records if record.vitality is not None}
    if not reached or reached[-1] in asked:
        return None
    return reached[-1]


def mostly_no(answers: Mapping[str, str]) -> bool:
    """Whether there are more answers "no" than "yes", so that the circle should pause."""
    values = list(answers.values())
    return values.count("no") > values.count("yes")


def advice(check: str | None, answers: Mapping[str, str]) -> str | None:
    """The advice that the answers call for: a pause at week 6; None for none.

    See guide: practice, Signs of life.
    """
    return REDESIGN_ADVICE if check == WEEK_6 and mostly_no(answers) else None
