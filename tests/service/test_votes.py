"""A vote on one terminal: killed, left, on a full disk, and what an open vote never reveals."""

import errno
import os
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from circle_tui.core.circle import membership
from circle_tui.core.contracts import judging, making, signing, ways
from circle_tui.core.contracts.contract import BallotChoice, Way
from circle_tui.core.contracts.standing import State, standing
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import commands as meeting_commands
from circle_tui.service.ballot_box import BallotBox, NextStep
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store import atomic
from circle_tui.store.circle_file import CircleFile

MET, PARTLY, NOT_MET = BallotChoice.MET, BallotChoice.PARTLY, BallotChoice.NOT_MET
VOTERS = ("m3", "m4", "m5")


class FixedRandom:
    """Draws orders that are the same in every run."""

    def __init__(self) -> None:
        self.drawn = 0

    def sample(self, population: list[BallotChoice], k: int) -> list[BallotChoice]:
        self.drawn += 1
        turn = self.drawn % k
        return population[turn:] + population[:turn]


@pytest.fixture
def service(service: CircleService, clock: ManualClock) -> CircleService:
    """Judging is open, and a panel of three judges the parts of Ada and Ben."""
    service.execute(making.make, "design-feedback", ("m1", "m2"))
    contract = service.state.contracts[-1].contract
    assert contract.startswith("k1")
    service.execute(ways.set_way, contract, Way.PANEL)
    for member in ("m1", "m2"):
        service.execute(signing.sign, contract, member)
    for member in VOTERS:
        service.execute(signing.accept, contract, member)
    clock.move(timedelta(days=14))
    service.execute(judging.open_judging, contract)
    return service


def contract_of(service: CircleService) -> str:
    return service.state.contracts[-1].contract


def urn_of(service: CircleService) -> BallotBox:
    return BallotBox(service, contract_of(service), VOTERS, FixedRandom())


def cast_ballots(urn: BallotBox, voter: str, *choices: BallotChoice) -> None:
    """Enter one voter's ballots, each twice."""
    urn.take(voter)
    for choice in choices:
        for _ in range(2):
            urn.choose(1 + urn.shown.index(choice))


def file_contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.iterdir()}


def folder_of(service: CircleService) -> State:
    return standing(service.state, contract_of(service), service.now).state


def test_a_counted_vote_is_shown_at_the_next_start_and_not_repeated(
    service: CircleService, file: CircleFile, clock: ManualClock
) -> None:
    urn = urn_of(service)
    for voter in VOTERS:
        cast_ballots(urn, voter, MET, PARTLY)
    urn.count()
    # Killed before the count is shown: another program finds it in the file.
    other = CircleService(CircleFile(file.path), clock, claim=False)
    found = standing(other.state, contract_of(other), other.now)
    assert found.state is State.JUDGED
    assert [str(each.comes_back) for each in found.results] == ["1", "2/3"]
    with pytest.raises(RuleError, match="nothing to vote on"):
        BallotBox(other, contract_of(other), VOTERS)
    other.close()


def test_a_vote_left_in_the_middle_writes_nothing_and_all_vote_again(
    service: CircleService, file: CircleFile
) -> None:
    before = file_contents(file.path.parent)
    urn = urn_of(service)
    cast_ballots(urn, "m3", MET, MET)
    cast_ballots(urn, "m5", NOT_MET, MET)
    assert file_contents(file.path.parent) == before
    urn.close()
    assert urn_of(service).still_to_come == VOTERS
    assert file_contents(file.path.parent) == before
    assert folder_of(service) is State.BEING_JUDGED


def test_on_a_full_disk_no_result_is_shown_and_the_ballots_stay(
    service: CircleService, monkeypatch: pytest.MonkeyPatch
) -> None:
    urn = urn_of(service)
    for voter in VOTERS:
        cast_ballots(urn, voter, MET, NOT_MET)

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(atomic, "replace_file", full)
        disk.setattr(os, "replace", full)
        with pytest.raises(RuleError, match="disk is full"):
            urn.count()
    assert folder_of(service) is State.BEING_JUDGED
    assert service.state.judgings == ()
    assert urn.all_in
    urn.count()
    assert folder_of(service) is State.JUDGED
    assert [each.comes_back for each in service.state.judgings] == ["1", "0"]


