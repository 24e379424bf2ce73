"""Dates and times: read as people type them, said as people say them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil import parser
from hypothesis import given
from hypothesis import strategies as st

from circle_tui.core.dates import (
    read_day,
    read_first,
    read_moment,
    spoken_date,
    spoken_day,
    spoken_distance,
    spoken_length,
    spoken_time,
)
from circle_tui.core.errors import RuleError

from .meetings import attempt, circle_of, wall

USUAL = datetime(2026, 3, 19, 10, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 5, 10, 58, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2 April 10:00", (2026, 4, 2, 9, 0)),
        ("2 April", (2026, 4, 2, 9, 0)),
        ("2 Apr 2027 18:30", (2027, 4, 2, 17, 30)),
        ("2026-04-02", (2026, 4, 2, 9, 0)),
        ("2026-04-02 10:30", (2026, 4, 2, 9, 30)),
        ("2026-04-02T10:30", (2026, 4, 2, 9, 30)),
        ("2/4", (2026, 4, 2, 9, 0)),
        ("3.4.2026", (2026, 4, 3, 9, 0)),
        ("April 2", (2026, 4, 2, 9, 0)),
        ("18:00", (2026, 3, 19, 18, 0)),
        ("20", (2026, 3, 20, 10, 0)),
        ("Friday", (2026, 3, 20, 10, 0)),
        ("  2 April  ", (2026, 4, 2, 9, 0)),
        ("29 March 01:30", (2026, 3, 29, 1, 30)),
        ("6:30 pm", (2026, 3, 19, 18, 30)),
        ("6.30 pm", (2026, 3, 19, 18, 30)),
        ("6.30pm", (2026, 3, 19, 18, 30)),
        ("6:30 p.m.", (2026, 3, 19, 18, 30)),
        ("2 April, 7 am", (2026, 4, 2, 6, 0)),
        ("2.4.2026 6.30 PM", (2026, 4, 2, 17, 30)),
        ("12:15 am", (2026, 3, 19, 0, 15)),
        ("12:15 pm", (2026, 3, 19, 12, 15)),
        ("2 April 10:00 EST", (2026, 4, 2, 9, 0)),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, meant: tuple[int, ...]) -> None:
    assert read_moment(circle_of(), typed, USUAL, NOW) == datetime(*meant, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("2 April 9 am", 9, 0),
        ("2 April, 18h", 18, 0),
        ("Friday 6 pm", 18, 0),
        ("10 am", 10, 0),
        ("2 April", 10, 1),
        ("2 April 9:30", 9, 30),
        ("2 April 10:01", 10, 1),
    ],
)
def test_an_hour_alone_is_the_full_hour_whatever_is_usual(
    typed: str, hour: int, minute: int
) -> None:
    circle = circle_of(zone="UTC")
    found = read_moment(circle, typed, USUAL + timedelta(minutes=1), NOW)
    assert (found.hour, found.minute) == (hour, minute)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "rubbish",
        "tomorrow-ish",
        "31 April",
        "29 February 2027",
        "25:00",
        "10:99",
        "99999-01-01",
        "9" * 400,
        "1e400",
        "inf",
        "nan",
        "-",
        "0",
        "\x00",
        "1:2:3:4",
        "[red]",
        "יום שני",
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(RuleError, match=r"^That is not a date: .*\.$"):
        read_moment(circle_of(), typed, USUAL, NOW)


def test_what_is_too_long_for_a_date_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object, **__: object) -> None:
        raise AssertionError("reading a megabyte takes minutes")

    monkeypatch.setattr(parser, "parse", read)
    with pytest.raises(RuleError, match=r"^That is not a date: .*\.$"):
        read_moment(circle_of(), "x" * 1_000_000, USUAL, NOW)
    with pytest.raises(RuleError, match=r"is not a day: .*\.$"):
        read_day("x" * 1_000_000)


@pytest.mark.parametrize("typed", ["20 March 18:30", "20 March"])
def test_a_date_is_of_a_full_minute_also_where_what_is_usual_is_not(typed: str) -> None:
    found = read_moment(circle_of(), typed, USUAL + timedelta(seconds=30.5), NOW)
    assert (found.second, found.microsecond) == (0, 0)


@pytest.mark.parametrize("typed", ["2 January", "2/1"])
def test_a_day_said_in_december_may_lie_in_the_coming_year(typed: str) -> None:
    december = datetime(2026, 12, 10, 11, 0, tzinfo=UTC)
    usual = datetime(2026, 12, 24, 10, 0, tzinfo=UTC)
    found = read_moment(circle_of(), typed, usual, december)
    assert found == datetime(2027, 1, 2, 10, 0, tzinfo=UTC)


def test_a_year_that_is_a_slip_is_refused() -> None:
    for typed in ("2 April 2062", "7 March 2028"):
        with pytest.raises(RuleError, match="two years away"):
            read_moment(circle_of(), typed, USUAL, NOW)
    assert read_moment(circle_of(), "6 March 2028", USUAL, NOW).year == 2028


@pytest.mark.parametrize("typed", ["4 March", "5 March 10:58", "2025-04-02", "1 January 1"])
def test_a_date_that_has_passed_is_refused_and_named(typed: str) -> None:
    with pytest.raises(RuleError, match=r"has passed: write a date .*still to come\.$"):
        read_moment(circle_of(), typed, USUAL, NOW)


@given(
    st.one_of(
        st.text(max_size=30),
        st.text("0123456789 :/.-+TZapm", max_size=20),
        st.lists(
            st.sampled_from(
                ["2", "31", "April", "May", "10:00", "99", "2027", "Fri", "am", "pm", "at", "UTC",
                 "+99:99", "th", ",", "h", "10h", "0.5", "1e9", "week", "T", "Z"]
            ),
            max_size=6,
        ).map(" ".join),
    )
)  # fmt: skip
def test_whatever_is_typed_gives_a_date_to_come_or_a_sentence(typed: str) -> None:
    found = attempt(read_moment, circle_of(), typed, USUAL, NOW)
    if isinstance(found, datetime):
        assert found > NOW
        assert found.tzinfo is UTC
    else:
        assert str(found).endswith(".")


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "Asia/Kathmandu"])
def test_a_time_is_meant_where_the_circle_is(zone: str) -> None:
    found = read_moment(circle_of(zone=zone), "2 April 10:00", USUAL, NOW)
    assert found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall(2026, 4, 2, 10)


def test_a_date_is_said_with_its_weekday_and_in_the_circles_own_time() -> None:
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
def test_a_circle_with_a_twelve_hour_clock_says_its_times_so(
    hour: int, minute: int, spoken: str
) -> None:
    when = datetime(2026, 4, 2, hour, minute, tzinfo=UTC)
    circle = circle_of(zone="UTC", twelve_hours=True)
    assert spoken_time(when, circle) == spoken
    assert spoken_date(when, circle) == f"Thursday 2 April, {spoken}"
    assert spoken_time(when, circle_of(zone="UTC")) == f"{hour:02}:{minute:02}"


@given(
    st.integers(1, 60 * 24 * 180).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.booleans(),
    st.sampled_from(["UTC", "Asia/Kathmandu", "America/New_York"]),
)
def test_a_date_is_read_as_it_is_said(when: datetime, twelve_hours: bool, zone: str) -> None:
    circle = circle_of(zone=zone, twelve_hours=twelve_hours)
    assert read_moment(circle, spoken_date(when, circle), USUAL, NOW) == when


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
def test_a_distance_is_said_in_words_both_ways(apart: timedelta, words: str) -> None:
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
def test_a_day_of_another_year_is_said_with_its_year(day: date, words: str) -> None:
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
def test_a_length_is_said_in_everyday_words(length: timedelta, words: str) -> None:
    assert spoken_length(length) == words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03-05T10:00", wall(2026, 3, 5, 10)),
        ("2026-03-05 10:00:59", wall(2026, 3, 5, 10)),
        ("2026-03-05", wall(2026, 3, 5)),
        ("2026-03-05T10:00:59.5+02:00", wall(2026, 3, 5, 10)),
    ],
)
def test_a_first_date_is_read_to_the_minute(typed: str, meant: datetime) -> None:
    assert read_first(typed) == meant


@pytest.mark.parametrize("typed", ["", "soon", "2026-13-05T10:00", "2026-02-30", "\x00", "9" * 99])
def test_a_first_date_that_is_none_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(RuleError, match=r"^The first meeting is not a date: .*\.$"):
        read_first(typed)


@pytest.mark.parametrize(
    "typed", ["2026-03-05", "5 March 2026", "5/3/2026", "March 5, 2026", "5 March 2026 10:00 EST"]
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert read_day(typed) == wall(2026, 3, 5).date()


@pytest.mark.parametrize(
    "typed", ["", "soon", "5 March", "March 2026", "2026", "5", "31 April 2026", "5" * 81]
)
def test_what_leaves_a_part_of_a_day_unsaid_is_refused(typed: str) -> None:
    with pytest.raises(RuleError, match=r"is not a day: .*\.$"):
        read_day(typed)
