"""Objections as the screens say them: the talk, the third, the decider."""

from textwrap import wrap

import pytest

from circle_tui.core.contracts import judging, objecting
from circle_tui.core.errors import RuleError
from circle_tui.views import (
    contract_dispute_keys,
)
from circle_tui.views.text import plain
from tests.core.contracts.agreements import (
    ADA,
    BEN,
    CLEO,
    DEV,
    HOUR,
    LIMIT,
    REASON,
    RUBRIC,
    K,
    contract_of,
    graded,
    reviewed,
)

from .contract_step_reader import Reader, text_of_rows, why_not


def with_objection(**fields: object) -> Reader:
    """Ada objects to Ben's result for her part: half comes back."""
    reader = Reader(contract_of(judged=graded(**fields)))
    reader.judge(BEN, "m", "m", "40")
    reader.judge(ADA, "m", "m", "m")
    reader.cursor = 0
    reader.press(reader.choose(ADA).result, "object")
    return reader


def test_in_a_dispute_a_share_is_typed_once_and_each_agrees_with_their_own_key() -> None:
    reader = with_objection()
    view = reader.dispute
    assert plain(view.said) == ("Ada objects to the result for their own part: half comes back.")
    assert text_of_rows(view.stages)[0].startswith("You talk Ada and Ben")
    assert why_not(view, "agree") == "First press Enter for a figure."
    reader.press(view, "figure", "all")
    assert "You agree: all comes back." in plain(reader.dispute.said)
    reader.press(reader.choose(ADA).dispute, "agree")
    assert text_of_rows(reader.dispute.rows) == ["1 Ada agrees", "2 Ben"]
    reader.press(reader.choose(BEN).dispute, "agree")
    assert reader.runner.result(ADA).comes_back == 1
    assert "You agreed on it together." in plain(reader.result.how)


def test_a_changed_share_needs_everybodys_key_again() -> None:
    reader = with_objection()
    reader.press(reader.dispute, "figure", "80")
    reader.press(reader.choose(ADA).dispute, "agree")
    reader.press(reader.dispute, "figure", "90")
    assert text_of_rows(reader.dispute.rows) == ["1 Ada", "2 Ben"]


def test_after_the_third_person_the_decider_decides() -> None:
    reader = with_objection(third=CLEO, decider=DEV)
    assert why_not(reader.choose(ADA).dispute, "decider") == "The decider comes after the third."
    reader.press(reader.dispute, "third")
    assert "Cleo: your number" in reader.dispute.status
    reader.press(reader.choose(CLEO).dispute, "figure", "60")
    reader.do(contract_dispute_keys.reason_for(K, reader.runner.result(), CLEO, "60"), REASON)
    assert "a if you're fine with it" in reader.dispute.status
    assert REASON in plain(reader.dispute.said)
    reader.press(reader.choose(ADA).dispute, "decider")
    reader.press(reader.choose(DEV).dispute, "figure", "70")
    reader.do(contract_dispute_keys.reason_for(K, reader.runner.result(), DEV, "70"), REASON)
    assert reader.runner.result(ADA).final
    assert "Dev decided it." in plain(reader.result.how)


def test_if_no_third_person_is_named_all_people_choose_one_with_their_own_keys() -> None:
    reader = with_objection()
    for member in (ADA, BEN):
        reader.press(reader.choose(member).dispute, "third", answer=1)
    assert reader.dispute.stages[1].text == "Cleo"
    reader.press(reader.dispute, "third")
    assert reader.dispute.stages[1].glyph == "▶"
    assert reader.dispute.stages[2].text == "nobody, so it ends with the third"


def test_an_objection_that_nobody_handles_leaves_the_result() -> None:
    reader = with_objection()
    reader.runner.wait(LIMIT + HOUR)
    assert reader.dispute.of is None
    assert reader.dispute.status == "That's settled. Enter shows the result."
    with pytest.raises(RuleError):
        reader.runner.do(objecting.agree, K, ADA, ADA, "80")


@pytest.mark.parametrize("rung", ["talk", "figure", "third", "content", "decider", "second"])
def test_what_a_dispute_asks_for_fits_three_lines_of_the_narrowest_screen(rung: str) -> None:
    if rung == "second":
        reader = Reader(contract_of(judged=reviewed()))
        for by, of in ((CLEO, ADA), (DEV, BEN)):
            reader.runner.do(judging.review, K, of, by, False, dict.fromkeys(RUBRIC, "="))
        reader.runner.do(objecting.object_to, K, ADA, ADA)
    else:
        reader = with_objection(third=CLEO, decider=DEV)
    if rung == "figure":
        reader.press(reader.choose(ADA).dispute, "figure", "80")
    if rung in {"third", "content", "decider"}:
        reader.press(reader.choose(ADA).dispute, "third")
    if rung in {"content", "decider"}:
        reader.runner.do(objecting.give_third_opinion, K, ADA, CLEO, "0", REASON)
    if rung == "decider":
        reader.press(reader.choose(ADA).dispute, "decider")
    status = reader.dispute.status
    assert "the result counts" in status
    assert len(wrap(status, 38)) <= 3
