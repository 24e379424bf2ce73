"""Choosing the date range of a review, in two questions.

Invariant: an answer that is not a day is refused with a sentence. An unchanged answer keeps that
end of the range; an empty one removes the limit.
"""

from circle_tui.core.attendance.figures import DateRange, read_range
from circle_tui.views.view import Ask

NOTHING_BEHIND = "There's nothing to go back to. q quits."


def ask_days(within: DateRange) -> Ask:
    """The first question. Its command gives the second one, whose command gives the `DateRange`."""
    if within.start is None:
        return Ask(
            "From which day? Enter for the first",
            _ask_end,
            (within,),
        )
    return Ask(
        "From which day? Enter leaves it · empty for the first",
        _ask_end,
        (within,),
        within.start.isoformat(),
    )


def _ask_end(within: DateRange, typed: str) -> Ask:
    """The second question. Raises `RuleError` if `typed` is not a day."""
    start = typed.strip() or None
    read_range(start, None)
    if within.end is None:
        return Ask(
            "Up to and including which day? Enter for all",
            _chosen_days,
            (start,),
        )
    return Ask(
        "Up to and including which day? Enter leaves it · empty for all",
        _chosen_days,
        (start,),
        within.end.isoformat(),
    )


def _chosen_days(start: str | None, typed: str) -> DateRange:
    """The range. Raises `RuleError` if `typed` is not a day, or is before `start`."""
    return read_range(start, typed.strip() or None)
