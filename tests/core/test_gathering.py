"""Who is here, who comes, who goes and who passes, and what good practice does.

See guide: practice, What interrupts a round.
"""

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import agenda, closing_commands, commands
from circle_tui.core.meeting.meeting import Phase

from .meetings import MINUTE, Table, circle_of, four, record

# The gathering


def test_everybody_is_here_unless_marked() -> None:
    table = Table(circle_of(4))
    assert table.meeting.here == ("m1", "m2", "m3", "m4")
    table.do(commands.mark, "m2", Attendance.LATE).do(commands.mark, "m3", Attendance.EXCUSED)
    assert table.meeting.here == ("m1", "m4")


def test_one_key_goes_from_here_through_late_excused_and_absent_back_to_here() -> None:
    table = Table()
    seen = []
    for _ in range(4):
        table.do(commands.mark_next, "m2")
        person = table.meeting.person("m2")
        seen.append((person.attendance.value, person.here))
    assert seen == [("late", False), ("excused", False), ("absent", False), ("present", True)]


def test_nobody_can_have_left_before_the_round() -> None:
    with pytest.raises(RuleError, match="mark them absent or excused"):
        Table().do(commands.mark, "m1", Attendance.LEFT_EARLY)


def test_guests_are_counted_and_stand_in_no_other_figure() -> None:
    table = Table()
    before = agenda.plan(table.meeting)
    table.do(commands.welcome_guest).do(commands.welcome_guest)
    assert table.meeting.guests == 2
    assert agenda.plan(table.meeting) == before
    assert table.begin().meeting.order == ("m1", "m2", "m3", "m4", "m5")
    assert table.close().record.guests == 2
    assert set(table.record.attendance) == {"m1", "m2", "m3", "m4", "m5"}


def test_ten_guests_are_an_audience() -> None:
    table = Table()
    for _ in range(9):
        table.do(commands.welcome_guest)
    with pytest.raises(RuleError, match="audience"):
        table.do(commands.welcome_guest)


def test_a_gathering_at_which_nobody_is_has_no_order_and_a_plan_for_nobody() -> None:
    table = Table(circle_of(2)).do(commands.mark, "m1", Attendance.ABSENT)
    table.do(commands.mark, "m2", Attendance.LATE)
    assert table.meeting.order_now() == ()
    assert agenda.plan(table.meeting).speakers == 0


def test_a_round_needs_two_people_who_are_here() -> None:
    table = Table(circle_of(3)).do(commands.mark, "m1", Attendance.ABSENT)
    table.do(commands.mark, "m2", Attendance.LATE)
    with pytest.raises(RuleError, match="two people"):
        table.do(commands.begin)
    assert table.do(commands.mark, "m2", Attendance.PRESENT).begin().meeting.phase is Phase.READY


def test_two_talk_as_a_pair() -> None:
    table = Table(circle_of(4)).begin(m2=Attendance.ABSENT, m4=Attendance.EXCUSED)
    assert table.close().record.order == ("m1", "m3")


@pytest.mark.parametrize("missing", ["m1", "m2", "m3", "m4"])
def test_whoever_is_missing_the_others_carry_on(missing: str) -> None:
    table = four(**{missing: Attendance.ABSENT}).close()
    assert set(table.record.order) == {"m1", "m2", "m3", "m4"} - {missing}


def test_the_round_goes_around_the_circle_from_who_opened_longest_ago() -> None:
    records = [record(1, opener="m1"), record(2, opener="m2"), record(3, opener="m4")]
    table = Table(circle_of(4), records).begin(m3=Attendance.EXCUSED)
    assert table.meeting.order == ("m1", "m2", "m4")
    table = Table(circle_of(4), records).begin()
    assert table.meeting.order == ("m3", "m4", "m1", "m2")
    assert table.close().record.opener == "m3"


def test_the_share_is_set_for_everybody_at_the_gathering() -> None:
    table = (
        Table().do(commands.give_minute).do(commands.give_minute).do(commands.take_minute).begin()
    )
    assert table.do(commands.start).meeting.countdown
    assert table.meeting.share == table.meeting.chosen_share == 9 * MINUTE


