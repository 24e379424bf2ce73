"""Dates and times are read as people type them, and written as people say them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from circle_tui.core import date_grammar
from circle_tui.core.date_reading import read_coming_day, read_day, read_first, read_moment
from circle_tui.core.dates import (
    doubt_about_clock,
    spoken_date,
    spoken_day,
    spoken_distance,
    spoken_length,
    spoken_time,
    understood,
)
from circle_tui.core.errors import AmbiguousError, RuleError

from .meetings import attempt, circle_of, wall_time

USUAL = datetime(2026, 3, 19, 10, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 5, 10, 58, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2 April 10:00", (2026, 4, 2, 9, 0)),
        ("2 April", (2026, 4, 2, 9, 0)),
        ("2 Apr 2027 18:30", (2027, 4, 2, 17, 30)),
        ("2nd of April", (2026, 4, 2, 9, 0)),
        ("2-Apr-2026", (2026, 4, 2, 9, 0)),
        ("2 April '27", (2027, 4, 2, 9, 0)),
        ("April 2", (2026, 4, 2, 9, 0)),
        ("April 2nd, 2026", (2026, 4, 2, 9, 0)),
        ("2. April, 18:00", (2026, 4, 2, 17, 0)),
        ("2026-04-02", (2026, 4, 2, 9, 0)),
        ("2026/4/2", (2026, 4, 2, 9, 0)),
        ("2026-04-02 10:30", (2026, 4, 2, 9, 30)),
        ("2026-04-02T10:30", (2026, 4, 2, 9, 30)),
        ("2026-04-02T10:30:00", (2026, 4, 2, 9, 30)),
        ("3.4.2026", (2026, 4, 3, 9, 0)),
        ("3.4.26", (2026, 4, 3, 9, 0)),
        ("3.12. 19:30", (2026, 12, 3, 19, 30)),
        ("31.12", (2026, 12, 31, 10, 0)),
        ("25/12", (2026, 12, 25, 10, 0)),
        ("12/25", (2026, 12, 25, 10, 0)),
        ("5/5", (2026, 5, 5, 9, 0)),
        ("Tuesday 12/5", (2026, 5, 12, 9, 0)),
        ("the 20th", (2026, 3, 20, 10, 0)),
        ("Friday 13 March", (2026, 3, 13, 10, 0)),
        ("Fri, 13 Mar - 19:30", (2026, 3, 13, 19, 30)),
        ("  2 April  ", (2026, 4, 2, 9, 0)),
        ("２ April　１９：３０", (2026, 4, 2, 18, 30)),
        ("٢ April ١٩:٣٠", (2026, 4, 2, 18, 30)),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, meant: tuple[int, ...]) -> None:
    assert read_moment(circle_of(), typed, USUAL, NOW) == datetime(*meant, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("18:00", 18, 0),
        ("19.30", 19, 30),
        ("18h", 18, 0),
        ("18h30", 18, 30),
        ("19.30 Uhr", 19, 30),
        ("19:30 h", 19, 30),
        ("6:30 pm", 18, 30),
        ("6.30 pm", 18, 30),
        ("6.30pm", 18, 30),
        ("6:30 p.m.", 18, 30),
        ("7pm", 19, 0),
        ("19:30 pm", 19, 30),
        ("at 9 am", 9, 0),
        ("7:05", 7, 5),
        ("12:15 am", 0, 15),
        ("12:15 pm", 12, 15),
        ("noon", 12, 0),
        ("12 noon", 12, 0),
        ("7:30 in the evening", 19, 30),
        ("evening, 19:30", 19, 30),
        ("8 in the morning", 8, 0),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, hour: int, minute: int) -> None:
    usual = datetime(2026, 3, 19, 10, 1, tzinfo=UTC)
    circle = circle_of(zone="UTC")
    assert read_moment(circle, typed, usual, NOW) == usual.replace(hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("typed", "day", "hour"),
    [
        ("tomorrow 7pm", 6, 19),
        ("today 19:00", 5, 19),
        ("tonight at 8", 5, 20),
        ("this evening 20:00", 5, 20),
        ("tomorrow morning 9:00", 6, 9),
        ("day after tomorrow", 7, 10),
        ("in 3 days", 8, 10),
        ("in a week", 12, 10),
        ("10 days from now 18:00", 15, 18),
        ("in two weeks", 19, 10),
        ("2 weeks", 19, 10),
        ("a fortnight 18:00", 19, 18),
        ("coming monday", 9, 10),
        ("next thursday", 12, 10),
        ("Next Monday 18:00", 9, 18),
        ("this Saturday", 7, 10),
        ("saturday of next week", 14, 10),
        ("next week on Saturday", 14, 10),
        ("Wednesday week", 18, 10),
        ("24:00", 20, 0),
    ],
)
def test_a_relative_day_is_counted_from_today(typed: str, day: int, hour: int) -> None:
    found = read_moment(circle_of(zone="UTC"), typed, USUAL, NOW)
    assert found == datetime(2026, 3, day, hour, 0, tzinfo=UTC)


# Zones beside a time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-15T19:30:00Z", (2026, 12, 15, 19, 30)),
        ("2026-07-15T19:30:00.000Z", (2026, 7, 15, 19, 30)),
        ("2026-12-15T19:30:00-05:00", (2026, 12, 16, 0, 30)),
        ("2026-12-15 19:30+0530", (2026, 12, 15, 14, 0)),
        ("15 Dec 2026 19:30:00 -0500", (2026, 12, 16, 0, 30)),
        ("15 Dec 7pm EST", (2026, 12, 16, 0, 0)),
        ("15 July 7pm EDT", (2026, 7, 15, 23, 0)),
        ("15 July 7pm ET", (2026, 7, 15, 23, 0)),
        ("15 July 7pm (CEST)", (2026, 7, 15, 17, 0)),
        ("15 July 19:00 UTC+2", (2026, 7, 15, 17, 0)),
        ("15 July 19:00 GMT-3", (2026, 7, 15, 22, 0)),
        ("15 July 19:00 europe/berlin", (2026, 7, 15, 17, 0)),
        ("19:00 Asia/Tokyo", (2026, 3, 19, 10, 0)),
        ("15 July 19:00 BST", (2026, 7, 15, 18, 0)),
        ("7pm JST tomorrow", (2026, 3, 6, 10, 0)),
    ],
)
def test_a_zone_beside_a_time_is_converted(typed: str, meant: tuple[int, ...]) -> None:
    assert read_moment(circle_of(), typed, USUAL, NOW) == datetime(*meant, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("15 Dec 7pm IST", 4),
        ("15 July 7pm EST", 2),
        ("15 Dec 7pm EDT", 2),
        ("15 July 7pm GMT", 2),
        ("15 Dec 7pm BST", 3),
        ("15 Jan 2027 7pm AEST", 2),
    ],
)
def test_an_ambiguous_zone_abbreviation_is_asked_about(typed: str, ways: int) -> None:
    with pytest.raises(AmbiguousError) as asked:
        read_moment(circle_of(), typed, USUAL, NOW)
    assert len(asked.value.readings) == ways


@pytest.mark.parametrize(
    ("zone", "typed", "hour"),
    [
        ("Asia/Kolkata", "15 Dec 19:00 IST", 19),
        ("Asia/Jerusalem", "15 Dec 19:00 IST", 19),
        ("Asia/Manila", "15 Dec 19:00 PST", 19),
        ("Asia/Tokyo", "15 Dec 19:00 Tokyo time", 19),
        ("America/Argentina/Buenos_Aires", "15 Dec 19:00 Buenos Aires time", 19),
    ],
)
def test_a_zone_abbreviation_that_the_circle_uses_means_its_own_zone(
    zone: str, typed: str, hour: int
) -> None:
    found = read_moment(circle_of(zone=zone), typed, USUAL, NOW).astimezone(ZoneInfo(zone))
    assert found.replace(tzinfo=None) == wall_time(2026, 12, 15, hour)


# Ambiguous input


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("12/5", ("Tuesday 12 May, 10:00", "Saturday 5 December, 10:00")),
        ("6-5-2027 19:30", ("Thursday 6 May 2027, 19:30", "Saturday 5 June 2027, 19:30")),
        ("3.12", ("Thursday 19 March, 03:12", "Thursday 3 December, 10:00")),
        ("20", ("Thursday 19 March, 20:00", "Friday 20 March, 10:00")),
        ("tomorrow 7", ("Friday 6 March, 07:00", "Friday 6 March, 19:00")),
        ("Friday", ("Friday 6 March, 10:00", "Friday 20 March, 10:00")),
        ("25 October 01:30", (
            "Sunday 25 October, 01:30 UTC+01:00", "Sunday 25 October, 01:30 UTC+00:00",
        )),
    ],
)  # fmt: skip
def test_an_ambiguous_date_is_asked_about_and_each_reading_can_be_typed(
    typed: str, readings: tuple[str, ...]
) -> None:
    circle = circle_of()
    asked = attempt(read_moment, circle, typed, USUAL, NOW)
    assert isinstance(asked, AmbiguousError)
    assert asked.readings == readings
    assert str(asked).endswith(f"{' or '.join(readings)}: write the one you mean.")
    for reading in readings:
        assert spoken_date(read_moment(circle, reading, USUAL, NOW), circle, now=NOW) == reading


def test_a_numeric_date_in_the_past_is_asked_about_as_a_possible_slip() -> None:
    with pytest.raises(AmbiguousError, match=r"if you mean Thursday 2 April, 10:00, write that"):
        read_moment(circle_of(), "2/4", USUAL, NOW)


def test_half_past_seven_is_asked_about_only_with_a_twelve_hour_clock() -> None:
    twelve = circle_of(zone="UTC", twelve_hours=True)
    with pytest.raises(AmbiguousError) as asked:
        read_moment(twelve, "2 April 7:30", USUAL, NOW)
    assert asked.value.readings == ("Thursday 2 April, 7:30 am", "Thursday 2 April, 7:30 pm")
    assert read_moment(twelve, "2 April 19:30", USUAL, NOW).hour == 19
    assert read_moment(twelve, "2026-04-02T07:30", USUAL, NOW).hour == 7
    assert read_moment(circle_of(zone="UTC"), "2 April 7:30", USUAL, NOW).hour == 7


def test_morning_or_evening_is_not_asked_about_if_one_has_passed() -> None:
    afternoon = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
    assert read_moment(circle_of(), "today at 7", USUAL, afternoon).hour == 19


def test_next_thursday_is_asked_about_on_a_monday_but_not_on_a_friday() -> None:
    monday, friday = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 6, 9, tzinfo=UTC)
    with pytest.raises(AmbiguousError, match="Thursday 5 March, 10:00 or Thursday 12 March"):
        read_moment(circle_of(), "next Thursday", USUAL, monday)
    assert read_moment(circle_of(), "next Thursday", USUAL, friday).day == 12


def test_tomorrow_is_asked_about_after_midnight() -> None:
    night = datetime(2026, 3, 5, 0, 30, tzinfo=UTC)
    with pytest.raises(AmbiguousError, match="Thursday 5 March, 19:00 or Friday 6 March, 19:00"):
        read_moment(circle_of(), "tomorrow 7pm", USUAL, night)


@pytest.mark.parametrize("typed", ["Friday 2 April", "Fri 2.4.2026 10:00", "2 April, Wed, 18:00"])
def test_a_weekday_that_does_not_fit_its_date_is_refused(typed: str) -> None:
    with pytest.raises(
        RuleError, match=r"^2 April 2026 is a Thursday: write the day that you mean"
    ):
        read_moment(circle_of(), typed, USUAL, NOW)


@pytest.mark.parametrize(
    ("typed", "unread"),
    [
        ("2 April purple", "without “purple”"),
        ("tomorrow 10:00 and 11:00", "without “and”"),
        ("tomorrow 10:00-11:00", "without “-11:00”"),
        ("tomorrow 10:00 - 11", "without “-”"),
        ("Friday 13 March 10:00 11:00", "without “11:00”"),
        ("2026-04-02T19:30:45", "without seconds"),
        ("2 April 10:00 Gotham time", "without “gotham”"),
        ("7 March 2028 2029", "without “2029”"),
    ],
)
def test_unreadable_words_beside_a_date_are_named(typed: str, unread: str) -> None:
    with pytest.raises(RuleError, match=rf"^That isn't a date. .*, {unread}\.$"):
        read_moment(circle_of(), typed, USUAL, NOW)


def test_evening_without_an_hour_is_refused_with_a_request_for_the_hour() -> None:
    for typed in ("tonight", "tomorrow evening", "Friday morning"):
        with pytest.raises(RuleError, match=r"^What time\?"):
            read_moment(circle_of(), typed, USUAL, NOW)


def test_an_hour_that_the_clocks_skip_is_refused_only_if_it_was_typed() -> None:
    with pytest.raises(RuleError, match="clocks skip that hour"):
        read_moment(circle_of(), "29 March 01:30", USUAL, NOW)
    at_half_past_one = datetime(2026, 3, 19, 1, 30, tzinfo=UTC)
    found = read_moment(circle_of(), "29 March", at_half_past_one, NOW)
    assert found == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


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
        "April",
        "April 2027",
        "next week",
        "10,30",
        "0",
        "13 am",
        "7 March EST",
        "9" * 400,
        "1e400",
        "inf",
        "nan",
        "-",
        "\x00",
        "1:2:3:4",
        "[red]",
        "יום שני",
    ],
)
def test_an_invalid_date_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(RuleError, match=r"^That isn't a date. .*\.$"):
        read_moment(circle_of(), typed, USUAL, NOW)


def test_input_too_long_for_a_date_is_refused_without_parsing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(*_: object, **__: object) -> None:
        raise AssertionError("reading a megabyte takes minutes")

    monkeypatch.setattr(date_grammar, "read", read)
    with pytest.raises(RuleError, match=r"^That isn't a date. .*\.$"):
        read_moment(circle_of(), "x" * 1_000_000, USUAL, NOW)
    with pytest.raises(RuleError, match=r"isn't a day: .*\.$"):
        read_day("x" * 1_000_000)


@pytest.mark.parametrize("typed", ["20 March 18:30", "20 March"])
def test_a_date_has_full_minutes_even_if_the_default_time_does_not(typed: str) -> None:
    found = read_moment(circle_of(), typed, USUAL + timedelta(seconds=30.5), NOW)
    assert (found.second, found.microsecond) == (0, 0)


@pytest.mark.parametrize("typed", ["2 January", "2.1.", "Saturday 2/1"])
def test_a_day_without_a_year_typed_in_december_may_be_in_the_next_year(typed: str) -> None:
    december = datetime(2026, 12, 10, 11, 0, tzinfo=UTC)
    usual = datetime(2026, 12, 24, 10, 0, tzinfo=UTC)
    found = read_moment(circle_of(), typed, usual, december)
    assert found == datetime(2027, 1, 2, 10, 0, tzinfo=UTC)


def test_an_unlikely_year_is_refused() -> None:
    for typed in ("2 April 2062", "7 March 2028"):
        with pytest.raises(RuleError, match="two years away"):
            read_moment(circle_of(), typed, USUAL, NOW)
    assert read_moment(circle_of(), "6 March 2028", USUAL, NOW).year == 2028


@pytest.mark.parametrize("typed", ["4 March", "5 March 10:58", "2025-04-02", "yesterday"])
def test_a_date_that_has_passed_is_refused_and_named(typed: str) -> None:
    with pytest.raises(RuleError, match=r"has passed. Write a later date\.$"):
        read_moment(circle_of(), typed, USUAL, NOW)


@given(
    st.one_of(
        st.text(max_size=30),
        st.text("0123456789 :/.-+TZapm", max_size=20),
        st.lists(
            st.sampled_from(
                ["2", "31", "April", "May", "10:00", "99", "2027", "Fri", "am", "pm", "at", "UTC",
                 "+99:99", "th", ",", "h", "10h", "0.5", "1e9", "week", "T", "Z", "next", "in",
                 "tomorrow", "evening", "12/5", "3.12.", "EST", "IST", "7", "midnight", "-"]
            ),
            max_size=6,
        ).map(" ".join),
    )
)  # fmt: skip
def test_any_input_gives_a_future_date_or_a_sentence(typed: str) -> None:
    found = attempt(read_moment, circle_of(), typed, USUAL, NOW)
    if isinstance(found, datetime):
        assert found > NOW
        assert found.tzinfo is UTC
    else:
        assert str(found).endswith(".")


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "Asia/Kathmandu"])
def test_a_time_is_read_in_the_circles_time_zone(zone: str) -> None:
    found = read_moment(circle_of(zone=zone), "2 April 10:00", USUAL, NOW)
    assert found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall_time(2026, 4, 2, 10)


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


# First meetings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03-05T10:00", wall_time(2026, 3, 5, 10)),
        ("2026-03-05 10:00:00", wall_time(2026, 3, 5, 10)),
        ("2020-03-05T10:00", wall_time(2020, 3, 5, 10)),
        ("1 May 7.30 pm", wall_time(2026, 5, 1, 19, 30)),
        ("tomorrow 19:30", wall_time(2026, 3, 6, 19, 30)),
        ("2026-07-05T10:00+02:00", wall_time(2026, 7, 5, 9)),
        ("2026-07-05T10:00Z", wall_time(2026, 7, 5, 11)),
        ("5 July 10:00 EDT", wall_time(2026, 7, 5, 15)),
    ],
)
def test_a_first_date_is_read_in_the_circles_zone(typed: str, meant: datetime) -> None:
    assert read_first(typed, ZoneInfo("Europe/London"), NOW) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "isn't a date"),
        ("soon", "isn't a date"),
        ("2026-13-05T10:00", "isn't a date"),
        ("2026-02-30", "isn't a date"),
        ("\x00", "isn't a date"),
        ("9" * 99, "isn't a date"),
        ("2026-03-05T10:00:59", "without seconds"),
        ("2026-05-05", "What time"),
        ("next Thursday", "What time"),
        ("19:30", "What day"),
        ("12/5 19:30", "12 May, 19:30 or Saturday 5 December, 19:30"),
        ("tomorrow at 7", "07:00 or"),
        ("4 March 10:00", "has passed. Write the year as well"),
        ("Friday 5 March 2026 10:00", "is a Thursday"),
        ("2026-03-29T01:30", "clocks skip that hour"),
        ("2026-10-25T01:30", "may be"),
        ("2026-10-25T01:30Z", "twice that night"),
    ],
)
def test_an_unclear_first_date_is_refused_with_a_sentence(typed: str, why: str) -> None:
    with pytest.raises(RuleError, match=why) as refused:
        read_first(typed, ZoneInfo("Europe/London"), NOW)
    assert str(refused.value)[-1] in ".?"


# Days


@pytest.mark.parametrize(
    "typed",
    ["2026-03-05", "5 March 2026", "5.3.2026", "March 5, 2026", "Thu 5 Mar 2026", "5 Mar 26"],
)
def test_a_day_is_read_as_people_write_it_with_its_year(typed: str) -> None:
    assert read_day(typed) == wall_time(2026, 3, 5).date()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "5 March",
        "March 2026",
        "2026",
        "5",
        "31 April 2026",
        "5" * 81,
        "tomorrow",
        "5/3",
    ],
)
def test_an_incomplete_day_is_refused(typed: str) -> None:
    with pytest.raises(RuleError, match=r"isn't a day: .*\.$"):
        read_day(typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("5/3/2026", "may be 5 March 2026 or 3 May 2026: write"),
        ("5 March 2026 10:00 EST", "Write just the day"),
        ("Friday 5 March 2026", "is a Thursday"),
    ],
)
def test_an_unclear_day_is_refused_with_a_sentence(typed: str, why: str) -> None:
    with pytest.raises(RuleError, match=why):
        read_day(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2 April", date(2026, 4, 2)),
        ("next Thursday", date(2026, 3, 12)),
        ("25/12", date(2026, 12, 25)),
    ],
)
def test_a_future_day_is_read_as_people_say_it(typed: str, day: date) -> None:
    assert read_coming_day(circle_of(), typed, NOW) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("today", "That is today: write a later day"),
        ("4 March", "4 March 2026 has passed"),
        ("2 April 2062", "two years away"),
        ("12/5", "Tuesday 12 May or Saturday 5 December: write the one you mean"),
        ("2/4", "if you mean Thursday 2 April, write that"),
        ("2 April 18:00", "has a time in it"),
        ("18:00", "has a time in it"),
        ("Friday 2 April", "is a Thursday"),
        ("", "isn't a date"),
    ],
)
def test_a_past_or_unclear_day_is_refused(typed: str, why: str) -> None:
    with pytest.raises(RuleError, match=why):
        read_coming_day(circle_of(), typed, NOW)
