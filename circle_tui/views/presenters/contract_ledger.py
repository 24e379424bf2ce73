"""The stakes of judged contracts, and the map of who has a contract with whom."""

from circle_tui.core.ids import ContractId
from circle_tui.views.action_table import Place
from circle_tui.views.contract_ledger import LedgerView, ledger_view
from circle_tui.views.place_face import member_at
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import View


class LedgerPresenter(CirclePresenter):
    """Stakes and map, one below the other, with one cursor."""

    PLACE = Place.LEDGER

    def __init__(
        self, read: ReadCircle, contract_id: ContractId | None = None, *, at_map: bool = False
    ) -> None:
        """`contract_id` is the contract it was opened from, which makes no difference."""
        super().__init__(read)
        if at_map:
            self.cursor = len(self.view().stakes)

    def view(self) -> LedgerView:
        view = ledger_view(self.read(), cursor=self.cursor)
        self.cursor = view.cursor
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, LedgerView)
        return view.rows

    def row_of_seat(self, seat: int) -> int | None:
        member, view = member_at(self.read(), seat), self.view()
        if member not in view.members:
            return None
        return len(view.stakes) + view.members.index(member)
