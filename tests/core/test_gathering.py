"""Attendance, arrivals, departures and passing in a meeting, as good practice has it.

See guide: practice, What interrupts a round.
"""

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import agenda, closing_commands, commands
from circle_tui.core.meeting.meeting import Phase

from .meetings import MINUTE, MeetingRunner, circle_of, four, record

# The gathering


def test_everybody_counts_as_here_unless_marked() -> None:
    runner = MeetingRunner(circle_of(4))
    assert runner.meeting.here == ("m1", "m2", "m3", "m4")
    runner.do(commands.mark, "m2", Attendance.LATE).do(commands.mark, "m3", Attendance.EXCUSED)
    assert runner.meeting.here == ("m1", "m4")


def test_one_key_goes_through_here_late_excused_and_absent() -> None:
    runner = MeetingRunner()
    seen = []
    for _ in range(4):
        runner.do(commands.mark_next, "m2")
        person = runner.meeting.person("m2")
        seen.append((person.attendance.value, person.here))
    assert seen == [("late", False), ("excused", False), ("absent", False), ("present", True)]


def test_left_early_cannot_be_marked_before_the_round() -> None:
    with pytest.raises(RuleError, match="Mark them absent or excused"):
        MeetingRunner().do(commands.mark, "m1", Attendance.LEFT_EARLY)


def test_guests_are_counted_separately() -> None:
    runner = MeetingRunner()
    before = agenda.plan(runner.meeting)
    runner.do(commands.welcome_guest).do(commands.welcome_guest)
    assert runner.meeting.guests == 2
    assert agenda.plan(runner.meeting) == before
    assert runner.begin().meeting.order == ("m1", "m2", "m3", "m4", "m5")
    assert runner.close().record.guests == 2
    assert set(runner.record.attendance) == {"m1", "m2", "m3", "m4", "m5"}


def test_a_meeting_has_at_most_nine_guests() -> None:
    runner = MeetingRunner()
    for _ in range(9):
        runner.do(commands.welcome_guest)
    with pytest.raises(RuleError, match="too many for a circle"):
        runner.do(commands.welcome_guest)


def test_an_empty_gathering_has_no_order_and_an_empty_plan() -> None:
    runner = MeetingRunner(circle_of(2)).do(commands.mark, "m1", Attendance.ABSENT)
    runner.do(commands.mark, "m2", Attendance.LATE)
    assert runner.meeting.order_now() == ()
    assert agenda.plan(runner.meeting).speakers == 0


def test_a_round_needs_two_people_who_are_here() -> None:
    runner = MeetingRunner(circle_of(3)).do(commands.mark, "m1", Attendance.ABSENT)
    runner.do(commands.mark, "m2", Attendance.LATE)
    with pytest.raises(RuleError, match="two people"):
        runner.do(commands.begin)
    assert runner.do(commands.mark, "m2", Attendance.PRESENT).begin().meeting.phase is Phase.READY


def test_two_people_can_begin_a_round_as_a_pair() -> None:
    runner = MeetingRunner(circle_of(4)).begin(m2=Attendance.ABSENT, m4=Attendance.EXCUSED)
    assert runner.close().record.order == ("m1", "m3")


@pytest.mark.parametrize("missing", ["m1", "m2", "m3", "m4"])
def test_a_round_can_begin_whichever_member_is_missing(missing: str) -> None:
    runner = four(**{missing: Attendance.ABSENT}).close()
    assert set(runner.record.order) == {"m1", "m2", "m3", "m4"} - {missing}


def test_the_round_begins_with_the_member_who_opened_longest_ago() -> None:
    records = [record(1, opener="m1"), record(2, opener="m2"), record(3, opener="m4")]
    runner = MeetingRunner(circle_of(4), records).begin(m3=Attendance.EXCUSED)
    assert runner.meeting.order == ("m1", "m2", "m4")
    runner = MeetingRunner(circle_of(4), records).begin()
    assert runner.meeting.order == ("m3", "m4", "m1", "m2")
    assert runner.close().record.opener == "m3"


def test_the_share_is_set_for_everybody_at_the_gathering() -> None:
    runner = (
        MeetingRunner()
        .do(commands.give_minute)
        .do(commands.give_minute)
        .do(commands.take_minute)
        .begin()
    )
    assert runner.do(commands.start).meeting.countdown
    assert runner.meeting.share == runner.meeting.chosen_share == 9 * MINUTE


