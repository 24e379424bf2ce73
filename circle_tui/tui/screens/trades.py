"""What a trading pair keeps: sent and received, week by week."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import trades
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.trades import TradesPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.trades import TradesView
from circle_tui.views.view import Row, View

WEEK_CELLS = 16
NAME_CELLS = 8
"""How much of a partner's name heads a column; it stands in full further up."""


class TradesScreen(CircleScreen):
    """This week, and the weeks before."""

    CSS_PATH = "trades.tcss"
    PLACE = Place.TRADES
    SCROLLS_BY_PAGE = True
    PRESENTER = TradesPresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="trades"):
            with Card(id="this-week", active=True):
                yield Rows(id="partners")
            with Card(trades.BEFORE, id="before"):
                yield Static(id="continuity")
                yield Static(id="dots")
                yield Static(id="columns", classes="label")
                yield Rows(id="weeks")

    def build_face(self) -> RingFace:
        assert isinstance(self.view, TradesView)
        return trades.trades_face(self.snapshot, self.view)

    def update_view(self, view: View) -> None:
        assert isinstance(view, TradesView)
        self.query_one("#continuity", Static).update(Content(view.continuity))
        self.query_one("#this-week", Card).set_title(view.this_week)
        self.query_one("#dots", Static).update(content(view.dots))
        self.query_one("#partners", Rows).show(view.partners, cursor=view.cursor)
        columns = self.query_one("#columns", Static)
        columns.display = bool(view.columns)
        columns.update(Content(_line(view.columns)))
        weeks = self.query_one("#weeks", Rows)
        weeks.display = bool(view.weeks)
        weeks.show(tuple(Row("", _line(week)) for week in view.weeks))


def _line(cells: tuple[str, ...]) -> str:
    """The cells of one line in their columns: the first is wide, the others are a name's."""
    if not cells:
        return ""
    first, *others = cells
    columns = (Content(each).truncate(NAME_CELLS, ellipsis=True, pad=True) for each in others)
    return f"{first:<{WEEK_CELLS}}{'  '.join(each.plain for each in columns)}".rstrip()
