"""Contracts in the real program from new to ended, each way: killed in each state, and going on.

Only `--full` has the time for it. An ordinary run takes each way by commands, and makes, judges and
ends contracts by keys, in `tests/service/test_contracts.py` and `tests/tui/test_contract_*.py`.
"""

import pytest

from circle_tui.core.contracts.contract import JudgingStep, Way
from circle_tui.core.contracts.standing import State

from . import vote
from .contract_life import DAY, HOUR, PAGE, ContractLife
from .sandbox import Sandbox

pytestmark = pytest.mark.full

TERM = 15 * DAY
REASON = "A day late, because the sources had to be checked twice."
FIRST_WORDS = "Send the sketches on Tuesday"


def make(life: ContractLife) -> None:
    """A draft of Maya and Lena, from the first template."""
    life.press("h", "n begins a contract")
    life.press("n", "Begin from")
    life.press("enter", "Who is in it?")
    life.press("1 4", "makes it for Maya and Lena")
    life.press("enter", "draft")


def choose_way(life: ContractLife, key: str, way: Way) -> None:
    life.press("w", "How is it judged?")
    life.press(key, "Everything about it is filled in")
    life.wait_until(lambda: life.contract.way is way)


def end(life: ContractLife) -> None:
    """Look back without words, and end it."""
    look_back(life, "What worked?", "What should change?")
    life.press("e", "Ended.")
    life.reaches(State.ENDED)
    life.press("tab", "Earlier contracts", "Design feedback")


def look_back(life: ContractLife, *questions: str) -> None:
    life.press("l", "Look back")
    for question in questions:
        life.press("", question, "Esc leaves the field")
        life.press("enter")
    life.terminal.wait_for("r renews it")


def content(life: ContractLife) -> None:
    """Both are content with the result."""
    life.press("r", "What comes back")
    for seat in (1, 4):
        life.press(str(seat), "o to object")
        life.press("a")
        life.wait_until(lambda seat=seat: f"m{seat}" in life.contract.content)
    life.reaches(State.TO_LOOK_BACK_ON)


def talk(life: ContractLife) -> None:
    make(life)
    life.reaches(State.DRAFT)
    life.sign(1)
    life.reaches(State.UNSIGNED)
    life.sign(4)
    life.reaches(State.RUNNING)
    life.press("e", "in your own words")
    life.type(FIRST_WORDS)
    life.reaches(State.BEING_CHANGED)
    life.sign(1, 4)
    life.reaches(State.RUNNING)
    life.due(TERM)
    look_back(life, "What worked?", "What should change?")
    life.press("r", "Renewed.")
    life.reaches(State.DRAFT)
    assert (life.contract.term, life.contract.parts[0].lines[0].text) == (2, FIRST_WORDS)
    life.sign(1, 4)
    life.reaches(State.RUNNING)
    life.due(TERM)
    end(life)


def graded(life: ContractLife) -> None:
    """A trial first, with an objection up to the decider; then in earnest, where nobody judges."""
    make(life)
    choose_way(life, "2", Way.GRADED)
    life.press("down " * 9 + "e", "Tom helps in a dispute")
    life.press("down e e", "Priya has the last word")
    life.press("t", "What's at stake?")
    life.press("enter", "A one-week trial")
    life.sign(1, 4, 2, 3)
    life.reaches(State.ON_TRIAL)
    life.due(8 * DAY)
    life.press("j", "Lena judges Maya's part")
    life.reaches(State.BEING_JUDGED)
    life.press("j", "Lena judges Maya's part")
    life.press("4", "How far was it met?")
    life.step("m m m enter")
    life.reaches(State.BEING_JUDGED)
    life.press("j", "Maya judges Lena's part")
    life.press("1", "How far was it met?")
    life.step("m n n enter")
    life.reaches(State.JUDGED)
    life.press("r", "What comes back")
    life.press("4", "Lena: a if you're fine with it")
    life.step("o")
    life.reaches(State.CONTESTED)
    life.press("p", "You talk")
    life.press("4", "t asks the third")
    life.step("t")
    life.reaches(State.CONTESTED)
    life.press("p", "Tom: your number")
    life.press("2", "Tom: Enter for a figure")
    life.step("enter", back="80", reason=REASON)
    life.press("4", "if you're fine with it")
    life.step("d")
    life.reaches(State.CONTESTED)
    life.press("p", "Priya: your number")
    life.press("3", "Priya: Enter for a figure")
    life.step("enter", back="half", reason=REASON)
    life.reaches(State.JUDGED)
    content(life)
    look_back(life, "What worked?", "What should change?", "What was unclear?")
    life.press("r", "Renewed.")
    life.reaches(State.DRAFT)
    assert life.contract.trial is None
    life.sign(1, 4, 2, 3)
    life.reaches(State.RUNNING)
    # A week more: it comes due where a meeting is.
    life.due(TERM + 7 * DAY)
    life.press("j", "Lena judges Maya's part")
    life.wait(49 * HOUR)
    life.reaches(State.JUDGED)
    life.press("r", "Nobody judged it in time")
    life.wait(48 * HOUR)
    life.reaches(State.TO_LOOK_BACK_ON)
    end(life)


