"""A new contract: from what it begins, then who is in it."""

from circle_tui.views import new_contract
from circle_tui.views.action_table import Place
from circle_tui.views.new_contract import NewContractView, new_contract_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import (
    Execute,
    GoToContract,
    Intent,
    Local,
    View,
)


class NewContractPresenter(CirclePresenter):
    """From what a contract begins, then who is in it."""

    PLACE = Place.NEW_CONTRACT

    def __init__(self, read: ReadCircle) -> None:
        super().__init__(read)
        self._source: str | None = None
        self._people: list[str] = []

    def view(self) -> NewContractView:
        return new_contract_view(
            self.read(), cursor=self.cursor, source=self._source, people=self._people
        )

    def rows(self, view: View) -> int:
        assert isinstance(view, NewContractView)
        return len(view.rows)

    def executed(self, does: Execute) -> Intent | None:
        return GoToContract(self.read().state.contracts[-1].contract, "contract")

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.SELECT if self._source is None:
                self._source, self.cursor = new_contract.sources(self.read())[self.cursor], 0
            case Local.SELECT:
                self._mark()
            case Local.BACK if self._source is not None:
                self.cursor = new_contract.sources(self.read()).index(self._source)
                self._source = None
                self._people.clear()
            case _:
                return does
        return None

    def _mark(self) -> None:
        member = new_contract.may_be_in_it(self.read().state)[self.cursor].id
        if member in self._people:
            self._people.remove(member)
        else:
            self._people.append(member)
