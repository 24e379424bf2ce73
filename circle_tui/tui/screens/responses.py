"""The responses: each of the others in turn, with two sentences to choose from and no third."""

from collections.abc import Iterator

from textual.containers import Horizontal, Middle
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.round import RoundScreen
from circle_tui.tui.styled import content
from circle_tui.views.action_table import Place
from circle_tui.views.responses import ResponsesView, responses_view
from circle_tui.views.view import View

_IDS = ("first", "second")
"""The widgets of the two responses."""

LONG_SENTENCE = 62
"""Cells from which a response takes three lines of a small screen."""


class ResponsesScreen(RoundScreen):
    """Who responds now, and to whom."""

    CSS_PATH = "responses.tcss"
    PLACE = Place.RESPONSES

    def compose_body(self) -> Iterator[Widget]:
        with Middle(id="responses"):
            yield Static(id="who")
            for each in _IDS:
                with Horizontal(classes="response"):
                    yield Static(classes="key")
                    yield Static(id=each)
            yield Static(id="others")

    def build_view(self) -> ResponsesView:
        return responses_view(self.snapshot, overlay_shown=self.overlay_shown)

    def update_view(self, view: View) -> None:
        assert isinstance(view, ResponsesView)
        self.query_one("#who", Static).update(content(view.who))
        # On a small screen long responses have no air between them.
        sentences = [Content(response.sentence) for response in view.responses]
        long = any(sentence.cell_length > LONG_SENTENCE for sentence in sentences)
        self.query_one("#responses").set_class(long, "-long")
        keys = self.query("#responses .key").results(Static)
        for key, response in zip(keys, view.responses, strict=True):
            key.update(Content.styled(response.key, "bold $primary"))
        for each, sentence in zip(_IDS, sentences, strict=True):
            self.query_one(f"#{each}", Static).update(sentence)
        self.query_one("#others", Static).update(Content(view.then))
