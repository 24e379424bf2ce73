"""Cancelling the coming meeting, finding another date, waking a circle that rests."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.large_text import LargeText
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import rebooking
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.rebooking import RebookingPresenter
from circle_tui.views.rebooking import RebookingView
from circle_tui.views.view import View


class RebookingScreen(CircleScreen):
    """The coming meeting, and what was cancelled in this cycle."""

    CSS_PATH = "rebooking.tcss"
    PLACE = Place.REBOOKING
    PRESENTER = RebookingPresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="rebooking"):
            yield LargeText(id="day")
            with Card(rebooking.NEXT_MEETING, id="coming", action_id="other_date"):
                yield Static()
            yield Prompt()
            with Card(rebooking.CANCELLED, id="state"):
                yield Static()
            with Card(rebooking.CANCELLED_IN_CYCLE, id="in-cycle"):
                yield Rows()

    def update_view(self, view: View) -> None:
        assert isinstance(view, RebookingView)
        self.query_one(LargeText).show(view.day)
        coming = self.query_one("#coming", Card)
        coming.set_class(not self.prompt_open, "-active")
        coming.query_one(Static).update(content(view.coming))
        outcome = self.query_one("#state", Card)
        outcome.display = bool(view.outcome)
        outcome.query_one(Static).update(Content(view.outcome))
        self.query_one("#in-cycle").display = bool(view.cancelled)
        self.query_one(Rows).show(view.cancelled)
