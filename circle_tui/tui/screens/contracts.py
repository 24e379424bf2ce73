"""The contracts of a circle, and the earlier ones."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import contract_words
from circle_tui.views.action_table import Place
from circle_tui.views.contracts import ContractsView, contract_at
from circle_tui.views.place_face import place_face
from circle_tui.views.presenters.contracts import ContractsPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import View


class ContractsScreen(CircleScreen):
    """What is due, what goes on, what waits for signatures."""

    CSS_PATH = "contracts.tcss"
    PLACE = Place.CONTRACTS

    ROW_ACTION = "open"
    PRESENTER = ContractsPresenter

    presenter: ContractsPresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="contracts"), Card(contract_words.CONTRACTS, id="list", active=True):
            yield WrappedRows(align_states=True)
            yield Static(classes="explained")

    def build_face(self) -> RingFace:
        place = self.presenter
        found = contract_at(self.snapshot, place.cursor, earlier=place.earlier)
        people = () if found is None else [part.member for part in found.shown.parts]
        return place_face(self.snapshot, done=people, title=contract_words.CONTRACTS)

    def update_view(self, view: View) -> None:
        assert isinstance(view, ContractsView)
        self.query_one(Card).set_title(view.title)
        rows = self.query_one(WrappedRows)
        rows.display = bool(view.rows)
        rows.show(view.rows, view.cursor)
        explained = self.query_one(".explained", Static)
        explained.set_class(not view.rows, "-alone")
        explained.update(Content(view.explained))
        self.call_after_refresh(self._scroll_to_cursor)

    def on_resize(self) -> None:
        self.call_after_refresh(self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        self.query_one(Page).show_cursor(self.query_one(WrappedRows))
