"""Looking back on a contract: its questions one after the other, then what comes next.

Invariant: what was typed is kept until somebody chooses what comes next, also where a field was
left by esc.
"""

from collections.abc import Hashable, Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.ids import ContractId
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import look_back
from circle_tui.views.action_table import Place
from circle_tui.views.look_back import LookBackView
from circle_tui.views.presenters.look_back import LookBackPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import Ask, View

_THEN = ("renew", "change", "end")


class LookBackScreen(CircleScreen):
    """What worked, what should change, and then."""

    CSS_PATH = "look_back.tcss"
    PLACE = Place.LOOK_BACK
    presenter: LookBackPresenter

    def __init__(self, service: CircleService, contract_id: ContractId) -> None:
        super().__init__(service, LookBackPresenter(lambda: service.snapshot, contract_id))

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="look-back"):
            with Card(look_back.TITLE, id="questions"):
                yield Static(classes="explained")
                yield WrappedRows()
            yield Prompt()
            with Card(look_back.THEN, id="then"):
                yield WrappedRows()

    def on_mount(self) -> None:
        # Textual calls the base's own as well, before this.
        self.call_later(self._ask_first)

    @property
    def look_back_view(self) -> LookBackView:
        """What is shown and offered now."""
        assert isinstance(self.view, LookBackView)
        return self.view

    def build_face(self) -> RingFace:
        return look_back.look_back_face(self.snapshot, self.presenter.contract_id)

    def update_view(self, view: View) -> None:
        assert isinstance(view, LookBackView)
        questions, then = self.query_one("#questions", Card), self.query_one("#then", Card)
        questions.query_one(Static).update(Content(view.said))
        questions.query_one(WrappedRows).show(view.questions, view.cursor, 0, clickable=True)
        then.set_class(not self.prompt_open, "-active")
        then.query_one(WrappedRows).show(view.then, first=len(view.questions), clickable=True)
        self.call_after_refresh(self._scroll_to_active)

    def on_resize(self) -> None:
        self.call_after_refresh(self._scroll_to_active)

    def _scroll_to_active(self) -> None:
        page = self.query_one(Page)
        active = self.query_one(Prompt) if self.prompt_open else self.query_one("#then")
        page.scroll_to_widget(active, animate=False, force=True)

    # What is said

    def _ask_first(self) -> None:
        asks = self.current_presenter.asks()
        if asks is not None:
            self.ask(asks)

    def draft_of(self, does: Ask) -> str | None:
        """What was said before is gone on with."""
        return does.value or None

    def keep_draft(self, key: Hashable, does: Ask, words: str) -> None:
        """What was typed counts as said, also where the field was left by esc."""
        self.presenter.mark(does.command, *does.args, words)

    def choose_row(self, row: int) -> None:
        questions = len(self.look_back_view.questions)
        if row < questions:
            super().choose_row(row)
        elif not self.prompt_open:
            self.action_run(_THEN[row - questions])
