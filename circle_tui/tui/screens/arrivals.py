"""People who come and go during a round, chosen above the round's screen.

Invariant: this screen changes nothing; it hands over what is to be executed, or None.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.tui.screens.base import bindings_of
from circle_tui.tui.screens.box import BoxScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.listing import RowClicked
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import arrivals
from circle_tui.views.action_table import Place
from circle_tui.views.view import ChooseSeat, Execute, Intent, Local, Move


class ArrivalsScreen(BoxScreen[Execute | None]):
    """Everybody, and what one key about them would do."""

    CSS_PATH = "arrivals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.ARRIVALS, everywhere=False)

    view: arrivals.ArrivalsView

    def __init__(self, snapshot: MeetingSnapshot) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._cursor = arrivals.first_cursor(snapshot.meeting)
        self.view = arrivals.arrivals_view(snapshot, cursor=self._cursor)

    def compose_box(self) -> Iterator[Widget]:
        with Card(self.view.headline[0], id="comings", active=True):
            yield Rows()
            yield Static(classes="keys")

    def on_mount(self) -> None:
        self._choose(self._cursor)

    def perform(self, does: Intent) -> None:
        match does:
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
        self.view = arrivals.arrivals_view(self._snapshot, cursor=cursor)
        self.query_one(Rows).show(self.view.rows, cursor=cursor, clickable=True)
        self.query_one(".keys", Static).update(Content(self.view.status))
        self.refresh_bindings()
