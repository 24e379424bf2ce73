"""After random acts the rules agree with an independent ledger, and the state can be stored.

A refused act changes nothing.
"""

from copy import deepcopy
from datetime import timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import (
    judging,
    looking_back,
    making,
    objecting,
    shares,
    signing,
    voting,
    wording,
)
from circle_tui.core.contracts.contract import BallotChoice, Contract, Ending, TieRule
from circle_tui.core.contracts.standing import standing
from circle_tui.core.errors import RuleError
from circle_tui.store.codec.file_contents import decode, encode

from .agreements import (
    CRITERIA,
    REASON,
    RUBRIC,
    START,
    Command,
    K,
    circle_of,
    contract_of,
    graded,
    panel,
    reviewed,
)
from .paper_ledger import PaperLedger

HOUR = timedelta(hours=1)
WAITS = (
    *[timedelta()] * 12,
    HOUR,
    timedelta(hours=20),
    timedelta(hours=48),
    timedelta(hours=48, seconds=1),
    timedelta(days=14),
)
PEOPLE = ("m1", "m2", "m3")
EVERYBODY = ("m1", "m2", "m3", "m4", "m5", "m6")
ENDING_ACTS = {6, 8, 16, 19}
"""A change, letting go, being content, looking back. They are often allowed, and end most of what
can happen; so they are drawn less often.
"""

TRIES = 5
"""How many random acts are tried to find an allowed one; histories would otherwise stay short."""


class Act(NamedTuple):
    """The arguments of any act: its number, who, about whose part, a figure, an ending, ballots."""

    number: int
    who: str
    of: str
    figure: Fraction
    ending: Ending
    ballots: tuple[BallotChoice, ...]


def draw_act(chance: Random) -> Act:
    """Draw any act."""
    return Act(
        chance.randrange(100),
        chance.choice(EVERYBODY),
        chance.choice(PEOPLE),
        chance.choice((Fraction(1), Fraction(1, 2), Fraction(0))),
        chance.choice((Ending.RENEW, Ending.RENEW, Ending.END)),
        tuple(chance.choice(tuple(BallotChoice)) for _ in range(3)),
    )


def begin(way: str, three: bool, tie: TieRule, helped: bool) -> tuple[Contract, PaperLedger]:
    """A contract that nobody has signed, and its ledger."""
    third, decider = ("m6", None) if helped else (None, "m6")
    if way == "graded" and helped:
        third, decider = "m6", "m5"
    elif tie is TieRule.DECIDER:
        third, decider = None, "m6"
    people = PEOPLE if three and way != "panel" else PEOPLE[:2]
    helpers: dict[str, str | None] = {"third": third, "decider": decider}
    judges: dict[str, str] = {}
    judged = None
    if way == "graded":
        judges = {member: people[(at + 1) % len(people)] for at, member in enumerate(people)}
        judged = graded(by=judges, third=third, decider=decider)
    elif way == "reviewed":
        judges = dict.fromkeys(people, "m4")
        judged = reviewed(by=judges, second="m5", third=third, decider=decider)
        helpers["second"] = "m5"
    elif way == "panel":
        judged = panel(third=third, decider=decider, tie=tie)
    else:
        helpers = {}
    return contract_of(people, judged=judged), PaperLedger(way, people, judges, helpers, tie.value)


