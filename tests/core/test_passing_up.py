"""What a circle passes up: only the lines it chose, in the words they had then."""

import pytest

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import commitments, membership, passing_up
from circle_tui.core.circle.adding_record import add_record
from circle_tui.core.circle.record import MeetingRecord, Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, commitments_of, history_of, record

BACK = Retrospective(choice=CycleChoice.RENEW, worked="We listened", change="")
EVERYBODY = dict.fromkeys(("m1", "m2", "m3"), Attendance.PRESENT)


def circle_that_met() -> CircleState:
    """A circle that has met: two members made commitments, and it looked back."""
    made = commitments_of(("m2", "I write"), ("m1", "I run"))
    meeting = record(1, made=made, looked_back=BACK, attendance=EVERYBODY)
    return history_of([meeting], circle_of(3, passes_up=True))


def last(state: CircleState) -> MeetingRecord:
    return state.records[-1]


def with_line_switched(state: CircleState, *lines: str) -> CircleState:
    for line in lines:
        state = passing_up.switch(state, START, "meeting-1", line)
    return state


def passed(state: CircleState) -> list[tuple[str, str]]:
    return [(each.line, each.text) for each in last(state).passed_up]


def test_all_lines_start_off_and_are_listed_in_seat_order_then_the_retrospective() -> None:
    found = passing_up.lines(circle_that_met(), last(circle_that_met()))
    assert [(each.text, each.member, each.passed) for each in found] == [
        ("I run", "m1", False),
        ("I write", "m2", False),
        ("We listened", None, False),
    ]
    assert last(circle_that_met()).passed_up == ()


def test_a_line_can_be_switched_on_and_off_again() -> None:
    state = with_line_switched(circle_that_met(), "c1", passing_up.WORKED)
    assert passed(state) == [("c1", "I write"), ("worked", "We listened")]
    assert passed(with_line_switched(state, "c1")) == [("worked", "We listened")]


def test_a_circle_can_write_change_and_delete_an_extra_line() -> None:
    state = passing_up.write(circle_that_met(), START, "meeting-1", " We are   six\n")
    assert passed(state) == [("own", "We are six")]
    state = passing_up.write(state, START, "meeting-1", "We are seven")
    assert passed(state) == [("own", "We are seven")]
    assert passed(passing_up.write(state, START, "meeting-1", "  ")) == []


def test_a_passed_up_line_keeps_its_words_if_the_commitment_changes() -> None:
    state = with_line_switched(circle_that_met(), "c1")
    state = commitments.renegotiate(state, START, "c1", "I write something else")
    assert passed(state) == [("c1", "I write")]
    assert "I write" in [each.text for each in passing_up.lines(state, last(state))]


@pytest.mark.parametrize(
    ("member", "left"),
    [("m2", [("c2", "I run"), ("worked", "We listened")]), ("m3", None)],
)
def test_forgetting_a_member_deletes_their_lines_and_no_others(
    member: str, left: list[tuple[str, str]] | None
) -> None:
    state = with_line_switched(circle_that_met(), "c1", "c2", passing_up.WORKED)
    after = membership.forget(state, START, member, state.member(member).name)
    assert passed(after) == (passed(state) if left is None else left)


def test_nothing_is_passed_up_unless_the_circle_wants_it() -> None:
    state = history_of(circle_that_met().records, circle_of(3))
    with pytest.raises(RuleError, match="Nothing is passed up here"):
        with_line_switched(state, "c1")
    with pytest.raises(RuleError, match="Nothing is passed up here"):
        passing_up.write(state, START, "meeting-1", "We are six")


def test_an_unknown_line_is_refused() -> None:
    with pytest.raises(RuleError, match="isn't there any more"):
        with_line_switched(circle_that_met(), "c9")
    with pytest.raises(RuleError, match="isn't there any more"):
        with_line_switched(circle_that_met(), passing_up.CHANGE)


def test_adding_a_record_again_keeps_what_it_passes_up() -> None:
    state = with_line_switched(circle_that_met(), "c1")
    assert last(add_record(state, last(state))).passed_up == last(state).passed_up
