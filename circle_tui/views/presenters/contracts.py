"""The contracts of a circle, and the earlier ones."""

from circle_tui.views.action_table import Place
from circle_tui.views.contracts import ContractsView, contracts_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.presenters.contract_presenter import STEPS
from circle_tui.views.view import Intent, Local, View


class ContractsPresenter(CirclePresenter):
    """What is due, what goes on, what waits for signatures."""

    PLACE = Place.CONTRACTS

    def __init__(self, read: ReadCircle) -> None:
        super().__init__(read)
        self.earlier = False

    def view(self) -> ContractsView:
        view = contracts_view(self.read(), cursor=self.cursor, earlier=self.earlier, steps=STEPS)
        self.cursor = view.cursor or 0
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, ContractsView)
        return len(view.rows)

    def local(self, does: Local) -> Intent | None:
        if does is not Local.OTHER_LIST:
            return does
        self.earlier, self.cursor = not self.earlier, 0
        return None
