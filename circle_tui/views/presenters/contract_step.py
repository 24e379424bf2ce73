"""What the places of a judged contract share: whose number was chosen.

Invariant: a key that speaks for somebody works only after their own number.
"""

from circle_tui.core.contracts import lookup
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views import every_screen
from circle_tui.views.contract_parts import member_on_seat
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import Intent, Request, Say


class StepPresenter(CirclePresenter):
    """One step of one judged contract."""

    NUMBERS_ARE_SEATS = True

    def __init__(self, read: ReadCircle, contract_id: ContractId) -> None:
        super().__init__(read)
        self.contract_id = contract_id
        self.chosen: MemberId | None = None
        """Who has chosen themselves by their number; None for nobody yet."""

    def can_click_seat(self, seat: int) -> bool:
        return member_on_seat(self.read().state, seat) is not None

    def choose_seat(self, seat: int) -> Intent | None:
        member = member_on_seat(self.read().state, seat)
        if member is None:
            self.chosen = None
            return Say(every_screen.no_seat(seat))
        self.choose_member(member)
        return None

    def choose_member(self, member: MemberId) -> None:
        """Somebody has chosen themselves."""
        self.chosen = member

    def changed(self) -> Intent | None:
        """Where the contract itself was undone, its list is gone back to."""
        if self.contract_id in lookup.contract_ids(self.read().state):
            return self.after_change()
        return Request.CONTRACTS

    def after_change(self) -> Intent | None:
        """The contract has changed. Subclasses may go on to another step."""
        return None