class StateAndLedger:
    """A state and its ledger; every act is tried on both."""

    def __init__(self, contract: Contract, ledger: PaperLedger) -> None:
        self.state = CircleState(circle=replace(circle_of(6), id="0f" * 16), contracts=(contract,))
        self.ledger, self.now, self.words = ledger, START, 0

    def attempt(self, expected: bool, command: Command, *args: object) -> None:
        before = self.state
        try:
            self.state = command(before, self.now, K, *args)
            allowed, sentence = True, ""
        except RuleError as refusal:
            allowed, sentence = False, str(refusal)
            assert self.state is before
            assert sentence.endswith("."), sentence
        assert allowed == expected, (command, args, sentence, self.ledger.state(self.now))

    def act(self, drawn: Act) -> None:
        number, who, of, figure, ending, choices = drawn
        ledger, now = self.ledger, self.now
        typed = str(figure)
        if figure.denominator == 1:
            typed = str(100 * figure)
        result = figure
        match number % 20:
            case 0 | 1 | 2 | 3:
                self.attempt(ledger.sign(now, who), signing.sign, who)
            case 4 | 5:
                self.attempt(ledger.accept(now, who), signing.accept, who)
            case 6:
                self.words += 1
                words = f"One design, {self.words}."
                self.attempt(ledger.change(now), wording.set_sentence, "scope", words)
            case 7:
                if ledger.in_force:
                    self.attempt(ledger.drop_change(now), making.drop)
            case 8:
                if number < 40:
                    self.attempt(ledger.step_out(now, who), looking_back.step_out, who)
                else:
                    self.attempt(ledger.let_go(now, who), looking_back.let_go, who)
            case 9 | 10:
                self.attempt(ledger.open(now), judging.open_judging)
            case 11 | 12 | 13:
                self.judge(of, who if number < 50 else None, result, choices)
            case 14:
                self.attempt(ledger.object(now, of, who), objecting.object_to, of, who)
            case 15:
                if ledger.way == "reviewed":
                    args = (of, who, typed, REASON)
                    expected = ledger.second(now, of, who, result)
                    self.attempt(expected, objecting.decide_appeal, *args)
                else:
                    self.attempt(
                        ledger.agree(now, of, who, result), objecting.agree, of, who, typed
                    )
            case 16:
                self.attempt(ledger.be_content(now, who), judging.accept_results, who)
            case 17:
                self.act_on_objection(number, of, who, result, typed)
            case 18:
                decider = ledger.helpers.get("decider") or "m6"
                self.decide(of, who if number < 50 else decider, result, typed, choices[0])
            case _:
                expected = ledger.look_back(now, ending.value)
                self.attempt(expected, looking_back.look_back, "", "", ending)

    def judge(
        self, of: str, by: str | None, result: Fraction, choices: tuple[BallotChoice, ...]
    ) -> None:
        ledger, now = self.ledger, self.now
        if ledger.way == "panel":
            voted = voting.voted_on(standing(self.state, K, now))
            ballots = {
                each: dict(zip(vote.weights, choices, strict=True)) for each, vote in voted.items()
            }
            expected = ledger.vote(now, tuple(each.value for each in choices))
            self.attempt(expected, voting.count_vote, ballots)
            return
        reviewer = by or ledger.judges.get(of, "m1")
        if ledger.way == "graded":
            mark = {Fraction(1): "met", Fraction(1, 2): "70", Fraction(0): "not met"}[result]
            expected = ledger.judge(now, of, reviewer, result)
            marks = dict.fromkeys(CRITERIA, mark)
            self.attempt(expected, judging.grade, of, reviewer, marks)
        elif ledger.way == "reviewed":
            met = result == 1
            expected = ledger.judge(now, of, reviewer, Fraction(int(met)))
            self.attempt(expected, judging.review, of, reviewer, met, RUBRIC)

    def act_on_objection(
        self, number: int, of: str, who: str, result: Fraction, typed: str
    ) -> None:
        ledger, now = self.ledger, self.now
        if number < 34:
            self.attempt(ledger.ask_third(now, of, who), objecting.ask_third, of, who)
        elif number < 67:
            expected = ledger.third(now, of, "m6", result)
            self.attempt(expected, objecting.give_third_opinion, of, "m6", typed, REASON)
        else:
            self.attempt(ledger.ask_decider(now, of, who), objecting.ask_decider, of, who)

    def decide(self, of: str, who: str, result: Fraction, typed: str, choice: BallotChoice) -> None:
        ledger, now = self.ledger, self.now
        part = ledger.parts.get(of)
        if part is not None and part.tied:
            expected = ledger.decide_tie(now, of, who, choice.value)
            self.attempt(expected, objecting.decide_tie, of, who, choice, REASON)
        else:
            expected = ledger.decide(now, of, who, result)
            self.attempt(expected, objecting.decide_dispute, of, who, typed, REASON)

    def check_agreement(self) -> None:
        """Check that the state and its ledger agree."""
        found = standing(self.state, K, self.now)
        assert found.state.value == self.ledger.state(self.now)
        if found.state.value == "ended":
            return
        for result in found.results:
            part = self.ledger.parts[result.of]
            assert result.comes_back == part.result
            assert result.final == part.final
            assert result.comes_back is None or 0 <= result.comes_back <= 1
        assert {each.of for each in found.results} == set(self.ledger.parts)