def test_a_count_cannot_be_undone(service: CircleService) -> None:
    service.execute(membership.join, "Noor")
    urn = urn_of(service)
    for voter in VOTERS:
        cast_ballots(urn, voter, MET, MET)
    urn.count()
    with pytest.raises(RuleError, match="nothing to undo"):
        service.undo()
    with pytest.raises(RuleError):
        service.redo()
    # Later changes can be undone, but not the count.
    service.execute(membership.join, "Max")
    service.undo()
    with pytest.raises(RuleError, match="nothing to undo"):
        service.undo()
    assert folder_of(service) is State.JUDGED


def test_a_count_leaves_a_backup_like_every_act(service: CircleService, file: CircleFile) -> None:
    urn = urn_of(service)
    for voter in VOTERS:
        cast_ballots(urn, voter, MET, MET)
    urn.count()
    assert file.path.with_name(f"{file.path.name}.bak").exists()


def test_the_screens_of_a_vote_do_not_depend_on_the_choices(service: CircleService) -> None:
    """What the screens show after every key, for every choice of three voters."""
    told = set()
    for choices in product(BallotChoice, repeat=3):
        urn = urn_of(service)
        seen: list[object] = []
        for voter, choice in zip(VOTERS, choices, strict=True):
            urn.take(voter)
            for _thing in range(2):
                for _ in range(2):
                    seen.append((urn.about, urn.shown, urn.once_more, repr(urn)))
                    seen.append(urn.choose(1 + urn.shown.index(choice)))
            seen.append((urn.still_to_come, urn.about))
        told.add(tuple(seen))
        urn.close()
    assert len(told) == 1


def test_two_different_choices_restart_the_ballot(service: CircleService) -> None:
    urn = urn_of(service)
    urn.take("m3")
    assert urn.choose(1 + urn.shown.index(MET)) is NextStep.ONCE_MORE
    assert urn.choose(1 + urn.shown.index(PARTLY)) is NextStep.DIFFERENT
    assert not urn.once_more
    assert urn.still_to_come == VOTERS
    urn.hand_on()
    assert urn.about is None


def test_only_voters_of_the_contract_can_vote_and_only_once(service: CircleService) -> None:
    urn = urn_of(service)
    cast_ballots(urn, "m3", MET, MET)
    for voter in ("m3", "m1", "m9"):
        with pytest.raises(RuleError, match="doesn't vote now"):
            urn.take(voter)
    with pytest.raises(RuleError, match="Not all ballots are in"):
        urn.count()


def test_the_order_of_stored_ballots_does_not_reveal_who_voted_first(
    service: CircleService,
) -> None:
    one, other = urn_of(service), urn_of(service)
    for voter in VOTERS:
        cast_ballots(one, voter, MET, PARTLY)
    for voter in reversed(VOTERS):
        cast_ballots(other, voter, MET, PARTLY)
    assert repr(one._ballots) == repr(other._ballots)


def test_core_dumps_are_disabled_while_a_vote_is_open(service: CircleService) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_CORE)
    urn = urn_of(service)
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    urn.close()
    assert resource.getrlimit(resource.RLIMIT_CORE) == before


def test_orders_are_drawn_from_system_randomness(service: CircleService) -> None:
    urn = BallotBox(service, contract_of(service), VOTERS)
    drawn = set()
    for _ in range(200):
        urn.take("m3")
        drawn.add(urn.shown)
    assert len(drawn) == 6
    urn.close()


def test_a_vote_during_a_meeting_leaves_no_byte_in_its_journal(
    service: CircleService, file: CircleFile
) -> None:
    service.begin()
    service.execute(meeting_commands.begin)
    journals = [path for path in file.path.parent.iterdir() if "live" in path.name]
    assert journals
    before = [path.read_bytes() for path in journals]
    urn = urn_of(service)
    for voter in VOTERS:
        cast_ballots(urn, voter, MET, NOT_MET)
    assert [path.read_bytes() for path in journals] == before
    urn.count()
    assert standing(service.state, contract_of(service), service.now).results
    assert [path.read_bytes() for path in journals] == before
    service.park()
