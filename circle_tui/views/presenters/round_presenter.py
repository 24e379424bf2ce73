"""What the places of the round share: the rule or the covenant may lie over them."""

from typing import TypeVar

from circle_tui.views import rounds
from circle_tui.views.presenters.meeting_presenter import MeetingPresenter, ReadMeeting
from circle_tui.views.view import View

_ShownView = TypeVar("_ShownView", bound=View)


class RoundPresenter(MeetingPresenter):
    """A place of the round."""

    def __init__(self, read: ReadMeeting) -> None:
        super().__init__(read)
        self.overlay: rounds.Overlay | None = None
        """What lies over the place; the user interface says so."""

    def undo_offer(self, *, can_undo: bool, can_redo: bool) -> tuple[bool | None, bool]:
        if self.overlay in {None, rounds.Overlay.COVENANT_OF_FIRST_TURN}:
            return super().undo_offer(can_undo=can_undo, can_redo=can_redo)
        # The view says what closes it first.
        return None, False

    def can_click_seat(self, seat: int) -> bool:
        # The seats stay above what lies over the place, whose rows nobody sees.
        return self.overlay is None and super().can_click_seat(seat)

    def below_overlay(self, view: _ShownView) -> _ShownView:
        """The place's view, while something may lie over it."""
        return rounds.with_overlay(view, self.PLACE, self.overlay)
