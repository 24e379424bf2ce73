"""The days on which a daily commitment was kept: which count, and what becomes of them."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import commitments
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import Reset
from circle_tui.core.circle.state import CircleState, Win
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import commands

from .meetings import START
from .promises import DAY, FORTNIGHT, hold, met, missed, open_of


def daily(words: str = "I run") -> CircleState:
    return commitments.set_daily(met(m1=words, m2="I read"), START + DAY, "c1")


def test_a_yes_adds_a_win_for_today_and_a_no_removes_only_that_one() -> None:
    state = daily()
    for days in (1, 2, 2, 4):
        state = commitments.record_win(state, START + days * DAY, "c1", True)
    assert commitments.days_kept(state.wins, "c1") == (
        date(2026, 3, 6),
        date(2026, 3, 7),
        date(2026, 3, 9),
    )
    assert commitments.days_kept(reversed(state.wins), "c1")[0] == date(2026, 3, 6)
    assert commitments.days_kept(state.wins, "c2") == ()
    state = commitments.record_win(state, START + 4 * DAY, "c1", False)
    assert commitments.days_kept(state.wins, "c1") == (date(2026, 3, 6), date(2026, 3, 7))


def test_a_no_without_an_earlier_yes_changes_nothing() -> None:
    state = daily()
    assert commitments.record_win(state, START + DAY, "c1", False) == state


def test_only_a_daily_commitment_can_have_wins() -> None:
    with pytest.raises(RuleError, match="isn't a daily commitment"):
        commitments.record_win(daily(), START + DAY, "c2", True)
    off_again = commitments.set_daily(daily(), START + DAY, "c1")
    with pytest.raises(RuleError, match="isn't a daily commitment"):
        commitments.record_win(off_again, START + DAY, "c1", True)


@pytest.mark.parametrize(
    ("zone", "hours", "day"),
    [
        ("Europe/London", 13, 6),  # 23:00
        ("Europe/London", 14.5, 6),  # half past midnight, the day after
        ("Europe/London", 17.9, 6),
        ("Europe/London", 18, 7),  # four in the morning
        ("Pacific/Auckland", 2, 6),  # one in the morning there
        ("Pacific/Auckland", 5, 7),
    ],
)
def test_a_day_ends_at_four_in_the_morning_in_the_circles_time_zone(
    zone: str, hours: float, day: int
) -> None:
    state = daily()
    state = replace(state, circle=replace(state.circle, zone=zone))
    state = commitments.record_win(state, START + DAY + timedelta(hours=hours), "c1", True)
    assert commitments.days_kept(state.wins, "c1") == (date(2026, 3, day),)


@pytest.mark.parametrize("hours", [0, 13, 14.5])
def test_yesterday_is_the_day_before_the_date_at_any_hour(hours: float) -> None:
    now = START + 3 * DAY + timedelta(hours=hours)
    yesterday = commitments.day_answered(daily().circle, now, yesterday=True)
    assert yesterday == now.date() - DAY
    state = commitments.record_win(daily(), now, "c1", True, day=yesterday)
    assert commitments.days_kept(state.wins, "c1") == (yesterday,)
    assert commitments.record_win(state, now, "c1", False, day=yesterday) == daily()


def test_a_no_after_midnight_removes_the_win_of_the_evening() -> None:
    state = commitments.record_win(daily(), START + DAY + timedelta(hours=12), "c1", True)
    assert commitments.record_win(state, START + DAY + timedelta(hours=15), "c1", False) == daily()


def test_a_commitment_has_no_wins_before_the_day_it_was_made() -> None:
    day_before = START.date() - DAY
    with pytest.raises(RuleError, match=r"newer than that day\. Answer for today"):
        commitments.record_win(daily(), START + timedelta(hours=12), "c1", True, day=day_before)
    reworded = commitments.renegotiate(daily(), START + 3 * DAY, "c1", "I walk")
    new = open_of(reworded).id
    won = commitments.record_win(reworded, START + 3 * DAY, new, True, day=START.date() + 2 * DAY)
    assert commitments.days_kept(won.wins, new) == (date(2026, 3, 7),)


def test_a_changed_commitment_keeps_the_wins_of_the_week() -> None:
    state = commitments.set_daily(daily(), START + DAY, "c2")
    state = commitments.record_win(state, START, "c2", True)
    state = commitments.record_win(state, START + DAY, "c1", True)
    state = commitments.renegotiate(state, START + 2 * DAY, "c1", "I walk")
    state = commitments.record_win(state, START + 2 * DAY, open_of(state).id, True)
    assert commitments.days_kept(state.wins, "c3") == (date(2026, 3, 6), date(2026, 3, 7))
    assert state.wins[0] == Win("c2", date(2026, 3, 5))


def test_a_meeting_shows_the_wins_of_the_last_seven_days() -> None:
    state, meets = daily(), START + FORTNIGHT
    for days in (0, 6, 7, 13):
        state = commitments.record_win(state, meets - days * DAY, "c1", True)
    assert [each.day for each in meeting_context(state, meets).wins] == [
        meets.date(),
        (meets - 6 * DAY).date(),
    ]


@pytest.mark.parametrize(
    ("reset", "stays"),
    [
        ((Reset.AGAIN,), True),
        ((Reset.SMALLER, "I run a little"), True),
        ((Reset.DIFFERENT, "I phone my mother"), False),
    ],
)
def test_a_daily_commitment_stays_daily_only_if_it_is_repeated_or_made_smaller(
    reset: tuple[object, ...], stays: bool
) -> None:
    state = hold(daily(), START + FORTNIGHT, m1=missed("c1", "", *reset))
    assert open_of(state).daily is stays


def test_a_change_in_a_meeting_does_not_change_whether_a_commitment_is_daily() -> None:
    state = hold(
        daily(),
        START + FORTNIGHT,
        m1=[(commands.renegotiate, "c1", "I walk")],
        m2=[*missed("c2", "", Reset.AGAIN), (commands.promise, "I write")],
    )
    asked = [each.text for each in commitments.open_commitments(state) if each.daily]
    assert asked == ["I walk"]
    assert [each.text for each in commitments.daily_of(state, "m1")] == ["I walk"]
    assert commitments.daily_of(state, "m2") == ()