def reviewed(life: ContractLife) -> None:
    """Passed on to the second, changed with a reason, appealed; and a stake that is settled."""
    make(life)
    choose_way(life, "3", Way.REVIEWED)
    life.open()
    life.press("down " * 4 + "e", "What do you put in")
    life.type("Twenty into the coffee box")
    life.wait_until(lambda: life.contract.parts[0].stake)
    life.sign(1, 4, 2)
    life.reaches(State.RUNNING)
    life.due(TERM)
    life.press("j", "Lena judges Maya's part")
    life.reaches(State.BEING_JUDGED)
    life.press("j", "Lena judges Maya's part")
    life.press("4", "Was it met")
    life.step("o")
    life.press("", "Tom judges it now")
    life.reaches(State.BEING_JUDGED)
    life.press("j", "Tom judges Maya's part")
    life.press("2", "Was it met")
    life.press("n = = = =", "another figure")
    life.step("c", back="2/3", reason=REASON)
    life.press("1", "Was it met")
    life.press("y = = = =", "Enter leaves it at that")
    life.step("enter")
    life.reaches(State.JUDGED)
    life.press("r", "66.6% (2/3)")
    life.press("1", "Maya: a if you're fine with it")
    life.step("o")
    life.reaches(State.CONTESTED)
    life.press("p", "The second")
    life.press("3", "3 Priya")
    life.step("enter", back="90", reason=REASON)
    life.reaches(State.JUDGED)
    content(life)
    life.press("esc", "·  contracts")
    life.press("g", "stakes and the map", "90%", "Twenty into the coffee box")
    life.press("s")
    life.wait_until(lambda: life.contract.settled)
    life.open()
    end(life)
    # The result about a person is gone.
    assert "Twenty" in str(life.state.contracts)
    assert {each.comes_back for each in life.state.judgings} == {None}
    assert {each.reason for each in life.state.judgings} == {""}


def panel(life: ContractLife) -> None:
    """With a common result; the first vote ties, the second doesn't."""
    make(life)
    choose_way(life, "4", Way.PANEL)
    life.press("down " * 9 + "e", "reach together?")
    life.type("The flow is live.")
    life.wait_until(lambda: life.contract.judged and life.contract.judged.common)
    life.sign(1, 4, 2, 3, 5)
    life.reaches(State.RUNNING)
    life.due(TERM)
    life.press("j", "Who votes?")
    life.reaches(State.BEING_JUDGED)
    for choices in (("met", "partly", "not met"), ("met", "met", "partly")):
        life.press("j", "Who votes?")
        vote.begin(life.terminal)
        for seat, choice in zip((2, 3, 5), choices, strict=True):
            vote.put_in(life.terminal, seat, choice, THREE_THINGS)
        life.step("enter")
        life.reaches(State.BEING_JUDGED if "not met" in choices else State.JUDGED)
    assert [each.step for each in life.state.judgings] == [JudgingStep.TIED] * 3 + [
        JudgingStep.COUNTED
    ] * 3
    content(life)
    end(life)
    assert all(not each.votes and not each.tied for each in life.state.judgings)


THREE_THINGS = ("Maya's part", "Lena's part", "what they meant to reach together")
FROM_NEW_TO_ENDED = {
    Way.TALK: talk,
    Way.GRADED: graded,
    Way.REVIEWED: reviewed,
    Way.PANEL: panel,
}
IN_EACH = {State.RUNNING, State.DUE, State.ENDED}
WHEN_JUDGED = {State.BEING_JUDGED, State.JUDGED, State.TO_LOOK_BACK_ON}
STATES = {
    Way.TALK: {*IN_EACH, State.DRAFT, State.UNSIGNED, State.BEING_CHANGED},
    Way.GRADED: {*IN_EACH, *WHEN_JUDGED, State.DRAFT, State.ON_TRIAL, State.CONTESTED},
    Way.REVIEWED: {*IN_EACH, *WHEN_JUDGED, State.CONTESTED},
    Way.PANEL: {*IN_EACH, *WHEN_JUDGED},
}


