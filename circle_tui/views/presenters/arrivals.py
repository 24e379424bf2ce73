"""People who come and go during a round."""

from circle_tui.views.action_table import Place
from circle_tui.views.arrivals import ArrivalsView, arrivals_view, first_cursor
from circle_tui.views.presenters.meeting_presenter import MeetingPresenter, ReadMeeting
from circle_tui.views.view import Intent, View


class ArrivalsPresenter(MeetingPresenter):
    """Everybody, and what one key about them would do."""

    PLACE = Place.ARRIVALS

    def __init__(self, read: ReadMeeting) -> None:
        super().__init__(read)
        self.chosen = first_cursor(read().meeting)

    def view(self) -> ArrivalsView:
        return arrivals_view(self.read(), cursor=self.chosen)

    def rows(self, view: View) -> int:
        assert isinstance(view, ArrivalsView)
        return len(view.rows)

    def move(self, by: int) -> Intent | None:
        start = self.chosen if self.chosen is not None else (-1 if by > 0 else 0)
        return self.choose_row((start + by) % self.row_count)

    def row_of_seat(self, seat: int) -> int | None:
        return seat - 1 if 1 <= seat <= len(self.read().meeting.people) else None

    def choose_row(self, row: int) -> Intent | None:
        self.chosen = self.cursor = row
        return None
