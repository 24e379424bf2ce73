"""What is asked after a gap: nothing after a short one, and more after a long one."""

from datetime import timedelta

import pytest

from circle_tui.service.gap import Gap

MINUTE, HOUR, MOMENT = timedelta(minutes=1), timedelta(hours=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("length", "asks"), [(MINUTE - MOMENT, False), (MINUTE, True), (HOUR + MOMENT, True)]
)
def test_a_share_on_hold_asks_from_one_minute_on(length: timedelta, asks: bool) -> None:
    assert Gap(length, held=True).asks is asks


@pytest.mark.parametrize(
    ("length", "asks"), [(MINUTE, False), (HOUR, False), (HOUR + MOMENT, True)]
)
def test_without_a_running_clock_only_more_than_an_hour_asks(length: timedelta, asks: bool) -> None:
    assert Gap(length).asks is asks
    assert Gap(length).is_long is asks
