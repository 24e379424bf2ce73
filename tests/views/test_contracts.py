"""Contracts by their keys: made, changed, signed, looked back on, ended; what is offered when."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from circle_tui.core.contracts import judging
from circle_tui.core.contracts.contract import Graded, Kind, Panel, Reviewed, Way
from circle_tui.core.contracts.standing import State
from circle_tui.core.errors import RuleError
from circle_tui.views.home import home_view
from circle_tui.views.view import Ask, Execute, GoToContract, Local, Request

from .actions import intents, why_not
from .contract_reader import ContractReader
from .reader import press, read


@pytest.fixture
def circle(tmp_path: Path) -> Iterator[ContractReader]:
    reader = ContractReader(tmp_path)
    yield reader
    reader.service.close()


# From new to ended


def test_a_talk_contract_goes_from_new_to_ended_by_its_keys(circle: ContractReader) -> None:
    contract = circle.make("design-feedback", "m1", "m4")
    assert circle.standing.state is State.DRAFT
    circle.on("Show the first sketches")
    circle.key("e", "I draw on Mondays.")
    circle.on("Fridays")
    circle.key("enter", "Tuesdays, at the window.")
    circle.sign(1)
    assert circle.standing.state is State.UNSIGNED
    assert circle.list().rows[0].state == "waits for signatures"
    circle.sign(4)
    assert circle.standing.state is State.RUNNING
    assert circle.list().rows[0].state == "until 19 March"
    circle.wait(days=14)
    assert "Design feedback" in read(home_view(circle.service.snapshot))
    assert circle.page().action("look_back") is not None
    done = press(circle.service, circle.look_back("The questions.", "Thursday noon."), "e")
    assert done.then is Request.CONTRACTS
    assert circle.list().rows == ()
    ended = circle.list(earlier=True)
    assert "ended 19 March" in ended.rows[0].state
    page = read(circle.page())
    assert "Thursday noon." in page
    assert circle.newest.parts[0].lines[0].text == "I draw on Mondays."
    assert circle.newest.contract == contract


def test_renewing_asks_for_signatures_again_and_changing_opens_its_page(
    circle: ContractReader,
) -> None:
    contract = circle.make("shared-branch", "m1", "m2")
    circle.sign(1, 2)
    circle.wait(days=40)
    for key in ("r", "c"):
        done = press(circle.service, circle.look_back(), key)
        assert done.then == GoToContract(contract, "contract")
        assert circle.newest.term == 2
        assert circle.newest.signatures == {}
        circle.service.undo()


# The list


def test_a_circle_without_contracts_is_told_what_one_is(circle: ContractReader) -> None:
    view = circle.list()
    assert view.rows == ()
    assert "Two to five of you write down" in view.explained
    assert set(intents(view)) == {"new", "back"}
    assert "ontract" not in read(home_view(circle.service.snapshot)).replace("[h Contracts]", "")


def test_due_contracts_come_first_and_home_mentions_them_in_one_sentence(
    circle: ContractReader,
) -> None:
    circle.make("shared-branch", "m1", "m2")
    circle.sign(1, 2)
    circle.make("design-feedback", "m3", "m4")
    circle.sign(3, 4)
    circle.wait(days=14)
    rows = circle.list().rows
    assert [row.state for row in rows] == ["due", "until 5 April"]
    assert [row.name for row in rows] == ["▲", "●"]
    said = [each.sentence for each in home_view(circle.service.snapshot).to_do]
    assert said == ["A contract is due: Design feedback. h opens it."]


def test_map_and_stakes_are_offered_only_if_there_is_something_to_show(tmp_path: Path) -> None:
    reader = ContractReader(tmp_path, steps=frozenset())
    reader.make("writing", "m1", "m2")
    assert not {"map", "stakes"} & set(intents(reader.list()))
    reader.steps = frozenset({"map", "stakes"})
    assert {"map", "stakes"} <= set(intents(reader.list()))
    reader.service.close()


# A new contract


def test_roles_follow_the_order_in_which_people_were_chosen(circle: ContractReader) -> None:
    circle.make("design-feedback", "m4", "m1")
    assert circle.newest.parts[0].member == "m4"
    view = circle.new("design-feedback", "m4", "m1")
    assert [row.text for row in view.rows] == ["who answers", "", "", "who draws", ""]


def test_a_contract_with_one_person_or_six_is_refused_with_advice(circle: ContractReader) -> None:
    view = circle.new("writing", "m1")
    assert why_not(view, "make") == (
        "A contract holds two to five. For more, make a hub and spokes."
    )


def test_in_a_circle_of_two_the_people_are_not_asked_for(tmp_path: Path) -> None:
    reader = ContractReader(tmp_path, "Maya, Tom")
    press(reader.service, reader.new(), "enter")
    assert [part.member for part in reader.newest.parts] == ["m1", "m2"]
    reader.service.close()


def test_a_new_contract_can_start_from_an_ended_one(circle: ContractReader) -> None:
    circle.make("shared-branch", "m1", "m2")
    circle.sign(1, 2)
    circle.wait(days=40)
    press(circle.service, circle.look_back(), "e")
    assert "yours, ended 14 April" in read(circle.new())
    circle.make(circle.newest.contract, "m3", "m5")
    assert [part.member for part in circle.newest.parts] == ["m3", "m5"]


# The page


def test_a_line_can_be_added_changed_in_kind_and_removed(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    circle.key("n", "I ask before I change a colour.")
    circle.on("before I change")
    circle.key("space")
    lines = circle.newest.parts[0].lines
    assert (lines[-1].text, lines[-1].kind) == ("I ask before I change a colour.", Kind.NEEDS)
    circle.key("x")
    assert len(circle.newest.parts[0].lines) == 4


def test_a_sixth_line_is_refused_with_a_question(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    circle.key("n", "One more.")
    with pytest.raises(RuleError, match="which of them matters least"):
        circle.key("n", "And one more.")


def test_missing_parts_are_listed_before_anybody_can_sign(circle: ContractReader) -> None:
    circle.make("trial", "m1", "m4")
    circle.seat(1)
    view = circle.page()
    assert view.status == "Before it can be signed: words for the gap “…”."
    assert why_not(view, "sign") == view.status


def test_before_signing_a_member_must_press_their_own_number(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    assert why_not(circle.page(), "sign") == "Choose yourself first, by your number or with ↑ ↓."
    circle.seat(4)
    assert circle.page().status == "Are you Lena? Press s to sign."


def test_a_draft_is_dropped_by_pressing_the_key_twice(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    circle.on("Name")
    assert intents(circle.page())["drop"] is Local.CONFIRM
    assert "again drops" in circle.page(confirming=True).status
    circle.key("x", confirming=True)
    assert circle.service.state.contracts == ()
    circle.service.undo()
    assert circle.newest.name == "Design feedback"


def test_a_change_waits_for_signatures_while_the_old_version_stays_in_force(
    circle: ContractReader,
) -> None:
    circle.make("design-feedback", "m1", "m4")
    circle.sign(1, 4)
    circle.on("Fridays")
    circle.key("e", "Mondays.")
    assert circle.standing.state is State.BEING_CHANGED
    assert "a change waits" in circle.page().headline[2]
    assert "Mondays." in read(circle.page())
    assert "Fridays" in read(circle.page(earlier=0))
    assert set(intents(circle.page(earlier=0))) == {"earlier", "previous", "next", "back"}


def test_stepping_out_needs_the_key_twice_and_ends_a_contract_of_two(
    circle: ContractReader,
) -> None:
    circle.make("design-feedback", "m1", "m4")
    circle.sign(1, 4)
    assert why_not(circle.page(), "step_out") is None
    circle.on("Show the first")
    assert why_not(circle.page(), "step_out") == (
        "Choose yourself first, by your number or with ↑ ↓."
    )
    circle.seat(4)
    assert intents(circle.page())["step_out"] is Local.CONFIRM
    circle.key("z", confirming=True)
    assert circle.standing.state is State.ENDED


def test_all_people_let_go_of_a_contract_with_their_own_keys(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    circle.sign(1, 4)
    for seat, state in ((1, State.RUNNING), (4, State.ENDED)):
        circle.seat(seat)
        circle.key("g")
        assert circle.standing.state is state


def test_a_milestone_makes_a_contract_due(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    assert circle.page().action("milestone") is None
    circle.on("Lasts")
    circle.key("e", "until the flow ships")
    circle.sign(1, 4)
    circle.key("m")
    assert circle.standing.state is State.DUE


def test_a_due_contract_can_be_changed_only_at_the_look_back(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    circle.sign(1, 4)
    circle.wait(days=14)
    assert why_not(circle.page(), "edit") == "It's due: look back on it, and change it then."
    assert not {"add_line", "turn", "remove", "way", "sign"} & set(intents(circle.page()))


# How it is judged


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
    circle.on("from 90 %")
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
    circle.on("from 90 %")
    with pytest.raises(RuleError, match="Write it like 90 all, 70 half, else none"):
        circle.key("e", typed)


def test_three_questions_suggest_a_way_and_enter_takes_it(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    assert "Could someone else see" in circle.way().advice or circle.way().advice == ""
    assert set(intents(circle.way(1))) == {"yes", "no", "back"}
    view = circle.way(2, 1, 2)
    assert view.advice.startswith("Reviewed fits. Part of it takes judgement")
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
