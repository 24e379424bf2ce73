"""Contracts by their keys: the whole way of one, the list, and making one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from circle_tui.core.circle import membership
from circle_tui.core.contracts.standing import State
from circle_tui.views.home import home_view
from circle_tui.views.view import GoToContract, Request

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
    assert circle.list().rows[0].state == "waiting for signatures"
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
    assert said == ["A contract is due: Design feedback. Press h to open it."]


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
    assert why_not(view, "make") == "It takes at least two of you: press your numbers."
    circle.service.execute(membership.join, "Kofi")
    view = circle.new("writing", *(each.id for each in circle.service.state.active))
    assert why_not(view, "make") == (
        "A contract is for two to five people. For more, make a hub and spokes."
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
