"""Making a contract: from a template, from one that has ended, or from the map."""

from datetime import date

import pytest

from circle_tui.core.circle import membership
from circle_tui.core.contracts import looking_back, making, signing
from circle_tui.core.contracts.contract import LineKind

from .agreements import (
    ADA,
    BEN,
    CLEO,
    DAY,
    DEV,
    EVE,
    FINN,
    MEETING,
    K,
    Runner,
    State,
    contract_of,
    graded,
    lines,
    made,
    with_stakes,
)


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
