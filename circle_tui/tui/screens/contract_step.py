"""What the screens of a judged contract share: the field for words comes into view.

Invariant: a key that speaks for somebody works only after their own number.
"""

from typing import Any, ClassVar, TypeVar

from circle_tui.core.ids import ContractId
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.views.presenters.contract_step import StepPresenter
from circle_tui.views.view import Ask

V = TypeVar("V")


class ContractStepScreen(CircleScreen):
    """One step of one contract; esc goes back to the contract's own screen."""

    SCROLLS_BY_PAGE = True
    PRESENTER: ClassVar[type[StepPresenter]]

    presenter: StepPresenter

    def __init__(self, service: CircleService, contract_id: ContractId) -> None:
        super().__init__(service, self.PRESENTER(lambda: service.snapshot, contract_id))
        self.contract_id = contract_id

    def ask(self, does: Ask) -> None:
        super().ask(does)
        self.call_after_refresh(
            self.query_one(Page).scroll_to_widget,
            self.query_one(Prompt),
            animate=False,
            force=True,
        )


def shown_as(view: Any, kind: type[V]) -> V:
    """`view`, which is of that kind."""
    assert isinstance(view, kind)
    return view
