"""People who come and go during a round, chosen above the round's screen.

Invariant: this screen changes nothing; it hands over what is to be executed, or None.
"""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.tui.screens.base import bindings_of
from circle_tui.tui.screens.deferred_paint import DeferredPaintScreen
from circle_tui.tui.widgets.listing import RowClicked
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import arrivals
from circle_tui.views.action_table import Place
from circle_tui.views.view import ChooseSeat, Execute, Local, Move


class ArrivalsScreen(DeferredPaintScreen[Execute | None], ModalScreen[Execute | None]):
    """Everybody, and what one key about them would do."""

    CSS_PATH = "arrivals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.ARRIVALS, everywhere=False)

    def __init__(self, snapshot: MeetingSnapshot) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._cursor = arrivals.first_cursor(snapshot.meeting)

    @property
    def view(self) -> arrivals.ArrivalsView:
        """What is shown and offered now."""
        return arrivals.arrivals_view(self._snapshot, cursor=self._cursor)

    def compose(self) -> ComposeResult:
        with Vertical(id="comings"):
            yield Static(Content(self.view.headline[0]), classes="title")
            yield Rows()
            yield Static(Content(self.view.status), classes="keys")

    def on_mount(self) -> None:
        self._choose(self._cursor)

    def action_run(self, action_id: str) -> None:
        """Do what the view's action says; what it does not offer does nothing."""
        action = self.view.action(action_id)
        match action.does if action is not None else None:
            case Move(by=by):
                start = self._cursor if self._cursor is not None else (-1 if by > 0 else 0)
                self._choose((start + by) % len(self.view.rows))
            case ChooseSeat(seat=seat):
                self._choose(seat - 1)
            case Execute() as execute:
                self.dismiss(execute)
            case Local.BACK:
                self.dismiss(None)

    @on(RowClicked)
    def _click_row(self, clicked: RowClicked) -> None:
        """A click chooses somebody; a second one on the same row is enter."""
        if clicked.row == self._cursor:
            self.action_run("choose")
        else:
            self._choose(clicked.row)

    def _choose(self, cursor: int | None) -> None:
        self._cursor = cursor
        self.query_one(Rows).show(self.view.rows, cursor=cursor, clickable=True)
