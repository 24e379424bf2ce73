"""Rings and bars as rows of cells, of any faces, and what can be read off them."""

from functools import lru_cache

from hypothesis import strategies as st

from circle_tui.tui.widgets.cells import Role, Rows
from circle_tui.tui.widgets.ring_drawing import draw
from circle_tui.tui.widgets.ring_plan import plan
from circle_tui.views.ring import RingFace, Seat, SeatState

NAMES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["李小龙", "[red]Ann[/]", "مريم", "👩‍🚀 Ida", "❤️", "\x1b[31mEve", "a\u200d", ""]
    ),
)
SEATS = st.lists(st.builds(Seat, NAMES, st.sampled_from(SeatState)), max_size=24).map(tuple)
FACES = st.builds(
    RingFace,
    SEATS,
    st.floats(),
    st.sampled_from(["", "4:57", "12:34", "1:00:00", "soon"]),
    st.one_of(NAMES, st.sampled_from(["HOLD", "Maya", "Maximiliana", "Renée"])),
    st.text(max_size=40),
    st.text(max_size=40),
    st.sampled_from([None, (1, 3), (3, 3)]),
)


def people(count: int, *, now: int = 1) -> tuple[Seat, ...]:
    names = ["Maya", "Priya", "Tom", "Lena", "Carlos", "Sam", "Ana", "Bo", "Jo", "Ravi"]
    return tuple(
        Seat(
            names[at % 10] + "'" * (at // 10),
            SeatState.NOW if at == now else SeatState.DONE if at < now else SeatState.WAITING,
        )
        for at in range(count)
    )


def text_of(rows: Rows) -> list[str]:
    return ["".join(cell for cell, _ in row) for row in rows]


QUARTERS = dict(zip("▘▝▀▖▌▞▛▗▚▐▜▄▙▟█", range(1, 16), strict=True))
"""The quarters that a block fills: upper left 1, upper right 2, lower left 4, lower right 8."""


def dots(rows: Rows, role: Role) -> int:
    """Braille dots drawn in a role; a quarter of a cell is as large as two of them."""
    return sum(
        2 * QUARTERS[cell].bit_count() if cell in QUARTERS else (ord(cell) - 0x2800).bit_count()
        for row in rows
        for cell, its in row
        if its is role and cell
    )


def where(rows: Rows, words: str) -> tuple[int, int]:
    """Row and column of some text."""
    lines = text_of(rows)
    row = next(at for at, line in enumerate(lines) if words in line)
    return row, lines[row].index(words)


plan_of = lru_cache(maxsize=64)(plan)
"""The plan follows from the size alone: it is made once, as the widget does."""


def picture(width: int, height: int, face: RingFace) -> Rows:
    return draw(plan_of(width, height), face)
