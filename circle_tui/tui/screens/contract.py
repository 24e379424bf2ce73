"""One contract: a draft, what waits for signatures, what goes on, what has ended."""

from collections.abc import Iterator

from textual.widget import Widget

from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.routes import CONTRACT_STEPS
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import contract, contract_cards, every_screen
from circle_tui.views.action_table import Place
from circle_tui.views.contract import ContractView
from circle_tui.views.ring import Face
from circle_tui.views.view import Ask, Execute, Local, Request, View

_ELSEWHERE = -1
"""The cursor of a list that shares it, while it is in another: the rows keep their place."""


class ContractScreen(CircleScreen):
    """Its text in cards, with one cursor over all of its rows."""

    CSS_PATH = "contract.tcss"
    PLACE = Place.CONTRACT

    def __init__(self, service: CircleService, contract_id: str, at: str = "") -> None:
        """`at` is the id of the card that the cursor begins in; empty for the first part."""
        super().__init__(service)
        self._contract = contract_id
        self._earlier: int | None = None
        """Which earlier version is looked at, by its place; None for the present one."""
        self._confirming = False
        self._cursor = 0
        self._cursor = contract.first_cursor(self.build_view(), at)

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="contract"):
            for card_id in contract_cards.IDS:
                with Card(id=card_id):
                    yield WrappedRows()
            yield Prompt()

    def build_view(self) -> ContractView:
        return contract.contract_view(
            self.snapshot,
            self._contract,
            cursor=self._cursor,
            earlier=self._earlier,
            asking=self.is_mounted and self.prompt_open,
            confirming=self._confirming,
            steps=CONTRACT_STEPS,
        )

    @property
    def contract_view(self) -> ContractView:
        """What is shown and offered now."""
        assert isinstance(self.view, ContractView)
        return self.view

    def build_face(self) -> Face:
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
                page.show_line(rows, *rows.lines_of_cursor)

    def ask(self, does: Ask) -> None:
        # A question belongs below the card that it is about.
        of_length = does.command in contract_cards.OF_LENGTH
        after = contract_cards.LENGTH if of_length else self.contract_view.active
        self.query_one(Page).move_child(self.query_one(Prompt), after=self.query_one(f"#{after}"))
        super().ask(does)

    def execute(self, does: Execute) -> bool:
        self._confirming = False
        return super().execute(does)

    def show_changed(self) -> None:
        """Whatever was done was done to the present version; it may be gone with it."""
        self._earlier, self._confirming = None, False
        try:
            self._cursor = contract.same_row(self.contract_view, self.build_view())
            self.refresh_view()
        except RuleError:
            # Its making was undone, or the draft was dropped.
            self.perform(Request.CONTRACTS)

    def move_cursor(self, by: int) -> None:
        self._choose(((self.contract_view.cursor or 0) + by) % len(self.contract_view.items))

    def choose_row(self, row: int) -> None:
        view = self.contract_view
        if self.prompt_open or view.cursor is None:
            return
        if row != view.cursor:
            self._choose(row)
        else:
            item = view.items[row]
            own = "sign" if view.action("sign") is not None else "accept"
            self.action_run(own if item.signer else "edit")

    def choose_seat(self, seat: int) -> None:
        if self.prompt_open or self._earlier is not None:
            return
        cursor = contract.cursor_of_seat(self.snapshot, self.contract_view, seat)
        if cursor is None:
            self.flash(contract.not_here(self.snapshot, seat) or every_screen.no_seat(seat))
        else:
            self._choose(cursor)

    def _choose(self, cursor: int) -> None:
        self._cursor, self._confirming = cursor, False
        self.status.clear()
        self.refresh_view()

    def scroll_body(self, by: int) -> None:
        self.query_one(Page).scroll_relative(y=by, animate=False)

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.CONFIRM:
                self._confirming = True
                self.status.clear()
                self.refresh_view()
            case Local.EARLIER_VERSIONS:
                self._earlier = contract.version_before(
                    self.snapshot, self._contract, self._earlier
                )
                self.refresh_view()
            case Local.BACK if not self.prompt_open:
                self._earlier, self._confirming = None, False
                self.refresh_view()
            case _:
                super().perform_local(does)
