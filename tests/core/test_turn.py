"""A turn: its clock, its steps, the responses and the commitments.

See guide: practice, A meeting, minute by minute; and guide: practice, Commitments and resets.
"""

from datetime import timedelta
from typing import Any

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import Phase

from .meetings import MINUTE, MeetingRunner, circle_of, commitments_of, four, record

# The clock


def time_left(runner: MeetingRunner) -> timedelta:
    countdown = runner.meeting.countdown
    assert countdown is not None
    return countdown.remaining(runner.now)


def test_a_countdown_runs_only_during_a_share() -> None:
    runner = four()
    assert runner.meeting.countdown is None
    assert runner.do(commands.start).meeting.countdown is not None
    assert runner.do(commands.finish).meeting.countdown is None
    assert runner.rest_of_round().meeting.countdown is None


def test_a_pause_stops_the_clock_and_is_not_in_the_record() -> None:
    runner = four().do(commands.start).wait(3).do(commands.pause).wait(20)
    assert time_left(runner) == 5 * MINUTE
    runner.do(commands.resume).wait(1)
    assert time_left(runner) == 4 * MINUTE
    assert "held" not in str(runner.close().record).lower()


def test_a_gap_that_does_not_count_pauses_the_clock_from_its_beginning() -> None:
    runner = four().do(commands.start).wait(3)
    asleep = runner.now
    runner.wait(30).do(commands.pause, asleep)
    assert time_left(runner) == 5 * MINUTE


def test_a_share_does_not_end_by_itself_when_time_is_up() -> None:
    runner = four().do(commands.start).wait(11)
    assert time_left(runner) == -3 * MINUTE
    assert runner.meeting.phase is Phase.SHARE


def test_the_group_can_give_a_minute_even_when_time_is_up() -> None:
    runner = four().do(commands.start).wait(8).do(commands.give_minute)
    assert time_left(runner) == MINUTE
    assert runner.meeting.share == 8 * MINUTE


def test_a_minute_given_counts_for_this_share_only() -> None:
    runner = four().do(commands.start).do(commands.give_minute).do(commands.finish)
    runner.do(commands.end_responses).do(commands.end_turn).do(commands.start)
    assert time_left(runner) == 8 * MINUTE


def test_the_last_minute_cannot_be_taken_away() -> None:
    runner = four().do(commands.start).wait(6).do(commands.take_minute)
    assert time_left(runner) == MINUTE
    with pytest.raises(RuleError, match="no minute left"):
        runner.do(commands.take_minute)


def test_a_share_can_be_backdated_at_most_by_its_length() -> None:
    runner = four().do(commands.start).wait(7.5).do(commands.backdate)
    assert time_left(runner) == timedelta()
    with pytest.raises(RuleError, match="up already"):
        runner.do(commands.backdate)


def test_a_minute_given_after_the_end_is_a_minute_from_now() -> None:
    runner = four().do(commands.start).wait(11).do(commands.give_minute)
    assert time_left(runner) == MINUTE


def test_a_share_takes_an_hour_at_most() -> None:
    runner = MeetingRunner(circle_of(share=60 * MINUTE)).begin().do(commands.start)
    with pytest.raises(RuleError, match="60 minutes at most"):
        runner.do(commands.give_minute)
    assert time_left(runner.wait(1).do(commands.give_minute)) == 60 * MINUTE


def test_a_running_clock_cannot_be_resumed_and_a_paused_one_cannot_be_paused() -> None:
    runner = four().do(commands.start)
    with pytest.raises(RuleError, match="is running"):
        runner.do(commands.resume)
    runner.do(commands.pause)
    with pytest.raises(RuleError, match="on hold already"):
        runner.do(commands.pause)


def test_a_share_can_be_started_as_of_a_minute_ago() -> None:
    assert time_left(four().wait(3).do(commands.backdate)) == 7 * MINUTE


