"""What the screen for cancelling and rebooking says and offers."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import rebooking
from circle_tui.core.circle.record import Retrospective
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views.rebooking import RebookingView, rebooking_view
from circle_tui.views.text import plain
from circle_tui.views.view import Ask, Execute, Local, Request
from tests.core.meetings import START, circle_of, record

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NOW = START + DAY


def circle_that_met() -> CircleState:
    return CircleState(circle=circle_of(3), records=(record(1),))


def resting() -> CircleState:
    rest = Retrospective(choice=CycleChoice.REST, worked="", change="")
    return CircleState(circle=circle_of(3), records=(record(1, looked_back=rest),))


def look(
    state: CircleState, *, at: timedelta = DAY, asking: bool = False, here: str = "Europe/London"
) -> RebookingView:
    snapshot = CircleSnapshot(state, START + at, here=ZoneInfo(here))
    return rebooking_view(snapshot, asking=asking)


def keys(view: RebookingView) -> set[str]:
    return {each.spec.id for each in view.actions} - {"scroll_up", "scroll_down", "back"}


def test_on_a_terminal_in_another_zone_every_time_is_shown_with_the_circles_zone() -> None:
    cancelled = look(rebooking.cancel(circle_that_met(), NOW), here="America/Chicago")
    assert plain(cancelled.coming).startswith("Thursday 2 April, 10:00 London time  in 27")
    assert cancelled.outcome.startswith("Thursday 19 March, 10:00 London time is cancelled.")
    assert "by Sunday 8 March, 10:00 London time, or meet" in cancelled.outcome
    moved = look(rebooking.rebook(circle_that_met(), NOW, "20 March"), here="America/Chicago")
    assert moved.outcome == "Moved from Thursday 19 March, 10:00 London time."


def test_the_next_meeting_can_be_cancelled_or_moved() -> None:
    view = look(circle_that_met())
    assert view.headline == ("Thursday", "rebooking")
    assert plain(view.coming) == "Thursday 19 March, 10:00  in 13 days"
    assert view.day == "19 March"
    assert (view.outcome, view.cancelled) == ("", ())
    assert view.status == "x cancels it · d to find another date · Esc goes home"
    assert keys(view) == {"cancel", "other_date"}
    other_date = view.action("other_date")
    assert other_date is not None
    assert other_date.does == Ask(
        "When? Like 2 April 10:00, or just a day or a time.", rebooking.rebook
    )


def test_a_cancelled_meeting_is_shown_with_the_time_limit_for_rebooking() -> None:
    view = look(rebooking.cancel(circle_that_met(), NOW))
    assert view.outcome == (
        "Thursday 19 March, 10:00 is cancelled. d to find another date within 48 hours, by "
        "Sunday 8 March, 10:00, or meet on the usual one above."
    )
    assert plain(view.coming).startswith("Thursday 2 April, 10:00")
    assert [row.text for row in view.cancelled] == ["no other date yet"]
    assert view.status == "d to set another date · u to undo"


def test_after_48_hours_the_limit_is_not_mentioned() -> None:
    view = look(rebooking.cancel(circle_that_met(), NOW), at=DAY + 49 * HOUR)
    assert view.outcome == (
        "Thursday 19 March, 10:00 is cancelled. d to find another date, or meet on the usual one "
        "above."
    )


def test_rebooking_in_time_is_mentioned_and_late_rebooking_is_not() -> None:
    cancelled = rebooking.cancel(circle_that_met(), NOW)
    in_time = look(rebooking.rebook(cancelled, NOW + 47 * HOUR, "24 March"))
    assert [(row.name, row.text, row.state) for row in in_time.cancelled] == [
        ("19 Mar", "moved to 24 Mar", "within 48 hours")
    ]
    assert in_time.outcome == "Moved from Thursday 19 March, 10:00."
    late = look(rebooking.rebook(cancelled, NOW + 49 * HOUR, "24 March"))
    assert [(row.name, row.text, row.state) for row in late.cancelled] == [
        ("19 Mar", "moved to 24 Mar", "")
    ]


def test_a_circle_that_rests_can_only_be_woken() -> None:
    view = look(resting())
    assert plain(view.coming) == "This circle is resting. No meeting is planned."
    assert view.status == "w wakes the circle up · Esc goes home"
    assert keys(view) == {"wake"}
    wake = view.action("wake")
    assert wake is not None
    assert wake.does == Execute(rebooking.wake)


def test_esc_first_leaves_the_field_and_then_goes_home() -> None:
    for asking, does in ((True, Local.BACK), (False, Request.HOME)):
        view = look(circle_that_met(), asking=asking)
        back = view.action("back")
        assert back is not None
        assert back.does is does
    assert look(circle_that_met(), asking=True).status == "Enter saves · Esc cancels"
