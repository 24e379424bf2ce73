"""Judging, voting, results and objections on the screens, from opening to the end, for each way."""

from fractions import Fraction
from typing import Any

import pytest

from circle_tui.core.circle import membership
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import judging, ledger, looking_back, objecting, voting
from circle_tui.core.contracts.contract import COMMON, Choice, Common, Contract, Ending, Tie
from circle_tui.core.contracts.standing import State
from circle_tui.core.errors import RuleError
from circle_tui.views import (
    contract_dispute,
    contract_judgement,
    contract_judging,
    contract_ledger,
    contract_result,
    contract_vote,
)
from circle_tui.views.contract_judgement import Judgement
from circle_tui.views.text import plain
from circle_tui.views.view import Action, Ask, Execute, GoToContract, Pick, Unsaved, View
from tests.core.contracts.agreements import (
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
    contract_of,
    graded,
    panel,
    reviewed,
    with_stakes,
)


class Reader:
    """Reads the views of one contract, and does what their actions say."""

    def __init__(self, contract: Contract) -> None:
        self.runner = Runner(contract).do(membership.join, "Gus").sign_all().at(DUE)
        if contract.judged is not None:
            self.runner.do(judging.open_judging, K)
        self.by: str | None = None
        self.of: str | None = None
        self.cursor = 0
        self.figure = ""
        self.judgement = Judgement()

    @property
    def snapshot(self) -> CircleSnapshot:
        return CircleSnapshot(self.runner.state, self.runner.now)

    def choose(self, member: str | None) -> "Reader":
        self.by = member
        return self

    @property
    def judging(self) -> contract_judging.JudgingView:
        self.of = contract_judgement.part_for(self.runner.standing, self.of, self.by)
        return contract_judging.judging_view(
            self.snapshot, K, of=self.of, by=self.by, judgement=self.judgement, cursor=self.cursor
        )

    @property
    def result(self) -> contract_result.ResultView:
        return contract_result.result_view(self.snapshot, K, chosen=self.by, cursor=self.cursor)

    @property
    def dispute(self) -> contract_dispute.DisputeView:
        of = next(iter(contract_dispute.contested(self.runner.standing)), None)
        return contract_dispute.dispute_view(
            self.snapshot, K, of=of, chosen=self.by, figure=self.figure
        )

    def who_votes(self, *out: str) -> contract_vote.VoteView:
        return contract_vote.who_votes(self.snapshot, K, out=out, cursor=0)

    def press(self, view: View, action_id: str, *typed: str, answer: int = 0) -> None:
        """Do what a key does; `typed` is typed if it asks for words, `answer` counts from 1."""
        does: Any = offered(view, action_id).does
        if isinstance(does, Pick):
            does = does.answers[answer - 1][1]
        self.do(does, *typed)

    def do(self, does: Any, *typed: str) -> None:
        assert isinstance(does, Execute | Ask), does
        args = (*does.args, *typed) if isinstance(does, Ask) else does.args
        if does.command is contract_dispute.FIGURE:
            self.figure = does.command(self.figure, *args)
        elif isinstance(does.command, Unsaved):
            self.judgement = does.command(self.judgement, *args)
        else:
            self.runner.do(does.command, *args)
            self.judgement, self.figure = Judgement(), ""

    def judge(self, by: str, *marks: str) -> None:
        """Mark every criterion with m, n or a figure, and submit the marks."""
        self.choose(by)
        for self.cursor, mark in enumerate(marks):
            if mark in {"m", "n"}:
                self.press(self.judging, "met" if mark == "m" else "not_met")
            else:
                self.press(self.judging, "partly", mark)
        self.press(self.judging, "keep")

    def look_back(self) -> None:
        self.runner.do(looking_back.look_back, K, "The sketches.", "", Ending.END)
        assert self.runner.where is State.ENDED


def offered(view: View, action_id: str) -> Action:
    action = view.action(action_id)
    assert action is not None, action_id
    assert action.disabled_reason is None, action.disabled_reason
    return action


