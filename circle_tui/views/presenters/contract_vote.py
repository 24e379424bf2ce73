"""A secret vote on one keyboard: who votes, and whose turn it is.

Invariant: no choice is ever here. The user interface hands each of them to the ballot box, and this
module has only what everybody may see.
"""

from collections.abc import Sequence
from typing import Protocol

from circle_tui.core.contracts.contract import BallotChoice
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views import contract_vote, every_screen
from circle_tui.views.action_table import Place
from circle_tui.views.contract_parts import contract_snapshot
from circle_tui.views.contract_vote import VoteView
from circle_tui.views.presenters.circle_presenter import ReadCircle
from circle_tui.views.presenters.contract_step import StepPresenter
from circle_tui.views.view import Intent, Local, Say, View


class VoteProgress(Protocol):
    """What everybody may see of a vote under way."""

    @property
    def still_to_come(self) -> Sequence[MemberId]:
        """Who has not voted yet, by id."""

    @property
    def all_in(self) -> bool:
        """Whether all ballots are in."""

    @property
    def about(self) -> MemberId | None:
        """What the current ballot is about; None between two voters."""

    @property
    def shown(self) -> Sequence[BallotChoice]:
        """The choices in the order in which they are shown now."""

    @property
    def once_more(self) -> bool:
        """Whether the ballot is asked for the second time."""


class VotePresenter(StepPresenter):
    """Who votes; then hand-over and ballot in turn, until all are in."""

    PLACE = Place.VOTE

    def __init__(self, read: ReadCircle, contract_id: ContractId) -> None:
        super().__init__(read, contract_id)
        self._out = contract_vote.away(read(), contract_snapshot(read(), contract_id))
        self._voters_cursor: int | None = None
        self.ballot_box: VoteProgress | None = None
        """The vote under way; None while it's still open who votes."""
        self.voter: MemberId | None = None
        """Who takes the keyboard, or has it for their ballot; None between two voters."""

    def view(self) -> VoteView:
        snapshot, box = self.read(), self.ballot_box
        if box is None:
            view = contract_vote.who_votes(
                snapshot, self.contract_id, out=self._out, cursor=self.cursor
            )
            self.cursor = view.cursor or 0
            return view
        if self.voter is not None and box.about is not None:
            return contract_vote.ballot(
                snapshot, self.voter, box.about, box.shown, once_more=box.once_more
            )
        if box.all_in:
            return contract_vote.all_in(snapshot)
        return contract_vote.hand_over(snapshot, box.still_to_come, self._voters_cursor)

    @property
    def present(self) -> tuple[MemberId, ...]:
        """Those who vote, by id."""
        return tuple(each for each in self.view().members if each not in self._out)

    def rows(self, view: View) -> int:
        assert isinstance(view, VoteView)
        return len(view.members)

    def move(self, by: int) -> Intent | None:
        if self.ballot_box is None:
            return super().move(by)
        count, before = self.row_count, self._voters_cursor
        if count:
            self._voters_cursor = 0 if before is None else (before + by) % count
        return None

    def choose_row(self, row: int) -> Intent | None:
        return super().choose_row(row) if self.ballot_box is None else None

    def row_of_seat(self, seat: int) -> int | None:
        return contract_vote.voter_on(self.read(), self.view(), seat)

    def can_click_seat(self, seat: int) -> bool:
        # During a vote nothing can be clicked.
        return self.ballot_box is None and self.row_of_seat(seat) is not None

    def choose_seat(self, seat: int) -> Intent | None:
        view = self.view()
        row = contract_vote.voter_on(self.read(), view, seat)
        if self.ballot_box is None:
            return Say(every_screen.no_seat(seat)) if row is None else self.choose_row(row)
        return Say(contract_vote.NO_VOTER) if row is None else self._take(view, row)

    def local(self, does: Local) -> Intent | None:
        view = self.view()
        match does:
            case Local.MARK:
                self._out = self._out ^ {view.members[self.cursor]}
                return None
            case Local.SELECT if view.cursor is not None:
                return self._take(view, view.cursor)
            case Local.QUIT if self.ballot_box is not None:
                return contract_vote.QUIT
        return does

    def _take(self, view: VoteView, row: int) -> Intent:
        self.voter = view.members[row]
        return Local.TAKE_BALLOT

    def handed_on(self) -> None:
        """Nobody has the keyboard."""
        self.voter, self._voters_cursor = None, None

    def taken(self) -> None:
        """Who takes the keyboard has it for their ballot."""
        self._voters_cursor = None
