"""Reads the screens of a contract that is judged, and does what their keys do."""

from typing import Any

from circle_tui.core.circle import membership
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import judging, looking_back
from circle_tui.core.contracts.contract import Contract, Ending
from circle_tui.core.contracts.standing import State
from circle_tui.views import (
    contract_dispute,
    contract_dispute_keys,
    contract_judgement,
    contract_judging,
    contract_result,
    contract_vote,
)
from circle_tui.views.contract_judgement import Judgement
from circle_tui.views.view import Action, Ask, DraftChange, Execute, Pick, View
from tests.core.contracts.agreements import (
    DUE,
    K,
    Runner,
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
        of = next(iter(contract_dispute_keys.contested_parts(self.runner.standing)), None)
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
        if does.command is contract_dispute_keys.FIGURE:
            self.figure = does.command(self.figure, *args)
        elif isinstance(does.command, DraftChange):
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
