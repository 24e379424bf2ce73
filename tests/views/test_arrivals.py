"""What is said of those who come and go, and what one key about each of them does."""

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import rounds
from circle_tui.views.arrivals import ArrivalsView, arrivals_view, first_cursor
from circle_tui.views.view import ChooseSeat, Execute
from tests.core.meetings import MeetingRunner, circle_of, four


def look(runner: MeetingRunner, cursor: int | None = None) -> ArrivalsView:
    return arrivals_view(MeetingSnapshot(runner.meeting, runner.now), cursor=cursor)


def choose(runner: MeetingRunner, cursor: int) -> Execute:
    action = look(runner, cursor).action("choose")
    assert action is not None
    assert isinstance(action.does, Execute)
    return action.does


def test_each_person_stands_with_how_they_are_here() -> None:
    runner = four(m2=Attendance.LATE, m3=Attendance.EXCUSED)
    runner.do(commands.arrive_or_leave, "m4")
    assert [(row.glyph, row.text, row.state) for row in look(runner).rows] == [
        ("●", "Ada", "here"),
        ("◐", "Ben", "not here yet"),
        ("○", "Cleo", "excused"),
        ("◑", "Dev", "leaving soon"),
    ]
    runner.do(commands.arrive_or_leave, "m4")
    assert look(runner).rows[3].state == "left"


@pytest.mark.parametrize(
    ("cursor", "status"),
    [
        (0, "Enter: Ada leaves"),
        (1, "Enter: Ben speaks next, then leaves"),
        (2, "Enter: Cleo is here"),
        (None, "↑ ↓ to choose someone"),
    ],
)
def test_what_enter_would_do_is_said_of_whoever_is_chosen(cursor: int | None, status: str) -> None:
    assert look(four(m3=Attendance.EXCUSED), cursor).status == status


def test_the_cursor_begins_with_who_may_arrive() -> None:
    assert first_cursor(four(m3=Attendance.EXCUSED).meeting) == 2


def test_with_nobody_to_arrive_enter_sends_nobody_away() -> None:
    runner = four()
    assert first_cursor(runner.meeting) is None
    assert look(runner, first_cursor(runner.meeting)).action("choose") is None


@pytest.mark.parametrize(
    ("cursor", "sentence"),
    [
        (0, "Ada has left."),
        (1, "Ben speaks next, then leaves."),
        (2, "Cleo is here and joins at the end."),
    ],
)
def test_what_is_said_afterwards_is_what_happened(cursor: int, sentence: str) -> None:
    runner = four(m3=Attendance.EXCUSED)
    does = choose(runner, cursor)
    assert does.flash == sentence
    runner.do(does.command, *does.args)
    assert rounds.movement_sentence(runner.meeting, does.args[0]) == sentence


def test_who_arrives_at_the_closing_joins_no_order() -> None:
    runner = four(m3=Attendance.EXCUSED).rest_of_round()
    assert choose(runner, 2).flash == "Cleo is here."


def test_there_is_a_number_for_each_seat_and_none_for_others() -> None:
    view = look(MeetingRunner(circle_of(3)).begin())
    seats = [each.does for each in view.actions if each.spec.id.startswith("seat_")]
    assert seats == [ChooseSeat(1), ChooseSeat(2), ChooseSeat(3)]
