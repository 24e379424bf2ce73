"""How long a contract lasts, as typed, and when it is then due."""

from datetime import UTC, date, datetime

import pytest

from circle_tui.core.contracts import making, wording

from .agreements import ADA, BEN, MEETING, START, K, Runner, contract_of, made


@pytest.mark.parametrize(
    ("typed", "review"),
    [
        ("two weeks", date(2026, 3, 19)),
        ("a fortnight", date(2026, 3, 19)),
        ("10 days", date(2026, 3, 19)),
        ("3 weeks", date(2026, 4, 2)),
        # The next meeting is more than a week after that day.
        ("15 days", date(2026, 3, 20)),
        ("a month", date(2026, 4, 5)),
        ("1 month", date(2026, 4, 5)),
        ("until the flow ships", date(2026, 5, 14)),
    ],
)
def test_a_length_in_words_ends_at_a_meeting(typed: str, review: date) -> None:
    run = Runner(contract_of(lasts="")).do(wording.set_length, K, typed)
    assert run.standing.newest.review == review


@pytest.mark.parametrize(
    "typed", ["", "soon", "0 days", "until ", "4 months", "100 days", "-3 days"]
)
def test_an_invalid_or_too_long_length_is_refused(typed: str) -> None:
    run = Runner(contract_of())
    assert run.refused(wording.set_length, K, typed)


def test_a_review_date_must_be_within_three_months() -> None:
    run = Runner(contract_of())
    assert "three months" in run.refused(wording.set_review, K, "5 July 2026")
    run.do(wording.set_review, K, "5 June 2026")


def test_after_years_without_a_meeting_a_due_date_is_found_quickly() -> None:
    run = made()
    run.now = datetime(2040, 1, 1, tzinfo=UTC)
    run.do(making.make, MEETING, (ADA, BEN))
    assert run.state.contracts[-1].review == date(2040, 1, 19)
    assert run.state.contracts[-1].starts > START.date()
