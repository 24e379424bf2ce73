"""A new contract: from what it begins, then who is in it."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.rows import Rows
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import every_screen, new_contract
from circle_tui.views.action_table import Place
from circle_tui.views.new_contract import NewContractView, new_contract_view
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import Face
from circle_tui.views.view import Execute, GoToContract, Local, View


class NewContractScreen(CircleScreen):
    """Two small steps, and the contract itself comes next."""

    CSS_PATH = "new_contract.tcss"
    PLACE = Place.NEW_CONTRACT

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._cursor = 0
        self._source: str | None = None
        """What it begins from, once that is chosen."""
        self._people: list[str] = []

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="new-contract"):
            with Card(new_contract.BEGIN_FROM, id="choices", active=True):
                yield Rows()
                yield Static(classes="explained")
            with Card(id="template"):
                yield WrappedRows()

    def build_view(self) -> NewContractView:
        return new_contract_view(
            self.snapshot, cursor=self._cursor, source=self._source, people=self._people
        )

    def build_face(self) -> Face:
        return place_face(self.snapshot, done=self._people, title="A new contract")

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

    def execute(self, does: Execute) -> bool:
        done = super().execute(does)
        if done:
            made = self.service.state.contracts[-1].contract
            self.perform(GoToContract(made, "contract"))
        return done

    # The cursor

    def move_cursor(self, by: int) -> None:
        assert isinstance(self.view, NewContractView)
        self._choose((self._cursor + by) % len(self.view.rows))

    def choose_row(self, row: int) -> None:
        if self._source is not None:
            self._choose(row)
            self._mark()
        elif row == self._cursor:
            self.action_run("take")
        else:
            self._choose(row)

    def choose_seat(self, seat: int) -> None:
        """A number chooses what to begin from, and then who is in it."""
        assert isinstance(self.view, NewContractView)
        if self._source is None:
            if seat <= len(self.view.rows):
                self._choose(seat - 1)
            return
        row = new_contract.row_of_seat(self.service.state, seat)
        if row is None:
            self.flash(every_screen.no_seat(seat))
        else:
            self._choose(row)
            self._mark()

    def _choose(self, row: int) -> None:
        self._cursor = row
        self.status.clear()
        self.refresh_view()

    def _mark(self) -> None:
        member = new_contract.may_be_in_it(self.service.state)[self._cursor].id
        if member in self._people:
            self._people.remove(member)
        else:
            self._people.append(member)
        self.refresh_view()

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.SELECT if self._source is None:
                self._source = new_contract.sources(self.snapshot)[self._cursor]
                self._choose(0)
            case Local.SELECT:
                self._mark()
            case Local.BACK if self._source is not None:
                begun = new_contract.sources(self.snapshot).index(self._source)
                self._source = None
                self._people.clear()
                self._choose(begun)
            case _:
                super().perform_local(does)
