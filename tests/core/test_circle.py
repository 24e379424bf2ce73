"""Creating a circle succeeds or is refused as a whole; the presets have the guide's figures.

See guide: practice, Formats.
"""

from datetime import UTC, datetime, timedelta

import pytest

from circle_tui.core.circle.circle import FORMATS, Circle, Member, Rhythm, make_circle
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError

from .meetings import wall_time

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
FIRST = wall_time(2026, 3, 5, 10)


def made(
    name: str = "Thursday", members: str = "Ada, Ben", key: str = "pod", **fields: object
) -> Circle:
    fields: dict[str, object] = {"first": FIRST, "zone": "Europe/London", "now": NOW, **fields}
    return make_circle(name, members, key, **fields)


@pytest.mark.parametrize(
    ("key", "rhythm", "length", "share", "response", "cycle"),
    [
        ("peer-circle", "fortnightly", 60, 8, 1, 6),
        ("pod", "every week", 30, 7, 1, 13),
        ("movement-pod", "every month", 45, 6, 1, 3),
        ("trading-pair", "every week", 20, 20, 0, 13),
    ],
)
def test_a_preset_has_the_guides_figures(
    key: str, rhythm: str, length: int, share: int, response: int, cycle: int
) -> None:
    preset = FORMATS[key]
    assert str(preset.rhythm) == rhythm
    assert preset.length == timedelta(minutes=length)
    assert preset.share == timedelta(minutes=share)
    assert preset.response == timedelta(minutes=response)
    assert preset.cycle == cycle


def test_a_peer_circles_cycle_is_twelve_weeks() -> None:
    preset = FORMATS["peer-circle"]
    assert preset.rhythm == Rhythm(2, "week")
    assert preset.cycle * preset.rhythm.every == 12


def test_a_pods_rhythm_and_cycle_are_those_of_the_guide() -> None:
    preset = FORMATS["pod"]
    assert preset.rhythm == Rhythm(1, "week")
    assert abs(preset.cycle * 7 - 90) <= 1


def test_only_a_pods_share_has_steps() -> None:
    assert [len(FORMATS[key].steps) for key in ("peer-circle", "pod", "movement-pod")] == [0, 3, 0]


def test_only_a_movement_pod_writes_between_meetings_and_is_asked_for_a_behaviour() -> None:
    assert [key for key in FORMATS if FORMATS[key].checkin] == ["movement-pod"]
    assert [preset.prompt for preset in FORMATS.values() if preset.prompt] == [
        "One strategic behaviour"
    ]


def test_only_a_trading_pair_does_not_meet() -> None:
    assert [key for key in FORMATS if not FORMATS[key].meets] == ["trading-pair"]


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Rhythm(1, "day"), "every day"),
        (Rhythm(10, "day"), "every 10 days"),
        (Rhythm(2, "month"), "every 2 months"),
        (Rhythm(2, "week"), "fortnightly"),
        (Rhythm(3, "week"), "every 3 weeks"),
    ],
)
def test_a_rhythm_is_described_in_words(rhythm: Rhythm, words: str) -> None:
    assert str(rhythm) == words


@pytest.mark.parametrize("key", list(FORMATS))
def test_a_new_circle_gets_the_figures_of_its_format(key: str) -> None:
    circle, preset = made(key=key), FORMATS[key]
    assert circle.preset == preset
    assert (circle.length, circle.share, circle.response) == (
        preset.length,
        preset.share,
        preset.response,
    )
    assert (circle.rhythm, circle.cycle) == (preset.rhythm, preset.cycle)
    assert [circle.digits, circle.bell, circle.overtime, circle.sample] == [False] * 4


def test_figures_given_for_a_new_circle_replace_those_of_its_format() -> None:
    circle = made(share=timedelta(minutes=5), length=timedelta(minutes=90), sample=True)
    assert circle.share == timedelta(minutes=5)
    assert circle.length == timedelta(minutes=90)
    assert circle.sample


