"""Dates, times and lengths are written as people say them, and can be read back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from circle_tui.core.date_reading import read_moment
from circle_tui.core.dates import (
    doubt_about_clock,
    spoken_date,
    spoken_day,
    spoken_distance,
    spoken_length,
    spoken_time,
    understood,
)
from circle_tui.core.errors import AmbiguousError

from .date_moments import NOW, USUAL
from .meetings import attempt, circle_of


def test_a_date_is_written_with_its_weekday_in_the_circles_time_zone() -> None:
    when = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
    assert spoken_date(when, circle_of()) == "Thursday 2 April, 10:00"
    assert spoken_date(when, circle_of(zone="Asia/Tokyo")) == "Thursday 2 April, 18:00"


@pytest.mark.parametrize(
    ("hour", "minute", "spoken"),
    [
        (0, 0, "12:00 am"),
        (0, 30, "12:30 am"),
        (1, 5, "1:05 am"),
        (11, 59, "11:59 am"),
        (12, 0, "12:00 pm"),
        (13, 0, "1:00 pm"),
        (23, 59, "11:59 pm"),
    ],
)
def test_times_are_written_with_twelve_hours_if_the_circle_chose_that(
    hour: int, minute: int, spoken: str
) -> None:
    when = datetime(2026, 4, 2, hour, minute, tzinfo=UTC)
    circle = circle_of(zone="UTC", twelve_hours=True)
    assert spoken_time(when, circle) == spoken
    assert spoken_date(when, circle) == f"Thursday 2 April, {spoken}"
    assert spoken_time(when, circle_of(zone="UTC")) == f"{hour:02}:{minute:02}"


ZONES = [
    "UTC", "Asia/Kathmandu", "America/New_York", "America/St_Johns", "Etc/GMT+5", "EST5EDT",
    "Australia/Lord_Howe", "America/Argentina/Buenos_Aires", "Europe/London",
]  # fmt: skip


@given(
    st.integers(1, 60 * 24 * 700).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.booleans(),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
)
@example(datetime(2026, 11, 1, 5, 30, tzinfo=UTC), False, "America/New_York", "UTC")
@example(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), True, "America/New_York", "America/New_York")
def test_a_written_date_is_read_as_the_same_moment(
    when: datetime, twelve_hours: bool, zone: str, here: str
) -> None:
    circle = circle_of(zone=zone, twelve_hours=twelve_hours)
    assert (
        read_moment(circle, spoken_date(when, circle, now=NOW, here=ZoneInfo(here)), USUAL, NOW)
        == when
    )


@given(st.text("0123456789/.-: TZ", min_size=3, max_size=16), st.booleans())
def test_the_readings_of_an_ambiguous_date_are_listed_as_they_can_be_typed(
    typed: str, twelve: bool
) -> None:
    circle = circle_of(twelve_hours=twelve)
    asked = attempt(read_moment, circle, typed, USUAL, NOW)
    if isinstance(asked, AmbiguousError):
        found = {read_moment(circle, reading, USUAL, NOW) for reading in asked.readings}
        assert len(found) == len(asked.readings)


def test_a_time_is_written_with_its_zone_if_the_terminals_clock_differs() -> None:
    when = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
    tokyo = circle_of(zone="Asia/Tokyo")
    assert (
        spoken_date(when, tokyo, here=ZoneInfo("Europe/London"))
        == "Thursday 2 April, 18:00 Tokyo time"
    )
    assert spoken_time(when, tokyo, here=ZoneInfo("Europe/London")) == "18:00 Tokyo time"
    assert spoken_time(when, tokyo, here=ZoneInfo("Asia/Seoul")) == "18:00"
    assert spoken_time(when, circle_of(zone="UTC"), here=ZoneInfo("Europe/London")) == "09:00 UTC"
    winter = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
    assert spoken_time(winter, circle_of(zone="UTC"), here=ZoneInfo("Europe/London")) == "09:00"
    assert spoken_time(when, circle_of(zone="Etc/GMT+5"), here=ZoneInfo("UTC")) == "04:00 UTC-05:00"


def test_an_understood_date_is_shown_with_weekday_zone_and_distance() -> None:
    when = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
    assert (
        understood(when, circle_of(), NOW, ZoneInfo("Europe/London"))
        == "Thursday 2 April, 10:00, in 28 days"
    )
    assert understood(when, circle_of(zone="Asia/Tokyo"), NOW, ZoneInfo("Europe/London")) == (
        "Thursday 2 April, 18:00 Tokyo time, in 28 days"
    )
    assert understood(when + timedelta(days=365), circle_of(), NOW, ZoneInfo("UTC")) == (
        "Friday 2 April 2027, 10:00 London time, in 393 days"
    )


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=89), "89 minutes"),
        (timedelta(minutes=90), "2 hours"),
        (timedelta(hours=35), "35 hours"),
        (timedelta(hours=36), "2 days"),
        (timedelta(days=13), "13 days"),
    ],
)
def test_a_distance_in_time_is_written_in_words_for_past_and_future(
    apart: timedelta, words: str
) -> None:
    assert spoken_distance(NOW + apart, NOW) == (words if words == "now" else f"in {words}")
    assert spoken_distance(NOW - apart, NOW) == (words if words == "now" else f"{words} ago")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 4, 2), "2 April"),
        (date(2026, 12, 31), "31 December"),
        (date(2027, 1, 2), "2 January 2027"),
        (date(2025, 12, 31), "31 December 2025"),
    ],
)
def test_a_day_of_another_year_is_written_with_its_year(day: date, words: str) -> None:
    assert spoken_day(day, NOW.date()) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(), "0 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=59), "59 seconds"),
        (timedelta(seconds=60), "1 minute"),
        (timedelta(seconds=90), "2 minutes"),
        (timedelta(minutes=89), "89 minutes"),
        (timedelta(minutes=90), "2 hours"),
        (timedelta(hours=35), "35 hours"),
        (timedelta(hours=36), "2 days"),
        (timedelta(days=400), "400 days"),
    ],
)
def test_a_length_is_written_in_everyday_words(length: timedelta, words: str) -> None:
    assert spoken_length(length) == words


def test_a_date_before_the_last_meeting_is_asked_about() -> None:
    circle = circle_of(zone="UTC")
    assert doubt_about_clock(circle, None, NOW) is None
    assert doubt_about_clock(circle, NOW, NOW) is None
    assert doubt_about_clock(circle, NOW + timedelta(days=300), NOW) == (
        "Here it is Thursday 5 March, 10:58, but the last meeting ended Wednesday 30 December, "
        "10:58. Is this clock right?"
    )
