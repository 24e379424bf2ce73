"""The ring: a true circle that only ever drains, at any size, whatever people are called."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from circle_tui.tui.widgets import bar
from circle_tui.tui.widgets import large_letters as big
from circle_tui.tui.widgets.cells import Role, label, split_at_space, steps_line
from circle_tui.tui.widgets.ring_drawing import draw
from circle_tui.tui.widgets.ring_plan import plan, shape
from circle_tui.tui.widgets.seats import side_columns
from circle_tui.views.ring import RingFace, Seat, SeatState

from .ring_pictures import FACES, NAMES, QUARTERS, dots, people, picture, text_of, where

# Any size, any name.


@given(st.integers(0, 200), st.integers(0, 100), FACES)
def test_every_row_is_as_wide_as_the_widget(width: int, height: int, face: RingFace) -> None:
    for rows in (bar.draw(width, height, face), picture(width, height, face)):
        assert len(rows) == height
        assert {len(row) for row in rows} <= {width}
        assert all(cell_len(line) == width for line in text_of(rows))


def test_names_are_shown_as_they_are_and_never_as_markup() -> None:
    rows = picture(110, 31, RingFace((Seat("[red]Ann[/]", SeatState.NOW),)))
    assert "▶ [red]Ann[/]" in "\n".join(text_of(rows))


def test_a_long_name_is_cut_by_cells_with_an_ellipsis() -> None:
    cells = label(Seat("李小龙李小龙", SeatState.WAITING), 8)
    assert "".join(cell for cell, _ in cells) == "○ 李小…"


@given(NAMES)
def test_nothing_that_moves_the_cursor_reaches_the_screen(name: str) -> None:
    shown = "".join(text_of(picture(80, 20, RingFace((Seat(name, SeatState.NOW),)))))
    assert all(each.isprintable() or each == "\u200d" for each in shown)


# The ring.


def test_a_full_ring_has_no_drained_dots() -> None:
    rows = picture(80, 20, RingFace(remaining=1.0))
    assert dots(rows, Role.EMPTY) == 0
    assert dots(rows, Role.FULL) > 400


def test_a_drained_ring_has_no_full_dots() -> None:
    rows = picture(80, 20, RingFace(remaining=0.0))
    assert dots(rows, Role.FULL) == 0
    assert dots(rows, Role.EMPTY) > 80


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_ring_never_fills_as_the_time_falls(one: float, other: float) -> None:
    less, more = sorted((one, other))
    sizes = ((80, 20), (110, 31))
    assert all(
        dots(picture(*size, RingFace(remaining=less)), Role.FULL)
        <= dots(picture(*size, RingFace(remaining=more)), Role.FULL)
        for size in sizes
    )


@pytest.mark.parametrize("remaining", [0.1, 0.25, 0.5, 0.75, 0.9])
def test_the_share_of_full_dots_is_the_share_of_time(remaining: float) -> None:
    whole = dots(picture(110, 31, RingFace(remaining=1.0)), Role.FULL)
    full = dots(picture(110, 31, RingFace(remaining=remaining)), Role.FULL)
    assert full / whole == pytest.approx(remaining, abs=0.01)


def test_a_cell_of_the_ring_is_the_quarters_that_its_dots_touch() -> None:
    # The bits of braille: 1, 2, 4 and 64 down the left, 8, 16, 32 and 128 down the right.
    left, right = ((1, 2), (4, 64)), ((8, 16), (32, 128))
    upper_left, lower_left, upper_right, lower_right = (*left, *right)
    for dots_of, block in (
        ((), " "),
        (upper_left[:1], "▘"),
        (upper_left, "▘"),
        (upper_right[1:], "▝"),
        (lower_left[:1], "▖"),
        (lower_right[1:], "▗"),
        (upper_left + lower_left, "▌"),
        (upper_left + upper_right, "▀"),
        (lower_left + lower_right[:1], "▄"),
        (upper_right + lower_left, "▞"),
        ((2, 4, 16, 32), "█"),
    ):
        assert shape(sum(dots_of)) == block


@given(st.integers(0, 255), st.integers(0, 255))
def test_more_dots_never_make_a_smaller_block(one: int, other: int) -> None:
    less, more = (QUARTERS.get(shape(dots), 0) for dots in (one, one | other))
    assert less & more == less


def test_time_drains_clockwise_from_the_top() -> None:
    rows = picture(110, 31, RingFace(remaining=0.75))
    right_top = {role for row in rows[:15] for _, role in row[56:]}
    elsewhere = {role for row in rows[16:] for _, role in row} | {
        role for row in rows[:15] for _, role in row[:55]
    }
    assert (Role.FULL in right_top, Role.EMPTY in right_top) == (False, True)
    assert (Role.FULL in elsewhere, Role.EMPTY in elsewhere) == (True, False)


def test_the_drained_part_is_sparser_and_needs_no_colour() -> None:
    full = dots(picture(80, 20, RingFace(remaining=1.0)), Role.FULL)
    drained = dots(picture(80, 20, RingFace(remaining=0.0)), Role.EMPTY)
    assert drained < full / 3


@pytest.mark.parametrize(("width", "height"), [(80, 20), (81, 21), (110, 31), (150, 42), (58, 16)])
def test_the_ring_is_as_tall_as_it_is_wide_on_screen(width: int, height: int) -> None:
    rows = picture(width, height, RingFace())
    ring = [
        (row, column)
        for row, line in enumerate(rows)
        for column, (_, role) in enumerate(line)
        if role is Role.FULL
    ]
    tall = max(row for row, _ in ring) - min(row for row, _ in ring) + 1
    wide = max(column for _, column in ring) - min(column for _, column in ring) + 1
    assert wide == pytest.approx(2 * tall, abs=1)
    assert tall >= min(height - 6, (width - 28) / 2 - 1)


# What stands in the middle.


@pytest.mark.parametrize("digits", ["4:57", "12:34"])
def test_an_ordinary_terminal_has_room_for_two_columns_a_stroke(digits: str) -> None:
    rows = picture(80, 20, RingFace(digits=digits, caption="Priya is speaking"))
    solid = [
        columns
        for row in rows
        if (columns := [at for at, (_, role) in enumerate(row) if role is Role.DIGIT])
    ]
    assert len(solid) == 5
    assert max(map(max, solid)) + 1 - min(map(min, solid)) >= big.width(digits, big.SETTINGS[3])
    assert "Priya is speaking" in "\n".join(text_of(rows))


def test_without_digits_the_caption_has_the_middle() -> None:
    rows = picture(110, 31, RingFace(caption="Priya is speaking"))
    row, column = where(rows, "Priya is speaking")
    assert row == 15
    assert column + len("Priya is speaking") / 2 == pytest.approx(55, abs=1)


def test_the_note_stands_under_the_caption() -> None:
    rows = picture(110, 31, RingFace(digits="4:57", caption="Priya is speaking", note="on hold"))
    assert where(rows, "on hold")[0] == where(rows, "Priya is speaking")[0] + 1


@pytest.mark.parametrize("name", ["Жанна", "李小龙", "Maximiliana of the Harbour"])
def test_a_name_without_large_letters_or_room_for_them_is_written_plainly(name: str) -> None:
    rows = picture(110, 31, RingFace(large=name, caption="when you're ready"))
    assert where(rows, name)[0] + 1 == where(rows, "when you're ready")[0]


def test_without_a_time_the_name_is_large() -> None:
    rows = picture(110, 31, RingFace(large="Maya"))
    drawn = "\n".join(
        "".join(cell if role is Role.DIGIT else " " for cell, role in row).strip() for row in rows
    ).strip()
    assert drawn.split() == "\n".join(big.set_text("Maya", 40, 5)).split()
    assert "Maya" not in "\n".join(text_of(rows))


@pytest.mark.parametrize(("width", "height"), [(80, 21), (66, 31), (110, 32)])
def test_large_letters_keep_away_from_the_ring(width: int, height: int) -> None:
    drawn = picture(width, height, RingFace(people(3), remaining=1.0, large="Tom"))
    for row in drawn:
        roles = [role for _, role in row]
        if Role.DIGIT in roles:
            left, right = roles.index(Role.DIGIT), len(roles) - roles[::-1].index(Role.DIGIT)
            assert Role.FULL not in roles[left - 2 : left] + roles[right : right + 2]


def test_the_time_is_shown_rather_than_the_name() -> None:
    face = RingFace(large="Maya", digits="0:30")
    assert picture(110, 31, face) == picture(110, 31, RingFace(digits="0:30"))


@pytest.mark.parametrize(("width", "height"), [(54, 14), (60, 16), (72, 18), (80, 20)])
@pytest.mark.parametrize(
    "face",
    [
        RingFace(large="Maya", caption="when you're ready", note="passed earlier: share now?"),
        RingFace(large="Tom", caption="when you're ready", note="a breath first, together"),
        RingFace(large="Lena", note="What blocked or surprised me", steps=(2, 3)),
        RingFace(large="HOLD", caption="Maximiliana"),
    ],
)
def test_a_name_is_set_smaller_rather_than_cut_what_stands_below_it(
    width: int, height: int, face: RingFace
) -> None:
    shown = "\n".join(text_of(picture(width, height, face)))
    said = f"{face.caption} {face.note} {steps_line(face)}"
    assert [word for word in said.split() if word not in shown] == []


def test_the_time_is_never_set_in_plain_text_for_a_long_line_below_it() -> None:
    face = RingFace(digits="0:30", note="a line that is much longer than a ring has room for " * 3)
    rows = picture(60, 16, face)
    assert any(role is Role.DIGIT and cell in "█▀▄" for row in rows for cell, role in row)


def test_the_steps_of_a_share_stand_below_all_else_those_that_have_begun_filled() -> None:
    rows = picture(110, 31, RingFace(large="Maya", note="tell what happened", steps=(2, 3)))
    assert where(rows, "● ● ○")[0] == where(rows, "tell what happened")[0] + 1


@given(st.text("ab 李é", max_size=30), st.integers(0, 20))
def test_a_line_is_split_at_a_space_without_loss(text: str, width: int) -> None:
    first, rest = split_at_space(text, width)
    assert text == (f"{first} {rest}" if rest else first) or text == f"{first} "
    assert cell_len(first) <= width or first == text
    assert not rest or cell_len(first) <= width


def test_as_many_words_as_fit_stand_in_the_first_line() -> None:
    assert split_at_space("Thursday 19 March, 10:00", 18) == ("Thursday 19 March,", "10:00")
    assert split_at_space("Thursday 19 March, 10:00", 24) == ("Thursday 19 March, 10:00", "")
    assert split_at_space("Donaudampfschiff", 5) == ("Donaudampfschiff", "")


@pytest.mark.parametrize(("width", "height"), [(50, 17), (80, 20), (110, 31)])
def test_a_date_has_all_its_words_in_the_smallest_ring_too(width: int, height: int) -> None:
    date = "Wednesday 23 September, 10:00"
    rows = picture(width, height, RingFace(people(4), caption="See you on", note=date))
    assert [word for word in date.split() if word not in "\n".join(text_of(rows))] == []


# The seats.


def test_seats_go_clockwise_from_the_top() -> None:
    rows = picture(110, 31, RingFace(people(4)))
    (maya, priya, tom, lena) = (where(rows, name) for name in ("Maya", "Priya", "Tom", "Lena"))
    assert maya[0] < priya[0] == lena[0] < tom[0]
    assert lena[1] < maya[1] < priya[1]


@pytest.mark.parametrize(("width", "height"), [(58, 16), (80, 20), (110, 31), (150, 42)])
def test_every_glyph_and_the_speakers_name_are_there(width: int, height: int, full: bool) -> None:
    for count in range(1, 21):
        for now in range(count) if full else {0, count // 2, count - 1}:
            seats = people(count, now=now)
            shown = "\n".join(text_of(picture(width, height, RingFace(seats))))
            assert sum(shown.count(state.value) for state in SeatState) == count, (count, now)
            assert f"▶ {seats[now].name}" in shown


@pytest.mark.parametrize("count", range(1, 13))
def test_up_to_twelve_seats_all_have_their_names(count: int) -> None:
    shown = "\n".join(text_of(picture(80, 20, RingFace(people(count)))))
    assert all(f"{seat.state.value} {seat.name}" in shown for seat in people(count))


@pytest.mark.parametrize(("width", "height"), [(55, 31), (60, 27), (70, 37), (80, 40)])
def test_five_names_have_room_where_the_ring_stands_beside_a_page(width: int, height: int) -> None:
    for names in ("Maya Priya Tom Lena Sam", "Ann Marta Bo Joanna Li", "Edith Bo Cy Di Fatima"):
        seats = tuple(Seat(name, SeatState.WAITING) for name in names.split())
        drawn = draw(plan(width, height, side_columns(seats)), RingFace(seats))
        shown = "\n".join(text_of(drawn))
        assert all(f"○ {seat.name}" in shown for seat in seats), shown


def test_where_names_collide_the_glyph_stays_alone() -> None:
    speaker = Seat("Maximiliana of the Harbour, told at great length", SeatState.NOW)
    others = tuple(Seat(f"Bartholomew {at}", SeatState.WAITING) for at in range(19))
    shown = text_of(picture(58, 16, RingFace((speaker, *others))))
    assert "\n".join(shown).count("○") == 19
    assert shown[0].split() == ["○", "▶", *speaker.name.split(), "○"]


def test_no_label_touches_the_ring() -> None:
    for count in range(1, 21):
        for row in picture(80, 20, RingFace(people(count))):
            roles = [role for _, role in row]
            for one, next_one in pairwise(roles):
                pair = {one, next_one}
                assert not (Role.FULL in pair and pair & {Role.NOW, Role.DONE, Role.WAITING})


# The bar.


@given(st.integers(1, 120), st.floats(0, 1), st.floats(0, 1))
def test_the_bar_never_grows_as_the_time_falls(width: int, one: float, other: float) -> None:
    def eighths(remaining: float) -> int:
        cells = [cell for cell, role in bar.bar(width, remaining) if role is Role.FULL]
        return sum(" ▏▎▍▌▋▊▉█".index(cell) for cell in cells)

    less, more = sorted((one, other))
    assert eighths(less) <= eighths(more)
    assert (eighths(0.0), eighths(1.0)) == (0, width * 8)


def test_a_crowd_in_one_line_keeps_every_glyph_and_the_speakers_name() -> None:
    line = "".join(cell for cell, _ in bar.seats_line(people(12), 40))
    assert line == "● ▶ Priya ○ ○ ○ ○ ○ ○ ○ ○ ○ ○"


@pytest.mark.parametrize("height", range(1, 16))
def test_who_speaks_and_how_long_is_there_in_a_single_row_too(height: int) -> None:
    face = RingFace(people(3), 0.5, "4:57", large="Priya", caption="Priya")
    shown = "\n".join(text_of(bar.draw(40, height, face)))
    assert "Priya" in shown.replace("▶ Priya", "")
    assert ("4:57" in shown) != (height >= 6)
