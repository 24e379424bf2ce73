"""Cancelling the coming meeting, and finding another date."""

from circle_tui.views.action_table import Place
from circle_tui.views.presenters.circle_presenter import CirclePresenter
from circle_tui.views.rebooking import RebookingView, rebooking_view


class RebookingPresenter(CirclePresenter):
    """The coming meeting, and what was cancelled in this cycle."""

    PLACE = Place.REBOOKING

    def view(self) -> RebookingView:
        return rebooking_view(self.read(), asking=self.asking)
