"""When a circle meets: at the same local time all year, even when clocks change."""

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
    """The local times of the meetings after the first one's, each held on its day."""
    found, held = [], moment(circle, anchor)
    for _ in range(times):
        held = next_meeting(circle, anchor, held)
        assert held.tzinfo is UTC
        found.append(held.astimezone(circle.tz).replace(tzinfo=None))
    return found


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("rhythm", [WEEK, FORTNIGHT, Rhythm(10, "day")])
def test_the_local_time_stays_the_same_across_both_clock_changes(zone: str, rhythm: Rhythm) -> None:
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
def test_a_fortnight_across_a_clock_change_keeps_the_local_hour(
    zone: str, started: tuple[int, ...], falls: tuple[int, ...]
) -> None:
    circle = meeting_every(FORTNIGHT, zone)
    found = next_meeting(circle, ANCHOR, datetime(*started, tzinfo=UTC))
    assert found == datetime(*falls, tzinfo=UTC)
    assert found.astimezone(ZoneInfo(zone)).hour == 10


def test_a_monthly_meeting_keeps_its_day_or_takes_the_last_day_of_a_shorter_month() -> None:
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


def test_a_local_time_that_the_clocks_skip_is_moved_by_the_gap_for_that_day_only() -> None:
    circle = meeting_every(WEEK)
    found = dates(circle, wall_time(2026, 3, 22, 1, 30), 2)
    assert found == [wall_time(2026, 3, 29, 2, 30), wall_time(2026, 4, 5, 1, 30)]
    assert moment(circle, wall_time(2026, 3, 29, 1, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("late", [-6, -3, -1, 0, 1, 3, 6])
@pytest.mark.parametrize("late_minutes", [0, 4])
def test_after_a_fortnightly_meeting_off_its_day_the_rhythm_continues_as_before(
    late: int, late_minutes: int
) -> None:
    circle = meeting_every(FORTNIGHT)
    held = moment(circle, wall_time(2026, 4, 16, 10))
    started = held + timedelta(days=late, minutes=late_minutes)
    assert next_meeting(circle, ANCHOR, started) == moment(circle, wall_time(2026, 4, 30, 10))


def test_after_a_meeting_half_a_rhythm_early_the_next_one_is_on_the_regular_date() -> None:
    started = moment(meeting_every(FORTNIGHT), wall_time(2026, 4, 9, 10))
    found = next_meeting(meeting_every(FORTNIGHT), ANCHOR, started)
    assert found == moment(meeting_every(FORTNIGHT), wall_time(2026, 4, 16, 10))


@pytest.mark.parametrize("late", [-3, -1, 0, 1, 3])
def test_after_a_weekly_meeting_off_its_day_the_rhythm_continues_as_before(late: int) -> None:
    circle = meeting_every(WEEK)
    started = moment(circle, wall_time(2026, 4, 16, 10)) + timedelta(days=late)
    assert next_meeting(circle, ANCHOR, started) == moment(circle, wall_time(2026, 4, 23, 10))


@pytest.mark.parametrize("late", [-10, -1, 0, 1, 10])
def test_after_a_monthly_meeting_off_its_day_the_rhythm_continues_as_before(late: int) -> None:
    circle = meeting_every(MONTH)
    started = moment(circle, wall_time(2026, 8, 5, 10)) + timedelta(days=late)
    assert next_meeting(circle, ANCHOR, started) == moment(circle, wall_time(2026, 9, 5, 10))


def test_after_a_first_meeting_well_before_its_date_the_next_one_is_on_that_date() -> None:
    circle = meeting_every(FORTNIGHT)
    anchor = moment(circle, ANCHOR)
    assert next_meeting(circle, ANCHOR, anchor - timedelta(days=8)) == anchor


@given(
    st.sampled_from([WEEK, FORTNIGHT, MONTH, Rhythm(10, "day"), Rhythm(2, "month")]),
    st.sampled_from(["Europe/London", "America/New_York", "Pacific/Auckland", "UTC"]),
    st.integers(0, 60 * 24 * 365 * 5),
)
def test_the_next_meeting_is_the_first_date_of_the_rhythm_that_is_far_enough_away(
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
    offset = timedelta(days=rhythm.every if rhythm.unit == "month" else 0, hours=2)
    assert timedelta(days=days / 2) <= falls - started <= timedelta(days=days * 1.5) + offset


def test_a_monthly_rhythm_that_began_long_ago_skips_no_month() -> None:
    circle = meeting_every(MONTH, "UTC")
    started = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    falls = next_meeting(circle, wall_time(1990, 1, 1, 10), started)
    assert falls == datetime(2026, 4, 1, 10, 0, tzinfo=UTC)
