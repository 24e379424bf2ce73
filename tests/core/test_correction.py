"""Correcting a finished meeting: attendance, the opener, and what became of commitments."""

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import commitments, correction, rotation
from circle_tui.core.circle.record import CommitmentResult, MeetingRecord, Outcome, Reset
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, commitments_of, history_of, record


def two_meetings() -> CircleState:
    """Two meetings of three: in the second, Ben reset one commitment and left another open."""
    first = record(1, made=commitments_of(("m2", "I write"), ("m2", "I rest"), ("m1", "I run")))
    second = record(
        2,
        opener="m2",
        order=("m2", "m1"),
        attendance={
            "m1": Attendance.PRESENT,
            "m2": Attendance.PRESENT,
            "m3": Attendance.EXCUSED,
        },
        reaches_out={"m3": "m1"},
        made=commitments_of(("m2", "I write less"), first=4),
        answered=(
            CommitmentResult("c1", Outcome.MISSED, "rain", Reset.SMALLER, "c4"),
            CommitmentResult("c3", Outcome.KEPT),
        ),
    )
    return history_of([first, second], circle_of(3))


def last(state: CircleState) -> MeetingRecord:
    return state.records[-1]


def next_opener(state: CircleState) -> str | None:
    opener = rotation.opener(
        [each.id for each in state.active], rotation.last_openings(state.records)
    )
    return opener and opener.member


def test_after_a_correction_to_present_nobody_reaches_out_to_that_member() -> None:
    state = correction.correct_attendance(two_meetings(), START, "meeting-2", "m3", Attendance.LATE)
    assert last(state).attendance["m3"] is Attendance.LATE
    assert last(state).reaches_out == {}
    assert (
        state.records[0] is two_meetings().records[0]
        or state.records[0] == two_meetings().records[0]
    )


def test_after_a_correction_to_absent_that_member_reaches_out_to_nobody() -> None:
    state = correction.correct_attendance(
        two_meetings(), START, "meeting-2", "m1", Attendance.ABSENT
    )
    assert last(state).reaches_out == {}


def test_correcting_the_opener_changes_who_opens_next() -> None:
    assert next_opener(two_meetings()) == "m3"
    state = correction.correct_attendance(
        two_meetings(), START, "meeting-2", "m3", Attendance.PRESENT
    )
    state = correction.correct_opener(state, START, "meeting-2", "m3")
    assert next_opener(state) == "m2"


def test_a_member_corrected_to_be_the_opener_counts_as_present() -> None:
    with pytest.raises(RuleError, match="Ben opened that meeting: first say who opened it instead"):
        correction.correct_attendance(two_meetings(), START, "meeting-2", "m2", Attendance.ABSENT)
    with pytest.raises(RuleError, match="Cleo wasn't there"):
        correction.correct_opener(two_meetings(), START, "meeting-2", "m3")


def test_one_key_goes_through_all_possible_outcomes_and_back() -> None:
    for member, marks in (("m1", 5), ("m2", 3)):
        state, seen = two_meetings(), set()
        for _ in range(marks):
            attendance = correction.next_attendance(last(state), member)
            seen.add(attendance)
            state = correction.correct_attendance(state, START, "meeting-2", member, attendance)
        assert len(seen) == marks
        assert last(state).attendance[member] is Attendance.PRESENT


def test_correcting_an_outcome_keeps_its_chain_and_words() -> None:
    state = correction.correct_outcome(two_meetings(), START, "meeting-2", "c1", Outcome.PARTLY)
    assert last(state).answered[0] == CommitmentResult("c1", Outcome.PARTLY, "rain", None, "c4")
    assert [link.text for link in commitments.chain(state, "c4")] == ["I write", "I write less"]
    assert [each.id for each in commitments.open_commitments(state)] == ["c2", "c4"]


def test_a_commitment_left_open_by_mistake_can_get_its_outcome() -> None:
    state = correction.correct_outcome(two_meetings(), START, "meeting-2", "c2", Outcome.KEPT)
    assert [each.id for each in commitments.open_commitments(state)] == ["c4"]


@pytest.mark.parametrize(
    ("commitment", "outcome", "why"),
    [
        ("c1", Outcome.CHANGED, "needs its new words"),
        ("c1", Outcome.MISSED, "recorded as missed already"),
        ("c4", Outcome.KEPT, "didn't ask about that commitment"),
    ],
)
def test_an_impossible_correction_is_refused(commitment: str, outcome: Outcome, why: str) -> None:
    with pytest.raises(RuleError, match=why):
        correction.correct_outcome(two_meetings(), START, "meeting-2", commitment, outcome)


def test_a_correction_cannot_make_everybody_absent() -> None:
    alone = record(1, opener=None, attendance={"m1": Attendance.PRESENT, "m2": Attendance.ABSENT})
    with pytest.raises(RuleError, match="Someone came to that meeting"):
        correction.correct_attendance(
            history_of([alone]), START, "meeting-1", "m1", Attendance.EXCUSED
        )


@pytest.mark.parametrize(
    ("commitment", "asked"), [("c1", "c1"), ("c4", "c1"), ("c2", "c2"), ("c3", "c3"), ("c9", None)]
)
def test_the_outcome_that_led_to_a_commitment_can_be_found(
    commitment: str, asked: str | None
) -> None:
    found = correction.outcome_to_correct(two_meetings(), commitment)
    assert found == (None if asked is None else ("meeting-2", asked))
