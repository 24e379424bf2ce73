"""Letters and digits: five rows, solid, as wide as they say, and never a text in part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from circle_tui.tui.widgets import large_letters
from circle_tui.tui.widgets.large_text import LargeText

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


@pytest.mark.parametrize("text", ["HOLD", "We listen", "Maya", "O'Neil", "19 March", "J.-P."])
def test_words_of_plain_letters_can_be_drawn(text: str) -> None:
    assert large_letters.can_draw(text)


@pytest.mark.parametrize("text", ["Renée", "Zoë", "Ødegård", "Łucja", "5 März", "Rene\u0301"])
def test_words_with_marks_can_be_drawn(text: str) -> None:
    assert large_letters.can_draw(text)


def test_a_mark_stands_half_a_row_away_from_its_letter() -> None:
    assert large_letters.draw("Éç", large_letters.SETTINGS[-1]) == (
        "  ▀ ███",
        "███ █  ",
        "█   █  ",
        "██  ███",
        "███  ▄ ",
    )


def test_a_letter_with_a_mark_looks_like_no_other() -> None:
    letters = "AEIOUYNSCZGÀÁÂÄÈÉÊËÌÍÎÏÒÓÔÖÙÚÛÜÝÑÃÕŠÇŞĘĄŻŹĞØÆŁ"
    drawn = {large_letters.draw(letter) for letter in letters}
    # A dot, a ring and a circumflex are one sign here, and so are both marks below.
    assert len(drawn) == len(letters)


def test_in_three_rows_a_name_with_a_mark_is_written_plainly() -> None:
    assert large_letters.set_text("Zoë", 80, 3) == ("Zoë",)
    assert len(large_letters.set_text("Zoe", 80, 3)) == 3


@pytest.mark.parametrize("text", ["李小龙", "A&B", "Ḗve", "Жанна"])
def test_a_text_with_a_letter_that_is_not_in_the_font_is_set_plain(text: str) -> None:
    assert not large_letters.can_draw(text)
    assert large_letters.set_text(text, 200, 5) == (text,)


def test_small_letters_are_drawn_as_capitals() -> None:
    assert large_letters.draw("Maya") == large_letters.draw("MAYA")


def test_no_two_letters_look_alike() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    drawn = [large_letters.draw(letter, large_letters.SETTINGS[-1]) for letter in letters]
    low = [large_letters.draw_low(letter) for letter in letters]
    # A round letter and its digit are told apart by what stands around them.
    assert len(set(drawn)) >= len(letters) - 1
    assert len(set(low)) >= len(letters) - 1


@given(st.text("ABCMWI 'éǼ", max_size=12), st.integers(0, 120), st.integers(0, 8))
def test_a_text_is_set_in_five_rows_or_three_or_one_and_fits(
    text: str, columns: int, rows: int
) -> None:
    shown = large_letters.set_text(text, columns, rows)
    assert len(shown) in (1, large_letters.LOW_ROWS, large_letters.ROWS)
    if len(shown) == 1:
        assert shown == (text,)
    else:
        assert len(shown) <= rows
        assert {len(row) for row in shown} <= set(range(columns + 1))
        assert len({len(row) for row in shown}) == 1


def test_with_less_room_a_text_falls_from_five_rows_to_three_to_one() -> None:
    slim = large_letters.low_width("Maya")
    heights = [
        len(large_letters.set_text("Maya", columns, rows))
        for columns, rows in ((80, 5), (slim, 5), (80, 4), (slim, 3), (slim - 1, 5), (80, 2))
    ]
    assert heights == [5, 5, 3, 3, 1, 1]


class OneText(App[None]):
    """A large text and nothing else."""

    def compose(self) -> ComposeResult:
        yield LargeText()


@pytest.mark.parametrize(
    ("size", "text", "rows"),
    [
        ((80, 24), "Maya", 5),
        ((80, 23), "Maya", 3),
        ((80, 14), "Maya", 1),
        ((12, 40), "Maya", 1),
        ((80, 40), "Renée", 5),
        ((80, 23), "Renée", 1),
        ((80, 40), "李小龙", 1),
        ((80, 40), "[b]Bo[/b]", 1),
    ],
)
async def test_a_page_shows_a_text_as_large_as_the_terminal_allows_and_whole(
    size: tuple[int, int], text: str, rows: int
) -> None:
    async with OneText().run_test(size=size) as pilot:
        shown = pilot.app.query_one(LargeText)
        shown.show(text)
        await pilot.pause()
        assert shown.size.height == rows
        lines = [shown.render_line(y).text.rstrip() for y in range(rows)]
        expected = large_letters.set_text(text, size[0], rows)
        assert lines == [line.rstrip() for line in expected]


async def test_without_a_text_nothing_takes_a_row() -> None:
    async with OneText().run_test(size=(80, 24)) as pilot:
        shown = pilot.app.query_one(LargeText)
        shown.show("Maya")
        shown.show("")
        assert shown.has_class("-gone")
