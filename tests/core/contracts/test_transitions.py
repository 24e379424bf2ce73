"""From one state of a contract to the next: who may make each step, when it is refused, and why."""

from datetime import date, timedelta

import pytest

from circle_tui.core.circle import membership
from circle_tui.core.contracts import judging, ledger, looking_back, lookup, signing, wording
from circle_tui.core.contracts.contract import Ending
from circle_tui.core.contracts.standing import not_ended

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
    REASON,
    RUBRIC,
    K,
    Runner,
    State,
    contract_of,
    graded,
    reviewed,
    with_stakes,
)

# Signing and accepting


def test_only_a_person_in_the_contract_can_sign_and_only_once() -> None:
    run = Runner(contract_of())
    assert "Choose yourself" in run.refused(signing.sign, K, None)
    assert run.refused(signing.sign, K, CLEO) == "Cleo isn't in this contract."
    run.do(signing.sign, K, ADA)
    assert run.refused(signing.sign, K, ADA) == "Ada has signed this version."


def test_signing_needs_a_review_date_in_the_future() -> None:
    run = Runner(contract_of(review=None))
    assert "a review date" in run.refused(signing.sign, K, ADA)
    run = Runner(contract_of()).at(DUE)
    assert "in the future" in run.refused(signing.sign, K, ADA)


def test_a_judge_from_outside_accepts_with_their_own_key() -> None:
    run = Runner(contract_of(judged=reviewed(third=FINN)))
    run.do(signing.sign, K, ADA).do(signing.sign, K, BEN)
    assert run.where is State.UNSIGNED
    assert lookup.to_accept(run.state, run.standing.newest) == (CLEO, DEV, EVE, FINN)
    assert "hasn't been asked to judge" in run.refused(signing.accept, K, ADA)
    for member in (CLEO, DEV, EVE, FINN):
        run.do(signing.accept, K, member)
    assert run.where is State.RUNNING
    assert run.refused(signing.accept, K, CLEO) == "Cleo has already accepted."


def test_a_reviewer_who_signed_the_contract_need_not_accept_too() -> None:
    run = Runner(contract_of(judged=graded()))
    run.do(signing.sign, K, ADA).do(signing.sign, K, BEN)
    assert run.where is State.RUNNING


# In force


def test_a_milestone_makes_a_contract_due() -> None:
    run = Runner(contract_of()).sign_all()
    assert "You didn't agree on a milestone" in run.refused(looking_back.reach_milestone, K, ADA)
    run = Runner(contract_of()).do(wording.set_length, K, "until the flow ships").sign_all()
    assert "isn't in this contract" in run.refused(looking_back.reach_milestone, K, CLEO)
    run.do(looking_back.reach_milestone, K, ADA)
    assert run.where is State.DUE
    assert run.refused(looking_back.reach_milestone, K, ADA) == "It's due already."


def test_a_person_can_step_out_only_for_themselves_and_not_during_judging() -> None:
    run = Runner(contract_of(judged=graded())).opened()
    assert run.refused(looking_back.step_out, K, ADA) == (
        "It's being judged: you can step out after that."
    )
    assert "isn't in this contract" in run.refused(looking_back.step_out, K, CLEO)


def test_letting_go_of_a_contract_needs_everybodys_key_and_no_judging() -> None:
    run = Runner(with_stakes(contract_of(judged=graded()))).sign_all()
    run.do(looking_back.let_go, K, ADA)
    assert run.where is State.RUNNING
    run.do(looking_back.let_go, K, BEN)
    assert run.where is State.ENDED
    assert ledger.stakes(run.state, run.now) == ()


def test_a_contract_counts_as_signed_until_it_begins() -> None:
    run = Runner(contract_of(starts=date(2026, 3, 9), review=date(2026, 3, 23))).sign_all()
    assert run.where is State.SIGNED
    assert run.wait(4 * DAY).where is State.RUNNING


# Judging


def test_judging_is_opened_when_due_and_never_for_talk() -> None:
    run = Runner(contract_of(judged=graded())).sign_all()
    assert run.refused(judging.open_judging, K) == "It isn't due yet."
    run = Runner(contract_of()).sign_all().at(DUE)
    assert "Nobody judges this one" in run.refused(judging.open_judging, K)


