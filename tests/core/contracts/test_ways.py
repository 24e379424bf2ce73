"""Choosing how a contract is judged, and by whom."""

from circle_tui.core.contracts import signing, ways, wording
from circle_tui.core.contracts.contract import Way

from .agreements import ADA, BEN, CLEO, DEV, EVE, FINN, K, Runner, contract_of, graded, made, panel


def test_choosing_a_way_of_judging_fills_in_all_its_fields() -> None:
    for way in (Way.GRADED, Way.REVIEWED, Way.PANEL):
        run = made().do(ways.set_way, K, way)
        assert signing.unsettled(run.state, run.standing.newest, run.now) == ()
        assert run.standing.newest.judged is not None
        assert run.standing.newest.judged.default == "1"


def test_changing_back_to_talk_removes_stakes_and_trial() -> None:
    run = made().do(ways.set_way, K, Way.GRADED).do(wording.set_stake, K, ADA, "A dinner.")
    run.do(wording.set_trial, K).do(ways.set_way, K, Way.TALK)
    newest = run.standing.newest
    assert (newest.judged, newest.trial) == (None, None)
    assert not any(part.stake for part in newest.parts)
    assert "w chooses how" in run.refused(wording.set_stake, K, ADA, "A dinner.")
    assert "w chooses how" in run.refused(wording.set_trial, K)


def test_nobody_can_judge_themselves_or_decide_a_contract_they_are_in() -> None:
    run = Runner(contract_of(judged=graded()))
    assert "Nobody judges their own part" in run.refused(ways.set_reviewer, K, ADA, ADA)
    assert "can't be in the contract" in run.refused(ways.set_helper, K, "third", BEN)
    run.do(ways.set_helper, K, "third", CLEO).do(ways.set_helper, K, "decider", DEV)
    assert "Only a reviewed contract" in run.refused(ways.set_helper, K, "second", EVE)


def test_the_voters_of_a_panel_are_set_one_by_one() -> None:
    run = Runner(contract_of(judged=panel()))
    run.do(ways.set_voter, K, FINN, 3).do(ways.set_voter, K, CLEO, None)
    judged = run.standing.newest.judged
    assert judged is not None
    assert judged.voters == {DEV: 1, EVE: 1, FINN: 3}  # type: ignore[union-attr]
    assert "whole number" in run.refused(ways.set_voter, K, FINN, 0)
    assert "between none and all" in run.refused(ways.set_vote, K, partly="100")
    assert "at most all 3" in run.refused(ways.set_vote, K, quorum=2)
    run.do(ways.set_vote, K, partly="1/2", quorum=3)