@pytest.mark.parametrize(
    ("command", "share"), [(commands.take_minute, 1), (commands.give_minute, 60)]
)
def test_a_share_stays_between_one_and_sixty_minutes(command: object, share: int) -> None:
    runner = MeetingRunner(circle_of(share=share * MINUTE))
    with pytest.raises(RuleError, match="1 to 60 minutes"):
        runner.do(command)  # type: ignore[arg-type]


# Arrivals and departures


def test_a_latecomer_joins_at_the_end_of_the_order() -> None:
    runner = four(m2=Attendance.ABSENT)
    runner.do(commands.start).do(commands.arrive_or_leave, "m2")
    assert runner.meeting.order == ("m1", "m3", "m4", "m2")
    assert runner.meeting.phase is Phase.SHARE
    assert runner.close().record.order == ("m1", "m3", "m4", "m2")
    assert runner.record.attendance["m2"] is Attendance.LATE


def test_a_member_marked_late_has_the_last_turn() -> None:
    runner = four(m1=Attendance.LATE)
    assert runner.meeting.order == ("m2", "m3", "m4", "m1")
    runner.do(commands.start).do(commands.arrive_or_leave, "m1")
    assert runner.meeting.order == ("m2", "m3", "m4", "m1")
    assert runner.close().record.attendance["m1"] is Attendance.LATE


def test_a_member_marked_late_who_starts_to_speak_counts_as_arrived() -> None:
    runner = MeetingRunner(circle_of(2 + 1)).begin(m3=Attendance.LATE)
    runner.whole_turn().whole_turn()
    assert runner.speaker == "m3"
    assert not runner.meeting.person("m3").here
    runner.do(commands.start)
    assert runner.meeting.person("m3").here
    assert runner.close().record.attendance["m3"] is Attendance.LATE


def test_a_latecomer_who_spoke_and_went_out_for_a_while_still_counts_as_late() -> None:
    runner = (
        MeetingRunner(circle_of(3))
        .begin(m3=Attendance.LATE)
        .whole_turn()
        .whole_turn()
        .do(commands.start)
    )
    runner.do(commands.leave, "m3").do(commands.arrive, "m3")
    assert runner.close().record.attendance["m3"] is Attendance.LATE


def test_a_member_marked_late_by_mistake_who_goes_out_for_a_while_counts_as_punctual() -> None:
    runner = MeetingRunner().do(commands.mark, "m3", Attendance.LATE).begin(m3=Attendance.PRESENT)
    runner.do(commands.leave, "m3").do(commands.arrive, "m3")
    assert runner.close().record.attendance["m3"] is Attendance.PRESENT


def test_a_member_marked_late_who_never_comes_is_passed_twice_and_counts_as_absent() -> None:
    runner = MeetingRunner(circle_of(3)).begin(m3=Attendance.LATE)
    runner.whole_turn().whole_turn().do(commands.pass_turn)
    assert runner.speaker == "m3"
    runner.do(commands.pass_turn)
    assert runner.meeting.phase is Phase.CLOSING
    assert [person.id for person in runner.meeting.missing] == ["m3"]
    assert not runner.meeting.person("m3").expected
    runner.close()
    assert runner.record.attendance["m3"] is Attendance.ABSENT
    assert runner.record.order == ("m1", "m2")


def test_a_member_marked_late_who_never_comes_counts_as_absent_if_the_round_is_cut_short() -> None:
    runner = (
        MeetingRunner(circle_of(3)).begin(m3=Attendance.LATE).do(closing_commands.cut_short).close()
    )
    assert runner.record.attendance["m3"] is Attendance.ABSENT


def test_a_member_counted_as_absent_who_comes_after_all_has_a_turn() -> None:
    runner = MeetingRunner(circle_of(4)).begin(m3=Attendance.LATE)
    runner.do(commands.pass_turn).whole_turn().whole_turn().do(commands.pass_turn).do(
        commands.pass_turn
    )
    assert runner.speaker == "m3"
    runner.do(commands.arrive_or_leave, "m3").whole_turn().close()
    assert runner.record.attendance["m3"] is Attendance.LATE
    assert "m3" in runner.record.order


def test_a_member_who_must_leave_early_speaks_next_and_counts_as_having_come() -> None:
    runner = four().do(commands.start).do(commands.arrive_or_leave, "m4")
    assert runner.speaker == "m1"
    assert runner.meeting.person("m4").here
    runner.do(commands.finish).do(commands.end_responses).do(commands.end_turn)
    assert runner.speaker == "m4"
    runner.whole_turn().do(commands.arrive_or_leave, "m4")
    assert not runner.meeting.person("m4").here
    assert runner.close().record.order == ("m1", "m4", "m2", "m3")
    assert runner.record.attendance["m4"] is Attendance.LEFT_EARLY
    assert runner.record.attendance["m4"].attended


