"""The date of a meeting is read as people type it, asked about, or refused with a sentence."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle_tui.core import date_grammar
from circle_tui.core.date_reading import read_day, read_moment
from circle_tui.core.dates import (
    spoken_date,
)
from circle_tui.core.errors import AmbiguousError, RuleError

from .date_moments import NOW, USUAL
from .meetings import attempt, circle_of, wall_time


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
        ("27.12.26", (2026, 12, 27, 10, 0)),
        ("3.12. 19:30", (2026, 12, 3, 19, 30)),
        ("31.12", (2026, 12, 31, 10, 0)),
        ("25/12", (2026, 12, 25, 10, 0)),
        ("12/25", (2026, 12, 25, 10, 0)),
        ("5/5", (2026, 5, 5, 9, 0)),
        ("Tuesday 12/5", (2026, 5, 12, 9, 0)),
        ("the 20th", (2026, 3, 20, 10, 0)),
        ("24", (2026, 3, 24, 10, 0)),
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
