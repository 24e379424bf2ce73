"""What is passed up of the last meeting."""

from circle_tui.views.action_table import Place
from circle_tui.views.passing_up import PassingUpView, passing_up_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter
from circle_tui.views.view import View


class PassingUpPresenter(CirclePresenter):
    """The lines of the last meeting, each off until somebody switches it on."""

    PLACE = Place.PASSING_UP

    def view(self) -> PassingUpView:
        view = passing_up_view(self.read(), cursor=self.cursor, asking=self.asking)
        self.cursor = view.cursor or 0
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, PassingUpView)
        return len(view.rows)