@pytest.mark.parametrize(("move", "share"), [(commands.take_minute, 1), (commands.give_minute, 60)])
def test_a_share_stays_between_one_and_sixty_minutes(move: object, share: int) -> None:
    table = Table(circle_of(share=share * MINUTE))
    with pytest.raises(RuleError, match="from 1 to 60 minutes"):
        table.do(move)  # type: ignore[arg-type]


# Somebody comes, somebody goes


def test_who_comes_late_joins_the_end_of_the_order_and_speaks_last() -> None:
    table = four(m2=Attendance.ABSENT)
    table.do(commands.start).do(commands.arrive_or_leave, "m2")
    assert table.meeting.order == ("m1", "m3", "m4", "m2")
    assert table.meeting.phase is Phase.SHARE
    assert table.close().record.order == ("m1", "m3", "m4", "m2")
    assert table.record.attendance["m2"] is Attendance.LATE


def test_who_is_expected_late_has_the_last_turn_kept_for_them() -> None:
    table = four(m1=Attendance.LATE)
    assert table.meeting.order == ("m2", "m3", "m4", "m1")
    table.do(commands.start).do(commands.arrive_or_leave, "m1")
    assert table.meeting.order == ("m2", "m3", "m4", "m1")
    assert table.close().record.attendance["m1"] is Attendance.LATE


def test_who_is_expected_and_simply_starts_to_speak_has_come() -> None:
    table = Table(circle_of(2 + 1)).begin(m3=Attendance.LATE)
    table.whole_turn().whole_turn()
    assert table.speaker == "m3"
    assert not table.meeting.person("m3").here
    table.do(commands.start)
    assert table.meeting.person("m3").here
    assert table.close().record.attendance["m3"] is Attendance.LATE


def test_who_simply_started_to_speak_and_went_for_a_while_still_came_late() -> None:
    table = (
        Table(circle_of(3)).begin(m3=Attendance.LATE).whole_turn().whole_turn().do(commands.start)
    )
    table.do(commands.leave, "m3").do(commands.arrive, "m3")
    assert table.close().record.attendance["m3"] is Attendance.LATE


def test_who_was_marked_late_by_a_slip_and_goes_for_a_while_came_in_time() -> None:
    table = Table().do(commands.mark, "m3", Attendance.LATE).begin(m3=Attendance.PRESENT)
    table.do(commands.leave, "m3").do(commands.arrive, "m3")
    assert table.close().record.attendance["m3"] is Attendance.PRESENT


def test_who_is_expected_and_never_comes_is_passed_twice_and_was_absent() -> None:
    table = Table(circle_of(3)).begin(m3=Attendance.LATE)
    table.whole_turn().whole_turn().do(commands.pass_turn)
    assert table.speaker == "m3"
    table.do(commands.pass_turn)
    assert table.meeting.phase is Phase.CLOSING
    assert [person.id for person in table.meeting.missing] == ["m3"]
    assert not table.meeting.person("m3").expected
    table.close()
    assert table.record.attendance["m3"] is Attendance.ABSENT
    assert table.record.order == ("m1", "m2")


def test_who_is_expected_and_never_comes_was_absent_when_the_round_is_cut_short() -> None:
    table = Table(circle_of(3)).begin(m3=Attendance.LATE).do(closing_commands.cut_short).close()
    assert table.record.attendance["m3"] is Attendance.ABSENT


def test_who_was_given_up_and_comes_after_all_still_has_a_turn() -> None:
    table = Table(circle_of(4)).begin(m3=Attendance.LATE)
    table.do(commands.pass_turn).whole_turn().whole_turn().do(commands.pass_turn).do(
        commands.pass_turn
    )
    assert table.speaker == "m3"
    table.do(commands.arrive_or_leave, "m3").whole_turn().close()
    assert table.record.attendance["m3"] is Attendance.LATE
    assert "m3" in table.record.order


