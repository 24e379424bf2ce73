"""Random acts agree with an independent ledger, and a file can hold whatever comes of them.

A refused act changes nothing.
"""

from copy import deepcopy
from datetime import timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

from hypothesis import given, settings
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
from circle_tui.core.contracts.contract import Choice, Contract, Ending, Tie
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
from .page import Page

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
DULL = {6, 8, 16, 19}
"""A change, letting go, being content, looking back: allowed often, and then much is over."""

TRIES = 5
"""So many acts are looked at for one that is allowed: blind ones would seldom get far."""


class Act(NamedTuple):
    """Which act, with whom, about whose part, which figure, which ending, three ballots."""

    number: int
    who: str
    of: str
    figure: Fraction
    ending: Ending
    ballots: tuple[Choice, ...]


def draw_act(chance: Random) -> Act:
    """Any act at all."""
    return Act(
        chance.randrange(100),
        chance.choice(EVERYBODY),
        chance.choice(PEOPLE),
        chance.choice((Fraction(1), Fraction(1, 2), Fraction(0))),
        chance.choice((Ending.RENEW, Ending.RENEW, Ending.END)),
        tuple(chance.choice(tuple(Choice)) for _ in range(3)),
    )


def begin(way: str, three: bool, tie: Tie, helped: bool) -> tuple[Contract, Page]:
    """A contract that nobody has signed, and its page."""
    third, decider = ("m6", None) if helped else (None, "m6")
    if way == "graded" and helped:
        third, decider = "m6", "m5"
    elif tie is Tie.DECIDER:
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
    return contract_of(people, judged=judged), Page(way, people, judges, helpers, tie.value)


class Both:
    """A state and its page, on which every act is tried side by side."""

    def __init__(self, contract: Contract, page: Page) -> None:
        self.state = CircleState(circle=replace(circle_of(6), id="0f" * 16), contracts=(contract,))
        self.page, self.now, self.words = page, START, 0

    def attempt(self, expected: bool, command: Command, *args: object) -> None:
        before = self.state
        try:
            self.state = command(before, self.now, K, *args)
            allowed, said = True, ""
        except RuleError as refusal:
            allowed, said = False, str(refusal)
            assert self.state is before
            assert said.endswith("."), said
        assert allowed == expected, (command, args, said, self.page.state(self.now))

    def act(self, drawn: Act) -> None:
        number, who, of, figure, ending, choices = drawn
        page, now = self.page, self.now
        typed = str(figure)
        if figure.denominator == 1:
            typed = str(100 * figure)
        result = figure
        match number % 20:
            case 0 | 1 | 2 | 3:
                self.attempt(page.sign(now, who), signing.sign, who)
            case 4 | 5:
                self.attempt(page.accept(now, who), signing.accept, who)
            case 6:
                self.words += 1
                words = f"One design, {self.words}."
                self.attempt(page.change(now), wording.set_sentence, "scope", words)
            case 7:
                if page.in_force:
                    self.attempt(page.drop_change(now), making.drop)
            case 8:
                if number < 40:
                    self.attempt(page.step_out(now, who), looking_back.step_out, who)
                else:
                    self.attempt(page.let_go(now, who), looking_back.let_go, who)
            case 9 | 10:
                self.attempt(page.open(now), judging.open_judging)
            case 11 | 12 | 13:
                self.judge(of, who if number < 50 else None, result, choices)
            case 14:
                self.attempt(page.object(now, of, who), objecting.object_to, of, who)
            case 15:
                if page.way == "reviewed":
                    args = (of, who, typed, REASON)
                    expected = page.second(now, of, who, result)
                    self.attempt(expected, objecting.find_as_second, *args)
                else:
                    self.attempt(page.agree(now, of, who, result), objecting.agree, of, who, typed)
            case 16:
                self.attempt(page.be_content(now, who), judging.be_content, who)
            case 17:
                self.climb(number, of, who, result, typed)
            case 18:
                decider = page.helpers.get("decider") or "m6"
                self.decide(of, who if number < 50 else decider, result, typed, choices[0])
            case _:
                expected = page.look_back(now, ending.value)
                self.attempt(expected, looking_back.look_back, "", "", ending)

    def judge(self, of: str, by: str | None, result: Fraction, choices: tuple[Choice, ...]) -> None:
        page, now = self.page, self.now
        if page.way == "panel":
            voted = voting.voted_on(standing(self.state, K, now))
            ballots = {
                each: dict(zip(vote.weights, choices, strict=True)) for each, vote in voted.items()
            }
            expected = page.vote(now, tuple(each.value for each in choices))
            self.attempt(expected, voting.count_vote, ballots)
            return
        reviewer = by or page.judges.get(of, "m1")
        if page.way == "graded":
            mark = {Fraction(1): "met", Fraction(1, 2): "70", Fraction(0): "not met"}[result]
            expected = page.judge(now, of, reviewer, result)
            marks = dict.fromkeys(CRITERIA, mark)
            self.attempt(expected, judging.grade, of, reviewer, marks)
        elif page.way == "reviewed":
            met = result == 1
            expected = page.judge(now, of, reviewer, Fraction(int(met)))
            self.attempt(expected, judging.review, of, reviewer, met, RUBRIC)

    def climb(self, number: int, of: str, who: str, result: Fraction, typed: str) -> None:
        page, now = self.page, self.now
        if number < 34:
            self.attempt(page.ask_third(now, of, who), objecting.ask_third, of, who)
        elif number < 67:
            expected = page.third(now, of, "m6", result)
            self.attempt(expected, objecting.find_as_third, of, "m6", typed, REASON)
        else:
            self.attempt(page.ask_decider(now, of, who), objecting.ask_decider, of, who)

    def decide(self, of: str, who: str, result: Fraction, typed: str, choice: Choice) -> None:
        page, now = self.page, self.now
        part = page.parts.get(of)
        if part is not None and part.tied:
            expected = page.decide_tie(now, of, who, choice.value)
            self.attempt(expected, objecting.decide_tie, of, who, choice, REASON)
        else:
            expected = page.decide(now, of, who, result)
            self.attempt(expected, objecting.decide, of, who, typed, REASON)

    def agree(self) -> None:
        """The state and its page say the same."""
        found = standing(self.state, K, self.now)
        assert found.state.value == self.page.state(self.now)
        if found.state.value == "ended":
            return
        for result in found.results:
            part = self.page.parts[result.of]
            assert result.comes_back == part.result
            assert result.final == part.final
            assert result.comes_back is None or 0 <= result.comes_back <= 1
        assert {each.of for each in found.results} == set(self.page.parts)


