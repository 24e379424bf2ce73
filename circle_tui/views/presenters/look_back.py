"""Looking back on a contract: one question after the other, then what comes next."""

from circle_tui.core.contracts.standing import standing
from circle_tui.core.ids import ContractId
from circle_tui.views import look_back
from circle_tui.views.action_table import Place
from circle_tui.views.look_back import LookBackView
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.presenters.contract_presenter import OneContractPresenter
from circle_tui.views.view import Ask, Command, DraftChange, Intent, Local, View, ask


class LookBackPresenter(OneContractPresenter, CirclePresenter):
    """What worked in a contract, what should change, and what comes then."""

    PLACE = Place.LOOK_BACK

    def __init__(self, read: ReadCircle, contract_id: ContractId) -> None:
        super().__init__(read)
        self.contract_id = contract_id
        self._words = look_back.LookBackWords()
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

    def move(self, by: int) -> Intent | None:
        start = (-1 if by > 0 else 0) if self._at is None else self._at
        self._at = self.cursor = (start + by) % self.row_count
        return None

    def choose_row(self, row: int) -> Intent | None:
        self._at = self.cursor = row
        return self._question()

    def local(self, does: Local) -> Intent | None:
        return self._question() if does is Local.SELECT else does

    def mark(self, command: Command, *args: str) -> Intent | None:
        self._words = command(self._words, *args)
        return None

    def typed(self, does: Ask) -> Intent | None:
        at = does.args[0] if isinstance(does.command, DraftChange) else None
        if at is None:
            return None
        self._at = at + 1 if at + 1 < len(self.view().questions) else None
        return self._question()

    def _question(self) -> Ask | None:
        if self._at is None:
            return None
        found = standing(self.read().state, self.contract_id, self.read().now)
        question, value = look_back.questions_of(found)[self._at], self._words.texts[self._at]
        return ask(question, look_back.SAY, self._at, value=value)
