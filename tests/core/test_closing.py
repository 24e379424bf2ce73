"""How a round ends and a meeting closes, and which commands belong to which phase.

See guide: practice, A meeting, minute by minute.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.events import Events
from circle_tui.core.meeting.meeting import ROUND, ClosingStep, Meeting, Phase

from .meetings import MINUTE, START, MeetingRunner, attempt, circle_of, four

# The closing


def test_a_round_cut_short_records_who_spoke() -> None:
    runner = four().whole_turn().do(commands.start).do(closing_commands.cut_short)
    assert runner.meeting.phase is Phase.CLOSING
    runner.close()
    assert runner.record.order == ("m1", "m2")
    assert set(runner.record.attendance.values()) == {Attendance.PRESENT}


def test_a_round_cut_short_before_anybody_spoke_has_no_opener() -> None:
    runner = four().do(closing_commands.cut_short).close()
    assert (runner.record.opener, runner.record.order) == (None, ())


def test_a_member_who_passed_the_first_turn_counts_as_opener_if_the_round_is_cut_short() -> None:
    assert four().do(commands.pass_turn).close().record.opener == "m1"
    runner = four().do(commands.pass_turn).whole_turn().do(closing_commands.cut_short).close()
    assert (runner.record.opener, runner.record.order) == ("m1", ("m2",))


def test_a_member_who_never_came_does_not_count_as_opener_of_a_round_cut_short() -> None:
    runner = MeetingRunner(circle_of(3)).begin(m3=Attendance.LATE)
    runner.do(commands.leave, "m1").do(commands.leave, "m2").do(commands.pass_turn).do(
        commands.arrive, "m1"
    )
    runner.do(closing_commands.cut_short).close()
    assert runner.record.attendance["m3"] is Attendance.ABSENT
    assert runner.record.opener is None


def test_a_closing_settles_the_date_then_reaching_out_and_then_closes() -> None:
    runner = four(m2=Attendance.ABSENT, m4=Attendance.EXCUSED).rest_of_round()
    assert runner.meeting.closing_step is ClosingStep.DATE
    for command, *said in (
        (closing_commands.close,),
        (closing_commands.settle_reach_out, "m2", "m1"),
    ):
        with pytest.raises(RuleError, match="First choose the next date"):
            runner.do(command, *said)
    runner.do(closing_commands.keep_date)
    with pytest.raises(RuleError, match="First choose who reaches out"):
        runner.do(closing_commands.close)
    with pytest.raises(RuleError, match=r"^Ada doesn't need anybody to reach out\.$"):
        runner.do(closing_commands.settle_reach_out, "m1", "m3")
    with pytest.raises(RuleError, match=r"^Dev was missing too\.$"):
        runner.do(closing_commands.settle_reach_out, "m2", "m4")
    runner.do(closing_commands.settle_reach_out, "m2", "m3").do(
        closing_commands.settle_reach_out, "m4", None
    )
    with pytest.raises(RuleError, match="Everything's settled"):
        runner.do(closing_commands.keep_date)
    runner.do(closing_commands.close)
    assert runner.record.reaches_out == {"m2": "m3"}
    assert runner.record.next == datetime(2026, 3, 19, 10, 0, tzinfo=UTC)


def test_another_date_can_be_proposed_and_then_kept() -> None:
    runner = four().rest_of_round().do(closing_commands.propose_date, "20 March 18:00")
    assert not runner.meeting.next_is_settled
    with pytest.raises(RuleError, match="isn't a date"):
        runner.do(closing_commands.propose_date, "some day")
    with pytest.raises(RuleError, match="has passed"):
        runner.do(closing_commands.propose_date, "4 March")
    runner.do(closing_commands.keep_date).do(closing_commands.propose_date, "21 March").do(
        closing_commands.keep_date
    ).do(closing_commands.close)
    assert runner.record.next == datetime(2026, 3, 21, 18, 0, tzinfo=UTC)


def test_the_closing_knows_who_opens_next_if_everybody_comes() -> None:
    runner = four(m2=Attendance.ABSENT).rest_of_round()
    next_opener = runner.meeting.next_opener()
    assert next_opener is not None
    assert (next_opener.member, next_opener.reason) == (
        "m2",
        "hasn't opened yet, and sits first",
    )


def test_a_closed_meeting_refuses_further_commands() -> None:
    runner = four().close()
    assert runner.meeting.ended == runner.now
    for command, *said in (
        (commands.begin,),
        (commands.start,),
        (closing_commands.close,),
        (commands.arrive_or_leave, "m1"),
        (closing_commands.close_as_it_stands,),
        (closing_commands.cut_short,),
    ):
        with pytest.raises(RuleError):
            runner.do(command, *said)


def test_an_abandoned_meeting_can_be_closed_as_it_stands() -> None:
    runner = four(m4=Attendance.ABSENT).whole_turn().do(commands.start).wait(2)
    runner.do(closing_commands.close_as_it_stands)
    assert runner.meeting.phase is Phase.CLOSED
    assert runner.record.order == ("m1", "m2")
    assert runner.record.reaches_out == {}
    assert runner.record.next == START + timedelta(weeks=2)
    assert runner.undo().meeting.phase is Phase.SHARE


def test_a_meeting_closed_days_later_still_proposes_the_next_date_of_the_rhythm() -> None:
    runner = four().do(commands.start).wait(60 * 24 * 8).do(closing_commands.close_as_it_stands)
    assert runner.record.next == START + timedelta(weeks=2)


def test_an_abandoned_closing_can_be_closed_as_it_stands() -> None:
    runner = (
        four()
        .rest_of_round()
        .do(closing_commands.propose_date, "20 March")
        .do(closing_commands.close_as_it_stands)
    )
    assert runner.record.next == datetime(2026, 3, 20, 10, 0, tzinfo=UTC)


def test_a_closing_left_until_its_date_has_passed_gets_a_future_date() -> None:
    runner = four().rest_of_round().wait(60 * 24 * 20).do(closing_commands.close_as_it_stands)
    assert runner.record.next == START + timedelta(weeks=4) - timedelta(hours=1)  # Summer time.
    assert not runner.meeting.next_is_settled


def test_a_round_that_never_began_cannot_be_closed() -> None:
    with pytest.raises(RuleError, match="Drop it instead"):
        MeetingRunner().do(closing_commands.close_as_it_stands)


# Which commands are allowed in which phase


def at_phase(phase: Phase) -> MeetingRunner:
    """A pod's meeting with an absent member, brought to `phase`."""
    runner = MeetingRunner(circle_of(4, "pod", length=60 * MINUTE)).do(
        commands.mark, "m4", Attendance.ABSENT
    )
    match phase:
        case Phase.READY:
            runner.begin()
        case Phase.SHARE:
            runner.begin().do(commands.start)
        case Phase.RESPONSES:
            runner.begin().share()
        case Phase.COMMITMENTS:
            runner.begin().to_commitments()
        case Phase.CLOSING:
            runner.rest_of_round()
        case Phase.CLOSED:
            runner.close()
    assert runner.meeting.phase is phase
    return runner


