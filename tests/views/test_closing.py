"""What the closing says, and which key settles what."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import health_check
from circle_tui.core.circle.record import Outcome
from circle_tui.core.circle.state import Clause
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.closing import ClosingView, closing_view
from circle_tui.views.text import plain
from circle_tui.views.view import Ask, Execute, Move, Request
from tests.core.meetings import START, MeetingRunner, circle_of, commitments_of, record

from .actions import intents, why_not

ROUND = {"rule", "arrivals"}
"""The actions of every step besides its own."""

SCROLLING = {"scroll_up", "scroll_down"}
"""The further actions of a step with a long page and no cursor."""


def view_of(runner: MeetingRunner, *, cursor: int = 0, asking: bool = False) -> ClosingView:
    return closing_view(MeetingSnapshot(runner.meeting, runner.now), cursor=cursor, asking=asking)


def at_closing(**attendance: Attendance) -> MeetingRunner:
    return MeetingRunner(circle_of(4)).begin(**attendance).rest_of_round()


def at_the_end_of_a_cycle() -> MeetingRunner:
    return MeetingRunner(circle_of(4, cycle=1)).begin().rest_of_round()


def at_week_6() -> MeetingRunner:
    return (
        MeetingRunner(circle_of(4), [record()], START + timedelta(weeks=6)).begin().rest_of_round()
    )


def test_the_date_comes_first_and_enter_keeps_it() -> None:
    view = view_of(at_closing())
    assert view.large == "19 March"
    assert plain(view.date).startswith("Shall we meet on Thursday 19 March, 10:00?\nin 14 days")
    assert view.status == "Enter if that works for everyone · d for another date"
    assert intents(view).keys() == {"keep_date", "other_date", *SCROLLING, *ROUND}
    assert intents(view)["keep_date"] == Execute(closing_commands.keep_date)


def test_on_a_terminal_in_another_zone_date_and_end_are_shown_with_the_circles_zone() -> None:
    runner = at_closing()
    snapshot = MeetingSnapshot(runner.meeting, runner.now, ZoneInfo("Asia/Tokyo"))
    view = closing_view(snapshot, cursor=0, asking=False)
    when, _ = plain(view.date).splitlines()
    assert when == "Shall we meet on Thursday 19 March, 10:00 London time?"
    assert re.fullmatch(r"ends about \d\d:\d\d London time", view.headline[-1])


def test_a_settled_date_can_still_be_changed() -> None:
    view = view_of(at_closing().do(closing_commands.keep_date))
    assert plain(view.date).startswith("Thursday 19 March, 10:00\nin 14 days")
    assert intents(view).keys() == {"close", "other_date", *SCROLLING, *ROUND}


def test_a_date_that_has_passed_cannot_be_kept_and_the_reason_is_shown() -> None:
    view = view_of(at_closing().wait(60 * 24 * 21))
    assert "has passed" in (why_not(view, "keep_date") or "")
    assert "other_date" in intents(view)


def test_while_typing_only_esc_is_an_action() -> None:
    view = view_of(at_closing(), asking=True)
    assert intents(view).keys() == {"back"}
    assert view.status == "Enter saves the date · Esc keeps the one you had"


def test_closing_saves_the_record_and_a_closed_meeting_can_only_be_saved() -> None:
    runner = at_closing().do(closing_commands.keep_date)
    view = view_of(runner)
    assert view.status == "One word each around the circle. Then Enter saves the meeting."
    assert intents(view)["close"] == Execute(closing_commands.close, then=Request.SAVE_MEETING)
    view = view_of(runner.do(closing_commands.close))
    assert view.status == "Enter saves the meeting · Esc leaves it for later"
    assert intents(view)["back"] is Request.HOME
    assert intents(view)["close"] is Request.SAVE_MEETING
    assert "other_date" not in intents(view)


# Who was absent


def test_absent_members_are_named_with_who_reaches_out() -> None:
    runner = at_closing(m2=Attendance.EXCUSED, m3=Attendance.ABSENT)
    assert plain(view_of(runner).missing) == "Who reaches out to Ben?\nWho reaches out to Cleo?"
    runner.do(closing_commands.keep_date)
    assert view_of(runner).missing_title == "We missed Ben and Cleo today"
    assert view_of(runner).missing == ()
    runner.do(closing_commands.settle_reach_out, "m2", "m1")
    assert plain(view_of(runner).missing) == "Ada reaches out to Ben."
    runner.do(closing_commands.settle_reach_out, "m3", None)
    assert view_of(runner).missing_title == "We missed Ben and Cleo today"
    assert plain(view_of(runner).missing) == (
        "Ada reaches out to Ben.\nNobody reaches out to Cleo this time."
    )


def test_a_member_marked_late_who_never_came_is_listed_as_absent() -> None:
    view = view_of(at_closing(m3=Attendance.LATE))
    assert view.missing_title == "We missed Cleo today"


def test_if_everybody_came_reaching_out_is_not_mentioned() -> None:
    view = view_of(at_closing())
    assert (view.missing_title, view.missing) == ("", ())


def test_enter_chooses_the_member_at_the_cursor_to_reach_out() -> None:
    runner = at_closing(m2=Attendance.EXCUSED).do(closing_commands.keep_date)
    view = view_of(runner, cursor=1)
    assert view.status == "Who reaches out to Ben? ↑ ↓ to choose · Enter saves"
    assert [row.text for row in view.rows] == ["Ada", "Cleo", "Dev", "nobody this time"]
    assert view.cursor == 1
    settle = closing_commands.settle_reach_out
    assert intents(view)["reach_out"] == Execute(settle, ("m2", "m3"))
    assert intents(view)["next"] == Move(1)
    assert intents(view_of(runner, cursor=3))["reach_out"] == Execute(settle, ("m2", None))


def test_the_covenants_clause_is_shown_only_if_somebody_was_absent() -> None:
    def with_covenant(runner: MeetingRunner) -> ClosingView:
        context = replace(runner.meeting.context, covenant={Clause.MISSED: "We call."})
        runner.meeting = replace(runner.meeting, context=context)
        return view_of(runner)

    assert plain(with_covenant(at_closing(m2=Attendance.ABSENT)).covenant) == (
        "Our covenant says: We call."
    )
    assert with_covenant(at_closing()).covenant == ()


def test_the_closing_says_who_opens_next_time_and_why() -> None:
    runner = at_closing()
    opener = runner.meeting.next_opener()
    assert opener is not None
    assert plain(view_of(runner).date).endswith(f"Ben opens: {opener.reason}.")


def test_the_commitments_until_then_are_listed_once_per_member() -> None:
    earlier = record(1, made=commitments_of(("m2", "I call the client")))
    runner = MeetingRunner(circle_of(2), [earlier], START + timedelta(weeks=2)).begin()
    runner.to_commitments()
    assert runner.speaker == "m2"
    runner.do(commands.answer, "c1", Outcome.KEPT)
    for words in ("I write the plan", "I rest"):
        runner.do(commands.promise, words)
    runner.do(commands.end_turn).to_commitments().do(commands.promise, "I read").rest_of_round()
    assert [(row.name, row.text) for row in view_of(runner).until_then] == [
        ("Ada", "I read"),
        ("Ben", "I write the plan"),
        ("", "I rest"),
    ]


# The end of a cycle


def test_the_retrospective_is_asked_alone_without_the_date() -> None:
    runner = at_the_end_of_a_cycle()
    view = view_of(runner, asking=True)
    look_back = closing_commands.look_back
    assert view.look_back == Ask("What worked? Enter to skip.", look_back)
    assert view.title == "Cycle 1 ends here"
    assert plain(view.shared) == "Take five minutes to look back together."
    assert view.date == view.missing == view.until_then == ()
    assert (view.large, view.missing_title) == ("Cycle 1", "")
    assert view.status == "Enter saves, even if it's empty · Esc cancels"
    view = view_of(runner.do(look_back, "Listening"))
    assert view.look_back == Ask("What should change? Enter to skip.", look_back)
    assert plain(view.shared).endswith("\nWhat worked  Listening")
    view = view_of(runner.do(look_back, "Begin on time"))
    assert view.look_back is None
    assert plain(view.shared).endswith("\nWhat worked  Listening\nWhat to change  Begin on time")


def test_an_interrupted_retrospective_continues_with_enter() -> None:
    view = view_of(at_the_end_of_a_cycle())
    assert intents(view).keys() == {"look_back", *ROUND}
    assert intents(view)["look_back"] == view.look_back
    assert view.status == "Enter continues the look back · u undoes the last step"


def test_only_the_possible_choices_have_a_row_and_a_key() -> None:
    runner = at_the_end_of_a_cycle()
    view = view_of(runner.do(closing_commands.look_back, "").do(closing_commands.look_back, ""))
    assert [(row.glyph, row.text) for row in view.rows] == [
        ("r", "renew: another cycle like this one"),
        ("e", "redesign: rework our covenant first"),
        ("z", "rest: until someone wakes us up"),
    ]
    assert view.cursor is None
    assert intents(view).keys() == {"choose_renew", "choose_redesign", "choose_rest", *ROUND}
    assert intents(view)["choose_rest"] == Execute(closing_commands.choose, (CycleChoice.REST,))


def test_a_circle_that_chose_to_rest_is_not_asked_for_a_date() -> None:
    view = view_of(at_the_end_of_a_cycle().look_back(CycleChoice.REST))
    assert view.large == ""
    assert plain(view.date) == (
        "The circle rests now. There's no next meeting until someone wakes it."
    )
    assert intents(view).keys() == {"close", *SCROLLING, *ROUND}


# The questions to the circle


def test_each_question_is_shown_alone_with_a_key_for_each_answer() -> None:
    runner = at_week_6()
    for question in health_check.QUESTIONS:
        view = view_of(runner)
        assert (view.title, plain(view.shared)) == ("A look at ourselves, week 6", question)
        assert intents(view).keys() == {"answer_yes", "answer_partly", "answer_no", *ROUND}
        assert intents(view)["answer_no"] == Execute(closing_commands.answer_question, ("no",))
        assert view.advice == ()
        runner.do(closing_commands.answer_question, "no")
    assert plain(view_of(runner).advice) == health_check.REDESIGN_ADVICE
