"""Numbers of time: five rows, solid, and as wide as they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle_tui.tui.widgets import large_letters

TIMES = st.text(alphabet="0123456789: -", max_size=9)


@given(TIMES, st.sampled_from(large_letters.SETTINGS))
def test_every_number_has_five_rows_of_the_width_it_says(
    text: str, setting: large_letters.Setting
) -> None:
    rows = large_letters.draw(text, setting)
    assert len(rows) == large_letters.ROWS
    assert {len(row) for row in rows} == {large_letters.width(text, setting)}


def test_a_digit_is_six_columns_of_solid_blocks() -> None:
    assert large_letters.draw("4") == ("██  ██", "██  ██", "██████", "    ██", "    ██")


def test_the_ten_digits_are_drawn_as_people_write_them() -> None:
    thin = large_letters.SETTINGS[-1]
    assert large_letters.draw("0123456789", thin) == (
        "███  █  ███ ███ █ █ ███ ███ ███ ███ ███",
        "█ █ ██    █   █ █ █ █   █     █ █ █ █ █",
        "█ █  █  ███ ███ ███ ███ ███   █ ███ ███",
        "█ █  █  █     █   █   █ █ █   █ █ █   █",
        "███ ███ ███ ███   █ ███ ███   █ ███ ███",
    )


def test_no_two_signs_look_alike() -> None:
    signs = "0123456789: -"
    assert len({large_letters.draw(sign) for sign in signs}) == len(signs)


@given(TIMES, st.integers(0, 80))
def test_the_chosen_setting_fits_and_a_wider_one_would_not(text: str, columns: int) -> None:
    chosen = large_letters.widest(text, columns)
    wider = (
        large_letters.SETTINGS[: large_letters.SETTINGS.index(chosen)]
        if chosen
        else large_letters.SETTINGS
    )
    assert chosen is None or large_letters.width(text, chosen) <= columns
    assert all(large_letters.width(text, each) > columns for each in wider)


def test_settings_go_from_wide_to_narrow() -> None:
    widths = [large_letters.width("12:34", each) for each in large_letters.SETTINGS]
    assert widths == sorted(set(widths), reverse=True)


@pytest.mark.parametrize("text", ["4:57", "12:34", "-0:30", ""])
def test_a_time_can_be_drawn(text: str) -> None:
    assert large_letters.can_draw(text)


def test_words_cannot_be_drawn_as_digits() -> None:
    assert not large_letters.can_draw("soon")
