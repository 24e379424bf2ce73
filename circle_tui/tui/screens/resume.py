"""After a meeting was left: whether the gap counts, or, after long, whether to go on at all.

Invariant: no clock runs while this is asked. The gap does not count unless somebody says so.
"""

from collections.abc import Iterator
from datetime import timedelta

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui import messages
from circle_tui.tui.screens.meeting import MeetingScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.views import resume
from circle_tui.views.action_table import Place
from circle_tui.views.resume import ResumeView, resume_view
from circle_tui.views.view import Local, Request, View


class ResumeScreen(MeetingScreen):
    """Where we were, and how long ago."""

    CSS_PATH = "resume.tcss"
    PLACE = Place.RESUME

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._gap = self.live.gap or timedelta()
        self._share_held = self.live.gap_held
        self._asking_to_continue = self.live.gap_is_long
        self._dropping = False

    @property
    def can_undo(self) -> bool | None:
        return None

    def tell_gap(self) -> None:
        """This screen asks about it."""

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="resume"), Card(resume.TITLE, active=True):
            yield Static(id="where")
            yield Static(id="gap")

    def build_view(self) -> ResumeView:
        return resume_view(
            self.snapshot,
            gap=self._gap,
            share_held=self._share_held,
            asking_to_continue=self._asking_to_continue,
            dropping=self._dropping,
            dropped_file=self.service.file.dropped_path.name,
        )

    def update_view(self, view: View) -> None:
        assert isinstance(view, ResumeView)
        self.query_one("#where", Static).update(content(view.where))
        self.query_one("#gap", Static).update(content(view.gap))

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.NEXT_QUESTION:
                self._asking_to_continue = self._dropping = False
                self.refresh_view()
            case Local.CONTINUE | Local.COUNT_GAP:
                self.live.settle_gap(counts=does is Local.COUNT_GAP)
                self.post_message(messages.Requested(Request.SHOW_MEETING))
            case Local.CONFIRM:
                self._dropping = True
                self.refresh_view()
            case Local.BACK:
                self._dropping = False
                self.refresh_view()
            case _:
                super().perform_local(does)
