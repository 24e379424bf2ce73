"""A meeting that was held on paper, on one screen: its date, who came, how commitments went."""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import paper_meeting, paper_meeting_rows
from circle_tui.views.action_table import Place
from circle_tui.views.paper_meeting import PaperMeetingView
from circle_tui.views.presenters.paper_meeting import PaperMeetingPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import View

_FIRST_ACTIONS = {
    "when": "date",
    "member": "mark",
    "made": "change",
    "cycle end": "choose",
    "worked": "change",
    "to change": "change",
    "next": "date",
}
"""What a second click on a row does, by what the row is about."""


class PaperMeetingScreen(CircleScreen):
    """What is known of the meeting so far; undo goes back through that first."""

    CSS_PATH = "paper_meeting.tcss"
    PLACE = Place.PAPER_MEETING

    PRESENTER = PaperMeetingPresenter
    ASKS_BELOW = "Card.-active"

    presenter: PaperMeetingPresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="paper-meeting"):
            for title in paper_meeting_rows.CARDS:
                with Card(title):
                    yield Rows()
                    yield Static(classes="explained")
            yield Prompt()

    def build_face(self) -> RingFace:
        return paper_meeting.paper_meeting_face(self.snapshot, self.presenter.meeting, self._shown)

    @property
    def _shown(self) -> PaperMeetingView:
        assert isinstance(self.view, PaperMeetingView)
        return self.view

    def update_view(self, view: View) -> None:
        assert isinstance(view, PaperMeetingView)
        first = 0
        for card, rows in zip(self.query(Card), (each.rows for each in view.cards), strict=True):
            current = first <= view.cursor < first + len(rows)
            card.display = bool(rows)
            card.set_class(current and not self.prompt_open, "-active")
            card.query_one(Rows).show(rows, cursor=view.cursor, first=first)
            explained = card.query_one(Static)
            explained.display = current and not self.prompt_open
            explained.update(view.explained)
            if current and not self.prompt_open:
                self.call_after_refresh(self._show_row, card, view.cursor - first)
            first += len(rows)

    def _show_row(self, card: Card, row: int) -> None:
        """Have the row in view, and what is said of it."""
        page = self.query_one(Page)
        if card.outer_size.height <= page.size.height:
            page.scroll_to_region(card.virtual_region, animate=False, force=True)
        else:
            page.show_line(card.query_one(Rows), row)

    @property
    def row_action(self) -> str:
        return _FIRST_ACTIONS.get(self._shown.spots[self.presenter.cursor].kind, "")
