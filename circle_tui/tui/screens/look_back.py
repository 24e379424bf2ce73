"""Looking back on a contract: its questions one after the other, then what comes next.

Invariant: what was typed is kept until somebody chooses what comes next, also where a field was
left by esc.
"""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.contracts.standing import standing
from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import look_back
from circle_tui.views.action_table import Place
from circle_tui.views.look_back import LookBackView, Words, look_back_view
from circle_tui.views.ring import Face
from circle_tui.views.view import Local, Request, View

_THEN = ("renew", "change", "end")


class LookBackScreen(CircleScreen):
    """What worked, what should change, and then."""

    CSS_PATH = "look_back.tcss"
    PLACE = Place.LOOK_BACK

    def __init__(self, service: CircleService, contract_id: str) -> None:
        super().__init__(service)
        self._contract = contract_id
        self._words = Words()
        self._cursor: int | None = 0

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
        self.call_later(self._ask)

    def build_view(self) -> LookBackView:
        return look_back_view(
            self.snapshot,
            self._contract,
            self._words,
            cursor=self._cursor,
            asking=self.is_mounted and self.prompt_open,
        )

    @property
    def look_back_view(self) -> LookBackView:
        """What is shown and offered now."""
        assert isinstance(self.view, LookBackView)
        return self.view

    def build_face(self) -> Face:
        return look_back.look_back_face(self.snapshot, self._contract)

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

    def _ask(self) -> None:
        """Ask the question that the cursor is on."""
        if self._cursor is None or self.prompt_open:
            return
        at = self._cursor
        found = standing(self.service.state, self._contract, self.service.now)
        question = look_back.questions_of(found)[at]
        value = self._words.texts[at]
        self.query_one(Prompt).ask(question, self._take, value, draft=value or None)
        self.refresh_view()

    def _take(self, words: str) -> None:
        """Keep what was said, and ask the next question; after the last one comes what then."""
        assert self._cursor is not None
        self._words = self._words.with_words(self._cursor, " ".join(words.split()))
        last = self._cursor == len(self.look_back_view.questions) - 1
        self._cursor = None if last else self._cursor + 1
        self.query_one(Prompt).stop()
        self.status.clear()
        if last:
            self.refresh_view()
        else:
            self._ask()

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.SELECT:
                self._ask()
            case Local.BACK if self.prompt_open:
                assert self._cursor is not None
                typed = self.query_one(Prompt).field.value
                self._words = self._words.with_words(self._cursor, " ".join(typed.split()))
                self.query_one(Prompt).stop()
                self.refresh_view()
            case _:
                super().perform_local(does)

    def show_changed(self) -> None:
        try:
            self.refresh_view()
        except RuleError:
            # Its making was undone.
            self.perform(Request.CONTRACTS)

    def move_cursor(self, by: int) -> None:
        questions = len(self.look_back_view.questions)
        self._cursor = (-1 if self._cursor is None and by > 0 else self._cursor or 0) + by
        self._cursor %= questions
        self.refresh_view()

    def choose_row(self, row: int) -> None:
        if self.prompt_open:
            return
        questions = len(self.look_back_view.questions)
        if row >= questions:
            self.action_run(_THEN[row - questions])
        else:
            self._cursor = row
            self._ask()
