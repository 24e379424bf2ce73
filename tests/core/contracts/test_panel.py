"""The way panel: counting votes, ties, and what a result reveals."""

from fractions import Fraction
from functools import partial
from itertools import permutations

import pytest
from msgspec.structs import replace

from circle_tui.core.contracts import objecting, shares, signing, voting
from circle_tui.core.contracts import panel as rules
from circle_tui.core.contracts.contract import BallotChoice, TieRule
from circle_tui.core.contracts.panel import Counted, QuorumNotMet, Secrecy, Tied

from .agreements import (
    ADA,
    BEN,
    CLEO,
    DEV,
    EVE,
    FINN,
    LIMIT,
    REASON,
    SECOND,
    K,
    Runner,
    State,
    contract_of,
    panel,
)
from .revealed import Vote, revealed

SAID = {"m": BallotChoice.MET, "p": BallotChoice.PARTLY, "n": BallotChoice.NOT_MET}
MET, PARTLY, NOT_MET = BallotChoice.MET, BallotChoice.PARTLY, BallotChoice.NOT_MET


def count(
    weights: tuple[int, ...], ballots: str, *, partly: str = "2/3", quorum: int = 3
) -> Counted | Tied | QuorumNotMet:
    by_voter = {f"m{at}": weight for at, weight in enumerate(weights, 1)}
    said = {voter: SAID[each] for voter, each in zip(by_voter, ballots, strict=True) if each != "-"}
    return rules.count(by_voter, Fraction(partly), quorum, said)


COUNTS = [
    ((40, 20, 30, 10), "mmpn", {}, "4/5"),
    ((40, 20, 30, 10), "mmpn", {"partly": "1/2"}, "3/4"),
    ((1,) * 5, "mmmpn", {}, "11/15"),
    ((1,) * 5, "mmmmm", {}, "1"),
    ((1,) * 5, "ppppp", {}, "2/3"),
    ((1,) * 5, "nnnnn", {}, "0"),
    ((3, 2, 1), "mpn", {}, "13/18"),
    ((33, 33, 34), "mmn", {}, "33/50"),
    ((40, 20, 30, 10), "mm-n", {}, "6/7"),
    ((40, 20, 30, 10), "-mpn", {}, "2/3"),
    ((1,) * 5, "mpm--", {}, "8/9"),
    ((1,) * 4, "mmpn", {}, "2/3"),
]


@pytest.mark.parametrize(
    ("weights", "ballots", "options", "comes_back"),
    COUNTS,
)
def test_votes_give_proportional_shares(
    weights: tuple[int, ...], ballots: str, options: dict[str, str], comes_back: str
) -> None:
    found = count(weights, ballots, **options)  # type: ignore[arg-type]
    assert isinstance(found, Counted)
    assert found.comes_back == Fraction(comes_back)


def test_unequal_weights_show_no_split() -> None:
    found = count((40, 20, 30, 10), "mmpn")
    assert isinstance(found, Counted)
    assert found.split is None
    run = Runner(contract_of(judged=panel((40, 20, 30, 10)))).opened()
    run.vote_all("mmpn")
    assert run.state.judgings[0].votes == {}
    assert shares.percent_with_fraction(found.comes_back) == "80%"


def test_equal_weights_show_the_split() -> None:
    found = count((1,) * 5, "mmmpn")
    assert isinstance(found, Counted)
    assert found.split == {MET: Fraction(3, 5), PARTLY: Fraction(1, 5), NOT_MET: Fraction(1, 5)}
    assert shares.percent_with_fraction(found.comes_back) == "73.3% (11/15)"


@pytest.mark.parametrize(
    ("share", "shown"), [("13/18", "72.2%"), ("6/7", "85.7%"), ("26/45", "57.7%")]
)
def test_a_shown_share_is_cut_off_to_a_tenth(share: str, shown: str) -> None:
    assert shares.percent(Fraction(share)) == shown


@pytest.mark.parametrize(
    ("number", "weights", "ballots", "quorum", "here"),
    [
        (46, (1, 1, 1), "mm-", 3, 2),
        (48, (1,) * 5, "mpm--", 4, 3),
        (49, (60, 5, 5), "m--", 3, 1),
    ],
)
def test_a_quorum_counts_people_and_not_weights(
    number: int, weights: tuple[int, ...], ballots: str, quorum: int, here: int
) -> None:
    assert count(weights, ballots, quorum=quorum) == QuorumNotMet(quorum, here)


