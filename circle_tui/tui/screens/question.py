"""A question that one key or click answers, above the screen that asks it.

Invariant: this screen changes nothing; it hands over the number of the answer, or None.
"""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from circle_tui.tui.screens.base import bindings_of
from circle_tui.tui.screens.deferred_paint import DeferredPaintScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.listing import RowClicked
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views.action_table import Place
from circle_tui.views.question import Question
from circle_tui.views.view import Answer, Local


class QuestionScreen(DeferredPaintScreen[int | None], ModalScreen[int | None]):
    """The question and its answers."""

    CSS_PATH = "question.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.QUESTION, everywhere=False)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.view = question

    def compose(self) -> ComposeResult:
        with Page(), Card(active=True):
            yield Static(Content(self.view.asked), classes="asked")
            yield WrappedRows()
            yield Static(Content(self.view.status), classes="keys")

    def on_mount(self) -> None:
        self.query_one(WrappedRows).show(self.view.answers)

    @on(RowClicked)
    def _click_answer(self, clicked: RowClicked) -> None:
        self.dismiss(clicked.row + 1)

    def action_run(self, action_id: str) -> None:
        """Hand over the answer; what the question does not offer does nothing."""
        action = self.view.action(action_id)
        match action.does if action is not None else None:
            case Answer(number=number):
                self.dismiss(number)
            case Local.BACK:
                self.dismiss(None)
