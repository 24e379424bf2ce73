"""A question that one key or click answers, above the screen that asks it.

Invariant: this screen changes nothing; it hands over the number of the answer, or None.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.action_screen import bindings_of
from circle_tui.tui.screens.box import BoxScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.listing import RowClicked
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views.action_table import Place
from circle_tui.views.question import Question
from circle_tui.views.view import Answer, Intent, Local


class QuestionScreen(BoxScreen[int | None]):
    """The question and its answers."""

    CSS_PATH = "question.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.QUESTION, everywhere=False)

    view: Question

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.view = question

    def compose_box(self) -> Iterator[Widget]:
        with Page(), Card(active=True):
            yield Static(Content(self.view.asked), classes="asked")
            yield WrappedRows()
            yield Static(Content(self.view.status), classes="keys")

    def on_mount(self) -> None:
        self.query_one(WrappedRows).show(self.view.answers)

    @on(RowClicked)
    def _click_answer(self, clicked: RowClicked) -> None:
        self.dismiss(clicked.row + 1)

    def perform(self, does: Intent) -> None:
        match does:
            case Answer(number=number):
                self.dismiss(number)
            case Local.BACK:
                self.dismiss(None)
