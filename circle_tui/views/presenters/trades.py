"""What a trading pair keeps, week by week."""

from circle_tui.views import trades
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.circle_presenter import CirclePresenter
from circle_tui.views.trades import TradesView, trades_view
from circle_tui.views.view import View


class TradesPresenter(CirclePresenter):
    """This week, and the weeks before."""

    PLACE = Place.TRADES

    def view(self) -> TradesView:
        view = trades_view(self.read(), cursor=self.cursor)
        self.cursor = view.cursor
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, TradesView)
        return len(view.partners)

    def row_of_seat(self, seat: int) -> int | None:
        return trades.row_of_seat(self.read().state, seat)
