"""The speaker's commitments, one at a time."""

from circle_tui.views.action_table import Place
from circle_tui.views.commitments import CommitmentsView, commitments_view
from circle_tui.views.presenters.round_presenter import RoundPresenter
from circle_tui.views.view import Ask, Intent, View


class CommitmentsPresenter(RoundPresenter):
    """How each commitment ended, how it goes on, and what is promised next."""

    PLACE = Place.COMMITMENTS

    def view(self) -> CommitmentsView:
        return self.below_overlay(
            commitments_view(self.read(), cursor=self.cursor, asking=self.asking)
        )

    def rows(self, view: View) -> int:
        assert isinstance(view, CommitmentsView)
        return view.open_count

    def move(self, by: int) -> Intent | None:
        self.cursor = min(self.cursor, max(self.view().open_count - 1, 0))
        return super().move(by)

    def asks(self) -> Ask | None:
        return self.view().asks