def test_a_running_share_can_be_backdated_by_a_minute_repeatedly() -> None:
    runner = four().do(commands.start).wait(1).do(commands.backdate).do(commands.backdate)
    assert time_left(runner) == 5 * MINUTE


# A pod's steps


def test_a_pods_share_walks_through_its_three_steps_under_one_clock() -> None:
    runner = MeetingRunner(circle_of(3, "pod")).begin().do(commands.start)
    assert len(runner.meeting.steps) == 3
    steps = []
    while runner.meeting.phase is Phase.SHARE:
        assert runner.meeting.turn is not None
        steps.append(runner.meeting.turn.step)
        runner.wait(1).do(commands.next_step)
    assert steps == [0, 1, 2]
    assert runner.meeting.phase is Phase.RESPONSES


def test_a_share_without_steps_ends_with_its_next_one() -> None:
    assert four().do(commands.start).do(commands.next_step).meeting.phase is Phase.RESPONSES


# Responses


def test_the_others_respond_in_turn_around_the_circle_from_the_speaker() -> None:
    runner = four().whole_turn().share()
    responded = []
    while runner.meeting.phase is Phase.RESPONSES:
        responded.append(runner.meeting.responders[0])
        runner.do(commands.respond)
    assert responded == ["m3", "m4", "m1"]
    assert runner.meeting.phase is Phase.COMMITMENTS


def test_responses_are_skipped_all_at_once() -> None:
    runner = four().share().do(commands.respond).do(commands.end_responses)
    assert runner.meeting.phase is Phase.COMMITMENTS


def test_a_member_who_arrives_responds_and_one_who_leaves_does_not() -> None:
    runner = four(m2=Attendance.ABSENT).share()
    assert runner.meeting.responders == ("m3", "m4")
    runner.do(commands.arrive_or_leave, "m2")
    assert runner.meeting.responders == ("m2", "m3", "m4")
    for member in ("m2", "m3", "m4"):
        runner.do(commands.leave, member)
    assert runner.meeting.phase is Phase.COMMITMENTS


def test_if_nobody_else_is_here_there_are_no_responses() -> None:
    runner = (
        MeetingRunner(circle_of(2))
        .begin()
        .do(commands.start)
        .do(commands.leave, "m2")
        .do(commands.finish)
    )
    assert runner.meeting.phase is Phase.COMMITMENTS


# Commitments


def carried() -> MeetingRunner:
    """A second meeting, at the commitments of m2, who opens and made three commitments before."""
    made = commitments_of(("m2", "Read"), ("m1", "Write"), ("m2", "Run"), ("m2", "Rest"))
    return MeetingRunner(circle_of(3), [record(1, made=made)]).begin().to_commitments()


def test_only_the_speakers_own_open_commitments_come_up() -> None:
    runner = carried()
    assert runner.speaker == "m2"
    assert [each.text for each in runner.meeting.open_commitments_of("m2")] == [
        "Read",
        "Run",
        "Rest",
    ]
    for command, *said in (
        (commands.answer, "c2", commands.Outcome.KEPT),
        (commands.renegotiate, "c2", "Write less"),
    ):
        with pytest.raises(RuleError, match=r"^Ben has no such commitment open\.$"):
            runner.do(command, *said)


@pytest.mark.parametrize(
    "outcome", [commands.Outcome.KEPT, commands.Outcome.PARTLY, commands.Outcome.RELEASED]
)
def test_one_key_answers_a_commitment_and_then_it_is_not_open(
    outcome: commands.Outcome,
) -> None:
    runner = carried().do(commands.answer, "c1", outcome)
    assert [each.id for each in runner.meeting.open_commitments_of("m2")] == ["c3", "c4"]
    with pytest.raises(RuleError, match="no such commitment open"):
        runner.do(commands.answer, "c1", outcome)
    (answered,) = runner.close().record.answered
    assert (answered.id, answered.outcome, answered.reset, answered.becomes) == (
        "c1",
        outcome,
        None,
        None,
    )


