"""The time left depends only on the moment asked about, and stands still while paused."""

from datetime import timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle_tui.core.errors import RuleError
from circle_tui.core.meeting.countdown import Countdown

from .meetings import START

MINUTE = timedelta(minutes=1)
EIGHT = Countdown(8 * MINUTE, START)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 3_600_000).map(lambda milliseconds: timedelta(milliseconds=milliseconds)),
        st.sampled_from(["hold", "go on", "longer", "shorter", "backdate", "look"]),
    ),
    max_size=30,
)


def test_the_time_left_runs_from_the_length_through_zero_into_the_negative() -> None:
    assert EIGHT.remaining(START) == 8 * MINUTE
    assert EIGHT.remaining(START + 3 * MINUTE) == 5 * MINUTE
    assert EIGHT.remaining(START + 8 * MINUTE) == timedelta()
    assert EIGHT.remaining(START + 10 * MINUTE) == -2 * MINUTE
    assert EIGHT.elapsed(START + 10 * MINUTE) == 10 * MINUTE


def test_the_fraction_left_goes_from_one_to_zero_and_no_further() -> None:
    assert EIGHT.fraction_remaining(START - MINUTE) == 1.0
    assert EIGHT.fraction_remaining(START) == 1.0
    assert EIGHT.fraction_remaining(START + 2 * MINUTE) == 0.75
    assert EIGHT.fraction_remaining(START + 8 * MINUTE) == 0.0
    assert EIGHT.fraction_remaining(START + 99 * MINUTE) == 0.0


def test_no_time_has_elapsed_before_the_start() -> None:
    assert EIGHT.elapsed(START - MINUTE) == timedelta()
    assert EIGHT.remaining(START - MINUTE) == 8 * MINUTE


def test_reading_a_countdown_does_not_change_it() -> None:
    moments = [START + n * MINUTE for n in (5, 1, 20, 5)]
    first = [EIGHT.remaining(moment) for moment in moments]
    assert [EIGHT.remaining(moment) for moment in moments] == first
    assert Countdown(8 * MINUTE, START) == EIGHT


def test_a_paused_countdown_stands_still() -> None:
    held = EIGHT.pause(START + 3 * MINUTE)
    assert held.is_paused
    for later in (3 * MINUTE, 4 * MINUTE, timedelta(days=400)):
        assert held.remaining(START + later) == 5 * MINUTE


def test_a_resumed_countdown_continues_with_the_time_that_was_left() -> None:
    on = EIGHT.pause(START + 3 * MINUTE).resume(START + 60 * MINUTE)
    assert not on.is_paused
    assert on.remaining(START + 60 * MINUTE) == 5 * MINUTE
    assert on.remaining(START + 61 * MINUTE) == 4 * MINUTE


def test_a_pause_that_began_earlier_gives_that_time_back() -> None:
    assert EIGHT.pause(START + 2 * MINUTE).remaining(START + 5 * MINUTE) == 6 * MINUTE


def test_a_pause_from_before_the_start_leaves_the_whole_length() -> None:
    held = EIGHT.pause(START - 5 * MINUTE)
    assert held.remaining(START + MINUTE) == 8 * MINUTE
    assert held.resume(START + MINUTE).remaining(START + MINUTE) == 8 * MINUTE


def test_backdating_removes_time_and_lengthening_adds_it_running_or_paused() -> None:
    at = START + 3 * MINUTE
    for countdown in (EIGHT, EIGHT.pause(at)):
        assert countdown.backdated(MINUTE).remaining(at) == 4 * MINUTE
        assert countdown.lengthened(MINUTE).remaining(at) == 6 * MINUTE
        assert countdown.lengthened(-MINUTE).remaining(at) == 4 * MINUTE
        assert countdown.backdated(MINUTE).lengthened(MINUTE).remaining(at) == countdown.remaining(
            at
        )


def test_a_paused_countdown_cannot_be_paused_and_a_running_one_cannot_be_resumed() -> None:
    with pytest.raises(RuleError, match=r"^You're on hold already\.$"):
        EIGHT.pause(START).pause(START)
    with pytest.raises(RuleError, match=r"^The clock is running\.$"):
        EIGHT.resume(START)


@given(STEPS)
def test_the_time_left_depends_only_on_the_calls_made(
    steps: list[tuple[timedelta, str]],
) -> None:
    countdown, left, held = EIGHT, 8 * MINUTE, False
    moments = accumulate((wait for wait, _ in steps), initial=START)
    next(moments)
    for (wait, call), at in zip(steps, moments, strict=True):
        left -= timedelta() if held else wait
        assert countdown.remaining(at) == left
        match call:
            case "hold" if held:
                with pytest.raises(RuleError):
                    countdown.pause(at)
            case "hold":
                countdown, held = countdown.pause(at), True
            case "go on" if held:
                countdown, held = countdown.resume(at), False
            case "go on":
                with pytest.raises(RuleError):
                    countdown.resume(at)
            case "longer":
                countdown, left = countdown.lengthened(MINUTE), left + MINUTE
            case "shorter" if left > MINUTE:
                countdown, left = countdown.lengthened(-MINUTE), left - MINUTE
            case "backdate":
                countdown, left = countdown.backdated(MINUTE), left - MINUTE
        assert countdown.remaining(at) == left
        assert countdown.is_paused is held
        assert countdown.elapsed(at) == countdown.length - left
        assert 0.0 <= countdown.fraction_remaining(at) <= 1.0
