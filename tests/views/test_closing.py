"""The closing in words, and which key settles what."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import health_check
from circle_tui.core.circle.state import Clause
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.closing import ClosingView, closing_view
from circle_tui.views.text import plain
from circle_tui.views.view import Ask, Execute, Move, Request
from tests.core.meetings import START, MeetingRunner, circle_of, record

from .actions import intents, why_not

ROUND = {"rule", "arrivals"}
"""What every step of a closing offers besides its own keys."""


def shown(runner: MeetingRunner, *, cursor: int = 0, asking: bool = False) -> ClosingView:
    return closing_view(MeetingSnapshot(runner.meeting, runner.now), cursor=cursor, asking=asking)


def closing(**attendance: Attendance) -> MeetingRunner:
    return MeetingRunner(circle_of(4)).begin(**attendance).rest_of_round()


def at_the_end_of_a_cycle() -> MeetingRunner:
    return MeetingRunner(circle_of(4, cycle=1)).begin().rest_of_round()


def at_week_6() -> MeetingRunner:
    return (
        MeetingRunner(circle_of(4), [record()], START + timedelta(weeks=6)).begin().rest_of_round()
    )


def test_the_date_comes_first_and_enter_keeps_it() -> None:
    view = shown(closing())
    assert plain(view.date) == "Next meeting?  Thursday 19 March, 10:00  in 14 days"
    assert view.status == "Enter keeps the date, d sets another."
    assert intents(view).keys() == {"keep_date", "other_date", *ROUND}
    assert intents(view)["keep_date"] == Execute(closing_commands.keep_date)


def test_on_a_terminal_elsewhere_the_circles_zone_stands_beside_date_and_end() -> None:
    runner = closing()
    snapshot = MeetingSnapshot(runner.meeting, runner.now, ZoneInfo("Asia/Tokyo"))
    view = closing_view(snapshot, cursor=0, asking=False)
    assert plain(view.date) == "Next meeting?  Thursday 19 March, 10:00 London time  in 14 days"
    assert re.fullmatch(r"on course to end \d\d:\d\d London time", view.headline[-1])


def test_a_date_that_was_kept_is_settled_and_can_still_be_changed() -> None:
    view = shown(closing().do(closing_commands.keep_date))
    assert plain(view.date).startswith("We meet again  Thursday 19 March")
    assert intents(view).keys() == {"close", "other_date", *ROUND}


def test_a_date_that_has_passed_is_disabled_and_says_so() -> None:
    view = shown(closing().wait(60 * 24 * 21))
    assert "has passed" in (why_not(view, "keep_date") or "")
    assert "other_date" in intents(view)


def test_while_words_are_typed_only_esc_does_something() -> None:
    view = shown(closing(), asking=True)
    assert intents(view).keys() == {"back"}
    assert view.status == "Enter takes the date, esc leaves it as it was."


def test_closing_saves_the_record_and_what_is_closed_is_only_saved() -> None:
    runner = closing().do(closing_commands.keep_date)
    view = shown(runner)
    assert view.status == "One word each. Then enter closes the meeting."
    assert intents(view)["close"] == Execute(closing_commands.close, then=Request.SAVE_MEETING)
    view = shown(runner.do(closing_commands.close))
    assert view.status == "Enter keeps the record."
    assert intents(view)["close"] is Request.SAVE_MEETING
    assert "other_date" not in intents(view)


# Who was missing


def test_who_was_missing_is_named_with_who_reaches_out() -> None:
    runner = closing(m2=Attendance.EXCUSED, m3=Attendance.ABSENT).do(closing_commands.keep_date)
    assert plain(shown(runner).missing) == "Ben was excused.\nCleo was absent."
    runner.do(closing_commands.settle_reach_out, "m2", "m1")
    runner.do(closing_commands.settle_reach_out, "m3", None)
    assert plain(shown(runner).missing) == (
        "Ben was excused; Ada reaches out.\nCleo was absent; nobody reaches out."
    )


def test_somebody_who_was_expected_and_never_came_was_absent() -> None:
    view = shown(closing(m3=Attendance.LATE))
    assert plain(view.missing) == "Cleo was absent."


def test_nobody_missing_is_said_in_one_sentence() -> None:
    assert plain(shown(closing()).missing) == "Everybody was here."


def test_enter_settles_who_reaches_out_with_whoever_the_cursor_is_on() -> None:
    runner = closing(m2=Attendance.EXCUSED).do(closing_commands.keep_date)
    view = shown(runner, cursor=1)
    assert view.status == "Who reaches out to Ben? ↑ ↓ choose, enter settles."
    assert [row.text for row in view.rows] == ["Ada", "Cleo", "Dev", "nobody this time"]
    assert view.cursor == 1
    settle = closing_commands.settle_reach_out
    assert intents(view)["reach_out"] == Execute(settle, ("m2", "m3"))
    assert intents(view)["next"] == Move(1)
    assert intents(shown(runner, cursor=3))["reach_out"] == Execute(settle, ("m2", None))


def test_the_covenants_clause_is_shown_only_where_somebody_was_missing() -> None:
    def with_covenant(runner: MeetingRunner) -> ClosingView:
        context = replace(runner.meeting.context, covenant={Clause.MISSED: "We call."})
        runner.meeting = replace(runner.meeting, context=context)
        return shown(runner)

    assert plain(with_covenant(closing(m2=Attendance.ABSENT)).covenant) == "Our covenant: We call."
    assert with_covenant(closing()).covenant == ()


def test_it_says_who_opens_next_time_and_why() -> None:
    assert plain(shown(closing()).next_opener).startswith("Ben opens next time: ")


# The end of a cycle


def test_the_look_back_is_asked_by_itself_and_nothing_of_the_date_is_shown() -> None:
    runner = at_the_end_of_a_cycle()
    view = shown(runner, asking=True)
    look_back = closing_commands.look_back
    assert view.look_back == Ask("What worked? Enter alone says nothing.", look_back)
    assert plain(view.shared) == "Cycle 1 ends here\nFive minutes to look back together."
    assert view.date == view.missing == view.next_opener == ()
    assert view.status == "Enter takes the words, or none; esc leaves the field."
    view = shown(runner.do(look_back, "Listening"))
    assert view.look_back == Ask("What should change? Enter alone says nothing.", look_back)
    assert plain(view.shared).endswith("\nWhat worked  Listening")
    view = shown(runner.do(look_back, "Begin on time"))
    assert view.look_back is None
    assert plain(view.shared).endswith("\nWhat worked  Listening\nTo change  Begin on time")


def test_a_look_back_that_was_left_goes_on_with_enter() -> None:
    view = shown(at_the_end_of_a_cycle())
    assert intents(view).keys() == {"look_back", *ROUND}
    assert intents(view)["look_back"] == view.look_back
    assert view.status == "Enter goes on with the look back; u takes the last step back."


def test_only_the_choices_that_there_are_have_a_row_and_a_key() -> None:
    runner = at_the_end_of_a_cycle()
    view = shown(runner.do(closing_commands.look_back, "").do(closing_commands.look_back, ""))
    assert [(row.glyph, row.text) for row in view.rows] == [
        ("r", "renew: a cycle like this one"),
        ("e", "redesign: first the covenant"),
        ("z", "rest: until somebody wakes us"),
    ]
    assert view.cursor is None
    assert intents(view).keys() == {"choose_renew", "choose_redesign", "choose_rest", *ROUND}
    assert intents(view)["choose_rest"] == Execute(closing_commands.choose, (CycleChoice.REST,))


def test_a_circle_that_rests_is_asked_for_no_date() -> None:
    view = shown(at_the_end_of_a_cycle().look_back(CycleChoice.REST))
    assert plain(view.date) == "The circle rests: no next meeting until somebody wakes it."
    assert view.next_opener == ()
    assert intents(view).keys() == {"close", *ROUND}


# The questions to the circle


def test_each_question_is_shown_alone_with_a_key_for_each_answer() -> None:
    runner = at_week_6()
    for question in health_check.QUESTIONS:
        view = shown(runner)
        assert plain(view.shared) == f"A look at ourselves, week 6\n\n{question}"
        assert intents(view).keys() == {"answer_yes", "answer_partly", "answer_no", *ROUND}
        assert intents(view)["answer_no"] == Execute(closing_commands.answer_question, ("no",))
        assert view.advice == ()
        runner.do(closing_commands.answer_question, "no")
    assert plain(shown(runner).advice) == health_check.REDESIGN_ADVICE
