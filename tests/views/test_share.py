"""What is shown and offered before and during a share."""

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import settings
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot, with_present_settings
from circle_tui.views import changes, meeting_words
from circle_tui.views.share import ShareView, share_view
from circle_tui.views.view import Execute
from tests.core.meetings import MeetingRunner, circle_of, four

from .actions import intents


def look(runner: MeetingRunner, **changed: bool) -> ShareView:
    meeting = with_present_settings(runner.meeting, circle_of(4, **changed))
    return share_view(MeetingSnapshot(meeting, runner.now), digits=False)


def turn_of_late_member() -> MeetingRunner:
    runner = four(m2=Attendance.LATE)
    while runner.speaker != "m2":
        runner.whole_turn()
    return runner


def test_only_a_member_marked_late_can_be_passed_with_one_key() -> None:
    runner = turn_of_late_member()
    view = look(runner)
    assert view.status == "Is Ben here now? Enter starts · h to pass · p to come back later"
    assert intents(view)["arrive_and_pass"] == Execute(commands.arrive_and_pass)
    assert "arrive_and_pass" not in intents(look(four()))
    before = runner.meeting
    runner.do(commands.arrive_and_pass)
    assert changes.meeting_change(before, runner.acts[-1]) == "Ben's pass"
    assert "arrive_and_pass" not in intents(look(runner))


def test_at_the_second_offer_the_screen_says_that_p_means_absent() -> None:
    assert "p if still missing" in look(turn_of_late_member().do(commands.pass_turn)).status


@pytest.mark.parametrize("phase", ["before", "during"])
def test_the_bells_key_says_whether_it_switches_on_or_off(phase: str) -> None:
    runner = four() if phase == "before" else four().do(commands.start)
    switch = intents(look(runner))["bell"]
    assert switch == Execute(
        settings.switch, ("bell",), flash="The bell will ring when time is up."
    )
    off = intents(look(runner, bell=True))["bell"]
    assert isinstance(off, Execute)
    assert off.flash == "The bell won't ring when time is up."


def test_only_display_settings_take_effect_during_a_meeting() -> None:
    runner = four()
    circle = circle_of(
        4,
        twelve_hours=True,
        prompts=("Danke", "Und?"),
        cycle=3,
        length=2 * runner.meeting.circle.length,
    )
    meeting = with_present_settings(runner.meeting, circle)
    assert meeting_words.listening_status(meeting.circle) == (
        "Just listen. Then “Danke”, or “Und?”"
    )
    assert meeting.circle.twelve_hours
    assert meeting.circle.cycle == runner.meeting.circle.cycle
    assert meeting.circle.length == runner.meeting.circle.length
    assert with_present_settings(runner.meeting, circle_of(4)) is runner.meeting
