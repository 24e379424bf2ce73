"""The last meeting can be opened again from its record, until the next one begins."""

import os
from datetime import timedelta

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import membership
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import ClosingStep
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile


def hold_meeting(service: CircleService, clock: ManualClock) -> None:
    service.begin()
    service.execute(commands.mark, "m5", Attendance.ABSENT)
    service.execute(commands.begin)
    for command in (commands.start, commands.finish, commands.end_responses):
        service.execute(command)
    service.execute(commands.promise, "I ring the harbour master")
    service.execute(closing_commands.cut_short)
    service.execute(closing_commands.keep_date)
    service.execute(closing_commands.settle_reach_out, "m5", "m1")
    clock.move(timedelta(hours=1))
    service.execute(closing_commands.close)
    service.finish()


def test_after_the_slow_part_of_finishing_nothing_is_left_to_do_on_the_disk(
    service: CircleService, file: CircleFile, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(service, "finish", service.finish_on_disk)
        hold_meeting(service, clock)
    assert service.live is not None
    assert not file.under_way
    assert saved_records(file).number == 1
    before = {path: path.stat().st_mtime_ns for path in file.path.parent.iterdir()}
    monkeypatch.setattr(os, "fsync", lambda _: pytest.fail("something was synced"))
    service.finish()
    assert service.live is None
    assert before == {path: path.stat().st_mtime_ns for path in file.path.parent.iterdir()}


def saved_records(file: CircleFile) -> MeetingRecord:
    (record,) = CircleFile(file.path).read().records
    return record


def test_a_reopened_meeting_is_closed_again_with_its_corrections(
    service: CircleService, file: CircleFile, clock: ManualClock
) -> None:
    hold_meeting(service, clock)
    before = saved_records(file)
    clock.move(timedelta(hours=9))
    service.reopen()
    service.undo()
    assert service.meeting is not None
    assert service.meeting.closing_step is ClosingStep.REACH_OUT
    service.execute(closing_commands.settle_reach_out, "m5", "m2")
    assert saved_records(file) == before
    service.execute(closing_commands.close)
    service.finish()
    after = saved_records(file)
    assert after.reaches_out == {"m5": "m2"}
    assert (after.ended, after.made, after.opener) == (before.ended, before.made, before.opener)
    assert not file.under_way


@pytest.mark.parametrize("touched", [False, True])
def test_a_reopened_meeting_left_unchanged_leaves_no_trace_and_can_be_reopened(
    service: CircleService, file: CircleFile, clock: ManualClock, touched: bool
) -> None:
    hold_meeting(service, clock)
    before = file.path.read_bytes()
    service.reopen()
    if touched:
        service.undo()
        service.drop()
    else:
        assert service.live is not None
        assert service.live.untouched
        service.park()
    assert file.path.read_bytes() == before
    assert {path.suffix for path in file.path.parent.iterdir()} == {".json", ".lock", ".bak"}
    service.reopen()
    service.drop()


def test_after_a_kill_a_reopened_meeting_is_resumed_as_it_was(
    service: CircleService, file: CircleFile, clock: ManualClock
) -> None:
    hold_meeting(service, clock)
    service.reopen()
    service.execute(commands.arrive, "m5")
    assert service.live is not None
    left = service.live.meeting
    service.live._journal.close()
    service._lock.release()
    again = CircleService(CircleFile(file.path), clock)
    live = again.resume()
    assert live is not None
    assert live.meeting == left
    assert not live.untouched
    again.execute(closing_commands.close)
    again.finish()
    again.close()
    assert saved_records(file).attendance["m5"] is Attendance.LATE


def test_reopening_keeps_changes_made_since_the_meeting(
    service: CircleService, file: CircleFile, clock: ManualClock
) -> None:
    hold_meeting(service, clock)
    service.execute(membership.join, "Yan")
    service.reopen()
    service.undo()
    service.execute(closing_commands.settle_reach_out, "m5", None)
    service.execute(closing_commands.close)
    service.finish()
    state = CircleFile(file.path).read()
    assert state.circle.members[-1].name == "Yan"
    assert "m6" not in state.records[0].attendance
    assert not service.can_undo


def test_a_meeting_can_be_reopened_until_the_next_begins_and_again_if_that_is_dropped(
    service: CircleService, clock: ManualClock
) -> None:
    hold_meeting(service, clock)
    clock.move(timedelta(weeks=2))
    service.begin()
    with pytest.raises(RuleError, match="You're in a meeting"):
        service.reopen()
    service.drop()
    assert service.reopen().meeting.context.number == 1
    service.drop()


def test_a_dropped_gathering_leaves_no_files(service: CircleService, file: CircleFile) -> None:
    service.begin()
    service.execute(commands.mark, "m5", Attendance.ABSENT)
    service.drop()
    assert {path.suffix for path in file.path.parent.iterdir()} == {".json", ".lock"}
