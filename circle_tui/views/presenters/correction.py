"""The record of a finished meeting, to set right."""

from circle_tui.core.ids import CommitmentId, MeetingId
from circle_tui.views.action_table import Place
from circle_tui.views.correction import CorrectionView, correction_view
from circle_tui.views.place_face import member_at
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import View


class CorrectionPresenter(CirclePresenter):
    """The record of a finished meeting, to set right."""

    PLACE = Place.CORRECTION

    def __init__(
        self, read: ReadCircle, meeting: MeetingId, commitment: CommitmentId | None = None
    ) -> None:
        """`meeting` is the meeting's id; the cursor begins on `commitment` where it is given."""
        super().__init__(read)
        self._meeting = meeting
        view = self.view()
        if commitment in view.commitments:
            self.cursor = len(view.members) + view.commitments.index(commitment)

    def view(self) -> CorrectionView:
        view = correction_view(self.read(), self._meeting, cursor=self.cursor)
        self.cursor = min(self.cursor, max(len(view.rows) - 1, 0))
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, CorrectionView)
        return len(view.rows)

    def row_of_seat(self, seat: int) -> int | None:
        member, members = member_at(self.read(), seat), self.view().members
        return members.index(member) if member in members else None
