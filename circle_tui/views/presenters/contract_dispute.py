"""An objection to the result, from stage to stage."""

from typing import Any

from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views import contract_dispute_keys
from circle_tui.views.action_table import Place
from circle_tui.views.contract_dispute import DisputeView, dispute_view
from circle_tui.views.contract_dispute_keys import contested_parts
from circle_tui.views.contract_parts import contract_snapshot
from circle_tui.views.presenters.circle_presenter import ReadCircle
from circle_tui.views.presenters.contract_step import StepPresenter
from circle_tui.views.view import Ask, Command, GoToContract, Intent, Local


class DisputePresenter(StepPresenter):
    """An objection to the result, from stage to stage."""

    PLACE = Place.DISPUTE

    def __init__(self, read: ReadCircle, contract_id: ContractId) -> None:
        super().__init__(read, contract_id)
        self._of: MemberId | None = None
        self._figure = ""
        """What was typed and nobody has agreed to yet; nothing of it is in the file."""

    def view(self) -> DisputeView:
        waiting = contested_parts(contract_snapshot(self.read(), self.contract_id))
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
        if does.command is not contract_dispute_keys.FIGURE or self._of is None:
            return None
        result = contract_snapshot(self.read(), self.contract_id).result(self._of)
        return contract_dispute_keys.reason_for(self.contract_id, result, self.chosen, self._figure)

    def after_change(self) -> Intent | None:
        """Once nothing is contested any more, the result is shown."""
        found = contract_snapshot(self.read(), self.contract_id)
        if any(each.of == self._of and each.figure is not None for each in found.results):
            # Somebody has agreed to it: from now on the file has it.
            self._figure = ""
        return None if contested_parts(found) else GoToContract(self.contract_id, "result")

    def move(self, by: int) -> Intent | None:
        people = self.view().people
        if people:
            at = people.index(self.chosen) if self.chosen in people else -1 if by > 0 else 0
            self.choose_member(people[(at + by) % len(people)])
        return None

    def local(self, does: Local) -> Intent | None:
        if does is not Local.NEXT_PART:
            return does
        waiting = contested_parts(contract_snapshot(self.read(), self.contract_id))
        at = waiting.index(self._of) + 1 if self._of in waiting else 0
        self._of, self._figure = waiting[at % len(waiting)], ""
        return None
