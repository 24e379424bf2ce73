"""The responses: each of the others in turn, with two sentences to choose from and no third."""

from collections.abc import Iterator

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.round import RoundScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.large_text import LargeText
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.responses import ResponsesPresenter
from circle_tui.views.responses import RESPONSES, ResponsesView
from circle_tui.views.view import View

_IDS = ("first", "second")
"""The cards of the two responses."""
_LOW_FROM = 12
"""Rows of a terminal from which the name has three, and both responses room below it."""


class ResponsesScreen(RoundScreen):
    """Who responds now, and to whom."""

    CSS_PATH = "responses.tcss"
    PLACE = Place.RESPONSES
    PRESENTER = ResponsesPresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="responses"):
            with Vertical(id="turn"):
                yield LargeText(id="who", low_from=_LOW_FROM)
                yield Static(id="to")
            for widget, action in zip(_IDS, RESPONSES, strict=True):
                yield Card(id=widget, active=True, action_id=action)
            yield Static(id="others")

    def update_view(self, view: View) -> None:
        assert isinstance(view, ResponsesView)
        self.query_one(LargeText).show(view.who)
        self.query_one("#to", Static).update(Content(view.to))
        for widget, response in zip(_IDS, view.responses, strict=True):
            self.query_one(f"#{widget}", Card).show(
                Content.assemble((f"{response.key}  ", "bold $primary"), response.sentence)
            )
        self.query_one("#others", Static).update(Content(view.then))
