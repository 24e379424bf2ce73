"""The responses: each of the others in turn, with two sentences to choose from and no third."""

from collections.abc import Iterator

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.round import RoundScreen
from circle_tui.tui.widgets.card import Card, SteadyPage
from circle_tui.tui.widgets.large_letters import LOW_ROWS
from circle_tui.tui.widgets.large_text import LargeText
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.responses import ResponsesPresenter
from circle_tui.views.responses import RESPONSES, ResponsesView
from circle_tui.views.view import View

_IDS = ("first", "second")
"""The cards of the two responses."""
_LOW_FROM = 12
"""Rows of a terminal from which the name has three, if both responses have room below it."""
_AROUND = 5
"""Rows around name and responses: the headline, seats, a status of two lines, and the keys."""
_BESIDE = 3
"""Columns beside the responses on a small screen."""


class ResponsesScreen(RoundScreen):
    """Who responds now, and to whom."""

    CSS_PATH = "responses.tcss"
    PLACE = Place.RESPONSES
    PRESENTER = ResponsesPresenter

    def compose_body(self) -> Iterator[Widget]:
        with SteadyPage(id="responses"):
            with Vertical(id="turn"):
                yield LargeText(id="who", low_from=_LOW_FROM)
                yield Static(id="to")
            for widget, action in zip(_IDS, RESPONSES, strict=True):
                yield Card(id=widget, active=True, action_id=action)
            yield Static(id="others")

    def update_view(self, view: View) -> None:
        assert isinstance(view, ResponsesView)
        self.query_one(LargeText).show(view.who)
        for widget, response in zip(_IDS, _responses(view), strict=True):
            self.query_one(f"#{widget}", Card).show(response)
        self._fit(view)

    def on_resize(self) -> None:
        """There may be more room now, or less."""
        view = self.view
        assert isinstance(view, ResponsesView)
        self._fit(view)

    def _fit(self, view: ResponsesView) -> None:
        """On a small screen who is next stands beside the name, and both responses are whole."""
        short = self.has_class("-short")
        to = Content(f"{view.to}\n{view.then}" if short else view.to)
        self.query_one("#to", Static).update(to)
        others = self.query_one("#others", Static)
        others.display = not short
        others.update(Content(view.then))
        width = max(self.size.width - _BESIDE, 1)
        lines = sum(len(response.wrap(width)) for response in _responses(view)) if short else 0
        rows = LOW_ROWS + lines + _AROUND
        if short and rows > self.size.height:
            # Whole responses, and a name that can be read from afar, come before the seats.
            self.add_class("-without-seats")
            rows -= 1
        else:
            self.remove_class("-without-seats")
        self.query_one(LargeText).take_three_rows_from(max(_LOW_FROM, rows))


def _responses(view: ResponsesView) -> Iterator[Content]:
    """The two responses, each with its key."""
    for each in view.responses:
        yield Content.assemble((f"{each.key}  ", "bold $primary"), each.sentence)