def test_a_part_is_judged_once_and_only_by_its_reviewer() -> None:
    run = Runner(contract_of(judged=graded())).opened()
    marks = dict.fromkeys(CRITERIA, "met")
    assert run.refused(judging.grade, K, ADA, CLEO, marks) == "Ben judges it, not Cleo."
    run.do(judging.grade, K, ADA, BEN, marks)
    assert run.refused(judging.grade, K, ADA, BEN, marks) == "That's judged already."


def test_an_invalid_mark_is_refused() -> None:
    run = Runner(contract_of(judged=graded())).opened()
    for mark in ("-1", "half", "1.5", "17 of 0", ""):
        marks = dict.fromkeys(CRITERIA, mark)
        assert "17 of 20" in run.refused(judging.grade, K, ADA, BEN, marks)


# Looking back


def test_a_contract_of_talk_is_looked_back_on_only_when_it_is_due() -> None:
    run = Runner(contract_of()).sign_all()
    said = run.refused(looking_back.look_back, K, "", "", Ending.END)
    assert said == "It isn't due yet: you look back on its review date."
    run.at(DUE).do(looking_back.look_back, K, "", "", Ending.END)
    assert run.where is State.ENDED


@pytest.mark.parametrize("choice", [Ending.RENEW, Ending.CHANGE])
def test_a_renewed_contract_is_the_same_contract_in_its_next_term(choice: Ending) -> None:
    run = Runner(contract_of()).sign_all().at(DUE)
    run.do(looking_back.look_back, K, "The sketches.", "Thursday noon.", choice)
    fresh = run.standing.newest
    assert (fresh.version, fresh.term, fresh.contract) == (2, 2, K)
    assert (fresh.starts, fresh.review) == (date(2026, 3, 19), date(2026, 4, 2))
    assert fresh.parts == run.state.contracts[0].parts
    assert fresh.worked == ""
    assert run.where is State.DRAFT
    assert run.sign_all().where is State.RUNNING
    assert run.state.contracts[0].worked == "The sketches."


def test_three_people_who_judge_each_other_rotate_in_the_next_term() -> None:
    by = {ADA: BEN, BEN: CLEO, CLEO: ADA}
    run = Runner(contract_of((ADA, BEN, CLEO), judged=graded(by=by))).opened()
    run.wait(timedelta(days=5)).do(looking_back.look_back, K, "", "", Ending.RENEW)
    judged = run.standing.newest.judged
    assert judged is not None
    assert judged.by == {ADA: CLEO, BEN: ADA, CLEO: BEN}  # type: ignore[union-attr]


# Leaving


def test_a_member_who_leaves_the_circle_steps_out_of_every_contract() -> None:
    run = Runner(contract_of((ADA, BEN, CLEO)), contract_of((CLEO, DEV), contract="k2"))
    run.sign_all().sign_all("k2").do(membership.leave, CLEO)
    assert run.where is State.RUNNING
    assert [each.newest.contract for each in not_ended(run.state, run.now)] == [K]
    # Coming back to the circle is not coming back to the contract.
    run.do(membership.come_back, CLEO)
    assert lookup.party_ids(run.state, run.standing.shown) == (ADA, BEN)


def test_forgetting_a_member_removes_their_part_and_ends_a_contract_of_two() -> None:
    run = Runner(contract_of()).sign_all().do(membership.forget, BEN, "Ben")
    assert run.where is State.ENDED
    assert [part.member for part in run.standing.newest.parts] == [ADA]


def test_forgetting_a_reviewer_deletes_their_words_but_keeps_the_result() -> None:
    run = Runner(contract_of(judged=reviewed())).opened()
    run.do(judging.review, K, ADA, CLEO, False, RUBRIC, "2/3", REASON)
    run.do(judging.review, K, BEN, DEV, False, RUBRIC, "half", REASON)
    run.do(membership.forget, CLEO, "Cleo")
    first, second = run.state.judgings
    assert (first.by, first.comes_back, first.reason, first.rubric) == (CLEO, "2/3", "", {})
    assert (second.reason, second.rubric) == (REASON, RUBRIC)
    assert run.where is State.JUDGED


def test_anybody_can_pass_on_the_judging_of_a_reviewer_who_left() -> None:
    run = Runner(contract_of(judged=reviewed())).opened().do(membership.leave, CLEO)
    run.do(judging.pass_on, K, ADA, ADA)
    assert run.result().by == EVE
