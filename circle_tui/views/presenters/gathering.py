"""The gathering: who is here, and the plan of the round."""

from circle_tui.core.meeting.meeting import Meeting
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
        self._dropping: Meeting | None = None
        """The gathering that the first of two keys was pressed to drop; another one asks anew."""
        self.checkins_beside = True
        """Whether there is room for them beside the plan; the user interface says so."""

    def view(self) -> GatheringView:
        snapshot = self.read()
        if snapshot.meeting != self._dropping:
            self._dropping = None
        return gathering_view(
            snapshot,
            cursor=self.cursor,
            seat=self.seat,
            reading=self.reading,
            checkins_beside=self.checkins_beside,
            dropping=self._dropping is not None,
        )

    def rows(self, view: View) -> int:
        return len(self.read().meeting.people)

    def choose_row(self, row: int) -> Intent | None:
        self.cursor, self.seat, self._dropping = row, None, None
        return None

    def row_of_seat(self, seat: int) -> int | None:
        return seat - 1 if 1 <= seat <= len(self.read().meeting.people) else None

    def can_click_seat(self, seat: int) -> bool:
        return not self.reading and super().can_click_seat(seat)

    def choose_seat(self, seat: int) -> Intent | None:
        row = self.row_of_seat(seat)
        if row is None:
            return Say(every_screen.no_seat(seat))
        self.cursor, self.seat, self._dropping = row, seat, None
        return None

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.CONFIRM:
                self._dropping = self.read().meeting
            case Local.CHECKINS:
                self.reading, self._dropping = True, None
            case Local.BACK if self.reading or self._dropping is not None:
                self.reading, self._dropping = False, None
            case _:
                return does
        return None
