"""Judging a contract: one part after the other, by whoever judges it."""

from collections.abc import Iterator
from typing import Any

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.contract_step import ContractStepScreen, shown_as
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import contract_judging as views
from circle_tui.views.action_table import Place
from circle_tui.views.contract_judging import JudgingView
from circle_tui.views.presenters.contract_judging import JudgingPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.text import text
from circle_tui.views.view import View


class JudgingScreen(ContractStepScreen):
    """The part that is judged now, and what is marked of it so far."""

    PLACE = Place.JUDGING
    PRESENTER = JudgingPresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="judging"):
            with Card(id="part"):
                yield WrappedRows(id="part-rows")
            with Card(views.AS_WRITTEN, id="written"):
                yield Static()
            with Card(id="marks"):
                yield WrappedRows(id="rows", align_states=True)
            yield Prompt()
            with Card(views.TOTAL, id="found"):
                yield Static()
            with Card(views.STAKE, id="stake"):
                yield Static()

    def build_face(self) -> RingFace:
        return views.judging_face(self.snapshot, shown_as(self.view, JudgingView))

    def update_view(self, view: View) -> None:
        shown = shown_as(view, JudgingView)
        part = self.query_one("#part", Card)
        part.display = shown.of is not None
        part.set_title(shown.title)
        self.query_one("#part-rows", WrappedRows).show(shown.part)
        self._fill("#written", shown.written)
        self._fill("#found", shown.found)
        self._fill("#stake", text(shown.stake) if shown.stake else ())
        marks = self.query_one("#marks", Card)
        marks.display = bool(shown.rows)
        marks.set_title(shown.rows_title)
        marks.set_class(shown.cursor is not None and not self.prompt_open, "-active")
        self.query_one("#rows", WrappedRows).show(shown.rows, cursor=shown.cursor)
        self.call_after_refresh(self._scroll_to_cursor)

    def on_resize(self) -> None:
        self.call_after_refresh(self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        """Bring into view what is typed, what comes back, or the row that the cursor is on."""
        page, shown = self.query_one(Page), shown_as(self.view, JudgingView)
        rows = self.query_one("#rows", WrappedRows)
        if self.prompt_open:
            page.scroll_to_widget(self.query_one(Prompt), animate=False, force=True)
        elif shown.found and shown.cursor is not None:
            page.scroll_to_widget(self.query_one("#found"), animate=False, force=True)
        elif shown.cursor is not None:
            page.show_cursor(rows)

    def _fill(self, card: str, words: Any) -> None:
        """Show a card's words; a card without any is not there."""
        self.query_one(card).display = bool(words)
        self.query_one(f"{card} > Static", Static).update(content(words))