def test_who_must_leave_early_speaks_next_and_has_attended() -> None:
    table = four().do(commands.start).do(commands.arrive_or_leave, "m4")
    assert table.speaker == "m1"
    assert table.meeting.person("m4").here
    table.do(commands.finish).do(commands.end_responses).do(commands.end_turn)
    assert table.speaker == "m4"
    table.whole_turn().do(commands.arrive_or_leave, "m4")
    assert not table.meeting.person("m4").here
    assert table.close().record.order == ("m1", "m4", "m2", "m3")
    assert table.record.attendance["m4"] is Attendance.LEFT_EARLY
    assert table.record.attendance["m4"].attended


def test_who_leaves_before_speaking_is_not_waited_for_and_comes_back_at_the_end() -> None:
    table = four().do(commands.start)
    table.do(commands.arrive_or_leave, "m2").do(commands.arrive_or_leave, "m2")
    assert table.meeting.order == ("m1", "m3", "m4")
    table.do(commands.arrive_or_leave, "m2")
    assert table.close().record.order == ("m1", "m3", "m4", "m2")
    assert table.record.attendance["m2"] is Attendance.PRESENT


def test_who_has_spoken_may_leave_and_come_back_and_does_not_speak_again() -> None:
    table = four().whole_turn().do(commands.arrive_or_leave, "m1")
    assert not table.meeting.person("m1").here
    table.do(commands.arrive_or_leave, "m1")
    assert table.meeting.person("m1").here
    assert table.close().record.order == ("m1", "m2", "m3", "m4")


def test_who_leaves_in_the_middle_of_their_share_has_spoken() -> None:
    table = four().do(commands.start).wait(3).do(commands.arrive_or_leave, "m1")
    assert table.speaker == "m2"
    assert table.meeting.phase is Phase.READY
    assert table.close().record.order == ("m1", "m2", "m3", "m4")
    assert table.record.opener == "m1"


def test_who_leaves_before_their_offered_share_makes_room_for_the_next_to_open() -> None:
    table = four().do(commands.arrive_or_leave, "m1")
    assert table.speaker == "m2"
    assert table.close().record.opener == "m2"
    assert table.record.order == ("m2", "m3", "m4")


def test_where_the_opener_leaves_before_speaking_it_is_again_who_waited_longest() -> None:
    records = [record(1, opener="m1"), record(2, opener="m3"), record(3, opener="m4")]
    table = Table(circle_of(5), records).begin(m5=Attendance.LATE)
    assert table.speaker == "m2"
    table.do(commands.arrive, "m5").do(commands.leave, "m2")
    # Around the circle it would have been m3; whoever came late stays last.
    assert (table.speaker, *table.meeting.waiting) == ("m1", "m3", "m4", "m5")
    assert table.meeting.order == ("m1", "m3", "m4", "m5")
    assert table.close().record.opener == "m1"


def test_where_somebody_leaves_who_was_not_to_open_the_others_keep_their_order() -> None:
    records = [record(1, opener="m1"), record(2, opener="m3"), record(3, opener="m4")]
    table = Table(circle_of(4), records).begin().whole_turn().do(commands.leave, "m3")
    assert (table.speaker, *table.meeting.waiting) == ("m4", "m1")


def test_where_the_opener_leaves_the_others_follow_around_the_circle_from_the_next() -> None:
    records = [record(1, opener="m4"), record(2, opener="m3"), record(3, opener="m1")]
    table = Table(circle_of(4), records).begin().do(commands.leave, "m2")
    assert (table.speaker, *table.meeting.waiting) == ("m4", "m1", "m3")


def test_where_the_opener_leaves_whoever_leaves_soon_still_speaks_soon() -> None:
    records = [record(1, opener="m1"), record(2, opener="m3"), record(3, opener="m4")]
    table = (
        Table(circle_of(4), records)
        .begin()
        .do(commands.arrive_or_leave, "m4")
        .do(commands.leave, "m2")
    )
    assert (table.speaker, *table.meeting.waiting) == ("m1", "m4", "m3")


def test_where_only_those_who_came_late_are_left_they_keep_their_order() -> None:
    table = Table(circle_of(4)).begin(m2=Attendance.LATE, m3=Attendance.LATE)
    table.do(commands.arrive, "m3").do(commands.leave, "m1").do(commands.leave, "m4")
    assert (table.speaker, *table.meeting.waiting) == ("m2", "m3")


