"""The contracts of a circle, and the earlier ones."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.routes import CONTRACT_STEPS
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import contract_words
from circle_tui.views.action_table import Place
from circle_tui.views.contracts import ContractsView, contract_at, contracts_view
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import Face
from circle_tui.views.view import Local, View


class ContractsScreen(CircleScreen):
    """What is due, what goes on, what waits for signatures."""

    CSS_PATH = "contracts.tcss"
    PLACE = Place.CONTRACTS

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._cursor = 0
        self._earlier = False

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="contracts"), Card(contract_words.CONTRACTS, id="list", active=True):
            yield WrappedRows()
            yield Static(classes="explained")

    def build_view(self) -> ContractsView:
        return contracts_view(
            self.snapshot,
            cursor=self._cursor,
            earlier=self._earlier,
            steps=CONTRACT_STEPS,
        )

    def build_face(self) -> Face:
        found = contract_at(self.snapshot, self._cursor, earlier=self._earlier)
        people = () if found is None else [part.member for part in found.shown.parts]
        return place_face(self.snapshot, done=people, title=contract_words.CONTRACTS)

    def update_view(self, view: View) -> None:
        assert isinstance(view, ContractsView)
        self._cursor = view.cursor or 0
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
        rows = self.query_one(WrappedRows)
        self.query_one(Page).show_line(rows, *rows.lines_of_cursor)

    def move_cursor(self, by: int) -> None:
        assert isinstance(self.view, ContractsView)
        self._choose((self._cursor + by) % len(self.view.rows))

    def choose_row(self, row: int) -> None:
        if row == self._cursor:
            self.action_run("open")
        else:
            self._choose(row)

    def _choose(self, row: int) -> None:
        self._cursor = row
        self.status.clear()
        self.refresh_view()

    def perform_local(self, does: Local) -> None:
        if does is Local.OTHER_LIST:
            self._earlier = not self._earlier
            self._choose(0)
        else:
            super().perform_local(does)