class OnPaper(Both):
    """What the page alone says of an act, without entering it."""

    def __init__(self, both: Both) -> None:
        self.state, self.now, self.words = both.state, both.now, both.words
        self.page = deepcopy(both.page)
        self.allowed = False

    def attempt(self, expected: bool, command: Command, *args: object) -> None:
        self.allowed = expected


def likely_act(both: Both, chance: Random) -> Act:
    """An act that the page allows, where a few tries find one, and now and then any."""
    drawn = draw_act(chance)
    for _ in range(TRIES if chance.random() < 0.85 else 0):
        paper = OnPaper(both)
        paper.act(drawn)
        # Nearly every history would otherwise end soon, or begin again and again.
        dull = paper.page.over or drawn.number % 20 in DULL
        if paper.allowed and not (dull and chance.random() < 0.9):
            return drawn
        drawn = draw_act(chance)
    return drawn


@settings(max_examples=50, deadline=None)
@given(
    way=st.sampled_from(("talk", "graded", "reviewed", "panel", "panel", "graded")),
    three=st.booleans(),
    tie=st.sampled_from(Tie),
    helped=st.booleans(),
    chance=st.integers(0, 2**32).map(Random),
    on_its_day=st.booleans(),
)
def test_random_acts_agree_with_the_page(
    way: str, three: bool, tie: Tie, helped: bool, chance: Random, on_its_day: bool
) -> None:
    both = Both(*begin(way, three, tie, helped))
    if on_its_day:
        # Half of the histories begin where most can happen.
        for who in tuple(both.page.people):
            both.attempt(both.page.sign(both.now, who), signing.sign, who)
        for who in sorted(both.page.outside()):
            both.attempt(both.page.accept(both.now, who), signing.accept, who)
        both.now += timedelta(days=14)
        both.agree()
        both.attempt(both.page.open(both.now), judging.open_judging)
    for _ in range(20):
        both.act(likely_act(both, chance))
        both.agree()
        both.now += chance.choice(WAITS)
        both.page.pass_time(both.now)
    both.agree()
    assert decode(encode(both.state).to_bytes()).state == both.state


@settings(max_examples=60, deadline=None)
@given(
    way=st.sampled_from(("graded", "graded", "reviewed", "panel")),
    helped=st.booleans(),
    chance=st.integers(0, 2**32).map(Random),
)
def test_objections_agree_with_the_page(way: str, helped: bool, chance: Random) -> None:
    both = Both(*begin(way, False, Tie.TALK_OVER, helped))
    for who in tuple(both.page.people):
        both.attempt(both.page.sign(both.now, who), signing.sign, who)
    for who in sorted(both.page.outside()):
        both.attempt(both.page.accept(both.now, who), signing.accept, who)
    both.now += timedelta(days=14)
    both.attempt(both.page.open(both.now), judging.open_judging)
    for of in both.page.people:
        both.judge(of, None, Fraction(1), (Choice.MET, Choice.MET, Choice.NOT_MET))
    both.attempt(both.page.object(both.now, "m1", "m2"), objecting.object_to, "m1", "m2")
    for _ in range(20):
        # Only what may come of an objection, by those who may have to do with it.
        number = chance.choice((14, 15, 15, 16, 17, 17, 18)) + 20 * chance.randrange(5)
        who = chance.choice(("m1", "m2", "m5", "m6"))
        drawn = draw_act(chance)._replace(number=number, who=who, of=chance.choice(PEOPLE[:2]))
        both.act(drawn)
        both.agree()
        both.now += chance.choices((timedelta(), 20 * HOUR, 49 * HOUR), (30, 4, 1))[0]
        both.page.pass_time(both.now)
    both.agree()
    assert decode(encode(both.state).to_bytes()).state == both.state


def test_a_figure_is_shown_and_stored_as_a_fraction() -> None:
    assert shares.stored(Fraction(8, 10)) == "4/5"
    assert shares.in_words(Fraction(1, 2)) == "half"
    assert shares.in_words(Fraction(1)) == "all"
    assert shares.in_words(Fraction(0)) == "none"
    assert shares.in_words(Fraction(11, 15)) == "73.3 % (11/15)"
