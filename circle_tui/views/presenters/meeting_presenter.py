"""What the places of a live meeting share: they read the meeting."""

from collections.abc import Callable

from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.presenters.presenter import Presenter

ReadMeeting = Callable[[], MeetingSnapshot]


class MeetingPresenter(Presenter):
    """A place of a live meeting."""

    def __init__(self, read: ReadMeeting) -> None:
        super().__init__()
        self.read = read
        self.overlay_shown = False
        """Whether the rule or the covenant lies over the place; the user interface says so."""
