"""Judging as the screens say it: graded and reviewed, from open to ended."""

from fractions import Fraction

import pytest

from circle_tui.core.circle import membership
from circle_tui.core.contracts import voting
from circle_tui.core.contracts.contract import COMMON, BallotChoice, CommonResult
from circle_tui.core.errors import RuleError
from circle_tui.views import (
    contract_dispute_keys,
)
from circle_tui.views.contract_judgement import Judgement
from circle_tui.views.text import plain
from circle_tui.views.view import Execute, GoToContract, Pick
from tests.core.contracts.agreements import (
    ADA,
    BEN,
    CLEO,
    DEV,
    EVE,
    FINN,
    LIMIT,
    REASON,
    RUBRIC,
    SECOND,
    K,
    contract_of,
    graded,
    reviewed,
    with_stakes,
)

from .contract_step_reader import Reader, offered, text_of_rows, why_not

# Graded


def test_a_graded_contract_from_its_judging_to_its_end() -> None:
    reader = Reader(with_stakes(contract_of(judged=graded((2, 2, 1)))))
    assert "Ben judges Ada's part" in reader.judging.status
    assert reader.judging.status.endswith("Ben, press 2.")
    assert "Ben, press 2" in why_not(reader.judging, "met")
    reader.judge(BEN, "m", "17 of 20", "n")
    assert reader.judging.title == "Ben's part, judged by Ada"
    reader.judge(ADA, "m", "m", "m")
    assert reader.judging.of is None
    assert offered(reader.judging, "keep").does == GoToContract(K, "result")
    view = reader.result
    assert text_of_rows(view.rows) == ["Ada 50% comes back", "Ben 100% comes back"]
    assert "Ben marked: On the day 100% · Useful 85% · About users 0%" in plain(view.how)
    assert "In total 74%." in plain(view.how)
    assert text_of_rows(view.stakes) == [
        f"{name} Twenty into the coffee box" for name in ("Ada", "Ben")
    ]
    assert reader.choose(ADA).result.status.startswith("Ada: a if you're fine with it")
    reader.press(reader.result, "content")
    assert reader.result.status.startswith("Your number, then a")
    reader.press(reader.choose(BEN).result, "content")
    assert reader.result.status == "It's final. Press l to look back together."
    assert offered(reader.result, "look_back").does == GoToContract(K, "look back")
    reader.look_back()


def test_no_total_is_shown_before_the_last_mark() -> None:
    reader = Reader(contract_of(judged=graded())).choose(BEN)
    for reader.cursor in range(2):
        reader.press(reader.judging, "met")
        assert reader.judging.found == ()
        assert "%" not in reader.judging.status
    with pytest.raises(RuleError, match="About users has no mark yet"):
        reader.press(reader.judging, "keep")
    reader.cursor = 2
    reader.press(reader.judging, "partly", "70")
    assert plain(reader.judging.found) == "In total 90%: all comes back."
    assert reader.judging.rows[2].state == "counts 1   70%"


def test_an_invalid_mark_is_refused_at_once() -> None:
    reader = Reader(contract_of(judged=graded())).choose(BEN)
    with pytest.raises(RuleError, match="85 for a percentage"):
        reader.press(reader.judging, "partly", "quite a lot")
    assert reader.judgement == Judgement()


def test_a_judging_is_passed_on_by_rotation_to_a_member_who_accepts() -> None:
    reader = Reader(contract_of(judged=graded())).choose(BEN)
    asked = offered(reader.judging, "pass_on").does
    assert isinstance(asked, Pick)
    assert asked.question == "Who will judge Ada's part? Press your own key."
    assert asked.answers[0][0] == "Cleo, who has not judged yet and comes first by seat"
    reader.press(reader.judging, "pass_on", answer=1)
    reader.of = ADA
    assert reader.choose(None).judging.title == "Ada's part, judged by Cleo"


