"""The common result, time, the rotation of reviewers, and the monthly limit."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from msgspec.structs import replace

from circle_tui.core.contracts import (
    judging,
    lookup,
    results,
    reviewers,
    shares,
    signing,
    voting,
    wording,
)
from circle_tui.core.contracts.contract import BallotChoice, CommonResult, Contract
from circle_tui.core.contracts.standing import standing

from .agreements import (
    ADA,
    BEN,
    CLEO,
    CRITERIA,
    DAY,
    DEV,
    DUE,
    EVE,
    FINN,
    LIMIT,
    SECOND,
    START,
    K,
    Runner,
    State,
    circle_of,
    contract_of,
    graded,
    judged_before,
    panel,
    reviewed,
)


@pytest.mark.parametrize(
    ("own", "common", "weight", "share", "shown"),
    [
        ("1", "4/5", "1/2", "9/10", "90%"),
        ("0", "1", "1/2", "1/2", "50%"),
        ("1/2", "11/15", "2/3", "26/45", "57.7% (26/45)"),
        ("1/2", "8/9", "1/2", "25/36", "69.4% (25/36)"),
    ],
)
def test_own_part_and_common_result_are_combined_by_weight(
    own: str, common: str, weight: str, share: str, shown: str
) -> None:
    found = results.combined(Fraction(own), Fraction(common), Fraction(weight))
    assert found == Fraction(share)
    assert shares.percent_with_fraction(found) == shown


def test_an_unjudged_common_result_gets_the_default() -> None:
    voters = dict.fromkeys((CLEO, DEV, EVE), 1)
    judged = graded(common=CommonResult(text="The flow is live.", voters=voters))
    run = Runner(contract_of(judged=judged)).opened()
    run.do(judging.grade, K, ADA, BEN, dict.fromkeys(CRITERIA, "70"))
    assert (
        results.share_for_member(run.state, run.standing.newest, ADA, run.standing.results) is None
    )
    run.wait(LIMIT + SECOND)
    found = results.share_for_member(run.state, run.standing.newest, ADA, run.standing.results)
    assert found == Fraction(3, 4)


def test_a_vote_on_the_common_result_counts_for_everybody() -> None:
    voters = dict.fromkeys((CLEO, DEV, EVE), 1)
    judged = graded(common=CommonResult(text="The flow is live.", voters=voters))
    run = Runner(contract_of(judged=judged)).opened()
    run.do(judging.grade, K, ADA, BEN, dict.fromkeys(CRITERIA, "70"))
    run.do(judging.grade, K, BEN, ADA, dict.fromkeys(CRITERIA, "met"))
    ballots = {CLEO: BallotChoice.MET, DEV: BallotChoice.PARTLY, EVE: BallotChoice.MET}
    run.do(voting.count_vote, K, {"common": ballots})
    found = {
        member: results.share_for_member(
            run.state, run.standing.newest, member, run.standing.results
        )
        for member in (ADA, BEN)
    }
    assert found == {ADA: Fraction(25, 36), BEN: Fraction(17, 18)}


def in_zone(zone: str, contract: Contract) -> Runner:
    run = Runner(contract)
    run.state = replace(run.state, circle=circle_of(zone=zone))
    return run


def test_two_days_are_48_hours_even_when_clocks_go_forward() -> None:
    contract = contract_of(
        judged=graded(), starts=date(2026, 3, 14), review=date(2026, 3, 28), written=START
    )
    run = Runner(contract).sign_all().at(datetime(2026, 3, 28, 10, tzinfo=UTC))
    run.do(judging.open_judging, K)
    until = run.standing.until
    assert until is not None
    assert until.astimezone(run.state.circle.tz).isoformat() == "2026-03-30T11:00:00+01:00"


def test_a_due_day_begins_in_the_circles_time_zone() -> None:
    run = in_zone("Pacific/Auckland", contract_of()).sign_all()
    assert run.at(datetime(2026, 3, 18, 10, 59, tzinfo=UTC)).where is State.RUNNING
    assert run.at(datetime(2026, 3, 18, 11, 0, tzinfo=UTC)).where is State.DUE


def test_setting_the_clock_back_does_not_reopen_a_limit() -> None:
    run = Runner(contract_of(judged=graded())).opened()
    run.at(DUE - DAY)
    assert run.where is State.BEING_JUDGED
    assert run.standing.until == DUE + LIMIT
    run.do(judging.grade, K, ADA, BEN, dict.fromkeys(CRITERIA, "met"))
    assert run.state.judgings[0].at == DUE
    assert "open already" in run.refused(judging.open_judging, K)


def test_nothing_happens_just_because_a_date_passes() -> None:
    run = Runner(contract_of(judged=graded())).sign_all().at(DUE + timedelta(days=365))
    assert run.where is State.DUE
    assert run.standing.results == ()
    assert run.state.judgings == ()


# Rotation


def rotation_of(state: object, of: str = ADA, **options: object) -> tuple[str, str]:
    found = reviewers.propose_reviewer(state, of, START, **options)  # type: ignore[arg-type]
    assert found is not None
    return found.member, found.reason


def test_rotation_begins_with_those_who_have_not_judged_in_seat_order() -> None:
    assert rotation_of(judged_before()) == (BEN, "has not judged yet and comes first by seat")


def test_nobody_judges_the_same_person_twice_running() -> None:
    assert rotation_of(judged_before((START, ADA, BEN)))[0] == CLEO


def test_somebody_judges_the_same_person_twice_running_if_nobody_else_is_left() -> None:
    state = judged_before((START, ADA, BEN), away=(CLEO, DEV, EVE))
    assert rotation_of(state)[0] == BEN


def test_rotation_chooses_the_member_who_judged_longest_ago() -> None:
    january, february = datetime(2026, 1, 8, tzinfo=UTC), datetime(2026, 2, 5, tzinfo=UTC)
    state = judged_before((january, CLEO, EVE), (february, BEN, DEV))
    with_three_to_judge = {
        member: [
            contract_of((CLEO, DEV) if member == BEN else (ADA, DEV), contract=f"k{member}{at}")
            for at in range(3)
        ]
        for member in (BEN, CLEO)
    }
    full = tuple(
        replace(
            each,
            judged=reviewed({part.member: member for part in each.parts}, second=None),
            accepted={member: START},
        )
        for member, contracts in with_three_to_judge.items()
        for each in contracts
    )
    state = replace(state, contracts=(*state.contracts, *full))
    review = date(2026, 3, 19)
    assert rotation_of(state, review=review) == (EVE, "has judged longest ago, in January")


def test_judging_each_other_rotates_by_one() -> None:
    people = ("a", "b", "c")
    assert reviewers.each_other(people, 1) == {"a": "b", "b": "c", "c": "a"}
    assert reviewers.each_other(people, 2) == {"a": "c", "b": "a", "c": "b"}
    assert reviewers.each_other(people, 3) == reviewers.each_other(people, 1)


def three_in_march(people: tuple[str, str], judge: str) -> tuple[Contract, ...]:
    """Three contracts for March that one person has accepted to judge."""
    return tuple(
        contract_of(
            people,
            contract=f"k{number}",
            judged=reviewed(dict.fromkeys(people, judge), second=None)
            if judge not in people
            else reviewed({people[0]: people[1], people[1]: people[0]}, second=None),
            accepted={judge: START} if judge not in people else {},
            signatures=dict.fromkeys(people, START),
        )
        for number in (2, 3, 4)
    )


@pytest.mark.parametrize(
    ("review", "taken"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True)]
)
def test_a_member_can_accept_three_judgings_in_a_month(review: date, taken: bool) -> None:
    judged = reviewed({ADA: CLEO, BEN: CLEO}, second=None)
    run = Runner(contract_of(judged=judged, review=review), *three_in_march((DEV, EVE), CLEO))
    if taken:
        run.do(signing.accept, K, CLEO)
        assert CLEO in run.standing.newest.accepted
    else:
        said = run.refused(signing.accept, K, CLEO)
        assert said == (
            "Cleo already judges enough in March: choose someone else, or another date."
        )
        assert not any(letter.isdigit() for letter in said)


def test_contracts_a_member_is_in_do_not_count_towards_the_limit() -> None:
    judged = reviewed({ADA: CLEO, BEN: CLEO}, second=None)
    run = Runner(contract_of(judged=judged), *three_in_march((CLEO, DEV), CLEO))
    run.do(signing.accept, K, CLEO)


def test_an_earlier_date_needs_a_new_acceptance() -> None:
    judged = reviewed({ADA: CLEO, BEN: CLEO}, second=None)
    contract = contract_of(judged=judged, review=date(2026, 4, 16))
    run = Runner(contract, *three_in_march((DEV, EVE), CLEO)).sign_all()
    assert run.where is State.RUNNING
    run.do(wording.set_review, K, "26 March")
    for member in (ADA, BEN):
        run.do(signing.sign, K, member)
    assert "judges enough in March" in run.refused(signing.accept, K, CLEO)
    assert run.where is State.BEING_CHANGED
    assert run.standing.shown.review == date(2026, 4, 16)


def test_second_reviewers_count_towards_the_limit_once_they_have_acted() -> None:
    # Eve judges two contracts in March, and is second reviewer in a third.
    first, second, _ = three_in_march((DEV, FINN), EVE)
    run = Runner(contract_of(judged=reviewed()), first, second).opened()
    assert not reviewers.at_limit(run.state, EVE, date(2026, 3, 31), run.now)
    run.do(judging.pass_on, K, ADA, CLEO)
    rubric = dict.fromkeys(("outcome", "effort", "quality", "circumstances"), "=")
    run.do(judging.review, K, ADA, EVE, True, rubric)
    assert reviewers.at_limit(run.state, EVE, date(2026, 3, 31), run.now)
    assert not reviewers.at_limit(run.state, EVE, date(2026, 4, 1), run.now)


def test_the_monthly_limit_is_a_setting_of_the_circle() -> None:
    judged = reviewed({ADA: CLEO, BEN: CLEO}, second=None)
    run = Runner(contract_of(judged=judged), *three_in_march((DEV, EVE), CLEO))
    run.state = replace(run.state, circle=replace(run.state.circle, judged_a_month=4))
    run.do(signing.accept, K, CLEO)


def test_the_voters_of_a_panel_count_towards_the_monthly_limit() -> None:
    run = Runner(contract_of(judged=panel()), *three_in_march((BEN, FINN), CLEO))
    assert "judges enough" in run.refused(signing.accept, K, CLEO)
    run.do(signing.accept, K, DEV)
    assert lookup.to_accept(run.state, standing(run.state, K, START).newest) == (CLEO, EVE)
