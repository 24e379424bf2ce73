"""Disputes, objections, leaving, trials, and ends."""

from datetime import date
from fractions import Fraction

import pytest

from circle_tui.core.contracts import judging, ledger, looking_back, objecting, signing, wording
from circle_tui.core.contracts.contract import Ending
from circle_tui.core.errors import RuleError

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
    HOUR,
    LIMIT,
    REASON,
    SECOND,
    K,
    Runner,
    State,
    contract_of,
    graded,
    panel,
    with_stakes,
)

HALF = dict.fromkeys(CRITERIA, "70")
WHOLE = dict.fromkeys(CRITERIA, "met")


def disputed(**fields: object) -> Runner:
    """Half comes back for Ada's part, and she objects; Ben's part is met."""
    run = Runner(with_stakes(contract_of(judged=graded(**fields)))).opened()  # type: ignore[arg-type]
    run.do(judging.grade, K, ADA, BEN, HALF).do(judging.grade, K, BEN, ADA, WHOLE)
    return run.do(objecting.object_to, K, ADA, ADA)


def test_a_result_that_both_agree_on_is_final() -> None:
    run = disputed().wait(LIMIT).do(objecting.agree, K, ADA, ADA, "4/5")
    assert run.result().comes_back == Fraction(1, 2)
    run.do(objecting.agree, K, ADA, BEN, "80")
    assert run.result().comes_back == Fraction(4, 5)
    assert run.result().final


def test_one_key_is_not_enough_to_agree() -> None:
    run = disputed().do(objecting.agree, K, ADA, ADA, "4/5").wait(LIMIT + SECOND)
    assert run.result().comes_back == Fraction(1, 2)
    assert run.result().final
    assert run.refused(objecting.agree, K, ADA, BEN, "4/5") == "That's final: press l to look back."


def test_a_changed_share_needs_both_keys_again() -> None:
    run = disputed().do(objecting.agree, K, ADA, ADA, "4/5").do(objecting.agree, K, ADA, BEN, "60")
    assert not run.result().final
    assert run.result().agreed == (BEN,)
    assert "not Cleo" in run.refused(objecting.agree, K, ADA, CLEO, "60")


def dispute_with_third(**fields: object) -> Runner:
    return disputed(third=CLEO, **fields).do(objecting.ask_third, K, ADA, BEN)


def test_the_third_persons_result_is_final_after_48_hours() -> None:
    run = dispute_with_third(decider=DEV)
    assert "sentence" in run.refused(objecting.give_third_opinion, K, ADA, CLEO, "0", "No.")
    run.do(objecting.give_third_opinion, K, ADA, CLEO, "0", REASON).wait(LIMIT)
    assert (run.result().comes_back, run.result().final) == (0, False)
    assert run.wait(SECOND).result().final


def test_the_third_persons_result_is_final_at_once_if_all_are_content() -> None:
    run = dispute_with_third(decider=DEV).do(
        objecting.give_third_opinion, K, ADA, CLEO, "0", REASON
    )
    run.do(judging.accept_results, K, ADA)
    assert not run.result().final
    run.do(judging.accept_results, K, BEN)
    assert run.result().final
    assert run.where is State.TO_LOOK_BACK_ON


def test_a_new_result_of_the_third_person_asks_again_whether_all_are_content() -> None:
    run = Runner(contract_of(judged=graded(third=CLEO))).opened()
    run.do(judging.grade, K, ADA, BEN, HALF).do(judging.grade, K, BEN, ADA, WHOLE)
    run.do(judging.accept_results, K, BEN).wait(HOUR).do(objecting.object_to, K, ADA, ADA)
    run.do(objecting.ask_third, K, ADA, ADA).wait(HOUR)
    run.do(objecting.give_third_opinion, K, ADA, CLEO, "0", REASON).do(
        judging.accept_results, K, ADA
    )
    assert not run.result().final
    run.do(judging.accept_results, K, BEN)
    assert run.result().final


