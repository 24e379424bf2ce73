"""The time in words, and the marks of a share."""

from datetime import UTC, datetime, timedelta

import pytest

from circle_tui.core.meeting.countdown import Countdown
from circle_tui.views import time_in_words

NOW = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
EIGHT = 8 * MINUTE


@pytest.mark.parametrize(
    ("before", "left", "said"),
    [
        (EIGHT, 4 * MINUTE + SECOND, None),
        (4 * MINUTE + SECOND, 4 * MINUTE, time_in_words.HALF),
        (4 * MINUTE, 4 * MINUTE - SECOND, None),
        (MINUTE + SECOND, MINUTE, time_in_words.ONE_MINUTE),
        (SECOND, timedelta(), time_in_words.TIME_IS_UP),
        (timedelta(), -SECOND, None),
        (5 * MINUTE, -MINUTE, time_in_words.TIME_IS_UP),
        (MINUTE, 2 * MINUTE, None),
    ],
)
def test_a_mark_is_said_as_its_moment_is_crossed(
    before: timedelta, left: timedelta, said: str | None
) -> None:
    assert time_in_words.crossed(EIGHT, before, left) == said


def test_a_short_share_has_no_half() -> None:
    assert list(time_in_words.marks(2 * MINUTE).values()) == [
        time_in_words.ONE_MINUTE,
        time_in_words.TIME_IS_UP,
    ]
    assert list(time_in_words.marks(MINUTE).values()) == [time_in_words.TIME_IS_UP]


def test_the_next_mark_is_waited_for_and_none_while_the_clock_is_held() -> None:
    countdown = Countdown(length=EIGHT, began=NOW)
    assert time_in_words.until_next_mark(countdown, NOW) == 4 * MINUTE
    assert time_in_words.until_next_mark(countdown, NOW + 4 * MINUTE) == 3 * MINUTE
    assert time_in_words.until_next_mark(countdown, NOW + 8 * MINUTE) is None
    assert time_in_words.until_next_mark(countdown.pause(NOW + MINUTE), NOW + 2 * MINUTE) is None
    assert time_in_words.until_next_mark(None, NOW) is None
