"""The responses to a share."""

from circle_tui.views.action_table import Place
from circle_tui.views.presenters.round_presenter import RoundPresenter
from circle_tui.views.responses import ResponsesView, responses_view


class ResponsesPresenter(RoundPresenter):
    """Who responds now, and to whom."""

    PLACE = Place.RESPONSES

    def view(self) -> ResponsesView:
        return self.below_overlay(responses_view(self.read()))
