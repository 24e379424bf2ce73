"""What the places of one contract share."""

from typing import get_args

from circle_tui.core.contracts.standing import standing
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId
from circle_tui.views.presenters.circle_presenter import ReadCircle
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import ContractStep, Intent, Request

STEPS: frozenset[ContractStep] = frozenset(get_args(ContractStep))
"""The steps that can be gone to."""


class OneContractPresenter(Presenter):
    """A place of one contract; where the contract is gone, its list is gone back to."""

    contract_id: ContractId
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
