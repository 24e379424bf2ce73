"""Numbers of time: five rows, solid, and as wide as they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle_tui.tui.widgets import digits

TIMES = st.text(alphabet="0123456789: -", max_size=9)


@given(TIMES, st.sampled_from(digits.SETTINGS))
def test_every_number_has_five_rows_of_the_width_it_says(
    text: str, setting: digits.Setting
) -> None:
    rows = digits.draw(text, setting)
    assert len(rows) == digits.ROWS
    assert {len(row) for row in rows} == {digits.width(text, setting)}


def test_a_digit_is_six_columns_of_solid_blocks() -> None:
    assert digits.draw("4") == ("██  ██", "██  ██", "██████", "    ██", "    ██")


def test_the_ten_digits_are_drawn_as_people_write_them() -> None:
    thin = digits.SETTINGS[-1]
    assert digits.draw("0123456789", thin) == (
        "███  █  ███ ███ █ █ ███ ███ ███ ███ ███",
        "█ █ ██    █   █ █ █ █   █     █ █ █ █ █",
        "█ █  █  ███ ███ ███ ███ ███   █ ███ ███",
        "█ █  █  █     █   █   █ █ █   █ █ █   █",
        "███ ███ ███ ███   █ ███ ███   █ ███ ███",
    )


def test_no_two_signs_look_alike() -> None:
    signs = "0123456789: -"
    assert len({digits.draw(sign) for sign in signs}) == len(signs)


@given(TIMES, st.integers(0, 80))
def test_the_chosen_setting_fits_and_a_wider_one_would_not(text: str, columns: int) -> None:
    chosen = digits.widest(text, columns)
    wider = digits.SETTINGS[: digits.SETTINGS.index(chosen)] if chosen else digits.SETTINGS
    assert chosen is None or digits.width(text, chosen) <= columns
    assert all(digits.width(text, each) > columns for each in wider)


def test_settings_go_from_wide_to_narrow() -> None:
    widths = [digits.width("12:34", each) for each in digits.SETTINGS]
    assert widths == sorted(set(widths), reverse=True)


@pytest.mark.parametrize("text", ["4:57", "12:34", "-0:30", ""])
def test_a_time_can_be_drawn(text: str) -> None:
    assert digits.can_draw(text)


def test_words_cannot_be_drawn_as_digits() -> None:
    assert not digits.can_draw("soon")