def test_a_vote_without_a_quorum_can_be_repeated_until_the_default_applies() -> None:
    run = Runner(contract_of(judged=panel())).opened()
    two = {of: {CLEO: MET, DEV: MET} for of in (ADA, BEN)}
    assert run.refused(voting.count_vote, K, two) == (
        "Three are needed, and two are here: until Saturday 11:00 it can be tried again."
    )
    assert run.wait(LIMIT).where is State.BEING_JUDGED
    assert run.wait(SECOND).result().by_default
    assert (
        run.refused(voting.count_vote, K, two)
        == "The 48 hours are over, so what you agreed for that case counts."
    )


def tied_vote(tie: TieRule, weights: tuple[int, ...], ballots: str, **fields: object) -> Runner:
    """A vote on both parts that ended in a tie."""
    judged = panel(weights, tie=tie, **fields)
    run = Runner(contract_of(judged=judged)).opened()
    return run.vote_all(ballots)


@pytest.mark.parametrize(
    ("number", "weights", "ballots", "choice", "share"),
    [
        (50, (1, 1, 1), "mnp", MET, "1"),
        (50, (1, 1, 1), "mnp", NOT_MET, "0"),
        (52, (1, 1, 1), "mpn", PARTLY, "2/3"),
        (51, (2, 2, 1), "mnp", MET, "1"),
    ],
)
def test_a_decider_chooses_between_the_tied_choices(
    number: int, weights: tuple[int, ...], ballots: str, choice: BallotChoice, share: str
) -> None:
    run = tied_vote(TieRule.DECIDER, weights, ballots, decider=FINN)
    assert run.where is State.BEING_JUDGED
    assert "not Cleo" in run.refused(objecting.decide_tie, K, ADA, CLEO, choice, REASON)
    assert "sentence" in run.refused(objecting.decide_tie, K, ADA, FINN, choice, "so")
    run.do(objecting.decide_tie, K, ADA, FINN, choice, REASON)
    assert run.result().comes_back == Fraction(share)
    assert not run.result().final


def test_the_decider_cannot_choose_partly_if_it_is_not_tied() -> None:
    assert count((1,) * 5, "mmnnp") == Tied((MET, NOT_MET))
    run = tied_vote(TieRule.DECIDER, (2, 2, 1), "mnp", decider=FINN)
    assert run.refused(objecting.decide_tie, K, ADA, FINN, PARTLY, REASON) == (
        "Partly isn't part of the tie: choose met or not met."
    )


def test_a_tie_counts_weights_and_not_people() -> None:
    assert count((2, 1, 1), "nmm") == Tied((MET, NOT_MET))


def test_after_a_tie_people_talk_and_vote_once_more() -> None:
    run = tied_vote(TieRule.TALK_OVER, (1, 1, 1, 1), "mmnn")
    assert run.result().tied == (MET, NOT_MET)
    run.vote_all("mmmn")
    assert run.result().comes_back == Fraction(3, 4)


def test_a_second_tie_gives_the_default_without_a_third_vote() -> None:
    run = tied_vote(TieRule.TALK_OVER, (1, 1, 1, 1), "mmnn", default="1/2")
    run.vote_all("nnmm")
    assert run.result().comes_back == Fraction(1, 2)
    assert voting.voted_on(run.standing) == {}


def test_a_contract_can_choose_the_default_for_a_tie() -> None:
    run = tied_vote(TieRule.DEFAULT, (1, 1, 1, 1), "mmnn", default="1/2")
    assert run.result().comes_back == Fraction(1, 2)


def test_if_the_decider_is_silent_the_default_applies() -> None:
    run = tied_vote(TieRule.DECIDER, (1, 1, 1), "mpn", decider=FINN).wait(LIMIT)
    assert run.result().comes_back is None
    assert run.wait(SECOND).result().comes_back == 1
    assert "48 hours" in run.refused(objecting.decide_tie, K, ADA, FINN, MET, REASON)


@pytest.mark.parametrize(
    "fields",
    [
        {"voters": {CLEO: 1, DEV: 1}},
        {"voters": dict.fromkeys((CLEO, DEV, EVE, FINN, ADA, BEN), 1)},
        {"quorum": 2},
        {"quorum": 4},
        {"partly": "0"},
        {"partly": "1"},
        {"tie": TieRule.DECIDER},
    ],
)
def test_a_contract_with_incomplete_voting_rules_cannot_be_signed(
    fields: dict[str, object],
) -> None:
    run = Runner(contract_of(judged=replace(panel(), **fields)))
    assert run.refused(signing.sign, K, ADA).startswith("Before it can be signed: ")


