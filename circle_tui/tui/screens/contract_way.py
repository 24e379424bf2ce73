"""How a contract is judged, and the three questions of the advisor."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.ids import ContractId
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import contract_way
from circle_tui.views.action_table import Place
from circle_tui.views.contract_way import WayView, key_of_answer
from circle_tui.views.place_face import place_face
from circle_tui.views.presenters.contract_way import ContractWayPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import View


class ContractWayScreen(CircleScreen):
    """Four ways, and a suggestion for whoever asks for one."""

    CSS_PATH = "contract_way.tcss"
    PLACE = Place.CONTRACT_WAY
    ROW_ACTION = "take"
    presenter: ContractWayPresenter

    def __init__(self, service: CircleService, contract_id: ContractId) -> None:
        super().__init__(service, ContractWayPresenter(lambda: service.snapshot, contract_id))

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="contract-way"):
            with Card(contract_way.TITLE, id="ways"):
                yield WrappedRows()
                yield Static(classes="explained")
            with Card(contract_way.ADVICE, id="advice"):
                yield Static()
                yield WrappedRows()

    @property
    def way_view(self) -> WayView:
        """What is shown and offered now."""
        assert isinstance(self.view, WayView)
        return self.view

    def build_face(self) -> RingFace:
        return place_face(self.snapshot, title=contract_way.TITLE)

    def update_view(self, view: View) -> None:
        assert isinstance(view, WayView)
        asking = bool(view.advice_rows)
        ways, advice = self.query_one("#ways", Card), self.query_one("#advice", Card)
        ways.set_class(not asking, "-active")
        ways.query_one(WrappedRows).show(view.rows, view.cursor)
        ways.query_one(".explained", Static).update(Content(view.explained))
        advice.display = bool(view.advice)
        advice.set_class(asking, "-active")
        advice.query_one(Static).update(Content(view.advice))
        answers = advice.query_one(WrappedRows)
        answers.display = asking
        answers.show(view.advice_rows, first=len(view.rows), clickable=True)
        self.call_after_refresh(self._scroll_to_active)

    def on_resize(self) -> None:
        self.call_after_refresh(self._scroll_to_active)

    def _scroll_to_active(self) -> None:
        page = self.query_one(Page)
        if self.presenter.answers is not None:
            page.scroll_to_widget(self.query_one("#advice"), animate=False, force=True)
        else:
            rows = self.query_one("#ways WrappedRows", WrappedRows)
            page.show_cursor(rows)

    def choose_row(self, row: int) -> None:
        ways = len(self.way_view.rows)
        if row >= ways:
            self.action_run(key_of_answer(self.presenter.answers or (), row - ways))
        else:
            super().choose_row(row)
