"""The gathering: who is here, and the plan of the round."""

from circle_tui.views import every_screen
from circle_tui.views.action_table import Place
from circle_tui.views.gathering import GatheringView, gathering_view
from circle_tui.views.presenters.meeting_presenter import MeetingPresenter, ReadMeeting
from circle_tui.views.view import Intent, Local, Say, View


class GatheringPresenter(MeetingPresenter):
    """Everybody here unless marked."""

    PLACE = Place.GATHERING
    NUMBERS_ARE_SEATS = True

    def __init__(self, read: ReadMeeting) -> None:
        super().__init__(read)
        self.seat: int | None = None
        """The seat that was just chosen by its number."""
        self.reading = False
        """Whether the check-ins are read alone."""
        self.checkins_beside = True
        """Whether there is room for them beside the plan; the user interface says so."""

    def view(self) -> GatheringView:
        return gathering_view(
            self.read(),
            cursor=self.cursor,
            seat=self.seat,
            reading=self.reading,
            checkins_beside=self.checkins_beside,
        )

    def rows(self, view: View) -> int:
        return len(self.read().meeting.people)

    def choose_row(self, row: int) -> Intent | None:
        self.cursor, self.seat = row, None
        return None

    def choose_seat(self, seat: int) -> Intent | None:
        if seat > len(self.read().meeting.people):
            return Say(every_screen.no_seat(seat))
        self.cursor, self.seat = seat - 1, seat
        return None

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.CHECKINS:
                self.reading = True
            case Local.BACK if self.reading:
                self.reading = False
            case _:
                return does
        return None
