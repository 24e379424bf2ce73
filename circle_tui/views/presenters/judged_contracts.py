"""The places of a contract that is judged: its parts, what was found, objections, and stakes.

Invariant: a key that speaks for somebody works only after their own number.
"""

from collections.abc import Callable
from typing import Any

from circle_tui.core.contracts import in_it
from circle_tui.views import contract_dispute, contract_judging, every_screen
from circle_tui.views.action_table import Place
from circle_tui.views.contract_dispute import DisputeView, contested, dispute_view
from circle_tui.views.contract_judgement import FIGURE, Judgement, awaiting, next_part, part_for
from circle_tui.views.contract_judging import JudgingView, judging_view
from circle_tui.views.contract_ledger import LedgerView, ledger_view
from circle_tui.views.contract_parts import member_on, standing_of
from circle_tui.views.contract_result import ResultView, result_view
from circle_tui.views.presenters.between_meetings import CirclePresenter, ReadCircle
from circle_tui.views.presenters.contracts import (
    ContractPresenter,
    ContractWayPresenter,
    LookBackPresenter,
)
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import Ask, Command, GoToContract, Intent, Local, Request, Say, View


class StepPresenter(CirclePresenter):
    """One step of one judged contract."""

    NUMBERS_ARE_SEATS = True

    def __init__(self, read: ReadCircle, contract_id: str) -> None:
        super().__init__(read)
        self.contract_id = contract_id
        self.chosen: str | None = None
        """Who has chosen themselves by their number; None for nobody yet."""

    def choose_seat(self, seat: int) -> Intent | None:
        member = member_on(self.read().state, seat)
        if member is None:
            return Say(every_screen.no_seat(seat))
        self.choose_member(member)
        return None

    def choose_member(self, member: str) -> None:
        """Somebody has chosen themselves."""
        self.chosen = member

    def changed(self) -> Intent | None:
        """Where the contract itself was undone, its list is gone back to."""
        if self.contract_id in in_it.ids(self.read().state):
            return self.after_change()
        return Request.CONTRACTS

    def after_change(self) -> Intent | None:
        """The contract has changed. Subclasses may go on to another step."""
        return None


class JudgingPresenter(StepPresenter):
    """The part that is judged now, and what is marked of it so far."""

    PLACE = Place.JUDGING

    def __init__(self, read: ReadCircle, contract_id: str) -> None:
        super().__init__(read, contract_id)
        self._of: str | None = None
        self._judgements: dict[str, Judgement] = {}
        """What is marked so far, by whose part it is; nothing of it is in the file."""

    @property
    def _judgement(self) -> Judgement:
        return self._judgements.get(self._of or "", Judgement())

    def view(self) -> JudgingView:
        self._of = part_for(standing_of(self.read(), self.contract_id), self._of, None)
        return judging_view(
            self.read(),
            self.contract_id,
            of=self._of,
            by=self.chosen,
            judgement=self._judgement,
            cursor=self.cursor,
            asking=self.asking,
        )

    def rows(self, view: View) -> int:
        assert isinstance(view, JudgingView)
        return len(view.rows)

    def mark(self, command: Command, *args: Any) -> Intent | None:
        assert self._of is not None
        before = self._judgement
        self._judgements[self._of] = after = command(before, *args)
        if (len(after.marks), len(after.rubric)) != (len(before.marks), len(before.rubric)):
            # On to what has no mark yet.
            self.cursor = min(self.cursor + 1, max(self.rows(self.view()) - 1, 0))
        return None

    def typed(self, does: Ask) -> Intent | None:
        if does.command is not FIGURE or self._of is None:
            return None
        result = standing_of(self.read(), self.contract_id).result(self._of)
        return contract_judging.reason_for(self.contract_id, result, self._judgement)

    def after_change(self) -> Intent | None:
        """On to the next part; after the last one, to what was found."""
        found = standing_of(self.read(), self.contract_id)
        left = {each.of for each in awaiting(found)}
        self._judgements = {of: each for of, each in self._judgements.items() if of in left}
        if self._of not in left:
            self._of, self.cursor, self.chosen = None, 0, None
        if found.results and all(each.comes_back is not None for each in found.results):
            return GoToContract(self.contract_id, "result")
        return None

    def choose_member(self, member: str) -> None:
        found = standing_of(self.read(), self.contract_id)
        self._of, self.cursor = part_for(found, self._of, member), 0
        super().choose_member(member)

    def local(self, does: Local) -> Intent | None:
        if does is not Local.NEXT_PART:
            return does
        found = standing_of(self.read(), self.contract_id)
        self._of, self.cursor = next_part(found, self._of), 0
        return None