def test_a_judging_that_nobody_can_take_gets_the_default() -> None:
    reader = Reader(contract_of(judged=graded(default="1/2")))
    for member in (CLEO, DEV, EVE, FINN, "m7"):
        reader.runner.do(membership.go_away, member)
    does = offered(reader.choose(BEN).judging, "pass_on").does
    assert isinstance(does, Execute)
    assert does.flash == "Nobody is left to judge it, so what you agreed for that case counts."
    reader.do(does)
    assert reader.runner.result(ADA).comes_back == Fraction(1, 2)


def test_after_48_hours_the_screen_shows_the_result_that_applies() -> None:
    reader = Reader(contract_of(judged=graded()))
    reader.runner.wait(LIMIT + SECOND)
    assert reader.judging.of is None
    assert "Nobody judged it in time" in plain(reader.result.how)
    assert reader.result.content[0].text.startswith("may object until")


# Reviewed


def test_a_reviewed_contract_from_its_judging_through_an_appeal_to_its_end() -> None:
    reader = Reader(contract_of(judged=reviewed())).choose(CLEO)
    assert "met as it was" not in plain(reader.judging.written)
    assert "First say whether" in why_not(reader.judging, "keep")
    reader.press(reader.judging, "written_not_met")
    assert plain(reader.judging.written) == "Not met, so none of it comes back."
    assert why_not(reader.judging, "change") == "Look at outcome, too: + = or -."
    for reader.cursor in range(len(RUBRIC)):
        reader.press(reader.judging, "more" if reader.cursor else "as_agreed")
    assert [row.glyph for row in reader.judging.rows] == ["=", "+", "+", "+"]
    reader.press(reader.judging, "change", "80")
    assert "Cleo lets 80% come back" in plain(reader.judging.found)
    with pytest.raises(RuleError, match="write a sentence"):
        reader.press(reader.judging, "keep", "Late.")
    reader.press(reader.judging, "keep", REASON)
    reader.choose(DEV)
    reader.press(reader.judging, "written_met")
    for reader.cursor in range(len(RUBRIC)):
        reader.press(reader.judging, "as_agreed")
    reader.press(reader.judging, "keep")
    how = plain(reader.result.how)
    assert "Cleo changed it, and says why." in how
    assert f"“{REASON}”" in how
    assert "Dev left it as it was written." in how
    reader.cursor = 0
    reader.press(reader.choose(ADA).result, "object")
    assert reader.result.status == "Someone objected. Enter shows what happens next."
    assert text_of_rows(reader.dispute.stages)[0].startswith("The second Eve")
    assert "That's for Eve to say" in why_not(reader.dispute, "figure")
    reader.press(reader.choose(EVE).dispute, "figure", "90")
    asked = contract_dispute_keys.reason_for(K, reader.runner.result(), EVE, reader.figure)
    reader.do(asked, REASON)
    assert reader.dispute.of is None
    assert "Eve heard the appeal." in plain(reader.result.how)
    for member in (ADA, BEN):
        reader.press(reader.choose(member).result, "content")
    reader.look_back()


def test_a_common_result_is_shown_beside_the_own_part() -> None:
    common = CommonResult(text="The flow is live.", own="1/2", voters={CLEO: 1, DEV: 1, EVE: 1})
    reader = Reader(contract_of(judged=graded(common=common)))
    reader.judge(BEN, "m", "m", "m")
    assert offered(reader.judging, "vote").does == GoToContract(K, "vote")
    reader.judge(ADA, "n", "n", "n")
    assert plain(reader.who_votes().main) == "You're voting on what they meant to reach together."
    ballots = dict(
        zip(
            (CLEO, DEV, EVE), (BallotChoice.MET, BallotChoice.MET, BallotChoice.PARTLY), strict=True
        )
    )
    reader.runner.do(voting.count_vote, K, {COMMON: ballots})
    assert text_of_rows(reader.result.rows) == [
        "Ada own part 100% together 88.8% (8/9) 94.4% (17/18) comes back",
        "Ben own part 0% together 88.8% (8/9) 44.4% (4/9) comes back",
        "Together 88.8% (8/9)",
    ]
