"""What the screens of a live meeting share: the meeting they are bound to, and its clock.

Invariant: what the screen shows is bound down from `meeting`, its one reactive.
"""

from datetime import datetime
from functools import cached_property
from typing import ClassVar

from textual.reactive import reactive

from circle_tui.core.meeting.meeting import Meeting
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.service.circle_service import CircleService
from circle_tui.service.live_meeting import LiveMeeting, meeting_snapshot
from circle_tui.tui import messages
from circle_tui.tui.routes import screen_of
from circle_tui.tui.screens.service_screen import ServiceScreen
from circle_tui.views import meeting_face, meeting_words
from circle_tui.views.presenters.meeting_presenter import MeetingPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import Request


class MeetingScreen(ServiceScreen):
    """A screen of a live meeting."""

    SHOWS_CIRCLE = True

    # What it changes repaints itself; the screen as a whole need not be.
    meeting: reactive[Meeting | None] = reactive(None, init=False, repaint=False)

    PRESENTER: ClassVar[type[MeetingPresenter]]
    """Makes the presenter out of the way to read the meeting."""

    presenter: MeetingPresenter

    def __init__(self, service: CircleService, presenter: MeetingPresenter | None = None) -> None:
        """`presenter` is given where more than the meeting is needed to make it."""
        super().__init__(service, presenter or self.PRESENTER(lambda: self.snapshot))

    @cached_property
    def live(self) -> LiveMeeting:
        """The meeting that was open when the screen was first shown."""
        assert self.service.live is not None
        return self.service.live

    def on_mount(self) -> None:
        self.set_reactive(MeetingScreen.meeting, self.live.meeting)
        self.refresh_view()

    @property
    def snapshot(self) -> MeetingSnapshot:
        """The meeting as it is now, with the circle's present settings."""
        return meeting_snapshot(self.live, self.service.circle)

    @property
    def in_meeting(self) -> bool:
        return True

    def build_face(self) -> RingFace:
        return meeting_face.meeting_face(self.snapshot)

    @property
    def now(self) -> datetime:
        """The moment on the meeting's clock."""
        return self.live.now

    def watch_meeting(self) -> None:
        """Show a changed meeting, and the keys with it."""
        if self.is_mounted:
            self.refresh_view()

    def refresh_status(self) -> None:
        """Show the view's line, or that the disk does not take the meeting."""
        self.status.set_default(self.live.trouble or self.understood or self.view.status)

    def tick(self) -> None:
        """A second has passed: the end of the meeting may have moved."""
        if self.is_mounted:
            self.headline.show(meeting_words.headline(self.snapshot))
            self.tick_face()
            self.refresh_status()

    def tick_face(self) -> None:
        """Show the ring as it is at this moment: it repaints only what differs."""
        self.show_face(self.build_face())

    def show_changed(self) -> None:
        """Bind the meeting down; where it continues on another screen, ask for that."""
        if type(self) is screen_of(self.live.meeting.phase):
            changed = self.meeting is not self.live.meeting
            self.meeting = self.live.meeting
            if not changed:
                # What was undone is between meetings; the keys may be others all the same.
                self.refresh_view()
        else:
            self.post_message(messages.Requested(Request.SHOW_MEETING))