class LedgerPreview(StateAndLedger):
    """Says what the ledger alone thinks of an act, without entering it."""

    def __init__(self, both: StateAndLedger) -> None:
        self.state, self.now, self.words = both.state, both.now, both.words
        self.ledger = deepcopy(both.ledger)
        self.allowed = False

    def attempt(self, expected: bool, command: Command, *args: object) -> None:
        self.allowed = expected


def likely_act(both: StateAndLedger, chance: Random) -> Act:
    """An act that the ledger allows if a few tries find one; now and then any act."""
    drawn = draw_act(chance)
    for _ in range(TRIES if chance.random() < 0.85 else 0):
        preview = LedgerPreview(both)
        preview.act(drawn)
        # Without this, most histories would end soon or begin again and again.
        ending_act = preview.ledger.over or drawn.number % 20 in ENDING_ACTS
        if preview.allowed and not (ending_act and chance.random() < 0.9):
            return drawn
        drawn = draw_act(chance)
    return drawn


@given(
    way=st.sampled_from(("talk", "graded", "reviewed", "panel", "panel", "graded")),
    three=st.booleans(),
    tie=st.sampled_from(TieRule),
    helped=st.booleans(),
    chance=st.integers(0, 2**32).map(Random),
    on_its_day=st.booleans(),
)
def test_random_acts_agree_with_the_paper_ledger(
    way: str, three: bool, tie: TieRule, helped: bool, chance: Random, on_its_day: bool
) -> None:
    both = StateAndLedger(*begin(way, three, tie, helped))
    if on_its_day:
        # Half of the histories begin at the point where most can happen.
        for who in tuple(both.ledger.people):
            both.attempt(both.ledger.sign(both.now, who), signing.sign, who)
        for who in sorted(both.ledger.outside()):
            both.attempt(both.ledger.accept(both.now, who), signing.accept, who)
        both.now += timedelta(days=14)
        both.check_agreement()
        both.attempt(both.ledger.open(both.now), judging.open_judging)
    for _ in range(20):
        both.act(likely_act(both, chance))
        both.check_agreement()
        both.now += chance.choice(WAITS)
        both.ledger.pass_time(both.now)
    both.check_agreement()
    assert decode(encode(both.state).to_bytes()).state == both.state


# Nobody accepts a result that has gone on to the decider.
@example(way="graded", helped=True, chance=Random(14326))
@given(
    way=st.sampled_from(("graded", "graded", "reviewed", "panel")),
    helped=st.booleans(),
    chance=st.integers(0, 2**32).map(Random),
)
def test_objections_agree_with_the_paper_ledger(way: str, helped: bool, chance: Random) -> None:
    both = StateAndLedger(*begin(way, False, TieRule.TALK_OVER, helped))
    for who in tuple(both.ledger.people):
        both.attempt(both.ledger.sign(both.now, who), signing.sign, who)
    for who in sorted(both.ledger.outside()):
        both.attempt(both.ledger.accept(both.now, who), signing.accept, who)
    both.now += timedelta(days=14)
    both.attempt(both.ledger.open(both.now), judging.open_judging)
    for of in both.ledger.people:
        both.judge(
            of, None, Fraction(1), (BallotChoice.MET, BallotChoice.MET, BallotChoice.NOT_MET)
        )
    both.attempt(both.ledger.object(both.now, "m1", "m2"), objecting.object_to, "m1", "m2")
    for _ in range(20):
        # Only acts about an objection, by members who may be concerned with it.
        number = chance.choice((14, 15, 15, 16, 17, 17, 18)) + 20 * chance.randrange(5)
        who = chance.choice(("m1", "m2", "m5", "m6"))
        drawn = draw_act(chance)._replace(number=number, who=who, of=chance.choice(PEOPLE[:2]))
        both.act(drawn)
        both.check_agreement()
        both.now += chance.choices((timedelta(), 20 * HOUR, 49 * HOUR), (30, 4, 1))[0]
        both.ledger.pass_time(both.now)
    both.check_agreement()
    assert decode(encode(both.state).to_bytes()).state == both.state


def test_a_share_is_shown_and_stored_as_a_fraction() -> None:
    assert shares.stored(Fraction(8, 10)) == "4/5"
    assert shares.in_words(Fraction(1, 2)) == "half"
    assert shares.in_words(Fraction(1)) == "all"
    assert shares.in_words(Fraction(0)) == "none"
    assert shares.in_words(Fraction(11, 15)) == "73.3% (11/15)"
