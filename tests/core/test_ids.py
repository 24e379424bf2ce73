"""Two machines that continue from copies of one file never make the same id."""

from datetime import UTC, datetime, timedelta

import pytest

from circle_tui.core.ids import new_id, next_number, numbered_id

NOW = datetime(2026, 3, 5, 10, 0, 0, 123_456, tzinfo=UTC)


def test_ids_with_the_same_number_made_at_different_moments_differ() -> None:
    moments = [NOW + timedelta(microseconds=number) for number in range(1000)]
    made = {new_id("c", ["c1", "c30-abc", "c2"], moment) for moment in moments}
    assert len(made) == 1000
    assert all(each.startswith("c31-") for each in made)


def test_at_a_whole_second_an_id_is_just_its_number() -> None:
    assert new_id("c", [], NOW.replace(microsecond=0)) == "c1"


def test_an_id_is_the_same_in_every_time_zone() -> None:
    from zoneinfo import ZoneInfo

    assert numbered_id("m", 7, NOW) == numbered_id("m", 7, NOW.astimezone(ZoneInfo("Asia/Tokyo")))


@pytest.mark.parametrize(
    ("taken", "number"),
    [
        ([], 1),
        (["c1", "c9"], 10),
        (["c7-x"], 8),
        (["c", "cx", "11", "c7x", "c-7", "C7"], 1),
        # An editor may have left an id whose number is too large to count on.
        (["c" + "9" * 5000], 1),
        (["c²", "c٣"], 1),
    ],
)
def test_the_next_number_follows_the_highest_number_in_the_ids(
    taken: list[str], number: int
) -> None:
    assert next_number(taken) == number
