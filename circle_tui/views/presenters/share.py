"""One share of the round."""

from circle_tui.views.action_table import Place
from circle_tui.views.presenters.round_presenter import RoundPresenter
from circle_tui.views.share import ShareView, digits_to_come, share_view
from circle_tui.views.view import Intent, Say


class SharePresenter(RoundPresenter):
    """Before and during one member's share."""

    PLACE = Place.SHARE

    digits = False
    """Whether digits are shown all the time; a user interface without them leaves it so."""

    def view(self) -> ShareView:
        return self.below_overlay(share_view(self.read(), digits=self.digits))

    def switch_digits(self) -> Intent | None:
        """Show digits all the time, or no longer; said where nothing on the screen shows it yet."""
        self.digits = not self.digits
        countdown = self.read().meeting.countdown
        if countdown is None or countdown.is_paused:
            return Say(digits_to_come(self.digits))
        return None
