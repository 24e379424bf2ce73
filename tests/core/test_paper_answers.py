"""What can be said of a meeting held on paper: when it was, who came, and what was answered."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import commitments, membership, paper_entry, paper_meeting
from circle_tui.core.circle.record import Outcome
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, history_of
from .on_paper import LATER, PEOPLE, WEEKS, four_of, on_paper, recorded


def test_a_meeting_in_the_future_is_refused() -> None:
    with pytest.raises(RuleError, match="in the future"):
        paper_meeting.record(four_of(), START, on_paper(1))


@pytest.mark.parametrize("minutes", [-59, 0, 3, 59])
def test_a_meeting_at_the_same_time_as_another_is_refused(minutes: int) -> None:
    state = recorded(four_of(), on_paper(1))
    moved = replace(on_paper(1), started=START + timedelta(minutes=minutes))
    with pytest.raises(RuleError, match="Meeting 1 is recorded for then: Thursday 5 March 2026"):
        paper_meeting.record(state, LATER, moved)


@pytest.mark.parametrize("minutes", [-60, 60])
def test_a_meeting_right_after_another_is_accepted(minutes: int) -> None:
    state = recorded(four_of(), on_paper(1))
    moved = replace(on_paper(1), started=START + timedelta(minutes=minutes))
    assert len(paper_meeting.record(state, LATER, moved).records) == 2


def test_members_who_joined_later_or_had_left_cannot_be_marked_as_there() -> None:
    state = membership.join(four_of(), START + 5 * WEEKS, "Priya")
    joined = state.circle.members[-1].id
    state = membership.leave(state, START + WEEKS, "m1")
    with pytest.raises(RuleError, match="Priya joined after that meeting"):
        recorded(state, on_paper(1, attendance={joined: Attendance.PRESENT}))
    with pytest.raises(RuleError, match="Ada had left before that meeting"):
        recorded(state, on_paper(3))
    assert set(paper_entry.blank(state, START).attendance) == set(PEOPLE)
    assert set(paper_entry.blank(state, START + 3 * WEEKS).attendance) == set(PEOPLE[1:])


def test_founding_members_can_have_met_before_the_circle_was_created() -> None:
    long_ago = START - 30 * WEEKS
    state = recorded(four_of(), replace(on_paper(1), started=long_ago))
    assert len(state.records[0].attendance) == len(PEOPLE)


def test_a_member_who_is_away_is_not_expected_but_can_have_come() -> None:
    state = membership.go_away(four_of(), START - WEEKS, "m2")
    meeting = paper_entry.blank(state, START)
    assert "m2" not in meeting.attendance
    meeting = paper_entry.mark_next(meeting, "m2")
    assert recorded(state, meeting).records[0].attendance["m2"] is Attendance.PRESENT


def test_the_opener_by_rotation_is_assumed_unless_another_is_named() -> None:
    state = recorded(four_of(), on_paper(1), on_paper(2))
    third = on_paper(3)
    assert paper_meeting.who_opened(state, third) == "m3"
    late = paper_entry.mark_next(third, "m3")
    assert paper_meeting.who_opened(state, late) == "m4"
    assert paper_meeting.who_opened(state, paper_entry.set_opener(late, "m1")) == "m1"
    gone = paper_entry.set_opener(third, "m1")
    for _ in range(3):
        gone = paper_entry.mark_next(gone, "m1")
    assert gone.attendance["m1"] is Attendance.EXCUSED
    assert paper_meeting.who_opened(state, gone) == "m3"


def test_the_order_is_around_the_circle_with_latecomers_last() -> None:
    attendance = dict.fromkeys(PEOPLE, Attendance.PRESENT) | {
        "m1": Attendance.LATE,
        "m4": Attendance.ABSENT,
    }
    state = recorded(four_of(), on_paper(1, attendance=attendance, opener="m3"))
    assert state.records[0].order == ("m3", "m2", "m1")


def test_only_earlier_commitments_due_by_then_can_be_answered() -> None:
    state = recorded(four_of(), paper_entry.promise(on_paper(3), "m2", "I write"))
    (later,) = commitments.open_commitments(state)
    assert not paper_meeting.asked_then(state, START + WEEKS)
    assert paper_meeting.asked_then(state, START + 3 * WEEKS) == (later,)
    due_in_may = commitments.set_due(state, START + 2 * WEEKS, later.id, "20 May 2026")
    assert not paper_meeting.asked_then(due_in_may, START + 3 * WEEKS)
    with pytest.raises(RuleError, match="didn't ask about"):
        recorded(state, paper_entry.settle(on_paper(2), later.id, Outcome.KEPT))


def test_absent_members_cannot_answer_or_make_commitments() -> None:
    absent = dict.fromkeys(PEOPLE, Attendance.PRESENT) | {"m2": Attendance.ABSENT}
    meeting = paper_entry.promise(on_paper(1, attendance=absent), "m2", "I write")
    with pytest.raises(RuleError, match="Ben wasn't there"):
        recorded(four_of(), meeting)
    state = recorded(four_of(), paper_entry.promise(on_paper(1), "m2", "I write"))
    asked = paper_meeting.asked_then(state, START + WEEKS)[0]
    second = paper_entry.settle(on_paper(2, attendance=absent), asked.id, Outcome.KEPT)
    with pytest.raises(RuleError, match="Ben wasn't there"):
        recorded(state, second)


def test_at_least_one_member_must_have_come() -> None:
    with pytest.raises(RuleError, match="Someone came"):
        recorded(four_of(), on_paper(1, attendance={"m1": Attendance.ABSENT}))


def test_a_trading_pair_cannot_record_a_meeting() -> None:
    pair = history_of([], circle_of(2, "trading-pair"))
    with pytest.raises(RuleError, match="doesn't meet"):
        recorded(pair, on_paper(1, attendance={"m1": Attendance.PRESENT}))


def test_choosing_the_same_outcome_again_clears_it() -> None:
    once = paper_entry.settle(on_paper(1), "c1", Outcome.KEPT)
    assert once.results
    assert not paper_entry.settle(once, "c1", Outcome.KEPT).results
    assert paper_entry.settle(once, "c1", Outcome.PARTLY).results["c1"].outcome is Outcome.PARTLY


def test_changing_the_date_keeps_the_attendance_marks() -> None:
    state = four_of()
    meeting = paper_entry.mark_next(paper_entry.blank(state, START), "m2")
    moved = paper_entry.move(meeting, state, START, START + 8 * WEEKS, "2 April")
    assert moved.started == START + 2 * WEEKS - timedelta(hours=1)
    assert moved.attendance["m2"] is Attendance.LATE
    with pytest.raises(RuleError, match="in the future"):
        paper_entry.move(meeting, state, START, START + WEEKS, "2 May 2026")


def test_the_proposed_moment_is_the_last_date_of_the_rhythm() -> None:
    assert paper_entry.usual_moment(four_of(), START + timedelta(minutes=1)) == START
    state = recorded(four_of(), on_paper(1))
    assert paper_entry.usual_moment(state, START + timedelta(days=3)) == START
