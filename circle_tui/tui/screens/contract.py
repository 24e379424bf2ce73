"""One contract: a draft, what waits for signatures, what goes on, what has ended."""

from collections.abc import Iterator

from textual.widget import Widget

from circle_tui.core.ids import ContractId
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import contract, contract_cards
from circle_tui.views.action_table import Place
from circle_tui.views.contract import ContractView
from circle_tui.views.presenters.contract import ContractPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import Ask, View

_ELSEWHERE = -1
"""The cursor of a list that shares it, while it is in another: the rows keep their place."""


class ContractScreen(CircleScreen):
    """Its text in cards, with one cursor over all of its rows."""

    CSS_PATH = "contract.tcss"
    PLACE = Place.CONTRACT
    presenter: ContractPresenter

    def __init__(self, service: CircleService, contract_id: ContractId, at: str = "") -> None:
        """`at` is the id of the card that the cursor begins in; empty for the first part."""
        super().__init__(service, ContractPresenter(lambda: service.snapshot, contract_id, at))

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="contract"):
            for card_id in contract_cards.IDS:
                with Card(id=card_id):
                    yield WrappedRows()
            yield Prompt()

    @property
    def contract_view(self) -> ContractView:
        """What is shown and offered now."""
        assert isinstance(self.view, ContractView)
        return self.view

    def build_face(self) -> RingFace:
        return contract.contract_face(self.snapshot, self.contract_view)

    def update_view(self, view: View) -> None:
        assert isinstance(view, ContractView)
        shown = {card.id: card for card in view.cards}
        active = "" if self.prompt_open else view.active
        for card in self.query(Card):
            here = shown.get(card.id or "")
            card.display = here is not None
            card.set_class(card.id == active, "-active")
            if here is not None:
                card.set_title(here.title)
                cursor = view.cursor
                if cursor is not None and card.id != view.active:
                    cursor = _ELSEWHERE
                card.query_one(WrappedRows).show(here.rows, cursor, here.first)
        self.call_after_refresh(self._scroll_to_cursor)

    def on_resize(self) -> None:
        self.call_after_refresh(self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        """Bring into view what is typed, or the row that the cursor is on."""
        page, view = self.query_one(Page), self.contract_view
        if self.prompt_open:
            page.scroll_to_widget(self.query_one(Prompt), animate=False, force=True)
        elif view.cursor is None:
            page.scroll_home(animate=False)
        else:
            card = self.query_one(f"#{view.active}", Card)
            rows = card.query_one(WrappedRows)
            if card.outer_size.height <= page.size.height:
                page.show_line(card, 0, card.outer_size.height)
            else:
                page.show_cursor(rows)

    def ask(self, does: Ask) -> None:
        # A question belongs below the card that it is about.
        of_length = does.command in contract_cards.OF_LENGTH
        after = contract_cards.LENGTH if of_length else self.contract_view.active
        self.query_one(Page).move_child(self.query_one(Prompt), after=self.query_one(f"#{after}"))
        super().ask(does)

    @property
    def row_action(self) -> str:
        view = self.contract_view
        own = "sign" if view.action("sign") is not None else "accept"
        return own if view.items[self.presenter.cursor].signer else "edit"
