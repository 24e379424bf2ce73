"""Faults found earlier, each with the test that would have caught it."""

import subprocess
import sys
from pathlib import Path

import pytest

import circle_tui
from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import agenda, closing_commands, commands

from .meetings import MINUTE, MeetingRunner, circle_of, four


def test_attendance_cannot_be_marked_at_the_gathering_for_a_member_who_has_left() -> None:
    runner = four().do(commands.leave, "m3")
    with pytest.raises(RuleError):
        runner.do(commands.mark_next, "m3")


@pytest.mark.parametrize(
    ("begun", "command"),
    [
        (False, commands.mark_next),
        (True, commands.arrive_or_leave),
        (True, commands.arrive),
        (True, commands.leave),
    ],
)
def test_a_command_about_an_unknown_member_is_refused(begun: bool, command: object) -> None:
    runner = four() if begun else MeetingRunner()
    with pytest.raises(RuleError):
        runner.do(command, "m99")  # type: ignore[arg-type]


def test_attendance_of_an_unknown_member_is_refused() -> None:
    with pytest.raises(RuleError):
        MeetingRunner().do(commands.mark, "m99", Attendance.LATE)


@pytest.mark.parametrize(("missing", "by"), [("m99", "m1"), ("m2", "m99")])
def test_reaching_out_to_or_by_an_unknown_member_is_refused(missing: str, by: str) -> None:
    runner = four(m2=Attendance.ABSENT).rest_of_round().do(closing_commands.keep_date)
    with pytest.raises(RuleError):
        runner.do(closing_commands.settle_reach_out, missing, by)


def test_the_projected_end_of_a_round_cut_short_counts_the_closing_alone() -> None:
    runner = four().do(commands.start).do(closing_commands.cut_short)
    assert agenda.projected_end(runner.meeting, runner.now) == runner.now + 4 * MINUTE


def test_after_a_round_cut_short_a_member_can_leave_with_one_key() -> None:
    runner = (
        four().do(commands.start).do(closing_commands.cut_short).do(commands.arrive_or_leave, "m3")
    )
    assert not runner.meeting.person("m3").here


def test_nobody_reaches_out_to_a_member_who_came_after_all() -> None:
    runner = four(m4=Attendance.ABSENT).rest_of_round().do(closing_commands.keep_date)
    runner.do(closing_commands.settle_reach_out, "m4", "m1").do(
        commands.arrive_or_leave, "m4"
    ).close()
    assert runner.record.attendance["m4"] is Attendance.LATE
    assert runner.record.reaches_out == {}


def test_a_member_who_passes_and_then_leaves_does_not_count_as_opener() -> None:
    runner = four().do(commands.pass_turn).do(commands.start).do(commands.leave, "m1").close()
    assert runner.record.order == ("m2", "m3", "m4")
    assert runner.record.opener == "m2"


def test_a_round_in_which_somebody_spoke_has_an_opener() -> None:
    runner = (
        MeetingRunner(circle_of(2))
        .begin()
        .do(commands.pass_turn)
        .whole_turn()
        .do(commands.leave, "m1")
    )
    assert runner.close().record.order == ("m2",)
    assert runner.record.opener == "m2"


def test_a_member_who_never_came_does_not_count_as_opener() -> None:
    runner = MeetingRunner(circle_of(3)).begin(m3=Attendance.LATE)
    runner.do(commands.leave, "m1").do(commands.leave, "m2").do(commands.pass_turn)
    runner.do(commands.arrive, "m1").do(commands.pass_turn).whole_turn().close()
    assert runner.record.attendance["m3"] is Attendance.ABSENT
    assert runner.record.opener == "m1"


def test_a_second_pass_counts_as_having_listened_even_for_a_member_who_must_leave() -> None:
    runner = four().do(commands.pass_turn).do(commands.arrive_or_leave, "m1").whole_turn()
    assert runner.speaker == "m1"
    runner.do(commands.pass_turn)
    assert "m1" in runner.meeting.finished


def test_a_meeting_parked_past_the_next_date_cannot_keep_that_date() -> None:
    runner = four().rest_of_round().wait(60 * 24 * 15)
    with pytest.raises(RuleError, match="has passed"):
        runner.do(closing_commands.keep_date)


def test_a_latecomer_who_left_and_came_back_counts_as_late() -> None:
    runner = four(m2=Attendance.ABSENT).do(commands.arrive, "m2").do(commands.leave, "m2")
    assert runner.do(commands.arrive, "m2").close().record.attendance["m2"] is Attendance.LATE


def test_of_two_members_who_must_leave_the_first_to_say_so_speaks_first() -> None:
    runner = four().do(commands.arrive_or_leave, "m4").do(commands.arrive_or_leave, "m3")
    assert runner.meeting.waiting == ("m4", "m3", "m2")


def test_closing_a_long_parked_meeting_proposes_a_future_date() -> None:
    runner = four().do(commands.start).wait(60 * 24 * 20)
    runner.do(closing_commands.close_as_it_stands)
    assert runner.record.next is not None
    assert runner.record.next > runner.now


ASKED = """
from datetime import UTC, datetime
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, events, replay

at = datetime(2026, 3, 5, 10, tzinfo=UTC)
circle = make_circle("C", "A, B", "pod", first=at.replace(tzinfo=None), zone="UTC", now=at)
context = meeting_context(CircleState(circle=circle), at)
opened = events.MeetingOpened(at=at, id="x", context=context)
try:
    closing_commands.cut_short(replay.replay((opened,)), at)
except RuleError as refused:
    print(refused)
"""


def test_a_refusal_is_the_same_sentence_on_every_start_of_the_program() -> None:
    said = set()
    for seed in ("1", "2", "3"):
        asked = subprocess.run(
            [sys.executable, "-c", ASKED],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(circle_tui.__file__).parents[1])},
            capture_output=True,
            check=True,
        )
        said.add(asked.stdout)
    assert len(said) == 1
