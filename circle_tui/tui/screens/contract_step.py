"""What the screens of a judged contract share: whose number was pressed, and where a step leads.

Invariant: a key that speaks for somebody works only after their own number.
"""

from typing import Any, TypeVar

from circle_tui.core.contracts import in_it
from circle_tui.service.circle_service import CircleService
from circle_tui.tui import messages
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.views import every_screen, question
from circle_tui.views.contract_parts import member_on
from circle_tui.views.view import Ask, Intent, Pick, Request

V = TypeVar("V")


class ContractStepScreen(CircleScreen):
    """One step of one contract; esc goes back to the contract's own screen."""

    def __init__(self, service: CircleService, contract_id: str) -> None:
        super().__init__(service)
        self.contract_id = contract_id
        self._chosen: str | None = None
        """Who has chosen themselves by their number; None for nobody yet."""
        self._cursor = 0

    def perform(self, does: Intent) -> None:
        match does:
            case Pick():
                self.pick(does)
            case _:
                super().perform(does)

    def ask(self, does: Ask) -> None:
        super().ask(does)
        self.call_after_refresh(
            self.query_one(Page).scroll_to_widget,
            self.query_one(Prompt),
            animate=False,
            force=True,
        )

    def go_to(self, step: str) -> None:
        """Ask the app for the screen of a step of this contract."""
        self.post_message(messages.ContractStep(self.contract_id, step))

    def show_changed(self) -> None:
        """Show what was done or undone; where the contract itself was undone, the list is left."""
        if self.contract_id in in_it.ids(self.service.state):
            self.after_change()
        else:
            self.post_message(messages.Requested(Request.CONTRACTS))

    def after_change(self) -> None:
        """The contract has changed. Subclasses may go on to another step."""
        self.refresh_view()

    def pick(self, does: Pick) -> None:
        """Ask a question, and do what the answer chosen says."""

        def answered(number: int | None) -> None:
            if number is not None:
                self.perform(does.answers[number - 1][1])

        labels = (label for label, _ in does.answers)
        self.base_app.ask_question(question.ask(does.question, *labels), answered)

    def choose_seat(self, seat: int) -> None:
        member = member_on(self.service.state, seat)
        if member is None:
            self.flash(every_screen.no_seat(seat))
        else:
            self.choose_member(member)

    def choose_member(self, member: str) -> None:
        """Somebody has chosen themselves."""
        self._chosen = member
        self.status.clear()
        self.refresh_view()

    def move_to(self, cursor: int) -> None:
        """Put the cursor on a row."""
        self._cursor = cursor
        self.status.clear()
        self.refresh_view()

    def scroll_body(self, by: int) -> None:
        page = self.query_one(Page)
        page.scroll_relative(y=by * max(page.size.height - 1, 1), animate=False)


def shown_as(view: Any, kind: type[V]) -> V:
    """`view`, which is of that kind."""
    assert isinstance(view, kind)
    return view
