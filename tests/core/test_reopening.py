"""The last meeting, opened again: it is what its record says, and nothing else."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import correction, membership
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.events import Events, from_json, to_json
from circle_tui.core.meeting.meeting import ClosingStep, Meeting, Phase
from circle_tui.core.meeting.recording import record_of
from circle_tui.core.meeting.reopening import reopen
from circle_tui.core.meeting.replay import apply, replay

from .invariants import check_round
from .meetings import START, MeetingRunner, circle_of, four, history_of, record
from .random_meetings import execute_random_commands

NEXT_MORNING = START + timedelta(days=1)


def closed_again(acts: tuple[Events, ...]) -> MeetingRecord:
    meeting = state_after(acts)
    for event in closing_commands.close(meeting, NEXT_MORNING):
        meeting = apply(meeting, event)
    return record_of(meeting)


def state_after(acts: tuple[Events, ...]) -> Meeting:
    return replay(from_json(to_json(event)) for act in acts for event in act)


def after(runner: MeetingRunner) -> CircleState:
    """The circle after the runner's meeting was saved."""
    return history_of([runner.record], runner.meeting.circle)


@given(st.data())
def test_reopening_and_closing_any_meeting_gives_the_same_record(
    data: st.DataObject,
) -> None:
    runner = MeetingRunner(
        circle_of(data.draw(st.integers(2, 5)), cycle=data.draw(st.integers(1, 2)))
    )
    runner.do(commands.mark, "m2", data.draw(st.sampled_from([*Attendance][:2])))
    execute_random_commands(data.draw, runner, 30)
    if len(runner.meeting.here) < 2 and runner.meeting.phase is Phase.GATHERING:
        return
    runner.close()
    assert closed_again(reopen(after(runner), NEXT_MORNING)) == runner.record


def test_a_reopened_meeting_is_at_its_closing_with_everything_settled() -> None:
    runner = four(m3=Attendance.EXCUSED).rest_of_round()
    runner.do(closing_commands.keep_date)
    runner.do(closing_commands.settle_reach_out, "m3", "m1").do(closing_commands.close)
    meeting = state_after(reopen(after(runner), NEXT_MORNING))
    assert meeting.phase is Phase.CLOSING
    assert meeting.closing_step is ClosingStep.CLOSE
    assert meeting.reaches_out == {"m3": "m1"}
    assert meeting.opened_by == runner.record.opener == "m1"
    assert meeting.next_opener() == runner.meeting.next_opener()


def test_in_a_reopened_meeting_the_closing_can_be_undone_step_by_step() -> None:
    runner = MeetingRunner(circle_of(3, cycle=1)).look_back(CycleChoice.REDESIGN)
    runner.do(closing_commands.keep_date).do(closing_commands.close)
    acts = reopen(after(runner), NEXT_MORNING)
    steps = [state_after(acts[:n]).closing_step for n in range(1, len(acts) + 1)]
    assert steps == [
        ClosingStep.WORKED,
        ClosingStep.CHANGE,
        ClosingStep.CHOICE,
        ClosingStep.DATE,
        ClosingStep.CLOSE,
    ]


def test_a_reopened_meeting_has_no_speaking_times_and_no_open_commitments() -> None:
    runner = four().do(commands.start).wait(3).do(commands.pause).wait(2)
    runner.do(commands.resume).rest_of_round().close()
    written = "".join(
        to_json(event) for act in reopen(after(runner), NEXT_MORNING) for event in act
    )
    assert "Held" not in written
    assert "ShareStarted" not in written


def test_a_reopened_meeting_has_the_members_of_that_time() -> None:
    state = after(four().rest_of_round().close())
    state = membership.join(state, NEXT_MORNING, "Finn")
    state = membership.leave(state, NEXT_MORNING, "m2")
    meeting = state_after(reopen(state, NEXT_MORNING))
    assert [person.id for person in meeting.people] == ["m1", "m2", "m3", "m4"]


def test_a_member_corrected_to_absent_has_no_turn_in_a_reopened_meeting() -> None:
    runner = four().rest_of_round().close()
    state = correction.correct_attendance(
        after(runner), NEXT_MORNING, runner.record.id, "m3", Attendance.ABSENT
    )
    assert "m3" in state.records[-1].order
    acts = reopen(state, NEXT_MORNING)
    check_round(state_after(acts))
    record = closed_again(acts)
    assert record.order == ("m1", "m2", "m4")
    assert record.attendance["m3"] is Attendance.ABSENT


def test_arrivals_in_a_reopened_meeting_change_the_attendance_of_that_time() -> None:
    runner = four(m3=Attendance.ABSENT).rest_of_round().close()
    meeting = state_after(reopen(after(runner), NEXT_MORNING))
    for command, member in ((commands.arrive, "m3"), (commands.leave, "m2")):
        for event in command(meeting, NEXT_MORNING, member):
            meeting = apply(meeting, event)
    for event in closing_commands.close(meeting, NEXT_MORNING):
        meeting = apply(meeting, event)
    changed = record_of(meeting)
    assert changed.attendance["m3"] is Attendance.LATE
    assert changed.attendance["m2"] is Attendance.LEFT_EARLY
    assert changed.ended == runner.record.ended


def test_closing_a_reopened_meeting_as_it_stands_keeps_a_date_that_has_passed() -> None:
    runner = four().rest_of_round().close()
    late = START + timedelta(weeks=5)
    meeting = state_after(reopen(after(runner), late))
    for event in closing_commands.close_as_it_stands(meeting, late):
        meeting = apply(meeting, event)
    assert record_of(meeting).next == runner.record.next


def test_a_reopened_meeting_keeps_its_number_and_place_in_the_cycle() -> None:
    records = [record(1), record(2, order=("m2", "m1"), opener="m2")]
    meeting = state_after(reopen(history_of(records, circle_of(2)), NEXT_MORNING))
    assert (meeting.context.number, meeting.context.number_in_cycle) == (2, 2)
    assert meeting.context.openings == {"m1": 1}


def test_a_circle_that_never_met_has_no_meeting_to_reopen() -> None:
    with pytest.raises(RuleError, match="no meeting to open again"):
        reopen(history_of(), START)