def why_not(view: View, action_id: str) -> str:
    action = view.action(action_id)
    assert action is not None, action_id
    return action.disabled_reason or ""


def text_of_rows(rows: Any) -> list[str]:
    return [" ".join(f"{each.name} {each.text} {each.state}".split()) for each in rows]


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
    assert text_of_rows(view.rows) == ["Ada 50 % comes back", "Ben 100 % comes back"]
    assert "Ben marked: On the day 100 % · Useful 85 % · About users 0 %" in plain(view.how)
    assert "In total 74 %." in plain(view.how)
    assert text_of_rows(view.stakes) == [
        f"{name} Twenty into the coffee box" for name in ("Ada", "Ben")
    ]
    assert reader.choose(ADA).result.status.startswith("Ada: a when you're content")
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
    assert plain(reader.judging.found) == "In total 90 %: all comes back."
    assert reader.judging.rows[2].state == "counts 1   70 %"


def test_an_invalid_mark_is_refused_at_once() -> None:
    reader = Reader(contract_of(judged=graded())).choose(BEN)
    with pytest.raises(RuleError, match="85 for a percentage"):
        reader.press(reader.judging, "partly", "quite a lot")
    assert reader.judgement == Judgement()


def test_a_judging_is_passed_on_by_rotation_to_a_member_who_accepts() -> None:
    reader = Reader(contract_of(judged=graded())).choose(BEN)
    asked = offered(reader.judging, "pass_on").does
    assert isinstance(asked, Pick)
    assert asked.question == "Who takes Ada's part on? Press it yourself."
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
    assert does.flash == "Nobody is left to judge it, so what you agreed for that case stands."
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
    assert plain(reader.judging.written) == "Not met: then none comes back."
    assert why_not(reader.judging, "change") == "Look at outcome as well: + = or -."
    for reader.cursor in range(len(RUBRIC)):
        reader.press(reader.judging, "more" if reader.cursor else "as_agreed")
    assert [row.glyph for row in reader.judging.rows] == ["=", "+", "+", "+"]
    reader.press(reader.judging, "change", "80")
    assert "Cleo lets 80 % come back" in plain(reader.judging.found)
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
    assert "Dev let it stand as written." in how
    reader.cursor = 0
    reader.press(reader.choose(ADA).result, "object")
    assert reader.result.status == "Someone objected. Enter shows how that goes on."
    assert text_of_rows(reader.dispute.rungs)[0].startswith("The second Eve")
    assert "That is for Eve to say" in why_not(reader.dispute, "figure")
    reader.press(reader.choose(EVE).dispute, "figure", "90")
    asked = contract_dispute.reason_for(K, reader.runner.result(), EVE, reader.figure)
    reader.do(asked, REASON)
    assert reader.dispute.of is None
    assert "Eve heard the appeal." in plain(reader.result.how)
    for member in (ADA, BEN):
        reader.press(reader.choose(member).result, "content")
    reader.look_back()


# Panel


def vote(reader: Reader, *choices: str) -> None:
    reader.runner.vote_all(*choices)


def test_a_panel_from_its_vote_to_its_end() -> None:
    reader = Reader(contract_of(judged=panel()))
    assert reader.judging.status == "The rest is decided by a vote. Press j to hold it."
    view = reader.who_votes()
    assert plain(view.main) == "The vote is on Ada's part and Ben's part."
    assert plain(view.words) == "Three are needed, and three are here."
    assert view.action("begin") is not None
    assert "Three are needed, and two are here" in why_not(reader.who_votes(CLEO), "begin")
    vote(reader, "mmp")
    assert text_of_rows(reader.result.rows) == [
        f"{name} 88.8 % (8/9) comes back" for name in ("Ada", "Ben")
    ]
    assert "By vote: two of three met and one partly." in plain(reader.result.how)
    for member in (ADA, BEN):
        reader.press(reader.choose(member).result, "content")
    reader.look_back()


