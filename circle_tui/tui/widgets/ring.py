"""The ring on the screen: it holds the last picture and repaints only the rows that differ.

Invariant: drawing is done elsewhere, in pure functions; here roles become styles and differences
become regions. One `show` refreshes the rows that differ, and nothing where the picture is the
same.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.strip import Strip

from circle_tui.tui.widgets import bar, ring_drawing
from circle_tui.tui.widgets.cells import Cell, CellSpan, Role, Rows, runs
from circle_tui.tui.widgets.clickable_seats import ClickableSeats
from circle_tui.tui.widgets.drawn_lines import DrawnLines
from circle_tui.tui.widgets.ring_plan import RingPlan, plan
from circle_tui.tui.widgets.seats import seat_spans, side_columns
from circle_tui.views.ring import RingFace, Seat

RING_LEAST = Size(54, 14)
"""Columns and rows below which the ring gives way to a bar."""


_VARIABLES = {
    Role.FULL: "ring-full",
    Role.EMPTY: "ring-empty",
    Role.DIGIT: "seat-now",
    Role.CAPTION: "seat-now",
    Role.NOTE: "seat-waiting",
    Role.DONE: "seat-done",
    Role.NOW: "seat-now",
    Role.RESPONDING: "seat-now",
    Role.WAITING: "seat-waiting",
    Role.PASSED: "seat-waiting",
    Role.AWAY: "seat-away",
}
"""The themes' variable with the colour of each role: see circle_tui.tui.theme."""

_BOLD = {Role.DIGIT, Role.CAPTION, Role.NOW, Role.RESPONDING}


class RoleStyles(DrawnLines):
    """A widget that draws cells by their roles, in the theme's colours for these.

    The colours are no component classes: Textual would style a dozen nodes for each such widget,
    whenever a screen is shown.
    """

    # For all such widgets: each screen has new ones, and their colours are the same.
    _styles_by_theme: ClassVar[dict[tuple[str, Style], dict[Role, Style]]] = {}

    def __init__(self) -> None:
        super().__init__()
        self._styles: dict[Role, Style] = {}

    def strip(self, row: Sequence[Cell]) -> Strip:
        """The cells as few segments: each has colour codes of some 40 bytes."""
        styles = self._styles
        return Strip([Segment(text, styles[role]) for text, role in runs(row)], len(row))

    def colours_changed(self) -> None:
        super().colours_changed()
        key = self.app.theme, self.rich_style
        if key not in self._styles_by_theme:
            self._styles_by_theme[key] = self._styles_in_theme()
        styles = self._styles_by_theme[key]
        self._styles = {role: self.in_terminal(style) for role, style in styles.items()}

    def _styles_in_theme(self) -> dict[Role, Style]:
        app, ground = self.app, self.rich_style
        named = {**app.get_theme_variable_defaults(), **app.current_theme.variables}
        styles = dict.fromkeys(Role, ground)
        for role, variable in _VARIABLES.items():
            colour = Color.parse(named[variable]).rich_color
            styles[role] = ground + Style(color=colour, bold=role in _BOLD or None)
        return styles


class Ring(ClickableSeats, RoleStyles):
    """The circle of seats around a draining ring, with the time and a caption in the middle."""

    DEFAULT_CSS = "Ring { width: 1fr; height: 1fr; }"

    def __init__(self, can_click: Callable[[int], bool]) -> None:
        super().__init__(can_click)
        self._face = RingFace()
        self._plan: RingPlan | None = None
        self._rows: Rows = ()
        self._rows_size = Size(0, 0)

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
    def large(self) -> str:
        """What the middle says large while there are no digits, or ""."""
        return self._face.large

    @property
    def caption(self) -> str:
        """The line under the digits."""
        return self._face.caption

    @property
    def note(self) -> str:
        """The quieter line under the caption."""
        return self._face.note

    def show(self, face: RingFace) -> None:
        """Show `face` from now on, repainting only the rows that change.

        Cheap enough to be called at every tick.
        """
        if face != self._face:
            self._show_changed(face)
        self.light_anew()

    def _show_changed(self, face: RingFace) -> None:
        self._face = face
        size = self.size
        if self._rows_size != size:
            self.refresh()  # a resize is under way: the whole picture comes anew with it
            return
        before, self._rows = self._rows, self._drawn(size)
        pairs = enumerate(zip(before, self._rows, strict=True))
        regions = [Region(0, y, size.width, 1) for y, (old, new) in pairs if old != new]
        if regions:
            self.refresh(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of `crop`, of a picture that has the widget's size."""
        # Textual computes it from the layout each time.
        size = self.size
        if self._rows_size != size:
            self._rows_size = size
            self._rows = self._drawn(size)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Row `y` of the picture."""
        return self.with_lit(y, self.strip(self._rows[y]))

    def seat_spans(self) -> Sequence[CellSpan]:
        """Where each seat's glyph and name are; empty where the ring isn't shown."""
        if self._plan is None or not self._shows_ring(self.size):
            return ()
        return seat_spans(self._plan, self.seats)

    @staticmethod
    def _shows_ring(size: Size) -> bool:
        return size.width >= RING_LEAST.width and size.height >= RING_LEAST.height

    def _drawn(self, size: Size) -> Rows:
        if not self._shows_ring(size):
            return bar.draw(size.width, size.height, self._face)
        side = side_columns(self.seats)
        if self._plan is None or (self._plan.width, self._plan.height, self._plan.side) != (
            *size,
            side,
        ):
            self._plan = plan(size.width, size.height, side)
        return ring_drawing.draw(self._plan, self._face)
