"""The trades of a trading pair: sent and received, week by week.

Invariant: there are two glyphs for each partner and week, and nothing else; sentences about the
weeks are about the pair.
"""

from collections.abc import Sequence
from typing import ClassVar, get_args

from circle_tui.core.attendance.facts import Trade
from circle_tui.core.circle import trades
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.circle.trades import Half, Week
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.text import Text, bold, muted, strong, text
from circle_tui.views.view import (
    Action,
    ChooseSeat,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    Scroll,
    SpokenField,
    View,
    execute,
    offered,
)

BEFORE = "The weeks before"
_NOBODY = "There's no one to trade with. Press p on the home screen to bring someone back."
_SIGNS = (("●", "yes"), ("○", "not yet"), ("▶", "chosen now"))


class TradesView(View, frozen=True, kw_only=True):
    """This week, and the weeks before.

    `partners` are the rows of the present partners, `cursor` is on one of them. `dots` are all
    weeks up to this one, oldest first. `columns` are the headings of the table of earlier weeks,
    `weeks` its lines, newest first: the week's Monday, then the glyphs of each partner. Both are
    empty in the first week.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("partners_told", label_field="this_week", numbered=True),
        SpokenField("continuity"),
        SpokenField("weeks_told", BEFORE),
    )

    continuity: str
    this_week: str
    partners: tuple[Row, ...]
    cursor: int
    dots: Text = ()
    columns: tuple[str, ...] = ()
    weeks: tuple[tuple[str, ...], ...] = ()
    partners_told: tuple[Row, ...] = ()
    """The partners' rows without glyphs, to be read aloud."""
    weeks_told: tuple[Row, ...] = ()
    """The earlier weeks, a row for each, to be read aloud."""


def trades_view(snapshot: CircleSnapshot, *, cursor: int) -> TradesView:
    """The pair's weeks; a `cursor` beyond the last partner is on the last."""
    state, now = snapshot.state, snapshot.now
    this_week, *before = trades.weeks(state, now)
    noted = {trade.member: trade for trade in this_week.trades}
    cursor = min(cursor, max(len(state.active) - 1, 0))
    names = (member.name for member in trades.trading_partners(state))
    return TradesView(
        headline=(state.circle.name, "trades"),
        status="s for sent, r for received · ↑ ↓ to choose whose",
        actions=_actions(snapshot, cursor),
        continuity=trades.trading_regularity(state, now),
        this_week=f"This week, from {_day(this_week)}",
        partners=tuple(
            Row(str(seat), _signs_in_words(noted[partner.id]), name=partner.name)
            for seat, partner in enumerate(state.active, 1)
        ),
        cursor=cursor,
        dots=_dots(this_week, before),
        signs=_SIGNS,
        columns=("sent, received", *names) if before else (),
        weeks=tuple((_day(week), *map(_signs, week.trades)) for week in before),
        partners_told=tuple(
            Row("", _told(noted[partner.id]), name=partner.name) for partner in state.active
        ),
        weeks_told=tuple(_week_told(state, week) for week in before),
    )


def row_of_seat(state: CircleState, seat: int) -> int | None:
    """The row of the partner on a seat, counted from 1; None if there is none."""
    return seat - 1 if 1 <= seat <= len(state.active) else None


def trades_face(snapshot: CircleSnapshot, view: TradesView) -> RingFace:
    """The ring of the pair, with those lit who have sent and received this week."""
    partners = snapshot.state.active
    this_week = trades.weeks(snapshot.state, snapshot.now)[0]
    return place_face(
        snapshot,
        chosen=partners[view.cursor].id if partners else None,
        done=[trade.member for trade in this_week.trades if trade.sent and trade.received],
        title=snapshot.circle.name,
        note="this week's trade",
    )


def _dots(this_week: Week, before: Sequence[Week]) -> Text:
    weeks = " ".join(_sign(week.traded) for week in reversed(before))
    return text(
        strong(f"{weeks} " if weeks else ""),
        bold(_sign(this_week.traded)),
        muted("   up to this week"),
    )


def _actions(snapshot: CircleSnapshot, cursor: int) -> tuple[Action, ...]:
    partners = snapshot.state.active
    offers: dict[str, Offer | Intent] = {
        "previous": Move(-1),
        "next": Move(1),
        "scroll_up": Scroll(-1),
        "scroll_down": Scroll(1),
        "partner_1": ChooseSeat(1),
        "partner_2": ChooseSeat(2),
        "back": Request.HOME,
    }
    for half in get_args(Half):
        if partners:
            offers[half] = execute(trades.toggle, partners[cursor].id, half)
        else:
            offers[half] = Offer(Local.NOWHERE, _NOBODY)
    return offered(TABLE[Place.TRADES], offers)


def _sign(noted: bool) -> str:
    return "●" if noted else "○"


def _signs(trade: Trade) -> str:
    return f"{_sign(trade.sent)} {_sign(trade.received)}"


def _signs_in_words(trade: Trade) -> str:
    return f"sent {_sign(trade.sent)}  received {_sign(trade.received)}"


def _told(trade: Trade) -> str:
    words = dict(_SIGNS)
    return f"sent {words[_sign(trade.sent)]}, received {words[_sign(trade.received)]}"


def _week_told(state: CircleState, week: Week) -> Row:
    each = (f"{state.member(trade.member).name} {_told(trade)}" for trade in week.trades)
    return Row("", "; ".join(each), name=f"From {_day(week)}")


def _day(week: Week) -> str:
    return f"{week.monday.day} {week.monday:%B}"
