"""The ring on the screen: it holds the last picture and repaints only what differs from the next.

Invariant: drawing is done elsewhere, in pure functions; here roles become styles and differences
become regions. One `show` refreshes at most one region a row, and nothing where the picture is
the same.
"""

from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from circle_tui.tui.widgets import bar, ring_drawing
from circle_tui.tui.widgets.cells import Role, Rows, changed
from circle_tui.tui.widgets.ring_plan import RingPlan, plan
from circle_tui.views.ring import Face, Seat

RING_LEAST = Size(58, 16)
"""Columns and rows below which the ring gives way to a bar."""


class Ring(Widget):
    """The circle of seats around a draining ring, with the time and a caption in the middle."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"ring--{role.value}" for role in Role}

    # The variables are the themes' own: see circle_tui.tui.theme.
    DEFAULT_CSS = """
    Ring {
        width: 1fr;
        height: 1fr;
        & > .ring--full { color: $ring-full; }
        & > .ring--empty { color: $ring-empty; }
        & > .ring--digit { color: $foreground; }
        & > .ring--caption { color: $foreground; text-style: bold; }
        & > .ring--note { color: $seat-waiting; }
        & > .ring--done { color: $seat-done; }
        & > .ring--now { color: $seat-now; text-style: bold; }
        & > .ring--waiting { color: $seat-waiting; }
        & > .ring--passed { color: $seat-waiting; }
        & > .ring--away { color: $seat-away; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._face = Face()
        self._plan: RingPlan | None = None
        self._rows: Rows = ()
        self._rows_size = Size(0, 0)
        self._styles: dict[tuple[str, Role], Style] = {}

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Clockwise from the top."""
        return self._face.seats

    @property
    def remaining(self) -> float:
        """Fraction of the time that is left, 0 to 1."""
        return self._face.remaining

    @property
    def digits(self) -> str:
        """The time in the middle, or ""."""
        return self._face.digits

    @property
    def caption(self) -> str:
        """The line under the digits."""
        return self._face.caption

    @property
    def note(self) -> str:
        """The quieter line under the caption."""
        return self._face.note

    def show(self, face: Face) -> None:
        """Show `face` from now on, repainting only the cells that change.

        Cheap enough to be called at every tick.
        """
        if face == self._face:
            return
        self._face = face
        if self._rows_size != self.size:
            self.refresh()  # a resize is under way: the whole picture comes anew with it
            return
        before, self._rows = self._rows, self._drawn(self.size)
        regions = [
            Region(span.start, span.row, span.width, 1) for span in changed(before, self._rows)
        ]
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """Row `y` of the picture."""
        if self._rows_size != self.size:
            self._rows_size = self.size
            self._rows = self._drawn(self.size)
        if not 0 <= y < len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        row = self._rows[y]
        segments = [
            Segment("".join(text for text, _ in cells), self._style(role))
            for role, cells in groupby(row, key=lambda cell: cell[1])
        ]
        return Strip(segments, len(row))

    def _drawn(self, size: Size) -> Rows:
        if size.width < RING_LEAST.width or size.height < RING_LEAST.height:
            return bar.draw(size.width, size.height, self._face)
        if self._plan is None or (self._plan.width, self._plan.height) != size:
            self._plan = plan(size.width, size.height)
        return ring_drawing.draw(self._plan, self._face)

    def _style(self, role: Role) -> Style:
        # Textual forgets them whenever anything is to be drawn.
        look = self.app.theme, role
        if look not in self._styles:
            self._styles[look] = self.get_component_rich_style(f"ring--{role.value}")
        return self._styles[look]