class ResultPresenter(StepPresenter):
    """What was found about a contract, and who is content with it."""

    PLACE = Place.RESULT

    def view(self) -> ResultView:
        view = result_view(
            self.read(),
            self.contract_id,
            chosen=self.chosen,
            cursor=self.cursor,
            asking=self.asking,
        )
        self.cursor = view.cursor
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, ResultView)
        return len(view.rows)

    def choose_member(self, member: str) -> None:
        things = self.view().things
        if member in things:
            # Who says their number means their own part, until the cursor says another.
            self.cursor = things.index(member)
        super().choose_member(member)


class DisputePresenter(StepPresenter):
    """An objection to what was found, from rung to rung."""

    PLACE = Place.DISPUTE

    def __init__(self, read: ReadCircle, contract_id: str) -> None:
        super().__init__(read, contract_id)
        self._of: str | None = None
        self._figure = ""
        """What was typed and nobody has agreed to yet; nothing of it is in the file."""

    def view(self) -> DisputeView:
        waiting = contested(standing_of(self.read(), self.contract_id))
        if self._of not in waiting:
            self._of, self._figure = next(iter(waiting), None), ""
        return dispute_view(
            self.read(),
            self.contract_id,
            of=self._of,
            chosen=self.chosen,
            figure=self._figure,
            asking=self.asking,
        )

    def mark(self, command: Command, *args: Any) -> Intent | None:
        self._figure = command(self._figure, *args)
        return None

    def typed(self, does: Ask) -> Intent | None:
        if does.command is not contract_dispute.FIGURE or self._of is None:
            return None
        result = standing_of(self.read(), self.contract_id).result(self._of)
        return contract_dispute.reason_for(self.contract_id, result, self.chosen, self._figure)

    def after_change(self) -> Intent | None:
        """Once nothing is contested any more, what was found is shown."""
        found = standing_of(self.read(), self.contract_id)
        if any(each.of == self._of and each.figure is not None for each in found.results):
            # Somebody has agreed to it: from now on the file has it.
            self._figure = ""
        return None if contested(found) else GoToContract(self.contract_id, "result")

    def move(self, by: int) -> Intent | None:
        people = self.view().people
        if people:
            at = people.index(self.chosen) if self.chosen in people else -1 if by > 0 else 0
            self.choose_member(people[(at + by) % len(people)])
        return None

    def local(self, does: Local) -> Intent | None:
        if does is not Local.NEXT_PART:
            return does
        waiting = contested(standing_of(self.read(), self.contract_id))
        at = waiting.index(self._of) + 1 if self._of in waiting else 0
        self._of, self._figure = waiting[at % len(waiting)], ""
        return None


class LedgerPresenter(CirclePresenter):
    """Stakes and map, one below the other, with one cursor."""

    PLACE = Place.LEDGER

    def __init__(self, read: ReadCircle, contract_id: str = "", *, at_map: bool = False) -> None:
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


CONTRACT_STEPS: dict[str, Callable[[ReadCircle, str], Presenter]] = {
    "contract": ContractPresenter,
    "at the end": lambda read, contract_id: ContractPresenter(read, contract_id, at="end"),
    "way": ContractWayPresenter,
    "look back": LookBackPresenter,
    "judge": JudgingPresenter,
    "result": ResultPresenter,
    "dispute": DisputePresenter,
    "stakes": LedgerPresenter,
    "map": lambda read, contract_id: LedgerPresenter(read, contract_id, at_map=True),
}
"""The steps of a contract, but for the secret vote, which needs a screen."""
