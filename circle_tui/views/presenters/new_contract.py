"""A new contract: from what it begins, then who is in it."""

from circle_tui.core.ids import MemberId
from circle_tui.views import every_screen, new_contract
from circle_tui.views.action_table import Place
from circle_tui.views.new_contract import NewContractView, new_contract_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import Execute, GoToContract, Intent, Local, Say, View


class NewContractPresenter(CirclePresenter):
    """From what a contract begins, then who is in it."""

    PLACE = Place.NEW_CONTRACT

    def __init__(self, read: ReadCircle) -> None:
        super().__init__(read)
        self.source: str | None = None
        """What it begins from, once that is chosen."""
        self.people: list[MemberId] = []

    def view(self) -> NewContractView:
        return new_contract_view(
            self.read(), cursor=self.cursor, source=self.source, people=self.people
        )

    def rows(self, view: View) -> int:
        assert isinstance(view, NewContractView)
        return len(view.rows)

    def row_of_seat(self, seat: int) -> int | None:
        if self.source is None:
            return None
        return new_contract.row_of_seat(self.read().state, seat)

    def choose_seat(self, seat: int) -> Intent | None:
        """A number chooses what to begin from, and then who is in it."""
        if self.source is None and seat <= self.row_count:
            return self.choose_row(seat - 1)
        row = self.row_of_seat(seat)
        if row is None:
            return Say(every_screen.no_seat(seat))
        self.cursor = row
        self._mark()
        return None

    def executed(self, does: Execute) -> Intent | None:
        return GoToContract(self.read().state.contracts[-1].contract, "contract")

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.SELECT if self.source is None:
                self.source, self.cursor = new_contract.sources(self.read())[self.cursor], 0
            case Local.SELECT:
                self._mark()
            case Local.BACK if self.source is not None:
                self.cursor = new_contract.sources(self.read()).index(self.source)
                self.source = None
                self.people.clear()
            case _:
                return does
        return None

    def _mark(self) -> None:
        member = new_contract.may_be_in_it(self.read().state)[self.cursor].id
        if member in self.people:
            self.people.remove(member)
        else:
            self.people.append(member)
