"""The places of contracts: their list, a new one, a contract's page, and how it's judged."""

from circle_tui.core.contracts.standing import standing
from circle_tui.core.errors import RuleError
from circle_tui.views import contract, look_back, new_contract
from circle_tui.views.action_table import Place
from circle_tui.views.contract import ContractView
from circle_tui.views.contract_way import WayView, way_view
from circle_tui.views.contracts import ContractsView, contracts_view
from circle_tui.views.look_back import LookBackView
from circle_tui.views.new_contract import NewContractView, new_contract_view
from circle_tui.views.presenters.between_meetings import CirclePresenter, ReadCircle
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import (
    Ask,
    Command,
    Execute,
    GoToContract,
    Intent,
    Local,
    Request,
    Unsaved,
    View,
)

STEPS = frozenset(
    {
        *("contract", "at the end", "way", "look back", "judge"),
        *("vote", "result", "dispute", "stakes", "map"),
    }
)
"""The steps that can be gone to."""


class ContractsPresenter(CirclePresenter):
    """What is due, what goes on, what waits for signatures."""

    PLACE = Place.CONTRACTS

    def __init__(self, read: ReadCircle) -> None:
        super().__init__(read)
        self._earlier = False

    def view(self) -> ContractsView:
        view = contracts_view(self.read(), cursor=self.cursor, earlier=self._earlier, steps=STEPS)
        self.cursor = view.cursor or 0
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, ContractsView)
        return len(view.rows)

    def local(self, does: Local) -> Intent | None:
        if does is not Local.OTHER_LIST:
            return does
        self._earlier, self.cursor = not self._earlier, 0
        return None


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


class OfContract(Presenter):
    """A place of one contract; where the contract is gone, its list is gone back to."""

    contract_id: str
    read: ReadCircle

    def changed(self) -> Intent | None:
        try:
            standing(self.read().state, self.contract_id, self.read().now)
        except RuleError:
            # Its making was undone, or the draft was dropped.
            return Request.CONTRACTS
        return self.still_there()

    def still_there(self) -> Intent | None:
        """The contract has changed, and is still there."""
        return None


class ContractPresenter(OfContract, CirclePresenter):
    """One contract's text, with one cursor over all of its rows."""

    PLACE = Place.CONTRACT

    def __init__(self, read: ReadCircle, contract_id: str, at: str = "") -> None:
        """`at` is the id of the card that the cursor begins in; empty for the first part."""
        super().__init__(read)
        self.contract_id = contract_id
        self._earlier: int | None = None
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
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, ContractView)
        return 0 if view.cursor is None else len(view.items)

    def choose_row(self, row: int) -> Intent | None:
        self.cursor, self._confirming = row, False
        return None

    def still_there(self) -> Intent | None:
        self._earlier, self._confirming = None, False
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


class ContractWayPresenter(OfContract, CirclePresenter):
    """Four ways to judge a contract, and a suggestion for whoever asks for one."""

    PLACE = Place.CONTRACT_WAY

    def __init__(self, read: ReadCircle, contract_id: str) -> None:
        super().__init__(read)
        self.contract_id = contract_id
        self._chosen: int | None = None
        self._answers: tuple[int, ...] | None = None
        """What the advisor was told so far; None before it is asked."""

    def view(self) -> WayView:
        view = way_view(self.read(), self.contract_id, cursor=self._chosen, answers=self._answers)
        self.cursor = view.cursor
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, WayView)
        return 0 if view.advice_rows else len(view.rows)

    def choose_row(self, row: int) -> Intent | None:
        self._chosen = row
        return None

    def answer(self, number: int) -> Intent | None:
        self._advise((*(self._answers or ()), number))
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
        self._answers, self._chosen = answers, None


class LookBackPresenter(OfContract, CirclePresenter):
    """What worked in a contract, what should change, and what comes then."""

    PLACE = Place.LOOK_BACK

    def __init__(self, read: ReadCircle, contract_id: str) -> None:
        super().__init__(read)
        self.contract_id = contract_id
        self._words = look_back.Words()
        self._at: int | None = 0
        """The question that is asked next; None once all were."""
        self._asked = False

    def view(self) -> LookBackView:
        return look_back.look_back_view(
            self.read(), self.contract_id, self._words, cursor=self._at, asking=self.asking
        )

    def rows(self, view: View) -> int:
        assert isinstance(view, LookBackView)
        return len(view.questions)

    def asks(self) -> Ask | None:
        """The first question is asked without a key; each answer asks the next."""
        if self._asked:
            return None
        self._asked = True
        return self._question()

    def choose_row(self, row: int) -> Intent | None:
        self._at = self.cursor = row
        return self._question()

    def local(self, does: Local) -> Intent | None:
        return self._question() if does is Local.SELECT else does

    def mark(self, command: Command, *args: str) -> Intent | None:
        self._words = command(self._words, *args)
        return None

    def typed(self, does: Ask) -> Intent | None:
        at = does.args[0] if isinstance(does.command, Unsaved) else None
        if at is None:
            return None
        self._at = at + 1 if at + 1 < len(self.view().questions) else None
        return self._question()

    def _question(self) -> Ask | None:
        if self._at is None:
            return None
        found = standing(self.read().state, self.contract_id, self.read().now)
        question, value = look_back.questions_of(found)[self._at], self._words.texts[self._at]
        return Ask(question, look_back.SAY, (self._at,), value)
