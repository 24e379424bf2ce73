"""The record of a finished meeting, to set right."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.ids import CommitmentId, MeetingId
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.action_table import Place
from circle_tui.views.correction import CorrectionView
from circle_tui.views.presenters.correction import CorrectionPresenter
from circle_tui.views.view import View


class CorrectionScreen(CircleScreen):
    """Who came, who opened, and what became of the commitments."""

    CSS_PATH = "correction.tcss"
    PLACE = Place.CORRECTION

    def __init__(
        self, service: CircleService, meeting: MeetingId, commitment: CommitmentId | None = None
    ) -> None:
        """`meeting` is the meeting's id; the cursor begins on `commitment` where it is given."""
        super().__init__(
            service, CorrectionPresenter(lambda: service.snapshot, meeting, commitment)
        )

    def compose_body(self) -> Iterator[Widget]:
        with Card(id="correction"):
            yield Static(id="next-opener")
            yield Rows()

    def update_view(self, view: View) -> None:
        assert isinstance(view, CorrectionView)
        self.query_one("#next-opener", Static).update(Content(view.next_opener))
        self.query_one(Rows).show(view.rows, cursor=self.presenter.cursor)
