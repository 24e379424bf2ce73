"""The record of a finished meeting, to set right."""

from circle_tui.views.action_table import Place
from circle_tui.views.correction import CorrectionView, correction_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import View


class CorrectionPresenter(CirclePresenter):
    """The record of a finished meeting, to set right."""

    PLACE = Place.CORRECTION

    def __init__(self, read: ReadCircle, meeting: str, commitment: str | None = None) -> None:
        """`meeting` is the meeting's id; the cursor begins on `commitment` where it is given."""
        super().__init__(read)
        self._meeting = meeting
        ids = self.view().ids
        if commitment in ids:
            self.cursor = ids.index(commitment)

    def view(self) -> CorrectionView:
        view = correction_view(self.read(), self._meeting, cursor=self.cursor)
        self.cursor = min(self.cursor, max(len(view.rows) - 1, 0))
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, CorrectionView)
        return len(view.rows)