def test_a_missed_commitment_is_started_again_in_three_keystrokes() -> None:
    runner = carried().do(commands.answer, "c1", commands.Outcome.MISSED)
    runner.do(commands.say_what_got_in_the_way, "").do(commands.reset, commands.Reset.AGAIN)
    assert [(made.id, made.text) for made in runner.meeting.commitments_made_by("m2")] == [
        ("c5", "Read")
    ]
    (answered,) = runner.close().record.answered
    assert (answered.outcome, answered.got_in_the_way) == (commands.Outcome.MISSED, "")
    assert (answered.reset, answered.becomes) == (commands.Reset.AGAIN, "c5")


@pytest.mark.parametrize("how", [commands.Reset.SMALLER, commands.Reset.DIFFERENT])
def test_a_missed_commitment_can_be_started_again_in_other_words(how: commands.Reset) -> None:
    runner = carried().do(commands.answer, "c1", commands.Outcome.MISSED)
    runner.do(commands.say_what_got_in_the_way, " the \x1b[1mmove ").do(
        commands.reset, how, "One page"
    )
    (answered,) = runner.meeting.answered
    assert (answered.got_in_the_way, answered.reset) == ("the [1mmove", how)
    assert [made.text for made in runner.meeting.made] == ["One page"]


@pytest.mark.parametrize("how", [commands.Reset.SMALLER, commands.Reset.DIFFERENT])
def test_a_smaller_or_different_commitment_needs_new_words(how: commands.Reset) -> None:
    runner = carried().do(commands.answer, "c1", commands.Outcome.MISSED)
    for words in ("", "  ", "\x00"):
        with pytest.raises(RuleError, match="needs words"):
            runner.do(commands.reset, how, words)


def test_a_missed_commitment_can_be_let_go() -> None:
    runner = carried().do(commands.answer, "c1", commands.Outcome.MISSED)
    runner.do(commands.reset, commands.Reset.LET_GO)
    (answered,) = runner.meeting.answered
    assert (answered.reset, answered.becomes) == (commands.Reset.LET_GO, None)
    assert runner.meeting.made == ()


def test_after_a_miss_only_its_reset_is_allowed() -> None:
    runner = carried().do(commands.answer, "c1", commands.Outcome.MISSED)
    for command, *said in (
        (commands.answer, "c3", commands.Outcome.KEPT),
        (commands.renegotiate, "c3", "Walk"),
        (commands.promise, "Walk"),
        (commands.end_turn,),
    ):
        with pytest.raises(RuleError, match="First choose what to do with this one"):
            runner.do(command, *said)
    runner.do(commands.say_what_got_in_the_way, "rain")
    with pytest.raises(RuleError, match="You've said that already"):
        runner.do(commands.say_what_got_in_the_way, "rain")


def test_only_a_missed_commitment_can_be_reset() -> None:
    for command, *said in (
        (commands.reset, commands.Reset.AGAIN),
        (commands.say_what_got_in_the_way, "rain"),
    ):
        with pytest.raises(RuleError, match="Press m first"):
            carried().do(command, *said)


def test_a_changed_commitment_continues_with_its_new_words() -> None:
    runner = carried()
    with pytest.raises(RuleError, match="needs its new words"):
        runner.do(commands.answer, "c1", commands.Outcome.CHANGED)
    with pytest.raises(RuleError, match="needs words"):
        runner.do(commands.renegotiate, "c1", " ")
    runner.do(commands.renegotiate, "c1", "Read two pages")
    (answered,) = runner.meeting.answered
    assert (answered.id, answered.outcome, answered.becomes) == (
        "c1",
        commands.Outcome.CHANGED,
        "c5",
    )
    assert [(made.id, made.member, made.text) for made in runner.meeting.made] == [
        ("c5", "m2", "Read two pages")
    ]


