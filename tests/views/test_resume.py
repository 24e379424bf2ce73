"""What is asked after a gap in a meeting, and what each key then does."""

from datetime import timedelta

import pytest

from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.resume import ResumeView, resume_view
from circle_tui.views.text import plain
from circle_tui.views.view import Execute, Local, Request
from tests.core.meetings import four

from .actions import intents


def asked(
    gap: timedelta = timedelta(minutes=12),
    *,
    share_held: bool = True,
    long: bool = False,
    dropping: bool = False,
) -> ResumeView:
    table = four().do(commands.start).wait(3).do(commands.pause)
    return resume_view(
        MeetingSnapshot(table.meeting, table.now),
        gap=gap,
        share_held=share_held,
        asking_to_continue=long,
        dropping=dropping,
        dropped_file="harbour.dropped",
    )


def test_the_question_says_where_the_meeting_stopped_and_how_long_the_gap_was() -> None:
    view = asked()
    assert plain(view.where) == "Ada was speaking, with 5:00 left."
    assert plain(view.gap) == "You were away 12 minutes. The clock stopped."


def test_after_a_short_gap_the_meeting_continues_with_or_without_counting_the_gap() -> None:
    view = asked()
    assert intents(view) == {
        "continue": Local.CONTINUE,
        "count": Local.COUNT_GAP,
        "back": Request.HOME,
    }
    assert view.status == ("Enter resumes where you were, still on hold · c counts the time away")


def test_a_gap_without_a_running_clock_cannot_count() -> None:
    view = asked(share_held=False)
    assert intents(view).keys() == {"continue", "back"}
    assert plain(view.gap) == "You were away 12 minutes. No clock was running."
    assert view.status == "Enter resumes where you were."


@pytest.mark.parametrize(
    ("share_held", "then"), [(True, Local.NEXT_QUESTION), (False, Local.CONTINUE)]
)
def test_after_a_long_gap_closing_or_dropping_is_offered_before_counting_the_gap(
    share_held: bool, then: Local
) -> None:
    view = asked(timedelta(hours=3), long=True, share_held=share_held)
    assert intents(view) == {
        "continue": then,
        "close": Execute(closing_commands.close_as_it_stands, then=Request.SAVE_MEETING),
        "drop": Local.CONFIRM,
        "back": Request.HOME,
    }
    assert plain(view.gap) == (
        "You were away 3 hours.\n\n"
        "Enter to continue this meeting\ns to save it as it is\nx to drop it"
    )
    assert view.status == "Enter continues · s saves it as it is · x drops it"


def test_dropping_a_meeting_needs_a_second_key_after_an_explanation() -> None:
    view = asked(long=True, dropping=True)
    assert intents(view)["drop"] is Request.DROP_MEETING
    assert intents(view)["back"] is Local.BACK
    assert view.status == "x again to drop it · Esc to keep it"
    assert plain(view.gap).startswith("Dropping leaves no record of this meeting.")


def test_the_explanation_of_dropping_says_what_is_kept_and_how_to_delete_it() -> None:
    said = plain(asked(long=True, dropping=True).gap)
    assert "stays in harbour.dropped until another meeting is dropped or someone" in said
    assert said.endswith("To remove it now, delete that file.")
    assert "harbour.dropped" not in plain(asked(long=True).gap)