def test_the_deciders_result_is_final() -> None:
    run = dispute_with_third(decider=DEV).do(
        objecting.give_third_opinion, K, ADA, CLEO, "0", REASON
    )
    run.do(objecting.ask_decider, K, ADA, ADA).do(
        objecting.decide_dispute, K, ADA, DEV, "1/2", REASON
    )
    assert (run.result().comes_back, run.result().final) == (Fraction(1, 2), True)
    for command, args in (
        (objecting.object_to, (ADA,)),
        (objecting.agree, (ADA, "1/2")),
        (objecting.ask_third, (ADA,)),
        (objecting.ask_decider, (ADA,)),
        (objecting.give_third_opinion, (CLEO, "0", REASON)),
        (objecting.decide_dispute, (DEV, "0", REASON)),
    ):
        run.refused(command, K, ADA, *args)


def test_nobody_accepts_a_result_that_has_gone_on_from_the_third_to_the_decider() -> None:
    run = dispute_with_third(decider=DEV).do(
        objecting.give_third_opinion, K, ADA, CLEO, "0", REASON
    )
    run.do(judging.accept_results, K, BEN).do(objecting.ask_decider, K, ADA, ADA)
    assert "Someone objected" in run.refused(judging.accept_results, K, ADA)
    assert not run.result().final
    assert run.do(objecting.decide_dispute, K, ADA, DEV, "1/2", REASON).result().final


def test_without_a_third_person_and_a_decider_the_talk_is_the_last_step() -> None:
    run = disputed()
    assert "There's no third yet" in run.refused(objecting.ask_third, K, ADA, ADA)
    assert "There's no decider" in run.refused(objecting.ask_decider, K, ADA, ADA)
    assert run.wait(LIMIT + SECOND).result().final


def test_all_people_in_a_contract_can_together_name_a_third_person() -> None:
    run = disputed()
    assert "is part of this" in run.refused(objecting.name_third, K, ADA, ADA, BEN)
    run.do(objecting.name_third, K, ADA, ADA, EVE).do(objecting.name_third, K, ADA, BEN, FINN)
    assert "There's no third yet" in run.refused(objecting.ask_third, K, ADA, ADA)
    run.do(objecting.name_third, K, ADA, BEN, EVE).do(objecting.ask_third, K, ADA, ADA)
    run.do(objecting.give_third_opinion, K, ADA, EVE, "3/4", REASON)
    assert run.result().comes_back == Fraction(3, 4)


def test_silence_does_not_take_an_objection_to_its_next_step() -> None:
    run = disputed(third=CLEO).wait(LIMIT + SECOND)
    assert run.result().final
    assert "final" in run.refused(objecting.ask_third, K, ADA, ADA)
    run = dispute_with_third().wait(LIMIT + SECOND)
    assert run.result().comes_back == Fraction(1, 2)
    assert "final" in run.refused(objecting.give_third_opinion, K, ADA, CLEO, "0", REASON)


def test_only_people_in_the_contract_can_object() -> None:
    run = Runner(contract_of(judged=graded())).opened().do(judging.grade, K, ADA, BEN, HALF)
    assert run.refused(objecting.object_to, K, ADA, CLEO) == "Cleo isn't in this contract."
    assert "Choose yourself" in run.refused(objecting.object_to, K, ADA, None)


def test_nobody_can_object_after_all_are_content() -> None:
    run = Runner(contract_of(judged=graded())).opened()
    run.do(judging.grade, K, ADA, BEN, HALF).do(judging.grade, K, BEN, ADA, WHOLE)
    run.do(judging.accept_results, K, ADA).do(judging.accept_results, K, BEN)
    assert run.where is State.TO_LOOK_BACK_ON
    assert run.refused(objecting.object_to, K, ADA, ADA) == "That's final: press l to look back."


def test_the_old_version_comes_due_while_a_change_waits_for_signatures() -> None:
    run = Runner(contract_of()).sign_all().wait(DAY)
    run.do(wording.change_line, K, ADA, 0, "I draw two.").do(signing.sign, K, ADA)
    assert run.where is State.BEING_CHANGED
    run.at(DUE)
    assert run.where is State.DUE
    assert run.standing.shown.version == 1
    assert run.refused(signing.sign, K, BEN) == (
        "It's due. Look back on it, and you can change it then."
    )


def test_a_contract_of_three_continues_with_two_and_a_contract_of_two_ends() -> None:
    run = Runner(contract_of((ADA, BEN, CLEO))).sign_all().do(looking_back.step_out, K, CLEO)
    assert run.where is State.RUNNING
    run.do(looking_back.step_out, K, BEN)
    assert run.where is State.ENDED
    assert run.state.judgings == ()


