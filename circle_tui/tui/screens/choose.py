"""Choosing a circle out of several.

Invariant: the screen is there at once, and its rows come as their files are read; the cursor stays
on its circle meanwhile.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from textual import events, on, work
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from circle_tui.store.errors import LoadError
from circle_tui.tui import messages
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import choose
from circle_tui.views.action_table import Place
from circle_tui.views.choose import ChooseView, CircleSummary
from circle_tui.views.ring import Face
from circle_tui.views.view import Local, View

_A_MOMENT = 0.05
"""Seconds that the first drawing waits for circles."""

_SHOWN_EVERY = 0.1
"""Seconds between two looks at what was read."""

_Found = Sequence[tuple[Path, CircleSummary]]


class Reading(Protocol):
    """The circles of a folder, read a few at a time."""

    folder: Path

    all_read: bool

    def some(self, seconds: float) -> _Found:
        """What comes next within these seconds."""


class _WasRead(Message):
    """What was read since the last time, and whether that is all; `trouble` is why no more is."""

    def __init__(self, found: _Found, *, all_read: bool, trouble: str | None = None) -> None:
        super().__init__()
        self.found, self.all_read, self.trouble = found, all_read, trouble


class ChooseScreen(BaseScreen):
    """The circles of the folder."""

    CSS_PATH = "choose.tcss"
    PLACE = Place.CHOOSE
    SHOWS_CIRCLE = True

    def __init__(
        self, reading: Reading, first_said: str | None = None, came_from: Path | None = None
    ) -> None:
        """`first_said` is flashed at first; `came_from` is the file of the circle open before."""
        super().__init__()
        self._reading = reading
        self._circles: list[tuple[Path, CircleSummary]] = []
        self._first_said = first_said
        self._came_from = came_from
        self._cursor = 0
        self._moved = False
        self._all_read = False
        self._take(self._some(_A_MOMENT))

    def compose_body(self) -> Iterator[Widget]:
        with Vertical(id="choices"), Card(choose.CIRCLES, id="circles", active=True):
            yield Rows()
            yield Static(id="explained")

    def on_mount(self) -> None:
        self.refresh_view()
        if self._first_said:
            self.flash(self._first_said)
        if not self._all_read:
            self.call_after_refresh(self._read_on)

    def on_resize(self) -> None:
        """The list scrolls by itself, within its card."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        room = self.query_one("#choices").content_size.height
        explained = self.query_one(Static)
        around = self.query_one(Card).gutter.height + explained.outer_size.height
        around += explained.styles.margin.height
        self.query_one(Rows).styles.max_height = max(room - around, 1)

    # Reading

    @work(thread=True, exclusive=True)
    def _read_on(self) -> None:
        """Read what is left, and hand it on now and then."""
        worker = get_current_worker()
        while not worker.is_cancelled:
            read = self._some(_SHOWN_EVERY)
            self.post_message(read)
            if read.all_read:
                return

    def _some(self, seconds: float) -> _WasRead:
        try:
            found = self._reading.some(seconds)
        except LoadError as trouble:
            return _WasRead((), all_read=True, trouble=str(trouble))
        return _WasRead(found, all_read=self._reading.all_read)

    @on(_WasRead)
    def _show_read(self, read: _WasRead) -> None:
        self._take(read)
        self.refresh_view()
        if read.trouble is not None:
            self.flash(read.trouble)

    def _take(self, read: _WasRead) -> None:
        """Put what was read among the others, by name."""
        self._all_read = read.all_read
        self._first_said = self._first_said or read.trouble
        chosen = self._circles[self._cursor][0] if self._circles else None
        self._circles = sorted((*self._circles, *read.found), key=lambda each: each[1].sort_key)
        paths = [path for path, _ in self._circles]
        if self._moved or chosen == self._came_from is not None:
            self._cursor = paths.index(chosen) if chosen in paths else 0
            return
        before = paths.index(self._came_from) if self._came_from in paths else None
        self._cursor = choose.first_row(self._choices, before)

    @property
    def _choices(self) -> tuple[CircleSummary, ...]:
        return tuple(circle for _, circle in self._circles)

    # What is shown

    def build_view(self) -> ChooseView:
        return choose.choose_view(
            self._choices,
            cursor=self._cursor,
            folder=str(self._reading.folder),
            came_from_circle=self._came_from is not None,
            reading=not self._all_read,
        )

    def build_face(self) -> Face:
        view = self.view
        assert isinstance(view, ChooseView)
        return view.face

    def update_view(self, view: View) -> None:
        assert isinstance(view, ChooseView)
        self.query_one(Card).display = bool(view.rows)
        self.query_one(Rows).show(view.rows, cursor=self._cursor)
        self.query_one(Static).update(Content(view.explained))

    # What actions do

    def move_cursor(self, by: int) -> None:
        if self._circles:
            self._choose((self._cursor + by) % len(self._circles))

    def choose_row(self, row: int) -> None:
        if row == self._cursor and self._moved:
            self.action_run("open")
        else:
            self._choose(row)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._choose_if_there(self._cursor + 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._choose_if_there(self._cursor - 1)

    def _choose_if_there(self, row: int) -> None:
        if 0 <= row < len(self._circles):
            self._choose(row)

    def _choose(self, row: int) -> None:
        self._cursor, self._moved = row, True
        self.status.clear()
        self.refresh_view()

    def perform_local(self, does: Local) -> None:
        if does is Local.SELECT:
            self.post_message(messages.CircleChosen(self._circles[self._cursor][0]))
        elif does is Local.BACK and self._came_from is not None:
            self.post_message(messages.CircleChosen(self._came_from))
