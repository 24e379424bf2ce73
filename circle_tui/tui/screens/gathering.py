"""The gathering: the people beside the plan, or the check-ins alone.

Invariant: check-ins stand beside the plan where everything has room, else they wait for a key.
"""

from collections.abc import Iterator

from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.meeting import MeetingScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import common
from circle_tui.views.action_table import Place
from circle_tui.views.gathering import GatheringView, gathering_view
from circle_tui.views.view import Local, View

_WIDE = 60
"""Columns from which the plan stands beside the people: see `BaseScreen`."""


class GatheringScreen(MeetingScreen):
    """Everybody here unless marked."""

    CSS_PATH = "gathering.tcss"
    PLACE = Place.GATHERING

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._cursor = 0
        self._seat: int | None = None
        """The seat that was just chosen by its number."""
        self._reading = False

    def compose_body(self) -> Iterator[Widget]:
        with Horizontal(id="gathering"):
            with VerticalScroll(id="people", can_focus=False):
                yield Rows()
            with VerticalScroll(id="plan", can_focus=False):
                for part in ("question", "order", "minutes", "waiting"):
                    yield Static(id=part)

    def build_view(self) -> GatheringView:
        view = self._build_view(checkins_beside=True)
        if not view.checkins or self._reading or self._has_room_for(view):
            return view
        return self._build_view(checkins_beside=False)

    def _build_view(self, *, checkins_beside: bool) -> GatheringView:
        return gathering_view(
            self.snapshot,
            cursor=self._cursor,
            seat=self._seat,
            reading=self._reading,
            checkins_beside=checkins_beside,
        )

    def _has_room_for(self, view: GatheringView) -> bool:
        """Whether all of the plan is seen at once, with the check-ins below it."""
        size = self.size
        if size.width < _WIDE:
            return False
        # As gathering.tcss divides it: three fifths of at most 96 columns, with their padding.
        width = max((min(size.width, 96) - 4) * 3 // 5 - 3, 1)
        plan = (view.order, view.minutes, view.checkins)
        question = 4 if view.question else 0
        lines = question + sum(len(content(part).wrap(width)) for part in plan) + 2
        return lines <= size.height - 5

    def update_view(self, view: View) -> None:
        assert isinstance(view, GatheringView)
        self.query_one("#people").display = bool(view.rows)
        self.query_one(Rows).show(view.rows, cursor=self._cursor)
        parts = {
            "question": view.question,
            "order": view.order,
            "minutes": view.minutes,
            "waiting": view.checkins,
        }
        for part, text in parts.items():
            static = self.query_one(f"#{part}", Static)
            static.display = bool(text)
            static.update(content(text))
        self.query_one("#gathering").set_class(self._reading, "-reading")

    def on_resize(self) -> None:
        """There may be more room now, or less."""
        self.refresh_view()

    def move_cursor(self, by: int) -> None:
        self._cursor = (self._cursor + by) % len(self.live.meeting.people)
        self._seat = None
        self.refresh_view()

    def choose_seat(self, seat: int) -> None:
        if seat > len(self.live.meeting.people):
            self.flash(common.no_seat(seat))
        else:
            self._cursor, self._seat = seat - 1, seat
            self.refresh_view()

    def scroll_body(self, by: int) -> None:
        self.query_one("#plan").scroll_relative(y=by, animate=False)

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.CHECKINS:
                self._read(True)
            case Local.BACK if self._reading:
                self._read(False)
            case _:
                super().perform_local(does)

    def _read(self, reading: bool) -> None:
        """Show the check-ins alone, or the plan again."""
        self._reading = reading
        self.refresh_view()
        self.query_one("#plan").scroll_home(animate=False)