def test_who_is_here_cannot_arrive_and_who_is_not_cannot_leave() -> None:
    table = four(m2=Attendance.ABSENT)
    with pytest.raises(RuleError, match=r"^Ada is here\.$"):
        table.do(commands.arrive, "m1")
    with pytest.raises(RuleError, match=r"^Ben is not here\.$"):
        table.do(commands.leave, "m2")


def test_who_comes_for_the_closing_alone_was_late_and_did_not_speak() -> None:
    table = four(m2=Attendance.ABSENT).rest_of_round().do(commands.arrive_or_leave, "m2").close()
    assert table.record.attendance["m2"] is Attendance.LATE
    assert table.record.order == ("m1", "m3", "m4")
    assert table.record.reaches_out == {}


def test_who_came_for_the_closing_alone_leaves_with_one_key() -> None:
    table = four(m2=Attendance.ABSENT).rest_of_round().do(commands.arrive_or_leave, "m2")
    assert table.meeting.waiting == ()
    table.do(commands.arrive_or_leave, "m2")
    assert not table.meeting.person("m2").here


# Passing


def test_who_passes_is_offered_their_turn_again_after_the_others() -> None:
    table = four().do(commands.pass_turn).whole_turn().whole_turn().whole_turn()
    assert table.speaker == "m1"
    assert table.whole_turn().close().record.order == ("m2", "m3", "m4", "m1")


def test_a_second_pass_is_taken_as_having_listened() -> None:
    table = (
        four().do(commands.pass_turn).whole_turn().whole_turn().whole_turn().do(commands.pass_turn)
    )
    assert table.meeting.phase is Phase.CLOSING
    assert table.close().record.order == ("m2", "m3", "m4", "m1")
    assert table.record.attendance["m1"] is Attendance.PRESENT


def test_who_passed_and_left_is_offered_nothing_more() -> None:
    table = four().do(commands.pass_turn).do(commands.leave, "m1")
    assert table.meeting.waiting_again == ()
    assert table.whole_turn().whole_turn().whole_turn().meeting.phase is Phase.CLOSING


def test_who_passed_left_and_came_back_has_not_passed() -> None:
    table = four().do(commands.pass_turn).do(commands.leave, "m1").do(commands.arrive, "m1")
    table.whole_turn().whole_turn().whole_turn().do(commands.pass_turn)
    assert (table.speaker, table.meeting.phase) == ("m1", Phase.READY)


def test_who_passed_and_must_leave_early_is_in_one_place() -> None:
    table = four().do(commands.pass_turn).do(commands.arrive_or_leave, "m1")
    assert (table.meeting.waiting[0], table.meeting.waiting_again) == ("m1", ())


def test_a_round_cut_short_leaves_nobody_who_passed_to_be_offered_a_turn() -> None:
    table = four().do(commands.pass_turn).do(closing_commands.cut_short)
    assert (table.meeting.turn, table.meeting.waiting_again) == (None, ())
    table.do(commands.arrive_or_leave, "m1")
    assert not table.meeting.person("m1").here


def test_a_share_that_was_begun_may_still_be_passed() -> None:
    table = four().do(commands.start).wait(2).do(commands.pass_turn)
    assert table.speaker == "m2"
    table.whole_turn().whole_turn().whole_turn().do(commands.start)
    countdown = table.meeting.countdown
    assert countdown is not None
    assert countdown.remaining(table.now) == 8 * MINUTE


def test_everybody_passing_twice_ends_the_round() -> None:
    table = four()
    for _ in range(8):
        table.do(commands.pass_turn)
    assert table.meeting.phase is Phase.CLOSING
    assert table.meeting.finished == ("m1", "m2", "m3", "m4")


# Too few


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
def test_two_of_three_or_one_of_two_are_too_few(
    people: int, marked: dict[str, str], few: bool
) -> None:
    table = Table(circle_of(people))
    for member, how in marked.items():
        table.do(commands.mark, member, Attendance(how))
    assert table.meeting.too_few is few


def test_once_the_round_has_begun_nobody_is_told_of_too_few() -> None:
    table = Table(circle_of(3)).do(commands.mark, "m1", Attendance.ABSENT).do(commands.begin)
    assert not table.meeting.too_few
