"""The responses to a share."""

from circle_tui.views.action_table import Place
from circle_tui.views.presenters.meeting_presenter import MeetingPresenter
from circle_tui.views.responses import ResponsesView, responses_view


class ResponsesPresenter(MeetingPresenter):
    """Who responds now, and to whom."""

    PLACE = Place.RESPONSES

    def view(self) -> ResponsesView:
        return responses_view(self.read(), overlay_shown=self.overlay_shown)
