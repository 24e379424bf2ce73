"""A secret vote on one keyboard: its course, from who votes to the count.

Invariant: a choice goes from the user interface to the ballot box and nowhere else. What is left to
do after it is the same for every choice, except that two tries were different ones.
"""

from circle_tui.core.errors import RuleError
from circle_tui.service.ballot_box import BallotBox, NextStep
from circle_tui.service.circle_service import CircleService
from circle_tui.views import contract_vote
from circle_tui.views.presenters.contract_vote import VotePresenter
from circle_tui.views.view import GoToContract, Intent, Local, Say


class SecretVote:
    """One vote while its place is shown; `presenter` has what everybody may see of it.

    What a method returns is left for the user interface to do, in that order. It has to call
    `close` when the place is left, in whichever way.
    """

    def __init__(self, service: CircleService, presenter: VotePresenter) -> None:
        self._service, self._presenter = service, presenter
        self.ballot_box: BallotBox | None = None
        """The vote under way; None while it's still open who votes."""

    def step(self, does: Local) -> tuple[Intent, ...] | None:
        """Do what takes the vote on, or ends it; None where `does` is no step of a vote."""
        match does:
            case Local.BEGIN_VOTE:
                return self._begin()
            case Local.TAKE_BALLOT:
                self._take()
            case Local.COUNT_VOTE:
                return self._count()
            case Local.LEAVE_VOTE:
                self.close()
            case Local.QUIT_VOTE:
                self.close()
                return (Local.QUIT,)
            case _:
                return None
        return ()

    def choose(self, number: int) -> tuple[Intent, ...]:
        """Hand on to the ballot box which of the choices shown was chosen, counted from 1."""
        if self.ballot_box is None:
            return ()
        then = self.ballot_box.choose(number)
        if then is NextStep.HAND_ON:
            self._presenter.handed_on()
        return (Say(contract_vote.DIFFERENT),) if then is NextStep.DIFFERENT else ()

    def hand_over(self) -> None:
        """Back to between two voters; whoever has not finished votes again from the beginning."""
        if self.ballot_box is not None:
            self.ballot_box.hand_on()
            self._presenter.handed_on()

    def close(self) -> None:
        """Delete all ballots; it's open again who votes."""
        if self.ballot_box is not None:
            self.ballot_box.close()
        self.ballot_box = self._presenter.ballot_box = None
        self._presenter.handed_on()

    def _begin(self) -> tuple[Intent, ...]:
        place = self._presenter
        try:
            self.ballot_box = BallotBox(self._service, place.contract_id, place.present)
        except RuleError as refused:
            return (Say(str(refused)),)
        place.ballot_box = self.ballot_box
        self.hand_over()
        return ()

    def _take(self) -> None:
        assert self.ballot_box is not None
        assert self._presenter.voter is not None
        try:
            self.ballot_box.take(self._presenter.voter)
        except RuleError:
            # The list was another one when they were chosen.
            self._presenter.handed_on()
        else:
            self._presenter.taken()

    def _count(self) -> tuple[Intent, ...]:
        assert self.ballot_box is not None
        result = GoToContract(self._presenter.contract_id, "result")
        rest: tuple[Intent, ...] = (result,)
        try:
            self.ballot_box.count()
        except RuleError as refused:
            if not self.ballot_box.out_of_time:
                return (Say(contract_vote.not_saved(str(refused))),)
            rest = (Say(str(refused)), result)
        self.close()
        return rest
