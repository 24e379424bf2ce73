"""A new contract: from what it begins, then who is in it."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.rows import Rows
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import new_contract
from circle_tui.views.action_table import Place
from circle_tui.views.new_contract import NewContractView
from circle_tui.views.presenters.new_contract import NewContractPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import Local, View


class NewContractScreen(CircleScreen):
    """Two small steps, and the contract itself comes next."""

    CSS_PATH = "new_contract.tcss"
    PLACE = Place.NEW_CONTRACT

    ROW_ACTION = "take"
    PRESENTER = NewContractPresenter

    presenter: NewContractPresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="new-contract"):
            with Card(new_contract.BEGIN_FROM, id="choices", active=True):
                yield Rows()
                yield Static(classes="explained")
            with Card(id="template"):
                yield WrappedRows()

    def build_face(self) -> RingFace:
        return new_contract.new_contract_face(self.snapshot, self.presenter.people)

    def update_view(self, view: View) -> None:
        assert isinstance(view, NewContractView)
        choices = self.query_one("#choices", Card)
        choices.set_title(view.title)
        choices.query_one(Rows).show(view.rows, view.cursor)
        self.query_one(".explained", Static).update(Content(view.note))
        template = self.query_one("#template", Card)
        template.display = bool(view.shown)
        template.set_title(view.shown_title)
        template.query_one(WrappedRows).show(view.shown)
        self.call_after_refresh(self._scroll_to_cursor)

    def on_resize(self) -> None:
        self.call_after_refresh(self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        assert isinstance(self.view, NewContractView)
        page = self.query_one(Page)
        if self.view.cursor:
            page.show_line(self.query_one("#choices Rows"), self.view.cursor)
        else:
            page.scroll_home(animate=False)

    def choose_row(self, row: int) -> None:
        """A click on somebody says at once that they are in it, or no longer."""
        if self.presenter.source is None:
            super().choose_row(row)
        else:
            self.presenter.choose_row(row)
            self.perform(Local.SELECT)
