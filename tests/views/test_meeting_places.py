"""Which places can be opened during a meeting."""

from circle_tui.core.meeting import closing_commands
from circle_tui.views.meeting_places import meeting_places
from circle_tui.views.view import Execute, Request
from tests.core.meetings import MeetingRunner, circle_of


def opened(format_key: str) -> list[object]:
    meeting = MeetingRunner(circle_of(4, format_key)).meeting
    return [action.does for action in meeting_places(meeting)]


def test_the_places_that_do_not_touch_the_meeting_are_open() -> None:
    assert opened("peer-circle") == [
        Request.COMMITMENTS,
        Request.COVENANT,
        Request.PEOPLE,
        Request.SETTINGS,
    ]


def test_check_ins_can_be_opened_only_if_the_format_has_them() -> None:
    assert Request.CHECKINS in opened("movement-pod")


def test_these_places_have_no_key_and_are_not_in_the_footer() -> None:
    actions = meeting_places(MeetingRunner(circle_of(4, "movement-pod")).meeting)
    assert all(not each.spec.keys and not each.spec.in_footer for each in actions)
    assert all(each.spec.in_palette for each in actions)


def test_a_round_can_be_ended_early_and_any_meeting_can_be_left_for_home() -> None:
    runner = MeetingRunner(circle_of(4)).begin()
    offers = {each.spec.id: each.does for each in meeting_places(runner.meeting)}
    assert offers["cut_short"] == Execute(closing_commands.cut_short)
    assert offers["home"] is Request.HOME
    runner.rest_of_round()
    offers = {each.spec.id: each.does for each in meeting_places(runner.meeting)}
    assert "cut_short" not in offers
    assert offers["home"] is Request.HOME
