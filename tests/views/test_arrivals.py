"""What is said of those who come and go, and what one key about each of them does."""

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import rounds
from circle_tui.views.arrivals import ArrivalsView, arrivals_view, first_cursor
from circle_tui.views.view import ChooseSeat, Execute
from tests.core.meetings import Table, circle_of, four


def look(table: Table, cursor: int | None = None) -> ArrivalsView:
    return arrivals_view(MeetingSnapshot(table.meeting, table.now), cursor=cursor)


def choose(table: Table, cursor: int) -> Execute:
    action = look(table, cursor).action("choose")
    assert action is not None
    assert isinstance(action.does, Execute)
    return action.does


def test_each_person_stands_with_what_would_happen_to_them() -> None:
    table = four(m3=Attendance.EXCUSED)
    table.do(commands.arrive_or_leave, "m4")
    assert [(row.glyph, row.text, row.state) for row in look(table).rows] == [
        ("●", "Ada", "leaves"),
        ("●", "Ben", "goes early: speaks next"),
        ("○", "Cleo", "arrives"),
        ("◑", "Dev", "leaves"),
    ]


def test_the_cursor_begins_with_who_may_arrive() -> None:
    assert first_cursor(four(m3=Attendance.EXCUSED).meeting) == 2


def test_with_nobody_to_arrive_enter_sends_nobody_away() -> None:
    table = four()
    assert first_cursor(table.meeting) is None
    assert look(table, first_cursor(table.meeting)).action("choose") is None


@pytest.mark.parametrize(
    ("cursor", "sentence"),
    [
        (0, "Ada has left."),
        (1, "Ben speaks next, and leaves early."),
        (2, "Cleo is here and joins at the end."),
    ],
)
def test_what_is_said_afterwards_is_what_happened(cursor: int, sentence: str) -> None:
    table = four(m3=Attendance.EXCUSED)
    does = choose(table, cursor)
    assert does.flash == sentence
    table.do(does.command, *does.args)
    assert rounds.movement_sentence(table.meeting, does.args[0]) == sentence


def test_who_arrives_at_the_closing_joins_no_order() -> None:
    table = four(m3=Attendance.EXCUSED).rest_of_round()
    assert choose(table, 2).flash == "Cleo is here."


def test_there_is_a_number_for_each_seat_and_none_for_others() -> None:
    view = look(Table(circle_of(3)).begin())
    seats = [each.does for each in view.actions if each.spec.id.startswith("seat_")]
    assert seats == [ChooseSeat(1), ChooseSeat(2), ChooseSeat(3)]
