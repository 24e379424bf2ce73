"""What the ring and the line of seats share: a seat is clicked, and shows that it can be.

Invariant: where no seat can be clicked, a pointer and a click do nothing.
"""

from abc import abstractmethod
from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from circle_tui.tui.styled import UNDER_POINTER
from circle_tui.tui.widgets.cells import CellSpan


class ClickableSeats(Widget):
    """A picture of seats. Subclasses say where each of them is."""

    class SeatClicked(Message):
        """Somebody clicked on a seat, counted from 1."""

        def __init__(self, seat: int) -> None:
            super().__init__()
            self.seat = seat

    def __init__(self, can_click: Callable[[int], bool]) -> None:
        """`can_click` is whether a click on a seat, counted from 1, chooses whoever has it."""
        super().__init__()
        self._can_click = can_click
        self._at_pointer: int | None = None
        """The seat that the pointer is over."""
        self._lit: CellSpan | None = None
        """Where that seat is, if it can be clicked."""

    @abstractmethod
    def seat_spans(self) -> Sequence[CellSpan]:
        """Where each seat's glyph and name are; of width 0 if they have no room."""

    def light_anew(self) -> None:
        """Look again at the seat under the pointer: what can be clicked may have changed."""
        if self._at_pointer is not None:
            self._light()

    def with_lit(self, y: int, strip: Strip) -> Strip:
        """Row `y` of the picture, with the seat in it that the pointer is over."""
        if self._lit is None or self._lit.row != y:
            return strip
        start, end = self._lit.start, self._lit.start + self._lit.width
        label = Segment.apply_style(strip.crop(start, end), post_style=UNDER_POINTER)
        return Strip.join([strip.crop(0, start), Strip(label), strip.crop(end)])

    def on_click(self, event: events.Click) -> None:
        """A click on a seat's glyph or name, or near it, is about that seat."""
        seat = self.seat_at(event.x, event.y)
        if seat is not None and self._can_click(seat):
            self.post_message(self.SeatClicked(seat))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._point_at(self.seat_at(event.x, event.y))

    def on_leave(self) -> None:
        self._point_at(None)

    def _point_at(self, seat: int | None) -> None:
        if seat != self._at_pointer:
            self._at_pointer = seat
            self._light()

    def _light(self) -> None:
        """Show of the seat at the pointer that it can be clicked, if it can."""
        before, self._lit = self._lit, None
        seat, spans = self._at_pointer, self.seat_spans()
        if seat is not None and seat <= len(spans) and self._can_click(seat):
            self._lit = spans[seat - 1]
        if self._lit != before:
            repainted = (span for span in (before, self._lit) if span is not None)
            self.refresh(*(Region(each.start, each.row, each.width, 1) for each in repainted))

    def seat_at(self, x: int, y: int) -> int | None:
        """The seat whose glyph or name is at a cell, counted from 1; None if there is none."""
        for seat, (row, start, width) in enumerate(self.seat_spans(), 1):
            if row == y and start <= x < start + width:
                return seat
        return None