def test_a_member_who_leaves_before_speaking_is_last_if_they_come_back() -> None:
    runner = four().do(commands.start)
    runner.do(commands.arrive_or_leave, "m2").do(commands.arrive_or_leave, "m2")
    assert runner.meeting.order == ("m1", "m3", "m4")
    runner.do(commands.arrive_or_leave, "m2")
    assert runner.close().record.order == ("m1", "m3", "m4", "m2")
    assert runner.record.attendance["m2"] is Attendance.PRESENT


def test_a_member_who_has_spoken_does_not_speak_again_after_coming_back() -> None:
    runner = four().whole_turn().do(commands.arrive_or_leave, "m1")
    assert not runner.meeting.person("m1").here
    runner.do(commands.arrive_or_leave, "m1")
    assert runner.meeting.person("m1").here
    assert runner.close().record.order == ("m1", "m2", "m3", "m4")


def test_a_member_who_leaves_during_their_share_counts_as_having_spoken() -> None:
    runner = four().do(commands.start).wait(3).do(commands.arrive_or_leave, "m1")
    assert runner.speaker == "m2"
    assert runner.meeting.phase is Phase.READY
    assert runner.close().record.order == ("m1", "m2", "m3", "m4")
    assert runner.record.opener == "m1"


def test_if_the_opener_leaves_before_their_share_the_next_member_opens() -> None:
    runner = four().do(commands.arrive_or_leave, "m1")
    assert runner.speaker == "m2"
    assert runner.close().record.opener == "m2"
    assert runner.record.order == ("m2", "m3", "m4")


def test_if_the_opener_leaves_before_speaking_the_member_who_waited_longest_opens() -> None:
    records = [record(1, opener="m1"), record(2, opener="m3"), record(3, opener="m4")]
    runner = MeetingRunner(circle_of(5), records).begin(m5=Attendance.LATE)
    assert runner.speaker == "m2"
    runner.do(commands.arrive, "m5").do(commands.leave, "m2")
    # By seat m3 would be next, but m3 came late and stays last.
    assert (runner.speaker, *runner.meeting.waiting) == ("m1", "m3", "m4", "m5")
    assert runner.meeting.order == ("m1", "m3", "m4", "m5")
    assert runner.close().record.opener == "m1"


def test_if_a_member_other_than_the_opener_leaves_the_order_stays() -> None:
    records = [record(1, opener="m1"), record(2, opener="m3"), record(3, opener="m4")]
    runner = MeetingRunner(circle_of(4), records).begin().whole_turn().do(commands.leave, "m3")
    assert (runner.speaker, *runner.meeting.waiting) == ("m4", "m1")


def test_if_the_opener_leaves_the_order_continues_around_the_circle_from_the_next_one() -> None:
    records = [record(1, opener="m4"), record(2, opener="m3"), record(3, opener="m1")]
    runner = MeetingRunner(circle_of(4), records).begin().do(commands.leave, "m2")
    assert (runner.speaker, *runner.meeting.waiting) == ("m4", "m1", "m3")


def test_if_the_opener_leaves_a_member_who_must_leave_early_still_speaks_early() -> None:
    records = [record(1, opener="m1"), record(2, opener="m3"), record(3, opener="m4")]
    runner = (
        MeetingRunner(circle_of(4), records)
        .begin()
        .do(commands.arrive_or_leave, "m4")
        .do(commands.leave, "m2")
    )
    assert (runner.speaker, *runner.meeting.waiting) == ("m1", "m4", "m3")


def test_if_only_latecomers_are_left_they_keep_their_order() -> None:
    runner = MeetingRunner(circle_of(4)).begin(m2=Attendance.LATE, m3=Attendance.LATE)
    runner.do(commands.arrive, "m3").do(commands.leave, "m1").do(commands.leave, "m4")
    assert (runner.speaker, *runner.meeting.waiting) == ("m2", "m3")


def test_only_absent_members_can_arrive_and_only_present_ones_can_leave() -> None:
    runner = four(m2=Attendance.ABSENT)
    with pytest.raises(RuleError, match=r"^Ada is here\.$"):
        runner.do(commands.arrive, "m1")
    with pytest.raises(RuleError, match=r"^Ben isn't here\.$"):
        runner.do(commands.leave, "m2")