@pytest.mark.parametrize("way", Way)
def test_each_way_goes_from_new_to_ended_through_kills(sandbox: Sandbox, way: Way) -> None:
    life = ContractLife(sandbox, kills=True)
    FROM_NEW_TO_ENDED[way](life)
    assert life.killed_in == STATES[way]
    life.terminal.press("q")
    assert life.terminal.wait_exit() == 0


def test_whoever_steps_out_of_a_contract_of_two_ends_it(sandbox: Sandbox) -> None:
    life = ContractLife(sandbox, kills=True)
    make(life)
    life.sign(1, 4)
    life.reaches(State.RUNNING)
    life.press("4", "Lena")
    life.press("z", "z again, and Lena is out")
    life.press("z")
    life.reaches(State.ENDED)


def test_judged_at_the_closing_of_a_meeting_each_way_is_at_its_end_before_the_next_date(
    sandbox: Sandbox,
) -> None:
    life = ContractLife(sandbox, kills=False)
    for key, way in (("2", Way.GRADED), ("3", Way.REVIEWED), ("4", Way.PANEL)):
        if way is Way.GRADED:
            make(life)
        else:
            life.home()
            life.press("h", "·  contracts")
            life.press("n", "Begin from")
            life.press("enter", "Who is in it?")
            life.press("1 4", "makes it for Maya and Lena")
            life.press("enter", "draft")
        choose_way(life, key, way)
        asked = {Way.GRADED: (), Way.REVIEWED: (2,), Way.PANEL: (2, 3, 5)}[way]
        life.sign(1, 4, *asked)
        life.home()
    life.wait(TERM)
    life.press("enter", "1 Maya", "Due today: Design feedback (Maya, Lena)")
    life.press("enter", "when you're ready")
    # Whoever passes is asked once more.
    for _ in range(10):
        life.terminal.rest(0.3)
        life.press("p")
    life.terminal.wait_for("Press h to open them now")
    for judge in (_grade, _review, _vote):
        life.press("h", "·  contracts")
        life.press("enter", PAGE)
        judge(life)
        life.press("", "What comes back")
        for seat in (1, 4):
            life.press(str(seat), "o to object")
            life.press("a")
            life.terminal.rest(0.3)
        life.terminal.wait_for("It's final.")
        look_back(life, "What worked?", "What should change?")
        life.press("e", "Ended.")
        life.press("esc", "Shall we meet on")
    life.press("enter", "One word each around")
    life.press("enter", "Meeting 1 saved. See you next time")
    state = life.state
    assert len(state.records) == 1
    assert all(each.ended is not None for each in state.contracts)
    assert len(state.judgings) == 6


def _grade(life: ContractLife) -> None:
    life.press("j", "Lena judges Maya's part")
    life.press("4", "How far was it met?")
    life.step("m m m enter")
    life.press("1", "How far was it met?")
    life.step("m m m enter")


def _review(life: ContractLife) -> None:
    life.press("j", "Lena judges Maya's part")
    for seat in (4, 1):
        life.press(str(seat), "Was it met")
        life.press("y = = = =", "Enter leaves it at that")
        life.step("enter")


def _vote(life: ContractLife) -> None:
    life.press("j", "Who votes?")
    vote.begin(life.terminal)
    for seat in (2, 3, 5):
        vote.put_in(life.terminal, seat, "met", THREE_THINGS[:2])
    life.step("enter")


@pytest.mark.parametrize(
    ("members", "keys", "count"),
    [
        ("Maya, Tom", "h n enter 1 s 2 s", 7),
        ("Maya, Tom, Priya, Lena, Sam", "h n enter 1 4 enter 1 s 4 s", 10),
        ("Maya, Tom, Priya, Lena, Sam", "h n enter 1 4 enter w 2 1 s 4 s", 12),
    ],
)
def test_the_paths_of_the_guide_take_so_many_keys_from_a_folder_without_contracts(
    sandbox: Sandbox, members: str, keys: str, count: int
) -> None:
    life = ContractLife(sandbox, kills=False, members=members)
    pressed = keys.split()
    assert len(pressed) == count
    # One after the other as fast as they come: nothing is waited for.
    life.press(keys, "All have signed")
    assert life.found.state is State.RUNNING
    if "w" in pressed:
        # On its day: opened, marked, content, ended.
        life.due(TERM)
        on_its_day = "j 4 m m m enter 1 m m m enter 1 a 4 a l enter enter e"
        assert len(on_its_day.split()) == 19
        life.press(on_its_day, "Ended.")
        assert life.found.state is State.ENDED
    elif count == 10:
        life.due(TERM)
        renewing = "l enter enter r 1 s 4 s"
        assert len(renewing.split()) == 8
        life.press(renewing, "All have signed")
        assert life.contract.term == 2
