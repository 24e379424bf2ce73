"""Trades of a trading pair: what was sent and received, week by week.

Invariant: of a trade only "sent" and "received" is kept, never content (guide: practice,
Formats). Statements about the weeks are about the pair as a whole, never about one partner.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Trade
from circle_tui.core.attendance.trading import WEEK, went_both_ways
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.commitments import day_answered
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import MemberId

Half = Literal["sent", "received"]


class Week(Struct, frozen=True):
    """A week from its `monday` on; `trades` are in the order of `trading_partners`."""

    monday: date
    trades: tuple[Trade, ...]

    @property
    def traded(self) -> bool:
        """Whether recordings went both ways; a note by either the sender or the receiver counts."""
        return went_both_ways(self.trades)


def week_of(state: CircleState, now: datetime) -> date:
    """The Monday of the week of `now`, in the circle's time zone.

    A night belongs to the day before, as for daily commitments.
    """
    today = day_answered(state.circle, now)
    return today - timedelta(days=today.weekday())


@CircleCommand
def toggle(state: CircleState, now: datetime, member: MemberId, half: Half) -> CircleState:
    """Note that a partner sent or received this week, or remove that note."""
    if state.circle.preset.meets:
        raise RuleError("Only a trading pair notes what was sent and received.")
    if member not in {partner.id for partner in state.active}:
        raise RuleError("Only the two partners can trade.")
    week = week_of(state, now)
    noted = _find_trade(state.trades, week, member)
    changed = (
        replace(noted, sent=not noted.sent)
        if half == "sent"
        else replace(noted, received=not noted.received)
    )
    others = tuple(trade for trade in state.trades if (trade.week, trade.member) != (week, member))
    # A week without any note is not stored.
    kept = (changed,) if changed.sent or changed.received else ()
    return replace(state, trades=(*others, *kept))


def trading_partners(state: CircleState) -> tuple[Member, ...]:
    """Present partners and former members who traded, in seat order."""
    traded = {trade.member for trade in state.trades}
    present = {member.id for member in state.active}
    return tuple(member for member in state.circle.members if member.id in traded | present)


def weeks(state: CircleState, now: datetime) -> tuple[Week, ...]:
    """The weeks from this one back to the first trade, at most one cycle; newest first."""
    this = week_of(state, now)
    first = min((trade.week for trade in state.trades), default=this)
    first = max(first, this - state.circle.cycle * WEEK)
    partners = trading_partners(state)
    return tuple(
        Week(
            this - WEEK * ago,
            tuple(_find_trade(state.trades, this - WEEK * ago, partner.id) for partner in partners),
        )
        for ago in range(max((this - first) // WEEK, 0) + 1)
    )


def trading_regularity(state: CircleState, now: datetime) -> str:
    """How regularly the pair trades, as one sentence.

    The current week counts only once it is complete, because until then it is not over.
    """
    this, *before = weeks(state, now)
    counted = [this, *before] if this.traded else before
    if not counted:
        return "The first week is under way."
    held = sum(week.traded for week in counted)
    if len(counted) == 1:
        return "Traded in the first week." if held else "This week is open for a first trade."
    if held == 0:
        return f"No trade went both ways in the last {len(counted)} weeks; this one is open."
    if held == len(counted):
        return f"Traded in each of the last {held} weeks."
    return f"Traded in {held} of the last {len(counted)} weeks."


def _find_trade(trades: Iterable[Trade], week: date, member: MemberId) -> Trade:
    for trade in trades:
        if (trade.week, trade.member) == (week, member):
            return trade
    return Trade(week=week, member=member)
