"""The course of a secret vote, whichever user interface it is taken on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import judging
from circle_tui.core.contracts.contract import BallotChoice
from circle_tui.core.errors import RuleError
from circle_tui.flow.secret_vote import SecretVote
from circle_tui.service.ballot_box import BallotBox
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.views import contract_vote
from circle_tui.views.presenters.contract_vote import VotePresenter
from circle_tui.views.view import GoToContract, Local, Say
from tests.core.contracts.agreements import (
    CLEO,
    DEV,
    DUE,
    EVE,
    LIMIT,
    K,
    Runner,
    contract_of,
    panel,
)

RESULT = GoToContract(K, "result")
MET, PARTLY, NOT_MET = BallotChoice


@CircleCommand
def _put(state: CircleState, _now: object, signed: CircleState) -> CircleState:
    return replace(state, contracts=signed.contracts)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(DUE)


@pytest.fixture
def service(tmp_path: Path, clock: ManualClock) -> Iterator[CircleService]:
    """A circle of five; three of them are to judge a contract of the other two."""
    people = "Maya, Tom, Priya, Lena, Sam"
    circle = make_circle("Harbour", people, "peer-circle", zone="UTC", now=DUE - timedelta(days=30))
    service = CircleService(CircleFile.create(tmp_path, circle), clock)
    service.execute(_put, Runner(contract_of(judged=panel())).sign_all().state)
    service.execute(judging.open_judging, K)
    yield service
    service.close()


@pytest.fixture
def place(service: CircleService) -> VotePresenter:
    return VotePresenter(lambda: service.snapshot, K)


@pytest.fixture
def vote(service: CircleService, place: VotePresenter) -> Iterator[SecretVote]:
    vote = SecretVote(service, place)
    yield vote
    vote.close()


def box_of(vote: SecretVote) -> BallotBox:
    assert vote.ballot_box is not None
    return vote.ballot_box


def choose(vote: SecretVote, choice: BallotChoice) -> object:
    return vote.choose(1 + box_of(vote).shown.index(choice))


def cast(vote: SecretVote, place: VotePresenter, seat: int) -> None:
    """One voter's two ballots, each chosen twice."""
    assert place.choose_seat(seat) is Local.TAKE_BALLOT
    assert vote.step(Local.TAKE_BALLOT) == ()
    for _ in range(4):
        assert choose(vote, MET) == ()
    assert place.voter is None


def all_cast(vote: SecretVote, place: VotePresenter) -> None:
    assert vote.step(Local.BEGIN_VOTE) == ()
    for seat in (3, 4, 5):
        cast(vote, place, seat)


def test_once_all_have_voted_the_count_leads_to_the_result(
    vote: SecretVote, place: VotePresenter
) -> None:
    all_cast(vote, place)
    assert vote.step(Local.COUNT_VOTE) == (RESULT,)
    assert vote.ballot_box is None
    assert place.ballot_box is None


def test_too_few_do_not_begin(vote: SecretVote, place: VotePresenter) -> None:
    place.local(Local.MARK)
    (said,) = vote.step(Local.BEGIN_VOTE) or ()
    assert isinstance(said, Say)
    assert "Three are needed, and two are here" in said.sentence
    assert vote.ballot_box is None
    assert place.ballot_box is None


def test_two_different_tries_are_told_and_nothing_else_is(
    vote: SecretVote, place: VotePresenter
) -> None:
    vote.step(Local.BEGIN_VOTE)
    place.choose_seat(4)
    vote.step(Local.TAKE_BALLOT)
    assert choose(vote, MET) == ()
    assert choose(vote, PARTLY) == (Say(contract_vote.DIFFERENT),)
    assert [choose(vote, each) for each in (NOT_MET, NOT_MET)] == [(), ()]


def test_handing_on_in_the_middle_has_the_voter_begin_again(
    vote: SecretVote, place: VotePresenter
) -> None:
    vote.step(Local.BEGIN_VOTE)
    place.choose_seat(4)
    vote.step(Local.TAKE_BALLOT)
    choose(vote, MET)
    choose(vote, MET)
    vote.hand_over()
    assert place.voter is None
    assert box_of(vote).about is None
    assert box_of(vote).still_to_come == (CLEO, DEV, EVE)


def test_who_was_chosen_from_an_old_list_does_not_take_the_keyboard(
    vote: SecretVote, place: VotePresenter
) -> None:
    vote.step(Local.BEGIN_VOTE)
    cast(vote, place, 3)
    place.voter = CLEO
    assert vote.step(Local.TAKE_BALLOT) == ()
    assert place.voter is None
    assert box_of(vote).about is None


def test_a_count_that_cannot_be_saved_says_so_and_keeps_the_ballots(
    vote: SecretVote, place: VotePresenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_cast(vote, place)

    def full(_box: BallotBox) -> None:
        raise RuleError("The disk is full.")

    with monkeypatch.context() as disk:
        disk.setattr(BallotBox, "count", full)
        assert vote.step(Local.COUNT_VOTE) == (Say(contract_vote.not_saved("The disk is full.")),)
    assert box_of(vote).all_in
    assert vote.step(Local.COUNT_VOTE) == (RESULT,)


def test_a_count_that_comes_too_late_says_so_and_shows_what_was_agreed(
    vote: SecretVote, place: VotePresenter, clock: ManualClock
) -> None:
    all_cast(vote, place)
    clock.move(LIMIT + timedelta(hours=1))
    said, result = vote.step(Local.COUNT_VOTE) or (None, None)
    assert isinstance(said, Say)
    assert result == RESULT
    assert vote.ballot_box is None


@pytest.mark.parametrize(
    ("does", "rest"), [(Local.LEAVE_VOTE, ()), (Local.QUIT_VOTE, (Local.QUIT,))]
)
def test_leaving_a_vote_deletes_every_ballot(
    vote: SecretVote, place: VotePresenter, does: Local, rest: tuple[Local, ...]
) -> None:
    vote.step(Local.BEGIN_VOTE)
    cast(vote, place, 3)
    left = box_of(vote)
    assert vote.step(does) == rest
    assert left._ballots == {}
    assert vote.ballot_box is None
    assert place.ballot_box is None


def test_what_is_no_step_of_a_vote_is_left_to_others(vote: SecretVote) -> None:
    assert vote.step(Local.QUIT) is None
    assert vote.step(Local.MARK) is None
    assert vote.choose(1) == ()