def test_members_sit_in_the_order_in_which_they_were_named() -> None:
    circle = made(members="Cleo, Ada, Ben")
    assert circle.members == (
        Member("m1", "Cleo", NOW),
        Member("m2", "Ada", NOW),
        Member("m3", "Ben", NOW),
    )


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"key": "council"}, "no format “council”"),
        ({"key": ""}, "no format"),
        ({"key": "\x1b[31m"}, "no format"),
        ({"name": ""}, "The circle's name is empty"),
        ({"name": "a" * 200}, "room for 40"),
        ({"members": "Ada"}, "at least two"),
        ({"members": "Ada, ada"}, "twice"),
        ({"zone": ""}, "isn't a time zone"),
        ({"zone": "Nowhere/Land"}, "isn't a time zone"),
        ({"zone": "Europe"}, "isn't a time zone"),
        ({"zone": "../etc/passwd"}, "isn't a time zone"),
        ({"zone": "/etc/passwd"}, "isn't a time zone"),
        ({"zone": "a\x00b"}, "isn't a time zone"),
        ({"zone": "\ud800"}, "isn't a time zone"),
        ({"zone": "x" * 5000}, "isn't a time zone"),
        ({"share": timedelta()}, "1 to 60 minutes"),
        ({"share": timedelta(seconds=59)}, "1 to 60 minutes"),
        ({"share": timedelta(minutes=-8)}, "1 to 60 minutes"),
        ({"share": timedelta(minutes=61)}, "1 to 60 minutes"),
        ({"share": timedelta.max}, "1 to 60 minutes"),
        ({"length": timedelta(minutes=4)}, "5 to 480 minutes"),
        ({"length": timedelta(minutes=481)}, "5 to 480 minutes"),
        ({"length": timedelta.min}, "5 to 480 minutes"),
    ],
)
def test_invalid_values_for_a_new_circle_are_refused_with_a_sentence(
    fields: dict[str, object], why: str
) -> None:
    with pytest.raises(RuleError, match=why) as refused:
        made(**fields)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert sentence.isprintable()


@pytest.mark.parametrize("minutes", [1, 60])
def test_the_shortest_and_the_longest_share_are_accepted(minutes: int) -> None:
    assert made(share=timedelta(minutes=minutes)).share == timedelta(minutes=minutes)


@pytest.mark.parametrize("minutes", [5, 480])
def test_the_shortest_and_the_longest_meeting_are_accepted(minutes: int) -> None:
    assert made(length=timedelta(minutes=minutes)).length == timedelta(minutes=minutes)


def test_a_refusal_is_short_even_if_the_input_is_very_long() -> None:
    with pytest.raises(RuleError) as refused:
        made(zone="x" * 5000)
    assert len(str(refused.value)) < 200


def test_a_circle_without_a_first_date_begins_now_in_its_time_zone() -> None:
    now = datetime(2026, 7, 4, 9, 30, 12, 5, tzinfo=UTC)
    assert made(first=None, now=now).first == wall_time(2026, 7, 4, 10, 30)
    assert made(first=None, now=now, zone="Asia/Tokyo").first == wall_time(2026, 7, 4, 18, 30)


@pytest.mark.parametrize(
    ("minute", "first"),
    [(0, (20, 0)), (1, (20, 0)), (7, (20, 0)), (8, (20, 15)), (29, (20, 30)), (53, (21, 0))],
)
def test_a_circle_that_begins_now_starts_at_a_round_time(
    minute: int, first: tuple[int, int]
) -> None:
    now = datetime(2026, 3, 4, 20, minute, 59, tzinfo=UTC)
    assert made(first=None, now=now, zone="UTC").first == wall_time(2026, 3, 4, *first)


def test_a_first_date_must_be_in_a_supported_year() -> None:
    for first in (wall_time(1970, 1, 1), wall_time(2999, 12, 31)):
        assert made(first=first).first == first
    for first in (wall_time(1969, 12, 31), wall_time(3000, 1, 1)):
        with pytest.raises(RuleError, match="1970 and 2999"):
            made(first=first)


@pytest.mark.parametrize(
    ("first", "zone"),
    [(wall_time(1, 1, 1), "Asia/Tokyo"), (wall_time(9999, 12, 31, 23), "America/New_York")],
)
def test_a_first_date_at_the_edge_of_time_is_refused(first: datetime, zone: str) -> None:
    with pytest.raises(RuleError):
        meeting_context(CircleState(circle=made(first=first, zone=zone)), NOW)
