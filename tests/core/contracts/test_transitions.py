"""The transitions of section 2.2 of the design: who may make each, when it is refused, and why."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import membership
from circle_tui.core.contracts import (
    judging,
    ledger,
    looking_back,
    lookup,
    making,
    signing,
    ways,
    wording,
)
from circle_tui.core.contracts.contract import Ending, LineKind, Part, Way
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
    START,
    K,
    Runner,
    State,
    contract_of,
    graded,
    lines,
    panel,
    reviewed,
    with_stakes,
)

MEETING = "design-feedback"


def made(template: str = MEETING, *people: str) -> Runner:
    """A draft from a template; its id is `K`."""
    return Runner().do(making.make, template, people or (ADA, BEN))


# 1, making


def test_a_draft_from_a_template_can_be_signed_as_it_stands() -> None:
    run = made()
    draft = run.standing.newest
    assert run.where is State.DRAFT
    assert draft.review == date(2026, 3, 19)
    assert [part.member for part in draft.parts] == [ADA, BEN]
    assert draft.parts[0].lines[0].text == "Show the first sketches by Tuesday evening."
    assert draft.parts[1].lines[0].text == "Answer in writing by Thursday evening."
    run.do(signing.sign, K, ADA)
    assert run.where is State.UNSIGNED
    run.do(signing.sign, K, BEN)
    assert run.where is State.RUNNING


@pytest.mark.parametrize("template", ["shared-branch", "writing", "request-triage", "hub"])
def test_every_template_without_a_gap_can_be_signed_as_it_stands(template: str) -> None:
    run = made(template, ADA, BEN, CLEO).sign_all()
    assert run.where is State.RUNNING


@pytest.mark.parametrize("template", ["blank", "trial"])
def test_a_gap_in_a_template_must_be_filled_before_signing(template: str) -> None:
    assert "…" in made(template).refused(signing.sign, K, ADA)


def test_names_are_put_into_a_template() -> None:
    run = made("request-triage", ADA, BEN, CLEO)
    parts = run.standing.newest.parts
    assert parts[1].lines[1].text == (
        "Bring to Cleo only what we two disagree on, or what costs money."
    )
    assert parts[2].lines[0].text == "Pass every request on without answering it."
    assert "{" not in repr(run.standing.newest.parts)


@pytest.mark.parametrize("people", [(), (ADA,), (ADA, ADA), (ADA, BEN, CLEO, DEV, EVE, FINN)])
def test_a_contract_is_between_two_to_five_people(people: tuple[str, ...]) -> None:
    assert Runner().refused(making.make, MEETING, people) == (
        "A contract is for two to five people. For more, make a hub and spokes."
        if len(people) > 2
        else "It takes at least two of you: press your numbers."
    )


def test_a_member_who_left_cannot_be_in_a_contract_but_one_who_is_away_can() -> None:
    run = Runner().do(membership.go_away, BEN).do(membership.leave, CLEO)
    run.do(making.make, MEETING, (ADA, BEN))
    assert "Cleo has left" in run.refused(making.make, MEETING, (ADA, CLEO))


def test_a_circle_can_have_fifty_contracts_and_no_more() -> None:
    run = Runner(*(contract_of(contract=f"k{at}") for at in range(1, 51)))
    assert "Fifty" in run.refused(making.make, MEETING, (ADA, BEN))


def test_a_new_contract_from_an_ended_one_leaves_out_names_dates_and_stakes() -> None:
    run = Runner(with_stakes(contract_of(judged=graded()))).sign_all()
    assert "still running" in run.refused(making.make, K, (CLEO, DEV))
    run.do(looking_back.let_go, K, ADA).do(looking_back.let_go, K, BEN)
    run.wait(DAY).do(making.make, K, (CLEO, DEV))
    fresh = run.state.contracts[-1]
    assert [part.member for part in fresh.parts] == [CLEO, DEV]
    assert fresh.parts[0].lines == lines("I draw.", "One link.")
    assert not any(part.stake for part in fresh.parts)
    assert (fresh.signatures, fresh.starts) == ({}, date(2026, 3, 6))
    assert fresh.judged is not None
    assert fresh.judged.by == {CLEO: DEV, DEV: CLEO}  # type: ignore[union-attr]


def test_a_new_contract_for_more_people_gives_them_the_lines_of_the_last_part() -> None:
    run = Runner(contract_of()).sign_all()
    run.do(looking_back.let_go, K, ADA).do(looking_back.let_go, K, BEN)
    last = run.standing.newest.parts[-1].lines
    run.do(making.make, K, (CLEO, DEV, EVE))
    fresh = run.state.contracts[-1]
    assert [part.member for part in fresh.parts] == [CLEO, DEV, EVE]
    assert fresh.parts[-1].lines == last


def test_a_contract_for_two_can_be_made_from_the_map() -> None:
    run = Runner().do(making.make_spoke, ADA, DEV)
    parts = run.standing.newest.parts
    assert parts[0].lines[0].text == "Bring what you tell me into the next talk of the hub."
    assert parts[1].lines[1].kind is LineKind.BOUNDARY
    assert run.sign_all().where is State.RUNNING


# 2, changing


def test_a_part_has_between_two_and_five_lines() -> None:
    run = Runner(contract_of())
    for number in range(3):
        run.do(wording.add_line, K, ADA, LineKind.WILL, f"Line {number}.")
    assert run.refused(wording.add_line, K, ADA, LineKind.WILL, "Once more.") == (
        "Five lines are the most: take one away first."
    )
    run = Runner(contract_of()).do(wording.remove_line, K, ADA, 1)
    said = run.refused(signing.sign, K, ADA)
    assert "at least two lines for Ada" in said
    assert "what Ada needs, or where a boundary is" in said


def test_a_part_must_say_what_somebody_will_do_and_not_only_needs() -> None:
    part = Part(
        member=ADA, lines=tuple(replace(each, kind=LineKind.NEEDS) for each in lines("a", "b"))
    )
    run = Runner(contract_of())
    contract = run.state.contracts[0]
    run.state = replace(run.state, contracts=(replace(contract, parts=(part, contract.parts[1])),))
    assert run.refused(signing.sign, K, BEN) == "Before it can be signed: what Ada will do."


@pytest.mark.parametrize(
    ("command", "args"),
    [
        (wording.rename, ("x" * 41,)),
        (wording.set_sentence, ("scope", "x" * 141)),
        (wording.set_length, ("until " + "x" * 60,)),
        (wording.add_line, (ADA, LineKind.WILL, "x" * 141)),
        (wording.set_stake, (ADA, "x" * 81)),
    ],
)
def test_a_text_that_is_too_long_is_refused_and_not_cut(
    command: object, args: tuple[object]
) -> None:
    run = Runner(contract_of(judged=graded()))
    assert "shorten" in run.refused(command, K, *args)  # type: ignore[arg-type]


def test_changing_a_signed_version_makes_a_new_one_while_the_old_one_stays_in_force() -> None:
    run = Runner(contract_of()).sign_all().do(wording.rename, K, "Flow")
    assert run.where is State.BEING_CHANGED
    assert (run.standing.shown.name, run.standing.newest.name) == ("Onboarding flow", "Flow")
    run.do(signing.sign, K, ADA)
    assert run.standing.shown.version == 1
    run.do(signing.sign, K, BEN)
    assert (run.where, run.standing.shown.name) == (State.RUNNING, "Flow")


def test_changing_an_unsigned_version_makes_no_new_one() -> None:
    run = Runner(contract_of()).do(wording.rename, K, "Flow")
    assert [each.version for each in run.state.contracts] == [1]
    assert run.refused(wording.rename, K, "Flow") == "That's what it says already."


def test_a_due_contract_cannot_be_changed() -> None:
    run = Runner(contract_of()).sign_all().at(DUE)
    assert run.refused(wording.rename, K, "Flow") == (
        "It's due. Look back on it, and you can change it then."
    )


def test_a_lines_kind_changes_in_turn() -> None:
    run = Runner(contract_of())
    kinds = []
    for _ in range(3):
        run.do(wording.next_line_kind, K, ADA, 0)
        part = run.standing.newest.part(ADA)
        assert part is not None
        kinds.append(part.lines[0].kind)
    assert kinds == [LineKind.NEEDS, LineKind.BOUNDARY, LineKind.WILL]


# 3, dropping


def test_dropping_a_change_leaves_the_old_version_as_it_was() -> None:
    run = Runner(contract_of()).sign_all()
    before = run.state
    assert "It's running" in run.refused(making.drop, K)
    run.do(wording.rename, K, "Flow").do(signing.sign, K, ADA).do(wording.rename, K, "Other")
    run.do(making.drop, K)
    assert run.state == before


def test_dropping_a_draft_deletes_it_and_dropping_a_renewal_ends_the_contract() -> None:
    assert made().do(making.drop, K).state.contracts == ()
    run = Runner(contract_of()).sign_all().at(DUE)
    run.do(looking_back.look_back, K, "It worked.", "", Ending.RENEW).do(making.drop, K)
    assert run.where is State.ENDED
    assert run.standing.newest.worked == "It worked."


# 4 to 6, signing and accepting


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


# 7 to 9, in force


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


# 10 to 13, judging


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


# 17 to 21, looking back


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


# The way


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


# How long a contract lasts


@pytest.mark.parametrize(
    ("typed", "review"),
    [
        ("two weeks", date(2026, 3, 19)),
        ("a fortnight", date(2026, 3, 19)),
        ("10 days", date(2026, 3, 19)),
        ("3 weeks", date(2026, 4, 2)),
        # The next meeting is more than a week after that day.
        ("15 days", date(2026, 3, 20)),
        ("a month", date(2026, 4, 5)),
        ("1 month", date(2026, 4, 5)),
        ("until the flow ships", date(2026, 5, 14)),
    ],
)
def test_a_length_in_words_ends_at_a_meeting(typed: str, review: date) -> None:
    run = Runner(contract_of(lasts="")).do(wording.set_length, K, typed)
    assert run.standing.newest.review == review


@pytest.mark.parametrize(
    "typed", ["", "soon", "0 days", "until ", "4 months", "100 days", "-3 days"]
)
def test_an_invalid_or_too_long_length_is_refused(typed: str) -> None:
    run = Runner(contract_of())
    assert run.refused(wording.set_length, K, typed)


def test_a_review_date_must_be_within_three_months() -> None:
    run = Runner(contract_of())
    assert "three months" in run.refused(wording.set_review, K, "5 July 2026")
    run.do(wording.set_review, K, "5 June 2026")


def test_after_years_without_a_meeting_a_due_date_is_found_quickly() -> None:
    run = made()
    run.now = datetime(2040, 1, 1, tzinfo=UTC)
    run.do(making.make, MEETING, (ADA, BEN))
    assert run.state.contracts[-1].review == date(2040, 1, 19)
    assert run.state.contracts[-1].starts > START.date()
