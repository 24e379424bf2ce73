"""The stakes of judged contracts, and the map of who has a contract with whom."""

from collections.abc import Iterator
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.ids import ContractId
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.screens.contract_step import shown_as
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import contract_ledger as views
from circle_tui.views.action_table import Place
from circle_tui.views.contract_ledger import LedgerView
from circle_tui.views.presenters.contract_ledger import LedgerPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import View


class LedgerScreen(CircleScreen):
    """Stakes and map, one below the other, with one cursor."""

    CSS_PATH = "contract_ledger.tcss"
    PLACE = Place.LEDGER
    SCROLLS_BY_PAGE = True
    BEGINS_AT_MAP: ClassVar[bool] = False
    """Whether the cursor begins on the map."""

    def __init__(self, service: CircleService, contract_id: ContractId | None = None) -> None:
        """It's about all contracts, whichever it was opened from."""
        super().__init__(
            service, LedgerPresenter(lambda: service.snapshot, at_map=self.BEGINS_AT_MAP)
        )

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="ledger"):
            with Card(views.STAKES, id="stakes"):
                yield Static(Content(views.NO_STAKES), id="no-stakes")
                yield WrappedRows(id="stake-rows", first_row=0)
            with Card(views.MAP, id="map"):
                yield Static(Content(views.NO_MAP), id="no-map")
                yield WrappedRows(id="map-rows")
                yield Static(id="explained", classes="explained")

    @property
    def _shown(self) -> LedgerView:
        return shown_as(self.view, LedgerView)

    def build_face(self) -> RingFace:
        return views.ledger_face(self.snapshot, self._shown)

    def update_view(self, view: View) -> None:
        shown = shown_as(view, LedgerView)
        stakes = len(shown.stakes)
        on_map = shown.cursor >= stakes and bool(shown.map_rows)
        self.query_one("#no-stakes").display = not shown.stakes
        self.query_one("#stake-rows").display = bool(shown.stakes)
        self.query_one("#stakes").set_class(bool(shown.stakes) and not on_map, "-active")
        self.query_one("#stake-rows", WrappedRows).show(
            shown.stakes, cursor=None if on_map else shown.cursor
        )
        self.query_one("#no-map").display = not shown.map_rows
        self.query_one("#map-rows").display = bool(shown.map_rows)
        self.query_one("#map").set_class(on_map, "-active")
        self.query_one("#map-rows", WrappedRows).show(
            shown.map_rows, cursor=shown.cursor if on_map else None, first=stakes
        )
        explained = self.query_one("#explained", Static)
        explained.display = bool(shown.explained)
        explained.update(Content(shown.explained))
        if on_map:
            self.call_after_refresh(self._scroll_to_map)

    def _scroll_to_map(self) -> None:
        self.query_one(Page).show_cursor(self.query_one("#map-rows", WrappedRows))


class MapScreen(LedgerScreen):
    """The same, with the cursor on the map."""

    PLACE = Place.LEDGER
    BEGINS_AT_MAP = True
