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
from circle_tui.tui.screens.presented_screen import PresentedScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import choose
from circle_tui.views.action_table import Place
from circle_tui.views.choose import ChooseView, CircleSummary
from circle_tui.views.presenters.choose import ChoosePresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import Local, View

_A_MOMENT = 0.08
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


class ChooseScreen(PresentedScreen):
    """The circles of the folder."""

    CSS_PATH = "choose.tcss"
    PLACE = Place.CHOOSE
    SHOWS_CIRCLE = True
    presenter: ChoosePresenter

    def __init__(
        self, reading: Reading, first_said: str | None = None, came_from: Path | None = None
    ) -> None:
        """`first_said` is flashed at first; `came_from` is the file of the circle open before."""
        before = None if came_from is None else str(came_from)
        super().__init__(ChoosePresenter(str(reading.folder), before))
        self._reading = reading
        self._first_said = first_said
        self._came_from = came_from
        self._take(self._some(_A_MOMENT))

    def compose_body(self) -> Iterator[Widget]:
        with Vertical(id="choices"), Card(choose.CIRCLES, id="circles", active=True):
            yield Rows()
            yield Static(id="explained")

    def on_mount(self) -> None:
        self.refresh_view()
        if self._first_said:
            self.flash(self._first_said)
        if not self.presenter.all_read:
            self.call_after_refresh(self._read_on)

    def on_resize(self) -> None:
        """The list scrolls by itself, within its card."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        room = self.query_one("#choices").content_size.height
        explained = self.query_one("#explained")
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
        if self.presenter.waiting and read.all_read:
            self.perform_local(Local.SELECT)

    def _take(self, read: _WasRead) -> None:
        self._first_said = self._first_said or read.trouble
        found = [(str(path), summary) for path, summary in read.found]
        self.presenter.add(found, all_read=read.all_read)

    # What is shown

    def build_face(self) -> RingFace:
        view = self.view
        assert isinstance(view, ChooseView)
        return view.face

    def update_view(self, view: View) -> None:
        assert isinstance(view, ChooseView)
        self.query_one(Card).display = bool(view.rows)
        self.query_one(Rows).show(view.rows, cursor=self.presenter.cursor)
        self.query_one("#explained", Static).update(Content(view.explained))

    # What actions do

    @property
    def row_action(self) -> str:
        """The first click only chooses, also the row that the cursor began on."""
        return "open" if self.presenter.moved else ""

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        if self.presenter.cursor + 1 < len(self.presenter.circles):
            self.move_cursor(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        if self.presenter.cursor:
            self.move_cursor(-1)

    def perform_local(self, does: Local) -> None:
        if does is Local.SELECT:
            self.post_message(messages.CircleChosen(Path(self.presenter.chosen)))
        elif does is Local.BACK and self._came_from is not None:
            self.post_message(messages.CircleChosen(self._came_from))
