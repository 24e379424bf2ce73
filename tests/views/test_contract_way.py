"""How a contract is judged, chosen and changed on its page, and the three questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from circle_tui.core.contracts import judging
from circle_tui.core.contracts.contract import Graded, Panel, Reviewed, Way
from circle_tui.core.contracts.standing import State
from circle_tui.core.errors import RuleError
from circle_tui.views.view import Ask, Execute, GoToContract

from .actions import intents, why_not
from .contract_reader import ContractReader
from .reader import press


@pytest.fixture
def circle(tmp_path: Path) -> Iterator[ContractReader]:
    reader = ContractReader(tmp_path)
    yield reader
    reader.service.close()


@pytest.mark.parametrize(("key", "way"), [("2", Way.GRADED), ("3", Way.REVIEWED), ("4", Way.PANEL)])
def test_one_key_chooses_a_way_of_judging_with_everything_filled_in(
    circle: ContractReader, key: str, way: Way
) -> None:
    circle.make("design-feedback", "m1", "m4")
    done = press(circle.service, circle.way(), key)
    assert done.then == GoToContract(circle.newest.contract, "at the end")
    assert circle.newest.way is way
    circle.sign(1, 4)


def test_every_row_about_judging_can_be_changed_by_its_key(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    press(circle.service, circle.way(), "2")
    circle.on("Useful for a decision")
    circle.key("e", "Useful for a decision counts 3")
    circle.key("space")
    circle.on("from 90%")
    circle.key("e", "80 all, 50 half, else none")
    circle.on("Maya's part")
    circle.key("e")
    circle.on("Otherwise")
    circle.key("e")
    circle.on("The third")
    circle.key("e")
    judged = circle.newest.judged
    assert isinstance(judged, Graded)
    assert [each.weight for each in judged.criteria] == [1, 3, 1]
    assert judged.criteria[1].about == "effort"
    assert judged.tiers == (("4/5", "1"), ("1/2", "1/2"), ("0", "0"))
    assert judged.by["m1"] == "m5"
    assert judged.default == "1/2"
    assert judged.third == "m2"


def test_who_judges_a_common_result_is_changed_on_the_page(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m2")
    press(circle.service, circle.way(), "2")
    circle.on("Together")
    circle.key("e", "The flow is live.")
    circle.on("Own part")
    assert "half" in circle.page().items[circle.at].row.text
    circle.key("e", "2/3")
    said = []
    for _ in range(4):
        circle.on("Judged by")
        said.append(circle.page().items[circle.at].row.text)
        circle.key("e")
    # Round once: each who isn't in it, then all of them, then the first again.
    assert said == ["Priya", "Lena", "Sam", "a vote"]
    for _ in range(3):
        circle.on("Judged by")
        circle.key("e")
    circle.on("Lena votes")
    circle.key("e", "2")
    circle.on("Sam votes")
    circle.key("space")
    judged = circle.newest.judged
    assert judged is not None
    assert judged.common is not None
    assert (judged.common.own, judged.common.voters) == ("2/3", {"m3": 1, "m4": 2})
    assert "who judges the common result" in circle.page().status
    circle.on("Sam doesn't vote")
    circle.key("space")
    assert "who judges the common result" not in circle.page().status


def test_voters_and_their_weights_can_be_changed_on_the_page(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    press(circle.service, circle.way(), "4")
    circle.on("Tom votes")
    circle.key("e", "2")
    circle.on("Maya doesn't vote")
    circle.key("space")
    circle.on("2/3")
    circle.key("e", "1/2")
    circle.on("In a tie")
    circle.key("e")
    judged = circle.newest.judged
    assert isinstance(judged, Panel)
    assert judged.voters == {"m1": 1, "m2": 2, "m3": 1, "m5": 1}
    assert (judged.partly, judged.tie) == ("1/2", "decider")


def test_the_rubric_is_typed_with_commas(circle: ContractReader) -> None:
    circle.make("writing", "m1", "m4")
    circle.on("outcome, effort")
    circle.key("e", "outcome, care, quality")
    judged = circle.newest.judged
    assert isinstance(judged, Reviewed)
    assert judged.rubric == ("outcome", "care", "quality")


@pytest.mark.parametrize("typed", ["90", "all 90", "often"])
def test_unreadable_tiers_are_refused_with_an_explanation(
    circle: ContractReader, typed: str
) -> None:
    circle.make("design-feedback", "m1", "m4")
    press(circle.service, circle.way(), "2")
    circle.on("from 90%")
    with pytest.raises(RuleError, match="Write it like 90 all, 70 half, else none"):
        circle.key("e", typed)


def test_three_questions_suggest_a_way_and_enter_takes_it(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    assert "Could someone else see" in circle.way().advice or circle.way().advice == ""
    assert set(intents(circle.way(1))) == {"yes", "no", "back"}
    view = circle.way(2, 1, 2)
    assert view.advice.startswith("Reviewed fits. Part of it is a matter of judgement")
    press(circle.service, view, "enter")
    assert circle.newest.way is Way.REVIEWED


def test_if_nothing_is_at_stake_a_commitment_is_suggested_instead(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    assert "it's a commitment" in circle.way(1, 1, 1).advice


def test_only_a_judged_contract_can_have_a_trial(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    assert why_not(circle.page(), "trial") is not None
    press(circle.service, circle.way(), "2")
    circle.key("t", "a coffee")
    circle.sign(1, 4)
    assert circle.standing.state is State.ON_TRIAL
    assert circle.list().rows[0].name == "◐"


def test_the_key_that_opens_judging_leads_to_the_screen_for_judging(
    circle: ContractReader,
) -> None:
    contract = circle.make("design-feedback", "m1", "m4")
    press(circle.service, circle.way(), "2")
    circle.sign(1, 4)
    assert circle.page().action("judge") is None
    circle.wait(days=14)
    assert circle.page().action("look_back") is None
    circle.steps = frozenset()
    assert circle.page().action("judge") is None
    circle.steps = frozenset({"judge", "result"})
    done = circle.key("j")
    assert isinstance(done, Execute)
    assert (done.command, done.then) == (judging.open_judging, GoToContract(contract, "judge"))
    assert circle.standing.state is State.BEING_JUDGED
    assert circle.page().action("result") is None


def test_a_panel_votes(circle: ContractReader) -> None:
    contract = circle.make("design-feedback", "m1", "m4")
    press(circle.service, circle.way(), "4")
    circle.sign(1, 4)
    for seat in (2, 3, 5):
        circle.seat(seat)
        circle.key("s")
    circle.wait(days=14)
    done = circle.key("j")
    assert isinstance(done, Execute)
    assert done.then == GoToContract(contract, "vote")


def test_a_question_for_words_starts_from_the_current_words(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    circle.on("Fridays")
    does = intents(circle.page())["edit"]
    assert isinstance(does, Ask)
    assert does.value.startswith("Fridays, a quarter of an hour")
