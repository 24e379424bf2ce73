"""Questions to the circle about itself.

Invariant: the circle as a whole answers, aloud, with one key; at most three questions at a time,
and what attendance raises is one question to all, never a word about a person (field guide, 6).
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
"""When a circle is asked, counted in days from its first meeting (field guide, 6)."""

QUESTIONS = (
    "Do we come, and on time?",
    "Do we name what is difficult first?",
    "Do we leave with something we did not come with?",
)
ANSWERS = ("yes", "partly", "no")

REDESIGN_ADVICE = "Pause before going on, and redesign the covenant together."


def due(state: CircleState, now: datetime) -> str | None:
    """The check that a meeting at `now` asks for; the latest one where several were missed.

    Days are counted on the circle's own calendar: a meeting that begins some minutes earlier than
    the first one did, or after a change of clocks, is still in its week.
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


def mostly_no(answers: Mapping[str, str]) -> bool:
    """Whether the answers tell of a circle that should pause: more no than yes."""
    said = list(answers.values())
    return said.count("no") > said.count("yes")


def advice(check: str | None, answers: Mapping[str, str]) -> str | None:
    """What the answers suggest: at week 6, a circle that decays pauses (field guide, 6)."""
    return REDESIGN_ADVICE if check == WEEK_6 and mostly_no(answers) else None
