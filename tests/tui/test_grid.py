"""Which columns of a grid have room, and which lines."""

from hypothesis import given
from hypothesis import strategies as st

from circle_tui.tui.widgets.grid import CELL, GAP, lines, window

GRIDS = st.lists(st.booleans(), min_size=1, max_size=60)


def width(breaks: list[bool], first: int, end: int) -> int:
    return (end - first) * CELL + GAP * sum(breaks[first + 1 : end])


@given(GRIDS, st.data(), st.integers(0, 200))
def test_the_cursor_is_in_view_and_no_room_is_wasted(
    breaks: list[bool], data: st.DataObject, room: int
) -> None:
    cursor = data.draw(st.integers(0, len(breaks) - 1))
    before = data.draw(st.integers(0, len(breaks) - 1))
    first, end = window(breaks, cursor, room, before)
    assert first <= cursor < end
    assert width(breaks, first, end) <= max(room, CELL)
    if room >= width(breaks, 0, len(breaks)):
        assert (first, end) == (0, len(breaks))
    else:
        assert first == 0 or width(breaks, first - 1, end) > room


@given(GRIDS, st.data(), st.integers(CELL, 200))
def test_a_cursor_that_stays_in_view_moves_nothing(
    breaks: list[bool], data: st.DataObject, room: int
) -> None:
    start = data.draw(st.integers(0, len(breaks) - 1))
    seen = window(breaks, start, room, 0)
    inside = data.draw(st.integers(seen.first, seen.end - 1))
    assert window(breaks, inside, room, seen.first) == seen


@given(st.integers(1, 60), st.integers(0, 40), st.sampled_from([2, 3]), st.booleans())
def test_the_grid_says_what_it_leaves_out_and_uses_the_room_that_there_is(
    height: int, rows: int, counts: int, beside: bool
) -> None:
    has = lines(height, rows, counts, columns_left_out=beside)
    assert has.titles + has.months + has.days + has.rows + has.counts + has.left_out <= height
    assert has.left_out == (beside or has.rows < rows)
    if height >= 4:
        assert has.titles
        assert has.days
        assert has.rows >= min(rows, 1)
    if has.rows > 1:
        assert has.months or not has.counts
    if height >= 3 + rows + counts + beside:
        assert has == (True, True, True, rows, counts, beside)
    if has.rows < rows:
        assert has.counts < 3
