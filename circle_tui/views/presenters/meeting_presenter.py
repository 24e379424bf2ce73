"""What the places of a live meeting share: they read the meeting."""

from collections.abc import Callable, Hashable

from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.meeting_places import meeting_places
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import Action, Ask

ReadMeeting = Callable[[], MeetingSnapshot]


class MeetingPresenter(Presenter):
    """A place of a live meeting."""

    def __init__(self, read: ReadMeeting) -> None:
        super().__init__()
        self.read = read

    def undo_offer(self, *, can_undo: bool, can_redo: bool) -> tuple[bool | None, bool]:
        return can_undo, can_redo

    def draft_key(self, does: Ask) -> Hashable:
        """Also whose turn it is: nobody finds another's words in the field."""
        meeting = self.read().meeting
        speaker = None if meeting.turn is None else meeting.turn.member
        return super().draft_key(does), meeting.id, speaker

    def other_places(self, *, meeting_open: bool) -> tuple[Action, ...]:
        return meeting_places(self.read().meeting)
