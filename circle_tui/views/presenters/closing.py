"""The closing of a meeting."""

from circle_tui.core.ids import MemberId
from circle_tui.core.meeting.meeting import ClosingStep
from circle_tui.views import closing
from circle_tui.views.action_table import Place
from circle_tui.views.closing import ClosingView
from circle_tui.views.presenters.meeting_presenter import ReadMeeting
from circle_tui.views.presenters.round_presenter import RoundPresenter
from circle_tui.views.view import Ask, Intent, Local, View


class ClosingPresenter(RoundPresenter):
    """One thing to settle after the other."""

    PLACE = Place.CLOSING

    def __init__(self, read: ReadMeeting) -> None:
        super().__init__(read)
        self._reaching_out_to: MemberId | None = None
        self._left: ClosingStep | None = None
        """The step whose field somebody left by esc."""

    def view(self) -> ClosingView:
        snapshot = self.read()
        reaching_out_to = closing.to_reach_out_to(snapshot.meeting)
        if reaching_out_to != self._reaching_out_to:
            self._reaching_out_to, self.cursor = reaching_out_to, 0
        view = closing.closing_view(snapshot, cursor=self.cursor, asking=self.asking)
        return self.below_overlay(view)

    def rows(self, view: View) -> int:
        assert isinstance(view, ClosingView)
        return len(view.rows) if view.reaching_out else 0

    def row_of_seat(self, seat: int) -> int | None:
        return closing.row_of_seat(self.read().meeting, seat)

    def asks(self) -> Ask | None:
        left = self.read().meeting.closing_step is self._left
        return None if left else self.view().look_back

    def typed(self, does: Ask) -> Intent | None:
        self._left = None
        return None

    def local(self, does: Local) -> Intent | None:
        if does is Local.BACK and self.asking:
            self._left = self.read().meeting.closing_step
        return does