def test_new_commitments_are_the_speakers_and_get_the_next_numbers() -> None:
    runner = carried().do(commands.promise, "Walk").do(commands.promise, "[red]Swim[/]\nfar")
    assert [(made.id, made.member, made.text, made.due) for made in runner.meeting.made] == [
        ("c5", "m2", "Walk", "next"),
        ("c6", "m2", "[red]Swim[/] far", "next"),
    ]
    assert runner.meeting.commitments_made_by("m2") == runner.meeting.made
    assert runner.meeting.commitments_made_by("m1") == ()
    for words, why in (("", "needs words"), ("a" * 281, "takes 281 characters, and 280 fit here")):
        with pytest.raises(RuleError, match=why):
            runner.do(commands.promise, words)


def test_an_unanswered_commitment_stays_open() -> None:
    runner = carried().do(commands.end_turn).close()
    assert runner.record.answered == ()


def test_if_the_speaker_leaves_a_missed_commitment_is_recorded_without_a_reset() -> None:
    runner = (
        carried()
        .do(commands.answer, "c1", commands.Outcome.MISSED)
        .do(commands.leave, "m2")
        .close()
    )
    (answered,) = runner.record.answered
    assert (answered.outcome, answered.reset) == (commands.Outcome.MISSED, None)


@pytest.mark.parametrize("cut_off", [(commands.leave, "m2"), (closing_commands.cut_short,)])
def test_a_missed_commitment_whose_reset_is_cut_off_keeps_what_got_in_the_way(
    cut_off: tuple[Any, ...],
) -> None:
    missed = carried().do(commands.answer, "c1", commands.Outcome.MISSED)
    for words in ("", "rain"):
        runner = MeetingRunner(missed.meeting.circle)
        runner.acts, runner.meeting = list(missed.acts), missed.meeting
        if words:
            runner.do(commands.say_what_got_in_the_way, words)
        (answered,) = runner.do(*cut_off).close().record.answered
        assert (answered.id, answered.outcome) == ("c1", commands.Outcome.MISSED)
        assert (answered.got_in_the_way, answered.reset) == (words, None)


def test_commitments_cannot_be_written_during_a_share() -> None:
    runner = four().do(commands.start)
    for command, *said in (
        (commands.promise, "Walk"),
        (commands.answer, "c1", commands.Outcome.KEPT),
        (commands.renegotiate, "c1", "Walk"),
    ):
        with pytest.raises(RuleError, match=r"^You can do that during the commitments\.$"):
            runner.do(command, *said)


# Late, here after all, and passing


def turn_of_late_member() -> MeetingRunner:
    """Cleo is marked late, is not here, and it is her turn after everybody else's."""
    runner = four(m3=Attendance.LATE)
    while runner.speaker != "m3":
        runner.whole_turn()
    assert not runner.meeting.person("m3").here
    return runner


def test_a_latecomer_who_is_here_and_passes_counts_as_late() -> None:
    runner = turn_of_late_member().do(commands.arrive_and_pass)
    assert runner.meeting.person("m3").here
    assert runner.speaker == "m3"
    runner.do(commands.pass_turn)
    assert runner.close().record.attendance["m3"] is Attendance.LATE


def test_a_latecomer_who_passes_at_the_second_offer_counts_as_late() -> None:
    runner = turn_of_late_member().do(commands.pass_turn).do(commands.arrive_and_pass)
    assert runner.meeting.phase is Phase.CLOSING
    record = runner.close().record
    assert record.attendance["m3"] is Attendance.LATE
    assert record.order[-1] == "m3"


def test_a_member_who_is_here_passes_with_the_usual_key() -> None:
    with pytest.raises(RuleError, match="Ada is here"):
        four().do(commands.arrive_and_pass)


def test_one_undo_reverts_both_the_arrival_and_the_pass() -> None:
    runner = turn_of_late_member()
    before = runner.meeting
    assert runner.do(commands.arrive_and_pass).undo().meeting == before