ONLY_IN: dict[Callable[[Meeting, datetime], Events], set[Phase]] = {
    commands.begin: {Phase.GATHERING},
    commands.welcome_guest: {Phase.GATHERING},
    commands.start: {Phase.READY},
    commands.backdate: {Phase.READY, Phase.SHARE},
    commands.pause: {Phase.SHARE},
    commands.give_minute: {Phase.GATHERING, Phase.SHARE},
    commands.take_minute: {Phase.GATHERING, Phase.SHARE},
    commands.next_step: {Phase.SHARE},
    commands.finish: {Phase.SHARE},
    commands.pass_turn: {Phase.READY, Phase.SHARE},
    commands.respond: {Phase.RESPONSES},
    commands.end_responses: {Phase.RESPONSES},
    commands.end_turn: {Phase.COMMITMENTS},
    closing_commands.cut_short: set(ROUND),
    closing_commands.keep_date: {Phase.CLOSING},
    closing_commands.close_as_it_stands: {*ROUND, Phase.CLOSING},
}


@pytest.mark.parametrize("phase", list(Phase))
def test_a_command_is_refused_outside_its_phases(phase: Phase) -> None:
    runner = at_phase(phase)
    for command, phases in ONLY_IN.items():
        answer = attempt(command, runner.meeting, runner.now)
        assert isinstance(answer, tuple) is (phase in phases), command


@pytest.mark.parametrize("phase", list(Phase))
def test_a_command_with_arguments_is_refused_outside_its_phases(phase: Phase) -> None:
    runner = at_phase(phase)
    for command, said, phases in (
        (commands.mark, ("m2", Attendance.LATE), {Phase.GATHERING}),
        (commands.mark_next, ("m2",), {Phase.GATHERING}),
        (commands.promise, ("Walk",), {Phase.COMMITMENTS}),
        (commands.arrive_or_leave, ("m2",), {*ROUND, Phase.CLOSING}),
        (commands.arrive, ("m4",), {*ROUND, Phase.CLOSING}),
        (commands.leave, ("m2",), {*ROUND, Phase.CLOSING}),
        (closing_commands.propose_date, ("2 April",), {Phase.CLOSING}),
    ):
        answer = attempt(command, runner.meeting, runner.now, *said)
        assert isinstance(answer, tuple) is (phase in phases), command.__name__