def test_a_trial_takes_a_week_and_its_stake_is_not_listed() -> None:
    run = Runner(with_stakes(contract_of(judged=graded()))).do(wording.set_trial, K)
    run.sign_all()
    assert run.standing.shown.review == date(2026, 3, 12)
    assert run.where is State.ON_TRIAL
    run.at(DUE - 7 * DAY).do(judging.open_judging, K)
    run.do(judging.grade, K, ADA, BEN, HALF).do(judging.grade, K, BEN, ADA, WHOLE)
    assert run.result().comes_back == Fraction(1, 2)
    run.do(judging.accept_results, K, ADA).do(judging.accept_results, K, BEN)
    assert ledger.stakes(run.state, run.now) == ()
    run.do(looking_back.look_back, K, "", "", Ending.RENEW, "The criteria.")
    not_a_trial = run.standing.newest
    assert (not_a_trial.trial, not_a_trial.term, not_a_trial.signatures) == (None, 2, {})
    assert not_a_trial.review == date(2026, 4, 2)
    assert not_a_trial.parts[0].stake == "Twenty into the coffee box"


def looked_back_on(choice: Ending = Ending.END) -> Runner:
    """A graded contract after everybody was content and it was looked back on."""
    run = Runner(with_stakes(contract_of(judged=graded()))).opened()
    run.do(judging.grade, K, ADA, BEN, HALF).do(judging.grade, K, BEN, ADA, WHOLE)
    run.do(judging.accept_results, K, ADA).do(judging.accept_results, K, BEN)
    return run.do(looking_back.look_back, K, "The sketches.", "Thursday.", choice)


RESULT_FIELDS = ("marks", "rubric", "reason", "votes", "voted", "tied")


@pytest.mark.parametrize("choice", Ending)
def test_results_are_deleted_at_the_end_except_unsettled_stakes(choice: Ending) -> None:
    run = looked_back_on(choice)
    assert [each.comes_back for each in run.state.judgings] == ["1/2", "1"]
    assert not any(getattr(each, name) for each in run.state.judgings for name in RESULT_FIELDS)
    rows = ledger.stakes(run.state, run.now)
    assert [(row.member, row.comes_back) for row in rows] == [(ADA, Fraction(1, 2)), (BEN, 1)]
    run.do(ledger.settle, K, 1, ADA)
    assert [each.comes_back for each in run.state.judgings] == [None, "1"]
    assert [row.member for row in ledger.stakes(run.state, run.now)] == [BEN]
    run.do(ledger.settle, K, 1, BEN)
    assert [each.comes_back for each in run.state.judgings] == [None, None]
    assert [(each.of, each.by) for each in run.state.judgings] == [(ADA, BEN), (BEN, ADA)]


def test_neither_the_split_nor_the_voters_of_a_panel_are_kept() -> None:
    run = Runner(contract_of(judged=panel())).opened().vote_all("mmp")
    assert all(each.voted and each.votes for each in run.state.judgings)
    run.do(judging.accept_results, K, ADA).do(judging.accept_results, K, BEN)
    run.do(looking_back.look_back, K, "", "", Ending.END)
    assert not any(getattr(each, name) for each in run.state.judgings for name in RESULT_FIELDS)
    assert [each.comes_back for each in run.state.judgings] == [None, None]


def test_a_contract_cannot_be_renewed_or_ended_before_its_results_are_final() -> None:
    run = disputed()
    said = run.refused(looking_back.look_back, K, "", "", Ending.END)
    assert said == "It's being judged: look back when the results are final."
    with pytest.raises(RuleError, match="being judged"):
        looking_back.step_out(run.state, run.now, K, ADA)


def test_after_the_time_limit_an_unjudged_part_gets_the_default_in_the_list_of_stakes() -> None:
    run = Runner(with_stakes(contract_of(judged=graded(default="1/2")))).opened()
    run.wait(2 * LIMIT + HOUR)
    assert run.where is State.TO_LOOK_BACK_ON
    run.do(looking_back.look_back, K, "", "", Ending.END)
    rows = ledger.stakes(run.state, run.now)
    assert [row.comes_back for row in rows] == [Fraction(1, 2)] * 2
