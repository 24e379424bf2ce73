"""The page of one contract: its lines, signatures and changes, and stepping out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from circle_tui.core.contracts.contract import LineKind, Way
from circle_tui.core.contracts.standing import State
from circle_tui.core.errors import RuleError
from circle_tui.views.contract import without_signer
from circle_tui.views.view import Local

from .actions import intents, why_not
from .contract_reader import ContractReader
from .reader import press, read


@pytest.fixture
def circle(tmp_path: Path) -> Iterator[ContractReader]:
    reader = ContractReader(tmp_path)
    yield reader
    reader.service.close()


def test_a_line_can_be_added_changed_in_kind_and_removed(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    circle.key("n", "I ask before I change a colour.")
    circle.on("before I change")
    circle.key("space")
    lines = circle.newest.parts[0].lines
    assert (lines[-1].text, lines[-1].kind) == ("I ask before I change a colour.", LineKind.NEEDS)
    circle.key("x")
    assert len(circle.newest.parts[0].lines) == 4


def test_a_sixth_line_is_refused_with_a_question(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    circle.key("n", "One more.")
    with pytest.raises(RuleError, match="take one away first"):
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
    assert "with a change to sign" in circle.page().headline[2]
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
    assert (
        why_not(circle.page(), "edit") == "It's due. Look back on it, and you can change it then."
    )
    assert not {"add_line", "turn", "remove", "way", "sign"} & set(intents(circle.page()))


def test_once_all_in_it_have_signed_the_status_asks_those_who_judge(circle: ContractReader) -> None:
    circle.make("design-feedback", "m1", "m4")
    press(circle.service, circle.way(), "2")
    circle.on("Maya's part")
    circle.key("e")
    reviewer = circle.newest.judged.by["m1"]
    circle.sign(1)
    circle.on("Two weeks")
    assert "whoever judges" not in circle.page().status.lower()
    circle.sign(4)
    assert circle.page().status == ("All of you have signed. Whoever judges: your number, then s.")
    circle.sign(int(reviewer[1:]))
    assert circle.page().status.startswith("All have signed")


def test_a_number_that_is_not_in_the_contract_unchooses_the_person_chosen_before(
    circle: ContractReader,
) -> None:
    circle.make("design-feedback", "m1", "m4")
    circle.seat(4)
    circle.at = without_signer(circle.page())
    assert not circle.page().items[circle.at].signer
    assert why_not(circle.page(), "sign") == "Choose yourself first, by your number or with ↑ ↓."
    # A line that was chosen stays so.
    circle.on("Show the first")
    assert without_signer(circle.page()) == circle.at


@pytest.mark.parametrize("way", [Way.TALK, Way.GRADED, Way.PANEL])
def test_on_its_day_the_first_key_of_the_footer_is_what_the_day_asks_for(
    circle: ContractReader, way: Way
) -> None:
    circle.make("design-feedback", "m1", "m4")
    key = {Way.TALK: "1", Way.GRADED: "2", Way.PANEL: "4"}[way]
    if way is not Way.TALK:
        press(circle.service, circle.way(), key)
    circle.sign(1, 4, *((2, 3, 5) if way is Way.PANEL else ()))
    circle.wait(days=30)
    first = next(each for each in circle.page().actions if each.spec.in_footer)
    assert first.spec.id == {Way.TALK: "look_back", Way.GRADED: "judge", Way.PANEL: "vote"}[way]
