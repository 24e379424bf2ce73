"""Cancelling the coming meeting, finding another date, waking a circle that rests."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import rebooking
from circle_tui.views.action_table import Place
from circle_tui.views.rebooking import RebookingView
from circle_tui.views.view import View


class RebookingScreen(CircleScreen):
    """The coming meeting, and what was cancelled in this cycle."""

    CSS_PATH = "rebooking.tcss"
    PLACE = Place.REBOOKING

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="rebooking"):
            yield Static(id="coming")
            yield Static(id="state")
            yield Static(Content(rebooking.CANCELLED_IN_CYCLE), classes="label")
            yield Rows()
            yield Prompt()

    def build_view(self) -> RebookingView:
        return rebooking.rebooking_view(self.snapshot, asking=self.prompt_open)

    def update_view(self, view: View) -> None:
        assert isinstance(view, RebookingView)
        self.query_one("#coming", Static).update(content(view.coming))
        outcome = self.query_one("#state", Static)
        outcome.display = bool(view.outcome)
        outcome.update(Content(view.outcome))
        self.query_one(".label").display = bool(view.cancelled)
        rows = self.query_one(Rows)
        rows.display = bool(view.cancelled)
        rows.show(view.cancelled)

    def scroll_body(self, by: int) -> None:
        self.query_one(Page).scroll_relative(y=by, animate=False)
