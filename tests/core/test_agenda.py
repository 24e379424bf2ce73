"""A meeting's plan is right: it says whether it fits, and the meeting ends when it projects."""

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle.circle import FORMATS
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import agenda, commands
from circle_tui.core.meeting.meeting import ROUND, Phase

from .meetings import MINUTE, START, MeetingRunner, circle_of
from .random_meetings import (
    WAITS,
    allowed_calls,
    draw_call,
    execute_random_commands,
    finish_on_schedule,
)

GRAIN = timedelta(seconds=30)


def planned(people: int, key: str = "peer-circle", **changes: object) -> agenda.Plan:
    return agenda.plan(MeetingRunner(circle_of(people, key, **changes)).meeting)


def test_a_peer_circle_of_five_fits_its_hour_with_six_minutes_slack() -> None:
    plan = planned(5)
    assert plan.fits
    assert [plan.opening, plan.turns, plan.closing, plan.slack] == [
        5 * MINUTE,
        45 * MINUTE,
        4 * MINUTE,
        6 * MINUTE,
    ]


def test_six_people_do_not_fit_into_the_hour_and_the_plan_says_so() -> None:
    plan = planned(6)
    assert plan.speakers == 6
    assert plan.turns == 54 * MINUTE
    assert not plan.fits
    assert plan.slack == -3 * MINUTE
    assert plan.fitting_share == 7.5 * MINUTE


def test_the_closing_of_a_cycles_last_meeting_has_five_minutes_more_to_look_back() -> None:
    plan = planned(5, cycle=1)
    assert (plan.closing, plan.slack) == (9 * MINUTE, MINUTE)
    assert planned(5, cycle=2).closing == 4 * MINUTE


@pytest.mark.parametrize(("key", "most"), [("peer-circle", 5), ("pod", 3), ("movement-pod", 5)])
def test_each_formats_plan_fits_its_largest_number_of_people(key: str, most: int) -> None:
    assert planned(most, key).fits
    assert not planned(most + 1, key).fits


def test_the_plan_fits_once_the_offered_share_is_taken() -> None:
    runner = MeetingRunner(circle_of(6)).do(commands.fit_shares)
    plan = agenda.plan(runner.meeting)
    assert runner.meeting.share == runner.meeting.chosen_share == 7.5 * MINUTE
    assert (plan.fits, plan.slack) == (True, timedelta())
    with pytest.raises(RuleError, match="fits as it is"):
        runner.do(commands.fit_shares)


def test_an_offered_share_can_be_taken_only_at_the_gathering() -> None:
    with pytest.raises(RuleError, match="while the circle gathers"):
        MeetingRunner(circle_of(6)).begin().do(commands.fit_shares)


def test_no_share_is_offered_if_not_even_a_minute_each_fits() -> None:
    runner = MeetingRunner(circle_of(8, length=10 * MINUTE))
    assert agenda.plan(runner.meeting).fitting_share is None
    with pytest.raises(RuleError, match="Not even a minute each would fit"):
        runner.do(commands.fit_shares)


def test_the_plan_counts_late_members_but_not_absent_ones() -> None:
    runner = MeetingRunner(circle_of(5)).do(commands.mark, "m2", Attendance.LATE)
    assert agenda.plan(runner.meeting).speakers == 5
    assert agenda.plan(runner.do(commands.mark, "m2", Attendance.ABSENT).meeting).speakers == 4


@given(
    st.sampled_from(sorted(key for key in FORMATS if FORMATS[key].meets)),
    st.integers(2, 8),
    st.integers(5, 480),
    st.integers(2, 120),
)
def test_the_offered_share_is_the_longest_that_fits(
    key: str, people: int, length: int, half_minutes: int
) -> None:
    share = half_minutes * GRAIN
    plan = planned(people, key, length=length * MINUTE, share=share)
    assert plan.opening + plan.turns + plan.closing + plan.slack == length * MINUTE
    if plan.fits:
        return
    if plan.fitting_share is None:
        assert not planned(people, key, length=length * MINUTE, share=MINUTE).fits
        return
    assert MINUTE <= plan.fitting_share < share
    assert planned(people, key, length=length * MINUTE, share=plan.fitting_share).fits
    assert not planned(people, key, length=length * MINUTE, share=plan.fitting_share + GRAIN).fits


def end(runner: MeetingRunner) -> timedelta:
    """The projected end, from the meeting's start."""
    return agenda.projected_end(runner.meeting, runner.now) - START


def test_the_projected_end_is_updated_throughout_a_meeting() -> None:
    runner = MeetingRunner(circle_of(5))
    assert end(runner) == 54 * MINUTE
    assert end(runner.wait(3)) == 57 * MINUTE
    assert end(runner.begin()) == 57 * MINUTE
    assert end(runner.wait(5).do(commands.start)) == 57 * MINUTE
    assert end(runner.wait(8)) == 57 * MINUTE
    assert end(runner.wait(2)) == 59 * MINUTE
    assert end(runner.do(commands.finish)) == 59 * MINUTE
    assert end(runner.wait(0.5)) == 59 * MINUTE
    assert end(runner.do(commands.end_responses).do(commands.end_turn)) == 58.5 * MINUTE
    assert end(runner.do(commands.start).do(commands.give_minute)) == 59.5 * MINUTE
    assert end(runner.do(commands.pause).wait(10)) == 69.5 * MINUTE
    assert end(runner.do(commands.resume).do(commands.backdate)) == 68.5 * MINUTE


