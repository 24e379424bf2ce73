"""Judging a contract: one part after the other, by whoever judges it."""

from typing import Any

from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views import contract_judging, contract_judging_keys
from circle_tui.views.action_table import Place
from circle_tui.views.contract_judgement import FIGURE, Judgement, awaiting, next_part, part_for
from circle_tui.views.contract_judging import JudgingView, judging_view
from circle_tui.views.contract_parts import contract_snapshot
from circle_tui.views.presenters.circle_presenter import ReadCircle
from circle_tui.views.presenters.contract_step import StepPresenter
from circle_tui.views.view import Ask, Command, GoToContract, Intent, Local, Say, View


class JudgingPresenter(StepPresenter):
    """The part that is judged now, and what is marked of it so far."""

    PLACE = Place.JUDGING

    def __init__(self, read: ReadCircle, contract_id: ContractId) -> None:
        super().__init__(read, contract_id)
        self._of: MemberId | None = None
        self._judgements: dict[MemberId, Judgement] = {}
        """What is marked so far, by whose part it is; nothing of it is in the file."""
        self._marked: list[tuple[MemberId, Judgement, int]] = []
        """Whose part was marked, what was marked of it before, and where the cursor was."""

    @property
    def _judgement(self) -> Judgement:
        return Judgement() if self._of is None else self._judgements.get(self._of, Judgement())

    def view(self) -> JudgingView:
        self._of = part_for(contract_snapshot(self.read(), self.contract_id), self._of, None)
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
        self._marked.append((self._of, before, self.cursor))
        self._judgements[self._of] = after = command(before, *args)
        if (len(after.marks), len(after.rubric)) != (len(before.marks), len(before.rubric)):
            # On to what has no mark yet.
            self.cursor = min(self.cursor + 1, max(self.rows(self.view()) - 1, 0))
        return None

    def typed(self, does: Ask) -> Intent | None:
        if does.command is not FIGURE or self._of is None:
            return None
        result = contract_snapshot(self.read(), self.contract_id).result(self._of)
        return contract_judging_keys.reason_for(self.contract_id, result, self._judgement)

    def after_change(self) -> Intent | None:
        """On to the next part; after the last one, to the result."""
        found = contract_snapshot(self.read(), self.contract_id)
        left = {each.of for each in awaiting(found)}
        self._judgements = {of: each for of, each in self._judgements.items() if of in left}
        self._marked = [each for each in self._marked if each[0] in left]
        if self._of not in left:
            self._of, self.cursor, self.chosen = None, 0, None
        if found.results and all(each.comes_back is not None for each in found.results):
            return GoToContract(self.contract_id, "result")
        return None

    def choose_member(self, member: MemberId) -> None:
        found = contract_snapshot(self.read(), self.contract_id)
        self._of, self.cursor = part_for(found, self._of, member), 0
        super().choose_member(member)

    def own_undo(self) -> tuple[bool, bool] | None:
        return (True, False) if self._marks_here else None

    @property
    def _marks_here(self) -> list[int]:
        """Where in `_marked` the part is that is judged now."""
        return [at for at, (of, _, _) in enumerate(self._marked) if of == self._of]

    def local(self, does: Local) -> Intent | None:
        if does is Local.UNDO and self._marks_here:
            of, self._judgements[of], self.cursor = self._marked.pop(self._marks_here[-1])
            return Say(contract_judging.TAKEN_BACK)
        if does is not Local.NEXT_PART:
            return does
        found = contract_snapshot(self.read(), self.contract_id)
        self._of, self.cursor = next_part(found, self._of), 0
        return None
