"""When a circle meets: the same wall time all year, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle_tui.core.circle.circle import Circle, Rhythm
from circle_tui.core.circle.schedule import moment, next_meeting

from .meetings import circle_of, wall_time

FORTNIGHT, WEEK, MONTH = Rhythm(2, "week"), Rhythm(1, "week"), Rhythm(1, "month")
ANCHOR = wall_time(2026, 3, 5, 10)


def meeting_every(rhythm: Rhythm, zone: str = "Europe/London") -> Circle:
    return circle_of(rhythm=rhythm, zone=zone)


def dates(circle: Circle, anchor: datetime, times: int) -> list[datetime]:
    """The wall times of the meetings after the anchor's, each held on its day."""
    found, held = [], moment(circle, anchor)
    for _ in range(times):
        held = next_meeting(circle, anchor, held)
        assert held.tzinfo is UTC
        found.append(held.astimezone(circle.tz).replace(tzinfo=None))
    return found


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("rhythm", [WEEK, FORTNIGHT, Rhythm(10, "day")])
def test_the_wall_time_is_the_same_across_both_changes_of_the_clocks(
    zone: str, rhythm: Rhythm
) -> None:
    circle = meeting_every(rhythm, zone)
    days = rhythm.every * (7 if rhythm.unit == "week" else 1)
    found = dates(circle, ANCHOR, 60)
    assert found == [ANCHOR + timedelta(days=days * n) for n in range(1, 61)]
    assert len({circle.tz.utcoffset(each) for each in found}) == 2


@pytest.mark.parametrize(
    ("zone", "started", "falls"),
    [
        ("Europe/London", (2026, 3, 19, 10), (2026, 4, 2, 9)),
        ("Europe/London", (2026, 10, 15, 9), (2026, 10, 29, 10)),
        ("America/New_York", (2026, 3, 5, 15), (2026, 3, 19, 14)),
        ("America/New_York", (2026, 10, 29, 14), (2026, 11, 12, 15)),
    ],
)
def test_a_fortnight_over_a_change_of_the_clocks_moves_the_moment_and_not_the_hour(
    zone: str, started: tuple[int, ...], falls: tuple[int, ...]
) -> None:
    circle = meeting_every(FORTNIGHT, zone)
    found = next_meeting(circle, ANCHOR, datetime(*started, tzinfo=UTC))
    assert found == datetime(*falls, tzinfo=UTC)
    assert found.astimezone(ZoneInfo(zone)).hour == 10


def test_a_month_keeps_its_day_and_takes_the_last_one_where_there_is_none() -> None:
    found = dates(meeting_every(MONTH), wall_time(2026, 1, 31, 18), 6)
    assert [(each.month, each.day) for each in found] == [
        (2, 28),
        (3, 31),
        (4, 30),
        (5, 31),
        (6, 30),
        (7, 31),
    ]
    assert {each.hour for each in found} == {18}


def test_a_wall_time_that_the_clocks_skip_is_moved_on_by_the_gap_and_comes_back() -> None:
    circle = meeting_every(WEEK)
    found = dates(circle, wall_time(2026, 3, 22, 1, 30), 2)
    assert found == [wall_time(2026, 3, 29, 2, 30), wall_time(2026, 4, 5, 1, 30)]
    assert moment(circle, wall_time(2026, 3, 29, 1, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("late", [-6, -3, -1, 0, 1, 3, 6])
@pytest.mark.parametrize("late_minutes", [0, 4])
def test_a_fortnightly_meeting_held_off_its_day_hands_over_to_the_next_date(
    late: int, late_minutes: int
) -> None:
    circle = meeting_every(FORTNIGHT)
    held = moment(circle, wall_time(2026, 4, 16, 10))
    started = held + timedelta(days=late, minutes=late_minutes)
    assert next_meeting(circle, ANCHOR, started) == moment(circle, wall_time(2026, 4, 30, 10))


def test_one_held_just_half_a_rhythm_early_hands_over_to_the_date_it_was_to_have() -> None:
    started = moment(meeting_every(FORTNIGHT), wall_time(2026, 4, 9, 10))
    found = next_meeting(meeting_every(FORTNIGHT), ANCHOR, started)
    assert found == moment(meeting_every(FORTNIGHT), wall_time(2026, 4, 16, 10))


@pytest.mark.parametrize("late", [-3, -1, 0, 1, 3])
def test_a_weekly_meeting_held_off_its_day_hands_over_to_the_next_date(late: int) -> None:
    circle = meeting_every(WEEK)
    started = moment(circle, wall_time(2026, 4, 16, 10)) + timedelta(days=late)
    assert next_meeting(circle, ANCHOR, started) == moment(circle, wall_time(2026, 4, 23, 10))


@pytest.mark.parametrize("late", [-10, -1, 0, 1, 10])
def test_a_monthly_meeting_held_off_its_day_hands_over_to_the_next_date(late: int) -> None:
    circle = meeting_every(MONTH)
    started = moment(circle, wall_time(2026, 8, 5, 10)) + timedelta(days=late)
    assert next_meeting(circle, ANCHOR, started) == moment(circle, wall_time(2026, 9, 5, 10))


def test_a_first_meeting_held_well_before_its_date_hands_over_to_that_date() -> None:
    circle = meeting_every(FORTNIGHT)
    anchor = moment(circle, ANCHOR)
    assert next_meeting(circle, ANCHOR, anchor - timedelta(days=8)) == anchor


@given(
    st.sampled_from([WEEK, FORTNIGHT, MONTH, Rhythm(10, "day"), Rhythm(2, "month")]),
    st.sampled_from(["Europe/London", "America/New_York", "Pacific/Auckland", "UTC"]),
    st.integers(0, 60 * 24 * 365 * 5),
)
def test_the_next_meeting_is_a_date_of_the_rhythm_and_the_first_far_enough_away(
    rhythm: Rhythm, zone: str, minutes: int
) -> None:
    circle = meeting_every(rhythm, zone)
    started = moment(circle, ANCHOR) + timedelta(minutes=minutes)
    days = rhythm.every * {"day": 1, "week": 7, "month": 30}[rhythm.unit]
    falls = next_meeting(circle, ANCHOR, started)
    wall_time = falls.astimezone(circle.tz).replace(tzinfo=None)
    assert wall_time.time() == ANCHOR.time()
    if rhythm.unit == "month":
        assert wall_time.day == ANCHOR.day
        assert (
            wall_time.month - ANCHOR.month + 12 * (wall_time.year - ANCHOR.year)
        ) % rhythm.every == 0
    else:
        assert (wall_time.date() - ANCHOR.date()).days % days == 0
    slack = timedelta(days=rhythm.every if rhythm.unit == "month" else 0, hours=2)
    assert timedelta(days=days / 2) <= falls - started <= timedelta(days=days * 1.5) + slack


def test_a_monthly_rhythm_counted_from_long_ago_skips_no_month() -> None:
    circle = meeting_every(MONTH, "UTC")
    started = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    falls = next_meeting(circle, wall_time(1990, 1, 1, 10), started)
    assert falls == datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
