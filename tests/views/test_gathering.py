"""What the gathering says and offers."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import checkins
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.gathering import GatheringView, gathering_view
from circle_tui.views.presenters.gathering import GatheringPresenter
from circle_tui.views.resume import DROP_AGAIN
from circle_tui.views.text import clickable, plain, strong
from circle_tui.views.view import ChooseSeat, Execute, Local, Request, Scroll
from tests.core.meetings import START, MeetingRunner, circle_of, record

from .actions import intents


def look(
    runner: MeetingRunner,
    *,
    cursor: int = 0,
    seat: int | None = None,
    reading: bool = False,
    beside: bool = True,
) -> GatheringView:
    return gathering_view(
        MeetingSnapshot(runner.meeting, runner.now),
        cursor=cursor,
        seat=seat,
        reading=reading,
        checkins_beside=beside,
    )


def with_checkins() -> MeetingRunner:
    """Four members meet again; Ben has written a check-in since the last meeting."""
    state = CircleState(circle=circle_of(4, "movement-pod"), records=(record(1),))
    at = START + timedelta(days=1)
    return MeetingRunner(at=at, state=checkins.check_in(state, at, "m2", "I asked the team."))


def ids(view: GatheringView) -> set[str]:
    return {action.spec.id for action in view.actions if not action.disabled_reason}


def disabled_reason(view: GatheringView, action_id: str) -> str | None:
    action = view.action(action_id)
    assert action is not None
    return action.disabled_reason


def test_each_member_is_shown_at_their_seat_with_their_attendance() -> None:
    runner = MeetingRunner(circle_of(4))
    for member, attendance in (
        ("m2", Attendance.LATE),
        ("m3", Attendance.EXCUSED),
        ("m4", Attendance.ABSENT),
    ):
        runner.do(commands.mark, member, attendance)
    rows = look(runner).rows
    assert [(row.glyph, row.text, row.state) for row in rows] == [
        ("●", "1 Ada", "here"),
        ("◐", "2 Ben", "late"),
        ("○", "3 Cleo", "excused"),
        ("·", "4 Dev", "absent"),
    ]
    assert [row.dim for row in rows] == [False, True, True, True]


def test_the_opener_with_the_reason_comes_first_and_latecomers_come_last() -> None:
    runner = MeetingRunner(circle_of(3)).do(commands.mark, "m2", Attendance.LATE)
    order = look(runner).order
    opener = runner.meeting.opener_now()
    assert opener is not None
    assert order[0] == strong("Ada")
    assert plain(order) == f"Ada → Cleo → Ben (late)\nAda {opener.reason}."


def test_a_member_who_is_alone_has_nobody_after_them() -> None:
    runner = MeetingRunner(circle_of(2)).do(commands.mark, "m2", Attendance.ABSENT)
    assert plain(look(runner).order).startswith("Ada\n")


def test_if_nobody_is_here_nobody_opens() -> None:
    runner = MeetingRunner(circle_of(2))
    for member in ("m1", "m2"):
        runner.do(commands.mark, member, Attendance.ABSENT)
    assert plain(look(runner).order) == "Nobody's here yet."


@pytest.mark.parametrize(
    ("guests", "line"), [(1, ", and 1 guest, listening"), (3, ", and 3 guests, listening")]
)
def test_guests_are_counted_and_listen(guests: int, line: str) -> None:
    runner = MeetingRunner(circle_of(3))
    for _ in range(guests):
        runner.do(commands.welcome_guest)
    view = look(runner)
    assert plain(view.order).startswith(f"Ada → Ben → Cleo{line}\n")
    assert view.status == "Ask your guest first: what's said here stays here."


def test_at_most_nine_guests_can_be_added() -> None:
    runner = MeetingRunner(circle_of(3))
    for _ in range(9):
        assert disabled_reason(look(runner), "guest") is None
        runner.do(commands.welcome_guest)
    assert disabled_reason(look(runner), "guest")


def test_a_plan_that_fits_says_how_much_is_left() -> None:
    # 5 + 5 × (8 + 1) + 4 = 54.
    minutes = look(MeetingRunner(circle_of(5))).minutes
    assert plain(minutes) == (
        "8 min each, 1 min to respond. Fits in 60 min, with 6 min to spare."
        "\n5 min to open, 45 for the round, 4 to close"
    )
    assert disabled_reason(look(MeetingRunner(circle_of(5))), "fit")


def test_a_plan_that_does_not_fit_says_which_share_would() -> None:
    # 5 + 6 × (8 + 1) + 4 = 63 of 60 minutes; (60 - 9) / 6 - 1 = 7:30.
    view = look(MeetingRunner(circle_of(6)))
    assert view.minutes[1:3] == (
        strong("3 min over 60 min. "),
        *clickable("fit", strong("Press f for 7:30 min each.")),
    )
    assert "fit" in ids(view)


def test_an_excused_member_is_not_planned_for() -> None:
    view = look(MeetingRunner(circle_of(6)).do(commands.mark, "m1", Attendance.EXCUSED))
    assert "Fits in 60 min, with" in plain(view.minutes)


def test_if_not_even_a_minute_fits_f_says_so() -> None:
    view = look(MeetingRunner(circle_of(8, length=timedelta(minutes=15))))
    assert view.minutes[1].text.endswith("Not even a minute each would fit.")
    assert "Not even a minute" in (disabled_reason(view, "fit") or "")


def test_shares_cannot_be_shorter_than_a_minute() -> None:
    runner = MeetingRunner(circle_of(3))
    while disabled_reason(look(runner), "shorter") is None:
        runner.do(commands.take_minute)
    assert runner.meeting.share == timedelta(minutes=1)
    assert "longer" in ids(look(runner))


def test_a_round_can_begin_with_two_of_two() -> None:
    view = look(MeetingRunner(circle_of(2)))
    assert "begin" in ids(view)
    assert not {"begin_pair", "rebook"} & ids(view)


def test_two_of_three_can_talk_as_a_pair_or_find_another_date() -> None:
    view = look(MeetingRunner(circle_of(3)).do(commands.mark, "m3", Attendance.ABSENT))
    assert view.status == ("Two of you are here. Enter to talk as a pair · r to find another date")
    assert {"begin_pair", "rebook"} <= ids(view)
    assert view.action("begin") is None
    rebook = view.action("rebook")
    assert rebook is not None
    assert rebook.does is Request.REBOOK_INSTEAD


def test_a_member_who_is_alone_can_only_find_another_date() -> None:
    runner = MeetingRunner(circle_of(3))
    for member in ("m2", "m3"):
        runner.do(commands.mark, member, Attendance.EXCUSED)
    view = look(runner)
    assert view.status == (
        "It takes two for a round. Wait a little, or press r to find another date."
    )
    assert "rebook" in ids(view)
    assert "two people" in (disabled_reason(view, "begin") or "")


def test_members_who_are_late_count_as_coming() -> None:
    runner = MeetingRunner(circle_of(3)).do(commands.mark, "m3", Attendance.LATE)
    view = look(runner)
    assert "begin" in ids(view)
    assert "rebook" not in ids(view)


def test_a_number_chooses_and_the_same_number_once_more_marks() -> None:
    runner = MeetingRunner(circle_of(4))
    view = look(runner, cursor=2, seat=3)
    does = {seat: view.action(f"seat_{seat}") for seat in (2, 3)}
    assert does[2] is not None
    assert does[3] is not None
    assert does[2].does == ChooseSeat(2)
    assert does[3].does == Execute(commands.mark_next, ("m3",))


def test_space_marks_the_member_at_the_cursor() -> None:
    mark = look(MeetingRunner(circle_of(4)), cursor=1).action("mark")
    assert mark is not None
    assert mark.does == Execute(commands.mark_next, ("m2",))


def test_check_ins_are_shown_beside_the_plan_if_there_is_room() -> None:
    view = look(with_checkins())
    assert plain(view.checkins) == "Ben  I asked the team."
    assert view.action("checkins") is None


def test_without_room_check_ins_are_opened_with_i() -> None:
    view = look(with_checkins(), beside=False)
    assert plain(view.checkins) == "There are check-ins. Press i to read them."
    assert "checkins" in ids(view)


def test_while_check_ins_are_read_nothing_else_is_shown_or_offered() -> None:
    view = look(with_checkins(), reading=True)
    assert plain(view.checkins) == "Ben  I asked the team."
    assert [view.rows, view.question, view.order, view.minutes] == [(), (), (), ()]
    assert {action.spec.id: action.does for action in view.actions} == {
        "stop_reading": Local.BACK,
        "checkins": Local.BACK,
        "back": Local.BACK,
        "previous": Scroll(-1),
        "next": Scroll(1),
    }


@pytest.mark.parametrize("beside", [False, True])
def test_without_check_ins_they_are_not_mentioned(beside: bool) -> None:
    view = look(MeetingRunner(circle_of(3)), beside=beside)
    assert not view.checkins
    assert not view.question
    assert view.action("checkins") is None


def test_a_question_to_the_circle_is_shown_at_the_gathering() -> None:
    runner = MeetingRunner(circle_of(3))
    asked = MeetingSnapshot(
        replace(
            runner.meeting, context=replace(runner.meeting.context, question="Is ten too early?")
        ),
        runner.now,
    )
    view = gathering_view(asked, cursor=0, seat=None, reading=False, checkins_beside=True)
    assert plain(view.question) == "Is ten too early?"


def place(runner: MeetingRunner) -> GatheringPresenter:
    return GatheringPresenter(lambda: MeetingSnapshot(runner.meeting, runner.now))


def dropping(place: GatheringPresenter) -> object:
    drop = place.view().action("drop")
    assert drop is not None
    return drop.does


def test_a_gathering_in_which_nothing_was_done_is_dropped_by_one_key() -> None:
    assert dropping(place(MeetingRunner(circle_of(4)))) is Request.DROP_MEETING


@pytest.mark.parametrize(
    "done",
    [
        (commands.mark, "m2", Attendance.LATE),
        (commands.welcome_guest,),
        (commands.take_minute,),
    ],
    ids=["a mark", "a guest", "shorter shares"],
)
def test_where_anything_was_done_dropping_it_takes_two_keys(done: tuple[Any, ...]) -> None:
    runner = MeetingRunner(circle_of(4)).do(*done)
    gathering = place(runner)
    assert dropping(gathering) is Local.CONFIRM
    assert gathering.local(Local.CONFIRM) is None
    view = gathering.view()
    assert dropping(gathering) is Request.DROP_MEETING
    assert view.status == DROP_AGAIN
    assert intents(view)["back"] is Local.BACK
    assert gathering.local(Local.BACK) is None
    assert dropping(gathering) is Local.CONFIRM
    assert intents(gathering.view())["back"] is Request.HOME


def test_what_is_marked_and_marked_as_before_leaves_nothing_to_lose() -> None:
    runner = MeetingRunner(circle_of(4)).do(commands.mark, "m2", Attendance.LATE)
    runner.do(commands.mark, "m2", Attendance.PRESENT)
    assert dropping(place(runner)) is Request.DROP_MEETING


@pytest.mark.parametrize("between", ["a mark", "the cursor", "a seat", "check-ins"])
def test_after_another_key_dropping_is_asked_anew(between: str) -> None:
    runner = with_checkins().do(commands.mark, "m2", Attendance.LATE)
    gathering = place(runner)
    gathering.local(Local.CONFIRM)
    match between:
        case "a mark":
            before = runner.meeting
            gathering.view()
            runner.do(commands.mark, "m3", Attendance.LATE)
            gathering.view()
            runner.meeting = before
        case "the cursor":
            gathering.move(1)
        case "a seat":
            gathering.choose_seat(2)
        case _:
            gathering.local(Local.CHECKINS)
            gathering.local(Local.BACK)
    assert dropping(gathering) is Local.CONFIRM