@pytest.mark.parametrize(
    ("weights", "out", "said"),
    [
        ((1, 1, 1, 1), (), "With so few, a unanimous result"),
        ((2, 1, 1, 1), (), "With these weights the result can show"),
        ((50, 30, 20), (), "With these weights the result can show"),
        ((2, 1, 1, 1), (CLEO,), "With these weights the result can show"),
    ],
)
def test_before_a_vote_the_screen_says_what_the_result_may_reveal(
    weights: tuple[int, ...], out: tuple[str, ...], said: str
) -> None:
    reader = Reader(contract_of(judged=panel(weights)))
    assert reader.who_votes(*out).secrecy.startswith(said)


def test_with_five_equal_weights_only_a_unanimous_vote_reveals_the_choices() -> None:
    reader = Reader(contract_of(judged=panel((1, 1, 1, 1, 1))))
    assert reader.who_votes().secrecy.startswith("If all agree, everybody knows")
    assert reader.who_votes(FINN).secrecy.startswith("With so few")


def test_with_unequal_weights_the_result_does_not_show_the_split() -> None:
    reader = Reader(contract_of(judged=panel((2, 1, 1))))
    vote(reader, "mpn")
    how = plain(reader.result.how)
    assert how.count("By vote.") == 2
    assert "met" not in how


def test_during_a_vote_the_contract_is_hidden_and_nothing_can_be_undone() -> None:
    reader = Reader(contract_of(judged=panel()))
    views = [
        contract_vote.hand_over(reader.snapshot, (CLEO, DEV), None),
        contract_vote.ballot(reader.snapshot, CLEO, ADA, tuple(Choice), once_more=False),
        contract_vote.all_in(reader.snapshot),
    ]
    for view in views:
        assert view.headline == ("Harbour",)
        actions = {each.spec.id: each for each in contract_vote.while_voting(view)}
        for refused in ("undo", "redo", "palette"):
            assert actions[refused].disabled_reason == "Not while a vote is being taken."
        assert actions["help"].disabled_reason is None
        assert actions["back"].label == "Leave the vote"


def test_a_tie_shows_only_the_tied_choices_and_leads_to_a_second_vote() -> None:
    reader = Reader(contract_of(judged=panel((1, 1, 1, 1))))
    vote(reader, "mmnn")
    how = plain(reader.result.how)
    assert "Met and not met tie. Talk it over, then vote once more until" in how
    assert "two" not in how
    assert offered(reader.result, "vote").does == GoToContract(K, "vote")
    vote(reader, "mmnp")
    assert reader.runner.where is State.JUDGED


def test_a_tie_is_decided_by_the_decider_with_a_reason() -> None:
    judged = panel((1, 1, 1), tie=Tie.DECIDER, decider=FINN)
    reader = Reader(contract_of(judged=judged))
    vote(reader, "mpn")
    assert "Finn decides between them" in plain(reader.result.how)
    assert why_not(reader.result, "decide") == "Finn decides: Finn, press 6 first."
    reader.choose(FINN)
    reader.press(reader.result, "decide", REASON, answer=2)
    assert reader.runner.result(ADA).comes_back == Fraction(2, 3)
    assert "Finn decided it." in plain(reader.result.how)
    reader.press(reader.result, "decide", REASON, answer=1)
    assert reader.runner.where is State.JUDGED


def test_a_common_result_is_shown_beside_the_own_part() -> None:
    common = Common(text="The flow is live.", own="1/2", voters={CLEO: 1, DEV: 1, EVE: 1})
    reader = Reader(contract_of(judged=graded(common=common)))
    reader.judge(BEN, "m", "m", "m")
    assert offered(reader.judging, "vote").does == GoToContract(K, "vote")
    reader.judge(ADA, "n", "n", "n")
    assert plain(reader.who_votes().main) == "The vote is on what they meant to reach together."
    ballots = dict(zip((CLEO, DEV, EVE), (Choice.MET, Choice.MET, Choice.PARTLY), strict=True))
    reader.runner.do(voting.count_vote, K, {COMMON: ballots})
    assert text_of_rows(reader.result.rows) == [
        "Ada own part 100 % together 88.8 % (8/9) 94.4 % (17/18) comes back",
        "Ben own part 0 % together 88.8 % (8/9) 44.4 % (4/9) comes back",
        "Together 88.8 % (8/9)",
    ]