def test_a_member_who_comes_only_for_the_closing_counts_as_late_and_does_not_speak() -> None:
    runner = four(m2=Attendance.ABSENT).rest_of_round().do(commands.arrive_or_leave, "m2").close()
    assert runner.record.attendance["m2"] is Attendance.LATE
    assert runner.record.order == ("m1", "m3", "m4")
    assert runner.record.reaches_out == {}


def test_a_member_who_came_only_for_the_closing_can_leave_with_one_key() -> None:
    runner = four(m2=Attendance.ABSENT).rest_of_round().do(commands.arrive_or_leave, "m2")
    assert runner.meeting.waiting == ()
    runner.do(commands.arrive_or_leave, "m2")
    assert not runner.meeting.person("m2").here


# Passing


def test_a_member_who_passes_is_offered_their_turn_again_after_the_others() -> None:
    runner = four().do(commands.pass_turn).whole_turn().whole_turn().whole_turn()
    assert runner.speaker == "m1"
    assert runner.whole_turn().close().record.order == ("m2", "m3", "m4", "m1")


def test_a_second_pass_counts_as_having_listened() -> None:
    runner = (
        four().do(commands.pass_turn).whole_turn().whole_turn().whole_turn().do(commands.pass_turn)
    )
    assert runner.meeting.phase is Phase.CLOSING
    assert runner.close().record.order == ("m2", "m3", "m4", "m1")
    assert runner.record.attendance["m1"] is Attendance.PRESENT


def test_a_member_who_passed_and_left_is_not_offered_another_turn() -> None:
    runner = four().do(commands.pass_turn).do(commands.leave, "m1")
    assert runner.meeting.waiting_again == ()
    assert runner.whole_turn().whole_turn().whole_turn().meeting.phase is Phase.CLOSING


def test_a_pass_is_forgotten_if_the_member_leaves_and_comes_back() -> None:
    runner = four().do(commands.pass_turn).do(commands.leave, "m1").do(commands.arrive, "m1")
    runner.whole_turn().whole_turn().whole_turn().do(commands.pass_turn)
    assert (runner.speaker, runner.meeting.phase) == ("m1", Phase.READY)


def test_a_member_who_passed_and_must_leave_early_is_in_the_order_once() -> None:
    runner = four().do(commands.pass_turn).do(commands.arrive_or_leave, "m1")
    assert (runner.meeting.waiting[0], runner.meeting.waiting_again) == ("m1", ())


def test_after_a_round_is_cut_short_nobody_who_passed_is_offered_a_turn() -> None:
    runner = four().do(commands.pass_turn).do(closing_commands.cut_short)
    assert (runner.meeting.turn, runner.meeting.waiting_again) == (None, ())
    runner.do(commands.arrive_or_leave, "m1")
    assert not runner.meeting.person("m1").here


def test_a_member_can_pass_after_their_share_began() -> None:
    runner = four().do(commands.start).wait(2).do(commands.pass_turn)
    assert runner.speaker == "m2"
    runner.whole_turn().whole_turn().whole_turn().do(commands.start)
    countdown = runner.meeting.countdown
    assert countdown is not None
    assert countdown.remaining(runner.now) == 8 * MINUTE


def test_everybody_passing_twice_ends_the_round() -> None:
    runner = four()
    for _ in range(8):
        runner.do(commands.pass_turn)
    assert runner.meeting.phase is Phase.CLOSING
    assert runner.meeting.finished == ("m1", "m2", "m3", "m4")


# Too few people


@pytest.mark.parametrize(
    ("people", "marked", "few"),
    [
        (3, {}, False),
        (3, {"m1": "absent"}, True),
        (3, {"m1": "late"}, False),
        (3, {"m1": "absent", "m2": "late"}, True),
        (4, {"m1": "excused"}, False),
        (2, {}, False),
        (2, {"m1": "absent"}, True),
        (2, {"m1": "late"}, False),
    ],
)
def test_two_of_three_or_one_of_two_count_as_too_few(
    people: int, marked: dict[str, str], few: bool
) -> None:
    runner = MeetingRunner(circle_of(people))
    for member, how in marked.items():
        runner.do(commands.mark, member, Attendance(how))
    assert runner.meeting.too_few is few


def test_there_is_no_warning_about_too_few_once_the_round_has_begun() -> None:
    runner = (
        MeetingRunner(circle_of(3)).do(commands.mark, "m1", Attendance.ABSENT).do(commands.begin)
    )
    assert not runner.meeting.too_few
