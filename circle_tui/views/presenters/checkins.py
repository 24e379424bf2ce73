"""What members have written since the last meeting."""

from circle_tui.views import checkins
from circle_tui.views.action_table import Place
from circle_tui.views.checkins import CheckInsView, checkins_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter
from circle_tui.views.view import View


class CheckInsPresenter(CirclePresenter):
    """What members have written since the last meeting."""

    PLACE = Place.CHECKINS

    def view(self) -> CheckInsView:
        view = checkins_view(self.read(), cursor=self.cursor, asking=self.asking)
        self.cursor = view.cursor
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, CheckInsView)
        return len(view.rows)

    def row_of_seat(self, seat: int) -> int | None:
        return checkins.row_of_seat(self.read().state, seat)
