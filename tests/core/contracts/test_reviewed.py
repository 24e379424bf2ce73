"""The way reviewed: results, reasons, appeals, and the default."""

from fractions import Fraction

import pytest

from circle_tui.core.circle import membership
from circle_tui.core.contracts import judging, objecting, shares

from .agreements import (
    ADA,
    BEN,
    CLEO,
    DEV,
    DUE,
    EVE,
    FINN,
    HOUR,
    LIMIT,
    REASON,
    RUBRIC,
    SECOND,
    K,
    Runner,
    State,
    contract_of,
    reviewed,
)


@pytest.fixture
def run() -> Runner:
    """A contract whose judging is open: Cleo reviews Ada, and Eve is the second reviewer."""
    return Runner(contract_of(judged=reviewed())).opened()


def judge(run: Runner, met: bool, figure: str | None = None, reason: str = "") -> Runner:
    return run.do(judging.review, K, ADA, CLEO, met, RUBRIC, figure, reason)


def refused(run: Runner, met: bool, figure: str | None = None, reason: str = "") -> str:
    return run.refused(judging.review, K, ADA, CLEO, met, RUBRIC, figure, reason)


@pytest.mark.parametrize(("number", "met", "share"), [(23, True, 1), (24, False, 0)])
def test_an_unchanged_result_needs_no_reason(
    run: Runner, number: int, met: bool, share: int
) -> None:
    assert judge(run, met).result().comes_back == share
    assert run.state.judgings[0].reason == ""


def test_a_result_is_changed_with_a_written_reason(run: Runner) -> None:
    assert judge(run, False, "100", REASON).result().comes_back == 1
    assert run.state.judgings[0].reason == REASON


@pytest.mark.parametrize("reason", ["", "ok", " " * 40])
def test_a_result_is_not_changed_without_a_reason(run: Runner, reason: str) -> None:
    assert refused(run, False, "100", reason) == (
        "Your reason makes it fair: please write a sentence."
    )
    assert run.result().comes_back is None


def test_changing_a_result_to_the_same_share_is_refused(run: Runner) -> None:
    assert (
        refused(run, True, "100", REASON)
        == "That's what it says as written. Esc, then Enter leaves it at that."
    )


def test_two_thirds_are_shown_cut_off_and_with_the_fraction(run: Runner) -> None:
    share = judge(run, False, "2/3", REASON).result().comes_back
    assert share == Fraction(2, 3)
    assert shares.percent_with_fraction(share) == "66.6% (2/3)"


@pytest.mark.parametrize("figure", ["120", "-5", "half of it", "4/0", "1.5"])
def test_an_invalid_share_is_refused_with_an_explanation(run: Runner, figure: str) -> None:
    assert "Write it like 80 for a percentage, or 4/5." in refused(run, False, figure, REASON)


def test_the_second_reviewer_decides(run: Runner) -> None:
    judge(run, True).wait(LIMIT - SECOND).do(objecting.object_to, K, ADA, ADA)
    assert run.result().contested
    run.do(objecting.decide_appeal, K, ADA, EVE, "1/2", REASON)
    assert run.result().comes_back == Fraction(1, 2)
    assert run.result().final


def test_an_appeal_is_accepted_at_48_hours_and_refused_a_second_later(
    run: Runner,
) -> None:
    judge(run, True).wait(LIMIT)
    objecting.object_to(run.state, run.now, K, ADA, ADA)
    assert run.wait(SECOND).refused(objecting.object_to, K, ADA, ADA) == (
        "That's final: press l to look back."
    )


@pytest.mark.parametrize("member", [ADA, BEN])
def test_there_is_only_one_appeal(run: Runner, member: str) -> None:
    judge(run, True).do(objecting.object_to, K, ADA, BEN)
    said = "There's only one appeal, and you've made it."
    assert run.refused(objecting.object_to, K, ADA, member) == said
    run.do(objecting.decide_appeal, K, ADA, EVE, "1/2", REASON)
    assert run.refused(objecting.object_to, K, ADA, member) == said


def test_if_the_second_reviewer_is_silent_the_first_result_stays(run: Runner) -> None:
    judge(run, True).do(objecting.object_to, K, ADA, BEN).wait(LIMIT)
    assert not run.result().final
    run.wait(SECOND)
    assert run.result().final
    assert run.result().comes_back == 1
    assert "final" in run.refused(objecting.decide_appeal, K, ADA, EVE, "1/2", REASON)


def test_a_second_reviewer_who_judged_the_part_cannot_decide_the_appeal(
    run: Runner,
) -> None:
    run.do(judging.pass_on, K, ADA, CLEO).wait(30 * HOUR)
    run.do(judging.review, K, ADA, EVE, False, RUBRIC)
    assert run.result().comes_back == 0
    run.do(objecting.object_to, K, ADA, ADA)
    assert "not Eve" in run.refused(objecting.decide_appeal, K, ADA, EVE, "100", REASON)
    # Ben is first in seat order among those who have not judged.
    run.do(objecting.decide_appeal, K, ADA, BEN, "100", REASON)
    assert run.result().comes_back == 1


def test_if_nobody_can_judge_the_default_applies_at_once() -> None:
    run = Runner(
        contract_of(judged=reviewed({ADA: CLEO, BEN: CLEO}, second=None, default="1/2")), people=3
    ).opened()
    run.do(membership.go_away, CLEO).do(membership.go_away, BEN)
    run.do(judging.pass_on, K, ADA, ADA)
    assert run.result().comes_back == Fraction(1, 2)
    assert run.result().by_default


def test_the_default_applies_exactly_at_the_limit_and_can_be_objected_to(
    run: Runner,
) -> None:
    run.wait(LIMIT)
    assert run.result().comes_back is None
    run.wait(SECOND)
    assert run.result().comes_back == 1
    assert run.result().found == DUE + LIMIT
    assert run.refused(judging.review, K, ADA, CLEO, True, RUBRIC) == (
        "The 48 hours are over, so what you agreed for that case counts."
    )
    run.at(DUE + 2 * LIMIT)
    objecting.object_to(run.state, run.now, K, ADA, BEN)
    assert run.wait(SECOND).where is State.TO_LOOK_BACK_ON


def test_nobody_judges_their_own_part(run: Runner) -> None:
    said = run.refused(judging.review, K, ADA, ADA, True, RUBRIC)
    assert said == "Nobody judges their own part: someone else does."


def test_a_member_takes_on_a_judging_with_their_own_key() -> None:
    run = Runner(contract_of(judged=reviewed(second=None))).opened()
    assert run.refused(judging.pass_on, K, ADA, CLEO) == (
        "Ben has not judged yet and comes first by seat: Ben, press your own number to take it on."
    )
    assert "not Dev" in run.refused(judging.pass_on, K, ADA, DEV)
    run.do(judging.pass_on, K, ADA, CLEO, FINN)
    assert run.result().by == FINN
    assert run.result().until == DUE + LIMIT
    assert "once" in run.refused(judging.pass_on, K, ADA, FINN, BEN)