def test_a_voter_in_the_contract_votes_only_on_other_parts() -> None:
    judged = panel((1, 1, 1, 1))
    inside = replace(judged, voters={ADA: 1, CLEO: 1, DEV: 1, EVE: 1})
    run = Runner(contract_of(judged=inside)).opened()
    voted = voting.voted_on(run.standing)
    assert voted[ADA].weights.keys() == {CLEO, DEV, EVE}
    assert voted[BEN].weights.keys() == {ADA, CLEO, DEV, EVE}
    few = replace(judged, voters={ADA: 1, CLEO: 1, DEV: 1})
    assert "three who may vote" in Runner(contract_of(judged=few)).refused(signing.sign, K, ADA)


def test_the_decider_cannot_also_vote() -> None:
    run = Runner(contract_of(judged=panel(tie=TieRule.DECIDER, decider=CLEO)))
    assert "another decider" in run.refused(signing.sign, K, ADA)


def test_the_order_of_voting_changes_nothing() -> None:
    run = Runner(contract_of(judged=panel((1, 1, 1, 1)))).opened()
    ballots = {CLEO: MET, DEV: PARTLY, EVE: MET, FINN: NOT_MET}
    states = {
        repr(voting.count_vote(run.state, run.now, K, {ADA: one, BEN: one}))
        for order in permutations(ballots)
        for one in ({voter: ballots[voter] for voter in order},)
    }
    assert len(states) == 1


# What a result reveals


def published(weights: tuple[int, ...], vote: Vote) -> str:
    ballots = {f"m{at}": choice for at, choice in enumerate(vote)}
    by_voter = dict(zip(ballots, weights, strict=True))
    return repr(rules.count(by_voter, Fraction(2, 3), 3, ballots))


def split_of(weights: tuple[int, ...], vote: Vote) -> tuple[int, ...]:
    return tuple(
        sum(weight for weight, each in zip(weights, vote, strict=True) if each is choice)
        for choice in BallotChoice
    )


@pytest.mark.parametrize(
    ("weights", "everybody", "voter"),
    [
        ((1,) * 5, 3, 33),
        ((1,) * 4, 3, 27),
        ((1,) * 3, 3, 21),
        ((2, 1, 1, 1, 1), 34, 104),
        ((40, 20, 30, 10), 28, 81),
        ((50, 30, 20), 19, 27),
    ],
)
def test_what_a_result_reveals_about_the_votes(
    weights: tuple[int, ...], everybody: int, voter: int
) -> None:
    assert revealed(len(weights), partial(published, weights)) == (everybody, voter)


@pytest.mark.parametrize("weights", [(2, 1, 1, 1, 1), (40, 20, 30, 10), (50, 30, 20)])
def test_with_unequal_weights_the_split_would_reveal_more(weights: tuple[int, ...]) -> None:
    now = revealed(len(weights), partial(published, weights))
    with_split = revealed(len(weights), partial(split_of, weights))
    assert now.to_everybody < with_split.to_everybody
    assert now.to_a_voter <= with_split.to_a_voter


def test_the_warning_before_a_vote_depends_only_on_the_weights() -> None:
    assert rules.secrecy(dict.fromkeys("abcde", 7)) is Secrecy.UNANIMOUS_ONLY
    assert rules.secrecy(dict.fromkeys("abcd", 1)) is Secrecy.FEW
    assert rules.secrecy({"a": 2, "b": 1, "c": 1, "d": 1, "e": 1}) is Secrecy.UNEQUAL


def test_a_vote_with_a_missing_or_extra_ballot_is_refused_as_a_whole() -> None:
    run = Runner(contract_of(judged=panel((1, 1, 1, 1)))).opened()
    all_in = dict.fromkeys((CLEO, DEV, EVE), MET)
    assert "else" in run.refused(voting.count_vote, K, {ADA: all_in})
    without = {ADA: all_in, BEN: {**all_in, FINN: MET}}
    assert "Some votes are missing" in run.refused(voting.count_vote, K, without)
    outsider = {**all_in, BEN: MET}
    assert "Some votes are missing" in run.refused(
        voting.count_vote, K, {ADA: outsider, BEN: outsider}
    )
