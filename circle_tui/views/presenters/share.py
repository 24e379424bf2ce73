"""One share of the round."""

from circle_tui.views.action_table import Place
from circle_tui.views.presenters.meeting_presenter import MeetingPresenter
from circle_tui.views.share import ShareView, share_view


class SharePresenter(MeetingPresenter):
    """Before and during one member's share."""

    PLACE = Place.SHARE

    digits = False
    """Whether digits are shown all the time; a user interface without them leaves it so."""

    def view(self) -> ShareView:
        return share_view(self.read(), digits=self.digits, overlay_shown=self.overlay_shown)
