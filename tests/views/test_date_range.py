"""The two questions about the days to review."""

from datetime import date

import pytest

from circle_tui.core.attendance.figures import ALL_DATES, DateRange
from circle_tui.core.errors import RuleError
from circle_tui.views.date_range import ask_days
from circle_tui.views.view import Ask

SPRING = DateRange(date(2026, 3, 1), date(2026, 4, 30))


def answer(question: Ask, typed: str) -> object:
    """The result of an answer."""
    return question.command(*question.args, typed)


def question_after(question: Ask, typed: str) -> Ask:
    """The question that follows an answer."""
    following = answer(question, typed)
    assert isinstance(following, Ask)
    return following


def test_two_answers_make_a_range() -> None:
    until = question_after(ask_days(ALL_DATES), "1 March 2026")
    assert answer(until, "2026-04-30") == SPRING


def test_an_empty_answer_leaves_a_side_open() -> None:
    assert answer(question_after(ask_days(SPRING), " "), "") == ALL_DATES


def test_enter_without_typing_keeps_the_chosen_days() -> None:
    start = ask_days(SPRING)
    until = question_after(start, start.value)
    assert answer(until, until.value) == SPRING


def test_the_questions_say_what_enter_without_typing_does() -> None:
    start = ask_days(ALL_DATES)
    assert start.question == "From which day? Enter for the first"
    until = "Up to and including which day? Enter for all"
    assert question_after(start, "").question == until
    start = ask_days(SPRING)
    assert start.question == "From which day? Enter leaves it · empty for the first"
    until = "Up to and including which day? Enter leaves it · empty for all"
    assert question_after(start, "").question == until


def test_an_answer_that_is_not_a_day_is_refused_at_each_question() -> None:
    until = question_after(ask_days(ALL_DATES), "")
    for question in (ask_days(ALL_DATES), until):
        with pytest.raises(RuleError, match="“the day before” isn't a day: write it like"):
            answer(question, "the day before")


def test_a_last_day_before_the_first_is_refused() -> None:
    until = question_after(ask_days(ALL_DATES), "2026-04-01")
    with pytest.raises(RuleError, match="The last day lies before the first"):
        answer(until, "2026-03-31")