def test_the_projected_end_of_an_ended_meeting_is_its_end() -> None:
    runner = MeetingRunner(circle_of(3)).close()
    closed = runner.now
    assert agenda.projected_end(runner.wait(99).meeting, runner.now) == closed


def test_an_arrival_shortens_the_coming_shares_and_keeps_the_planned_end() -> None:
    runner = MeetingRunner(circle_of(6)).do(commands.mark, "m6", Attendance.ABSENT).begin()
    runner.wait(5).whole_turn().do(commands.start).wait(2)
    runner.do(commands.arrive_or_leave, "m6")
    assert runner.meeting.share == 7.5 * MINUTE
    assert runner.meeting.chosen_share == 8 * MINUTE
    countdown = runner.meeting.countdown
    assert countdown is not None
    assert countdown.remaining(runner.now) == 6 * MINUTE
    assert end(runner) == 60 * MINUTE


def test_a_departure_lengthens_the_coming_shares_up_to_the_chosen_length() -> None:
    runner = MeetingRunner(circle_of(6)).do(commands.mark, "m6", Attendance.ABSENT).begin().wait(5)
    runner.whole_turn().do(commands.arrive, "m6")
    assert runner.meeting.share == 7.5 * MINUTE
    assert runner.do(commands.leave, "m6").meeting.share == 8 * MINUTE
    assert runner.do(commands.leave, "m5").meeting.share == 8 * MINUTE


def test_an_arrival_does_not_make_a_late_meeting_later() -> None:
    runner = MeetingRunner(circle_of(5)).do(commands.mark, "m5", Attendance.ABSENT).begin()
    runner.wait(5).do(commands.start).wait(40)
    before = end(runner)
    assert before > 60 * MINUTE
    runner.do(commands.arrive_or_leave, "m5")
    assert end(runner) <= before


def test_a_share_is_never_refitted_below_a_minute() -> None:
    runner = (
        MeetingRunner(circle_of(8, share=MINUTE)).do(commands.mark, "m8", Attendance.ABSENT).begin()
    )
    runner.wait(90).do(commands.arrive_or_leave, "m8")
    assert runner.meeting.share == MINUTE


@st.composite
def meetings(draw: st.DrawFn) -> MeetingRunner:
    """A meeting under way, anything having happened so far that the rules allow."""
    key = draw(st.sampled_from(sorted(key for key in FORMATS if FORMATS[key].meets)))
    length = draw(st.sampled_from([20, 30, 45, 60, 61, 90]))
    share = draw(st.sampled_from([1, 4.5, 8, 20]))
    people = draw(st.integers(2, 7))
    runner = MeetingRunner(circle_of(people, key, length=length * MINUTE, share=share * MINUTE))
    execute_random_commands(draw, runner, 4)
    if runner.meeting.phase is Phase.GATHERING and len(runner.meeting.here) > 1:
        runner.wait(draw(WAITS)).do(commands.begin)
    return execute_random_commands(draw, runner, 14)


@given(meetings(), WAITS)
def test_the_meeting_ends_when_projected_if_everything_takes_the_time_it_was_given(
    runner: MeetingRunner, minutes: float
) -> None:
    assume(runner.meeting.phase is not Phase.GATHERING or len(runner.meeting.here) > 1)
    runner.wait(minutes)
    projected = agenda.projected_end(runner.meeting, runner.now)
    assert finish_on_schedule(runner).meeting.ended == projected


@given(meetings(), st.data())
def test_arrivals_and_departures_keep_the_planned_end_if_possible(
    runner: MeetingRunner, data: st.DataObject
) -> None:
    assume(runner.meeting.phase in ROUND)
    before, promised = runner.meeting, agenda.projected_end(runner.meeting, runner.now)
    assert before.began is not None
    target = max(promised, before.began + before.circle.length)
    moving = {
        command: acts
        for command, acts in allowed_calls(runner).items()
        if command in {commands.arrive, commands.leave}
    }
    command, said = draw_call(data.draw, moving)
    after = runner.do(command, *said).meeting
    to_come = len(after.waiting) + len(after.waiting_again) + (after.phase is Phase.READY)
    projected = agenda.projected_end(after, runner.now)
    if to_come == 0:
        assert after.share == before.share
        return
    assert MINUTE <= after.share <= after.chosen_share == before.chosen_share
    if after.share > MINUTE:
        assert projected <= target
    if after.share < after.chosen_share:
        assert projected + to_come * GRAIN > target


def test_a_member_who_passed_still_counts_as_a_speaker_when_somebody_arrives() -> None:
    runner = MeetingRunner(circle_of(6)).begin(m6=Attendance.ABSENT).do(commands.pass_turn).wait(25)
    # Five turns of nine minutes and the closing were to come; now six people share that time.
    runner.do(commands.arrive, "m6")
    assert runner.meeting.share == 6.5 * MINUTE


def test_the_opening_is_over_once_somebody_has_spoken() -> None:
    runner = MeetingRunner(circle_of(4)).begin()
    assert agenda.projected_end(runner.meeting, runner.now) == runner.now + (5 + 36 + 4) * MINUTE
    runner.do(commands.start).wait(1).do(commands.finish).do(commands.end_responses).do(
        commands.end_turn
    )
    assert agenda.projected_end(runner.meeting, runner.now) == runner.now + (27 + 4) * MINUTE
