"""The places of a live meeting, from the gathering to its closing, and after a gap."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import closing, every_screen
from circle_tui.views.action_table import Place
from circle_tui.views.arrivals import ArrivalsView, arrivals_view, first_cursor
from circle_tui.views.closing import ClosingView
from circle_tui.views.commitments import CommitmentsView, commitments_view
from circle_tui.views.gathering import GatheringView, gathering_view
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.responses import ResponsesView, responses_view
from circle_tui.views.resume import ResumeView, resume_view
from circle_tui.views.share import ShareView, share_view
from circle_tui.views.view import Ask, Intent, Local, Say, View

ReadMeeting = Callable[[], MeetingSnapshot]


class MeetingPresenter(Presenter):
    """A place of a live meeting."""

    def __init__(self, read: ReadMeeting) -> None:
        super().__init__()
        self.read = read


class GatheringPresenter(MeetingPresenter):
    """Everybody here unless marked."""

    PLACE = Place.GATHERING
    NUMBERS_ARE_SEATS = True

    def __init__(self, read: ReadMeeting) -> None:
        super().__init__(read)
        self.seat: int | None = None
        """The seat that was just chosen by its number."""
        self.reading = False

    def view(self) -> GatheringView:
        return gathering_view(
            self.read(),
            cursor=self.cursor,
            seat=self.seat,
            reading=self.reading,
            checkins_beside=True,
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


class SharePresenter(MeetingPresenter):
    """Before and during one member's share."""

    PLACE = Place.SHARE

    def view(self) -> ShareView:
        return share_view(self.read(), digits=False)


class ResponsesPresenter(MeetingPresenter):
    """Who responds now, and to whom."""

    PLACE = Place.RESPONSES

    def view(self) -> ResponsesView:
        return responses_view(self.read())


class CommitmentsPresenter(MeetingPresenter):
    """How each commitment ended, how it goes on, and what is promised next."""

    PLACE = Place.COMMITMENTS

    def view(self) -> CommitmentsView:
        return commitments_view(self.read(), cursor=self.cursor, asking=self.asking)

    def rows(self, view: View) -> int:
        assert isinstance(view, CommitmentsView)
        return view.open_count

    def move(self, by: int) -> Intent | None:
        self.cursor = min(self.cursor, max(self.view().open_count - 1, 0))
        return super().move(by)

    def asks(self) -> Ask | None:
        return self.view().asks


class ClosingPresenter(MeetingPresenter):
    """One thing to settle after the other."""

    PLACE = Place.CLOSING

    def __init__(self, read: ReadMeeting) -> None:
        super().__init__(read)
        self._reaching_out_to: str | None = None
        self._left: ClosingStep | None = None
        """The step whose field somebody left by esc."""

    def view(self) -> ClosingView:
        snapshot = self.read()
        reaching_out_to = closing.to_reach_out_to(snapshot.meeting)
        if reaching_out_to != self._reaching_out_to:
            self._reaching_out_to, self.cursor = reaching_out_to, 0
        return closing.closing_view(snapshot, cursor=self.cursor, asking=self.asking)

    def rows(self, view: View) -> int:
        assert isinstance(view, ClosingView)
        return len(view.rows) if view.reaching_out else 0

    def asks(self) -> Ask | None:
        left = self.read().meeting.closing_step is self._left
        return None if left else self.view().look_back

    def local(self, does: Local) -> Intent | None:
        if does is Local.BACK and self.asking:
            self._left = self.read().meeting.closing_step
            return None
        return does


class ResumePresenter(MeetingPresenter):
    """Where we were, and how long ago."""

    PLACE = Place.RESUME

    def __init__(
        self, read: ReadMeeting, gap: timedelta, dropped_file: str, *, held: bool, long: bool
    ) -> None:
        """`held` is whether a share was running, `long` whether the meeting may be over."""
        super().__init__(read)
        self._gap, self._dropped_file, self._held = gap, dropped_file, held
        self._asking_to_continue = long
        self._dropping = False

    def view(self) -> ResumeView:
        return resume_view(
            self.read(),
            gap=self._gap,
            share_held=self._held,
            asking_to_continue=self._asking_to_continue,
            dropping=self._dropping,
            dropped_file=self._dropped_file,
        )

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.NEXT_QUESTION:
                self._asking_to_continue = self._dropping = False
            case Local.CONFIRM | Local.BACK:
                self._dropping = does is Local.CONFIRM
            case _:
                return does
        return None


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
        return self.choose_row((start + by) % self.rows(self.view()))

    def choose_row(self, row: int) -> Intent | None:
        self.chosen = self.cursor = row
        return None


class _MakePresenter(Protocol):
    def __call__(self, read: ReadMeeting) -> MeetingPresenter: ...


_OF_PHASE: dict[Phase, _MakePresenter] = {
    Phase.GATHERING: GatheringPresenter,
    Phase.READY: SharePresenter,
    Phase.SHARE: SharePresenter,
    Phase.RESPONSES: ResponsesPresenter,
    Phase.COMMITMENTS: CommitmentsPresenter,
    Phase.CLOSING: ClosingPresenter,
    Phase.CLOSED: ClosingPresenter,
}


def presenter_of(phase: Phase, read: ReadMeeting) -> MeetingPresenter:
    """The presenter of a live meeting, for where it is."""
    return _OF_PHASE[phase](read)