# Disputes


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
    assert plain(view.said) == (
        "Ada objects to what was found about their own part: half comes back."
    )
    assert text_of_rows(view.rungs)[0].startswith("You talk Ada and Ben")
    assert why_not(view, "agree") == "First a figure: Enter."
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
    reader.do(contract_dispute.reason_for(K, reader.runner.result(), CLEO, "60"), REASON)
    assert "a when you're content" in reader.dispute.status
    assert REASON in plain(reader.dispute.said)
    reader.press(reader.choose(ADA).dispute, "decider")
    reader.press(reader.choose(DEV).dispute, "figure", "70")
    reader.do(contract_dispute.reason_for(K, reader.runner.result(), DEV, "70"), REASON)
    assert reader.runner.result(ADA).final
    assert "Dev decided it." in plain(reader.result.how)


def test_if_no_third_person_is_named_all_people_choose_one_with_their_own_keys() -> None:
    reader = with_objection()
    for member in (ADA, BEN):
        reader.press(reader.choose(member).dispute, "third", answer=1)
    assert reader.dispute.rungs[1].text == "Cleo"
    reader.press(reader.dispute, "third")
    assert reader.dispute.rungs[1].glyph == "▶"
    assert reader.dispute.rungs[2].text == "nobody: it ends with the third"


def test_an_objection_that_nobody_handles_leaves_the_result() -> None:
    reader = with_objection()
    reader.runner.wait(LIMIT + HOUR)
    assert reader.dispute.of is None
    assert reader.dispute.status == "That's settled. Enter shows what was found."
    with pytest.raises(RuleError):
        reader.runner.do(objecting.agree, K, ADA, ADA, "80")


# Stakes and the map


def test_a_stake_can_be_settled_and_reopened_and_stakes_are_not_summed() -> None:
    reader = Reader(with_stakes(contract_of(judged=graded())))
    reader.judge(BEN, "m", "m", "40")
    reader.judge(ADA, "m", "m", "m")
    for member in (ADA, BEN):
        reader.press(reader.choose(member).result, "content")
    view = contract_ledger.ledger_view(reader.snapshot, cursor=0)
    assert text_of_rows(view.stakes) == [
        "Ada Twenty into the coffee box half · open",
        "Ben Twenty into the coffee box all · open",
    ]
    reader.press(view, "settle")
    view = contract_ledger.ledger_view(reader.snapshot, cursor=0)
    assert [row.glyph for row in view.stakes] == ["●", "○"]
    assert offered(view, "settle").label == "Open again"
    reader.press(view, "settle")
    assert not any(each.settled for each in ledger.stakes(reader.runner.state, reader.runner.now))


def test_without_stakes_and_contracts_the_page_says_so() -> None:
    snapshot = CircleSnapshot(Runner().state, Runner().now)
    view = contract_ledger.ledger_view(snapshot, cursor=3)
    assert view.rows == 0
    assert view.action("settle") is None


def test_from_the_map_a_contract_with_the_chosen_member_can_be_made() -> None:
    reader = Reader(contract_of())
    view = contract_ledger.ledger_view(reader.snapshot, cursor=0)
    assert text_of_rows(view.map_rows) == [
        "Ada with Ben (Onboarding flow)",
        "Ben with Ada (Onboarding flow)",
    ]
    reader.press(view, "spoke", answer=2)
    made = reader.runner.state.contracts[-1]
    assert [part.member for part in made.parts] == [ADA, CLEO]
