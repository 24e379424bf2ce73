"""How a contract is judged, and the three questions of the advisor."""

from circle_tui.core.ids import ContractId
from circle_tui.views.action_table import Place
from circle_tui.views.contract_way import WayView, way_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.presenters.contract_presenter import OneContractPresenter
from circle_tui.views.view import Intent, Local, View


class ContractWayPresenter(OneContractPresenter, CirclePresenter):
    """Four ways to judge a contract, and a suggestion for whoever asks for one."""

    PLACE = Place.CONTRACT_WAY

    def __init__(self, read: ReadCircle, contract_id: ContractId) -> None:
        super().__init__(read)
        self.contract_id = contract_id
        self._chosen: int | None = None
        self.answers: tuple[int, ...] | None = None
        """What the advisor was told so far; None before it is asked."""

    def view(self) -> WayView:
        view = way_view(self.read(), self.contract_id, cursor=self._chosen, answers=self.answers)
        self.cursor = view.cursor
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, WayView)
        return 0 if view.advice_rows else len(view.rows)

    def choose_row(self, row: int) -> Intent | None:
        self._chosen = row
        return None

    def answer(self, number: int) -> Intent | None:
        self._advise((*(self.answers or ()), number))
        return None

    def still_there(self) -> Intent | None:
        self._chosen = None
        return None

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.NEXT_QUESTION:
                self._advise(())
            case Local.BACK:
                self._advise(None)
            case _:
                return does
        return None

    def _advise(self, answers: tuple[int, ...] | None) -> None:
        self.answers, self._chosen = answers, None
