"""After a meeting was left for a while."""

from datetime import timedelta

from circle_tui.views.action_table import Place
from circle_tui.views.presenters.meeting_presenter import MeetingPresenter, ReadMeeting
from circle_tui.views.resume import ResumeView, resume_view
from circle_tui.views.view import Action, Intent, Local


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

    def undo_offer(self, *, can_undo: bool, can_redo: bool) -> tuple[bool | None, bool]:
        return None, False

    def other_places(self, *, meeting_open: bool) -> tuple[Action, ...]:
        """None before the question is answered."""
        return ()

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.NEXT_QUESTION:
                self._asking_to_continue = self._dropping = False
            case Local.CONFIRM | Local.BACK:
                self._dropping = does is Local.CONFIRM
            case _:
                return does
        return None
