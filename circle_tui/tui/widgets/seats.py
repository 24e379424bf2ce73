"""The seats around a ring, each with as much of a name as there is room for.

Invariant: pure. The speaker's name comes first, then every glyph, then the other names; no label
lies over another, and none is cut to a stump.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.tui.widgets.cells import Cell, CellSpan, Grid, label, put
from circle_tui.tui.widgets.ring_plan import DOTS_ACROSS, DOTS_DOWN, SIDE_COLUMNS, RingPlan
from circle_tui.views.ring import Seat, SeatState

NAME_LEAST = 6
"""Cells below which a name in a crowd is left away rather than cut to a stump."""


_SIDE_LEAST = 6
"""Columns kept beside a ring at least: short names need no more, and the ring is the larger."""


class _Place(Struct, frozen=True):
    """Where a seat's label stands."""

    row: int
    side: int
    """-1: ends at `column`, growing to the left; 1: begins there; 0: is centred on it."""
    column: int
    spare: int = 0
    """Columns by which it can be nearer to the ring."""

    def start(self, width: int) -> int:
        """The first column of a label `width` cells wide."""
        if self.side == 0:
            return self.column - width // 2
        return self.column if self.side > 0 else self.column - width


def _place(plan: RingPlan, turn: float) -> _Place:
    """The place at `turn` of the way round, clockwise from the top."""
    # Rounded, so that left and right, equal on paper, do not fall into different rows.
    up, right = round(math.cos(math.tau * turn), 6), round(math.sin(math.tau * turn), 6)
    reach = plan.radius / DOTS_DOWN + plan.gap + 0.5  # in rows
    row = min(plan.height - 1, max(0, math.floor(plan.height / 2 - reach * up)))
    if right == 0:
        return _Place(row, 0, plan.width // 2)
    nearest = max(0.0, abs(row + 0.5 - plan.height / 2) - 0.5) * DOTS_DOWN
    edge = math.sqrt(max(0.0, plan.radius**2 - nearest**2)) / DOTS_ACROSS
    # At three and nine o'clock the ring is as wide as it gets: names need each column there.
    around = 0 if abs(right) == 1 else reach * 2 * abs(right)
    beside = max(around, edge + 2 if edge else 0)  # in columns
    spare = max(0, math.floor(beside - edge - 1)) if edge else 0
    if right > 0:
        return _Place(row, 1, math.ceil(plan.width / 2 + beside), spare)
    return _Place(row, -1, math.floor(plan.width / 2 - beside), spare)


def _with_room(plan: RingPlan, place: _Place, seat: Seat) -> _Place:
    """The place, nearer to the ring where the seat's whole label has no room otherwise."""
    missing = len(label(seat, SIDE_COLUMNS)) - _room(plan, place)
    nearer = max(0, min(missing, place.spare))
    return replace(place, column=place.column - place.side * nearer)


# Asked at each key and each second.
@lru_cache(maxsize=1)
def side_columns(seats: tuple[Seat, ...]) -> int:
    """Columns to keep beside a ring for the longest of these names, within reason."""
    longest = max((len(label(seat, SIDE_COLUMNS)) for seat in seats), default=0)
    return min(max(longest + 1, _SIDE_LEAST), SIDE_COLUMNS)


def draw_seats(grid: Grid, plan: RingPlan, seats: Sequence[Seat]) -> None:
    """Draw the labels clockwise from the top."""
    for row, start, cells in _labels(plan, seats).values():
        put(grid, row, start, cells)


def seat_spans(plan: RingPlan, seats: Sequence[Seat]) -> list[CellSpan]:
    """Where each seat's label is drawn; its width is 0 if it has no room."""
    labels = _labels(plan, seats)
    return [
        CellSpan(labels[index][0], labels[index][1], len(labels[index][2]))
        if index in labels
        else CellSpan(0, 0, 0)
        for index in range(len(seats))
    ]


def _labels(plan: RingPlan, seats: Sequence[Seat]) -> dict[int, tuple[int, int, list[Cell]]]:
    """Row, first column and cells of each seat's label that has room. In a crowd the speaker's name
    comes first, then every glyph, then as many names as find room."""
    places = [
        _with_room(plan, _place(plan, index / len(seats)), seat) for index, seat in enumerate(seats)
    ]
    taken: dict[int, list[Cell]] = {}
    starts: dict[int, int] = {}

    def blocked(row: int, start: int, width: int, mine: int) -> bool:
        if start < 0 or start + width > plan.width:
            return True
        return any(
            start <= starts[other] + len(cells) and starts[other] <= start + width
            for other, cells in taken.items()
            if other != mine and places[other].row == row
        )

    now_first = sorted(range(len(seats)), key=lambda at: seats[at].state is not SeatState.NOW)
    for index in now_first:
        seat, place = seats[index], places[index]
        now = seat.state is SeatState.NOW
        cells = label(seat, _room(plan, place) if now else 1)
        start = place.start(len(cells))
        # A glyph whose place is taken slides outwards, away from the ring.
        while place.side and blocked(place.row, start, len(cells), index):
            start += place.side
            if not 0 <= start < plan.width:
                break
        if not blocked(place.row, start, len(cells), index):
            taken[index], starts[index] = cells, start
            places[index] = replace(
                place,
                column=start + (len(cells) if place.side < 0 else 0)
                if place.side
                else place.column,
            )
    for index in now_first:
        if index not in taken or seats[index].state is SeatState.NOW:
            continue
        room = _room(plan, places[index])
        while room > 2:
            cells = label(seats[index], room)
            if cells[-1][0] == "…" and len(cells) < NAME_LEAST + 2:
                break  # a stump tells nobody anything
            start = places[index].start(len(cells))
            if not blocked(places[index].row, start, len(cells), index):
                taken[index], starts[index] = cells, start
                break
            room = len(cells) - 1
    return {index: (places[index].row, starts[index], cells) for index, cells in taken.items()}


def _room(plan: RingPlan, place: _Place) -> int:
    """Columns from a place to the edge it grows towards."""
    if place.side == 0:
        return plan.width
    return max(0, plan.width - place.column if place.side > 0 else place.column)
