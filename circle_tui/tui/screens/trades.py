"""What a trading pair keeps: sent and received, week by week.

Invariant: two signs for each partner and week, and nothing else; what is said about the weeks is
said about the pair.
"""

from collections.abc import Iterator
from typing import ClassVar, get_args

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.circle import trades
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.state import CircleState, Trade
from circle_tui.core.circle.trades import Half, Week
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.keys import UP_DOWN
from circle_tui.tui.screens.old_between import OldCircleScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.view import Row

WEEK_CELLS = 16
NAME_CELLS = 8
"""How much of a partner's name heads a column; it stands in full further up."""


class TradesScreen(OldCircleScreen):
    """This week, and the weeks before."""

    CSS_PATH = "trades.tcss"
    TITLE_LINE = "trades"
    BINDINGS: ClassVar[list[BindingType]] = [
        *UP_DOWN,
        Binding("pageup", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(1)", show=False),
        *(Binding(str(seat), f"choose({seat})", f"Partner {seat}", show=False) for seat in (1, 2)),
        *(Binding(half[0], f"note('{half}')", half.capitalize()) for half in get_args(Half)),
    ]

    def __init__(self, opened: CircleService) -> None:
        super().__init__(opened)
        self._at = 0

    def body(self) -> Iterator[Widget]:
        with Card(id="trades"):
            yield Static(id="continuity", classes="main")
            yield Static(id="this", classes="label")
            yield Rows(id="partners")
            yield Static(id="columns", classes="label")
            yield Rows(id="weeks")

    def present(self, history: CircleState) -> None:
        now = self.opened.now
        this, *before = trades.weeks(history, now)
        pair = trades.pair(history)
        self._at = min(self._at, max(len(history.active) - 1, 0))
        noted = {each.member: each for each in this.trades}
        self.query_one("#continuity", Static).update(Content(trades.continuity(history, now)))
        self.query_one("#this", Static).update(Content(f"This week, from {_day(this)}"))
        self.query_one("#partners", Rows).show(
            tuple(
                Row(str(seat), partner.name, _words(noted[partner.id]))
                for seat, partner in enumerate(history.active, 1)
            ),
            cursor=self._at,
        )
        self.query_one("#columns", Static).display = bool(before)
        self.query_one("#columns", Static).update(Content(_columns(pair)))
        self.query_one("#weeks").display = bool(before)
        self.query_one("#weeks", Rows).show(tuple(_week_row(each) for each in before))

    def line(self, history: CircleState) -> str:
        return "s sent, r received; ↑ ↓ chooses whose."

    def action_move(self, by: int) -> None:
        """Choose the other partner."""
        count = len(self.opened.state.active)
        if count:
            self._at = (self._at + by) % count
            self.present(self.opened.state)

    def action_scroll(self, pages: int) -> None:
        """To the weeks that have no room."""
        card = self.query_one(Card)
        card.scroll_relative(y=pages * max(card.size.height - 1, 1), animate=False)

    def action_choose(self, seat: int) -> None:
        """Choose a partner by seat."""
        if seat <= len(self.opened.state.active):
            self._at = seat - 1
            self.present(self.opened.state)
        else:
            self.say_no_seat(seat)

    def action_note(self, half: Half) -> None:
        """Note that the chosen partner sent or received, or take it back."""
        partners = self.opened.state.active
        if partners:
            self.amend(trades.toggle, partners[self._at].id, half)

    def why_not(self, action: str) -> str | None:
        if action.startswith("note("):
            return "Nobody is left to trade with: p at home brings somebody back."
        return super().why_not(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to note where nobody is left."""
        if action == "note" and not self.opened.state.active:
            return None
        return super().check_action(action, parameters)


def _sign(noted: bool) -> str:
    return "●" if noted else "○"


def _words(trade: Trade) -> str:
    return f"sent {_sign(trade.sent)}  received {_sign(trade.received)}"


def _day(week: Week) -> str:
    return f"{week.monday.day} {week.monday:%B}"


def _columns(pair: tuple[Member, ...]) -> str:
    """What the signs mean, and the names above them as far as there is room."""
    heads = (
        Content(partner.name).truncate(NAME_CELLS, ellipsis=True, pad=True).plain
        for partner in pair
    )
    return f"    {'sent, received':<{WEEK_CELLS}}{'  '.join(heads)}".rstrip()


def _week_row(week: Week) -> Row:
    signs = (f"{_sign(each.sent)} {_sign(each.received)}" for each in week.trades)
    columns = "  ".join(f"{each:<{NAME_CELLS}}" for each in signs)
    return Row(" ", f"{_day(week):<{WEEK_CELLS}}{columns}".rstrip())
