"""One contract: its text, its signatures, its versions."""

from circle_tui.core.ids import ContractId
from circle_tui.views import contract, every_screen
from circle_tui.views.action_table import Place
from circle_tui.views.contract import ContractView
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.presenters.contract_presenter import STEPS, OneContractPresenter
from circle_tui.views.view import Intent, Local, Say, View


class ContractPresenter(OneContractPresenter, CirclePresenter):
    """One contract's text, with one cursor over all of its rows."""

    PLACE = Place.CONTRACT

    def __init__(self, read: ReadCircle, contract_id: ContractId, at: str = "") -> None:
        """`at` is the id of the card that the cursor begins in; empty for the first part."""
        super().__init__(read)
        self.contract_id = contract_id
        self._earlier: int | None = None
        """Which earlier version is looked at, by its place; None for the present one."""
        self._confirming = False
        self.cursor = contract.first_cursor(self.view(), at)

    def view(self) -> ContractView:
        view = contract.contract_view(
            self.read(),
            self.contract_id,
            cursor=self.cursor,
            earlier=self._earlier,
            asking=self.asking,
            confirming=self._confirming,
            steps=STEPS,
        )
        if view.cursor is not None:
            self.cursor = view.cursor
        self._before = view
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, ContractView)
        return 0 if view.cursor is None else len(view.items)

    def choose_row(self, row: int) -> Intent | None:
        self.cursor, self._confirming = row, False
        return None

    def row_of_seat(self, seat: int) -> int | None:
        return contract.cursor_of_seat(self.read(), self.view(), seat)

    def can_click_seat(self, seat: int) -> bool:
        # Who isn't in the contract is told so.
        return self._earlier is None

    def choose_seat(self, seat: int) -> Intent | None:
        if self._earlier is not None:
            return None
        cursor = self.row_of_seat(seat)
        if cursor is None:
            self.choose_row(contract.without_signer(self.view()))
            return Say(contract.not_here(self.read(), seat) or every_screen.no_seat(seat))
        return self.choose_row(cursor)

    def still_there(self) -> Intent | None:
        """Whatever was done was done to the present version."""
        self._earlier, self._confirming = None, False
        before = self._before
        self.cursor = contract.same_row(before, self.view())
        return None

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.CONFIRM:
                self._confirming = True
            case Local.EARLIER_VERSIONS:
                self._earlier = contract.version_before(
                    self.read(), self.contract_id, self._earlier
                )
            case Local.BACK if not self.asking:
                self._earlier, self._confirming = None, False
            case _:
                return does
        return None
