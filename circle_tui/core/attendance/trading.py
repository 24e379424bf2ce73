"""In which weeks a trading pair traded.

Invariant: a week is about the pair, never about one partner.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from circle_tui.core.attendance.facts import AttendanceFacts, Trade

if TYPE_CHECKING:
    from circle_tui.core.attendance.figures import DateRange

WEEK = timedelta(weeks=1)

_MOST = 1_000
"""The most weeks to look at, so that a wrong date cannot make a million."""


class TradingWeek(Struct, frozen=True):
    """A week from its `monday` on, and whether recordings went both ways."""

    monday: date
    traded: bool


def went_both_ways(trades: Sequence[Trade]) -> bool:
    """Whether recordings went both ways in a week; a note by sender or receiver counts."""
    return any(trade.sent and trade.received for trade in trades) or any(
        (one.sent or other.received) and (other.sent or one.received)
        for one, other in combinations(trades, 2)
    )


def trading_weeks(
    facts: AttendanceFacts, now: datetime, within: "DateRange"
) -> tuple[TradingWeek, ...]:
    """The weeks from the first trade on, oldest first; none for a circle that meets.

    The present week is included only after a trade, because it is not over yet.
    """
    if facts.circle.preset.meets or not facts.trades:
        return ()
    by_week: dict[date, list[Trade]] = {}
    for trade in facts.trades:
        by_week.setdefault(_monday(trade.week), []).append(trade)
    this = _monday(facts.circle.day(now))
    count = max(0, (this - min(by_week)) // WEEK + 1)
    weeks = (this - WEEK * ago for ago in range(min(count, _MOST) - 1, -1, -1))
    found = (TradingWeek(week, went_both_ways(by_week.get(week, ()))) for week in weeks)
    return tuple(
        week
        for week in found
        if (week.traded or week.monday < this)
        and (within.start is None or within.start <= week.monday)
        and (within.end is None or week.monday <= within.end)
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
