"""What is shown about arrivals and departures, and what the one key about each member does."""

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


def test_each_member_is_shown_with_their_attendance() -> None:
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
def test_the_status_says_what_enter_would_do_for_the_chosen_member(
    cursor: int | None, status: str
) -> None:
    assert look(four(m3=Attendance.EXCUSED), cursor).status == status


def test_the_cursor_begins_at_a_member_who_may_arrive() -> None:
    assert first_cursor(four(m3=Attendance.EXCUSED).meeting) == 2


def test_if_nobody_can_arrive_enter_does_nothing_by_default() -> None:
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
def test_the_message_after_the_key_says_what_happened(cursor: int, sentence: str) -> None:
    runner = four(m3=Attendance.EXCUSED)
    does = choose(runner, cursor)
    assert does.flash == sentence
    runner.do(does.command, *does.args)
    assert rounds.movement_sentence(runner.meeting, does.args[0]) == sentence


def test_a_member_who_arrives_at_the_closing_gets_no_turn() -> None:
    runner = four(m3=Attendance.EXCUSED).rest_of_round()
    assert choose(runner, 2).flash == "Cleo is here."


def test_each_seat_has_a_number_key_and_no_other_number_works() -> None:
    view = look(MeetingRunner(circle_of(3)).begin())
    seats = [each.does for each in view.actions if each.spec.id.startswith("seat_")]
    assert seats == [ChooseSeat(1), ChooseSeat(2), ChooseSeat(3)]
