"""Time zones as people name them: the zone is found, or the message says what to write."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle_tui.core import zones
from circle_tui.core.errors import RuleError

from .meetings import attempt


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("  AMERICA/NEW YORK ", "America/New_York"),
        ("america/port-au-prince", "America/Port-au-Prince"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("new york", "America/New_York"),
        ("Tokyo", "Asia/Tokyo"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("istanbul", "Asia/Istanbul"),
        ("utc", "UTC"),
        ("EST5EDT", "EST5EDT"),
        ("Etc/GMT-14", "Etc/GMT-14"),
    ],
)
def test_a_zone_is_found_by_its_name_or_its_city(typed: str, zone: str) -> None:
    assert zones.read_zone(typed).key == zone


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "isn't a time zone: write it like Europe/London"),
        ("Atlantis", "isn't a time zone"),
        ("Europe", "isn't a time zone"),
        ("../../etc/passwd", "isn't a time zone"),
        ("localtime", "isn't a time zone"),
        ("posixrules", "isn't a time zone"),
        ("Factory", "isn't a time zone"),
        ("\x1b[31m", "isn't a time zone"),
        ("EST", "change its clocks in summer: write America/New_York"),
        ("mst", "change its clocks in summer: write America/Denver"),
        ("PST", "write America/Los_Angeles or Asia/Manila"),
        ("CEST", "write Europe/Berlin"),
        ("IST", "write Asia/Kolkata or Asia/Jerusalem or Europe/Dublin"),
        ("UTC+2", "doesn't change its clocks in summer: write a place"),
        ("+05:30", "doesn't change its clocks in summer: write a place"),
        ("West", "may be Australia/West or Brazil/West"),
    ],
)
def test_an_unknown_place_is_refused_with_advice(typed: str, why: str) -> None:
    with pytest.raises(RuleError, match=why) as refused:
        zones.read_zone(typed)
    assert str(refused.value).isprintable()


@given(st.sampled_from(zones.names()), st.booleans())
def test_every_zone_is_found_by_its_name_or_refused_with_advice(name: str, lower: bool) -> None:
    found = attempt(zones.read_zone, name.lower() if lower else name)
    if isinstance(found, ZoneInfo):
        assert found.key == name
    else:
        assert name in {"EST", "MST", "HST"}


def test_an_alias_of_a_zone_is_shown_alike_on_every_machine() -> None:
    assert {"localtime", "posixrules", "Factory"}.isdisjoint(zones.names())


@pytest.mark.parametrize(
    ("zone", "spoken"),
    [
        ("Asia/Tokyo", "Tokyo time"),
        ("America/New_York", "New York time"),
        ("America/Port-au-Prince", "Port-au-Prince time"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Etc/GMT+5", "UTC-05:00"),
        ("EST5EDT", "UTC-04:00"),
        ("Asia/Kathmandu", "Kathmandu time"),
    ],
)
def test_a_zone_is_written_as_people_say_it(zone: str, spoken: str) -> None:
    assert zones.spoken_zone(ZoneInfo(zone), datetime(2026, 7, 1, tzinfo=UTC)) == spoken


@pytest.mark.parametrize(
    ("zone", "here", "spoken"),
    [
        ("Asia/Tokyo", "Europe/London", "Tokyo time"),
        ("Asia/Tokyo", "Asia/Tokyo", ""),
        ("Asia/Tokyo", "Asia/Seoul", ""),
        ("Europe/London", "UTC", "London time"),
    ],
)
def test_a_zone_is_shown_if_the_terminals_clock_differs(zone: str, here: str, spoken: str) -> None:
    summer = datetime(2026, 7, 1, tzinfo=UTC)
    assert zones.zone_to_show(ZoneInfo(zone), summer, ZoneInfo(here)) == spoken


def test_two_zones_that_differ_only_in_spring_are_distinguished_only_then() -> None:
    zone, here = ZoneInfo("America/New_York"), ZoneInfo("America/Bogota")
    assert zones.zone_to_show(zone, datetime(2026, 1, 5, tzinfo=UTC), here) == ""
    assert zones.zone_to_show(zone, datetime(2026, 4, 5, tzinfo=UTC), here) == "New York time"
