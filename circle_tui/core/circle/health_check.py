"""Questions to the circle about itself.

Invariant: the circle answers as a whole, at most three questions at a time. Attendance raises one
question to everybody, never a statement about a person (guide: practice, Signs of life).
"""

from collections.abc import Mapping
from datetime import datetime

from dateutil.relativedelta import relativedelta

from circle_tui.core.circle.state import CircleState

WEEK_6 = "week 6"
CHECKS = (
    (WEEK_6, relativedelta(weeks=6)),
    ("month 3", relativedelta(months=3)),
    ("month 6", relativedelta(months=6)),
)
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
    reached = [name for name, after in CHECKS if first + after <= today]
    asked = {record.vitality.check for record in state.records if record.vitality is not None}
    if not reached or reached[-1] in asked:
        return None
    return reached[-1]


def noes_outweigh_yeses(answers: Mapping[str, str]) -> bool:
    """Whether there are more answers "no" than "yes", so that the circle should pause."""
    values = list(answers.values())
    return values.count("no") > values.count("yes")


def advice(check: str | None, answers: Mapping[str, str]) -> str | None:
    """The advice to pause, if the answers at week 6 call for it; else None.

    See guide: practice, Signs of life.
    """
    return REDESIGN_ADVICE if check == WEEK_6 and noes_outweigh_yeses(answers) else None
