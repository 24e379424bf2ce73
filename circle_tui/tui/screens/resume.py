"""After a meeting was left: whether the gap counts, or, after long, whether to go on at all.

Invariant: no clock runs while this is asked. The gap does not count unless somebody says so.
"""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.flow.replies import Gap
from circle_tui.service.circle_service import CircleService
from circle_tui.tui import messages
from circle_tui.tui.screens.meeting import MeetingScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.action_text import ActionStatic
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.large_text import LargeText
from circle_tui.views import resume
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.resume import ResumePresenter
from circle_tui.views.resume import ResumeView
from circle_tui.views.view import Local, Request, View


class ResumeScreen(MeetingScreen):
    """Where we were, and how long ago."""

    CSS_PATH = "resume.tcss"
    PLACE = Place.RESUME

    def __init__(self, service: CircleService, gap: Gap) -> None:
        presenter = ResumePresenter(
            lambda: self.snapshot, gap.length, gap.dropped_file, held=gap.held, long=gap.long
        )
        super().__init__(service, presenter)

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="resume"):
            # Where the ring is on the screen, it says this.
            yield LargeText()
            with Card(resume.TITLE, active=True):
                yield Static(id="where")
                yield ActionStatic(id="gap")

    def update_view(self, view: View) -> None:
        assert isinstance(view, ResumeView)
        self.query_one(LargeText).show(self.build_face().large)
        self.query_one("#where", Static).update(content(view.where))
        self.query_one("#gap", Static).update(content(view.gap))

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.CONTINUE | Local.COUNT_GAP:
                self.service.settle_gap(counts=does is Local.COUNT_GAP)
                self.post_message(messages.Requested(Request.SHOW_MEETING))
            case _:
                super().perform_local(does)
