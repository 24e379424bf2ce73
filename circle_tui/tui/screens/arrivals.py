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
from circle_tui.tui.screens.action_screen import bindings_of
from circle_tui.tui.screens.box import BoxScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.listing import RowClicked
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.action_table import Place
from circle_tui.views.arrivals import ArrivalsView
from circle_tui.views.presenters.arrivals import ArrivalsPresenter
from circle_tui.views.view import ChooseSeat, Execute, Intent, Local, Move


class ArrivalsScreen(BoxScreen[Execute | None]):
    """Everybody, and what one key about them would do."""

    CSS_PATH = "arrivals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.ARRIVALS, everywhere=False)

    view: ArrivalsView

    def __init__(self, snapshot: MeetingSnapshot) -> None:
        super().__init__()
        self._presenter = ArrivalsPresenter(lambda: snapshot)
        self.view = self._presenter.view()

    def compose_box(self) -> Iterator[Widget]:
        with Card(self.view.headline[0], id="comings", active=True):
            yield Rows()
            yield Static(classes="keys")

    def on_mount(self) -> None:
        self._show()

    def perform(self, does: Intent) -> None:
        match does:
            case Move(by=by):
                self._presenter.move(by)
                self._show()
            case ChooseSeat(seat=seat):
                self._presenter.choose_seat(seat)
                self._show()
            case Execute() as execute:
                self.dismiss(execute)
            case Local.BACK:
                self.dismiss(None)

    @on(RowClicked)
    def _click_row(self, clicked: RowClicked) -> None:
        """A click chooses somebody; a second one on the same row is enter."""
        if clicked.row == self._presenter.chosen:
            self.action_run("choose")
        else:
            self._presenter.choose_row(clicked.row)
            self._show()

    def _show(self) -> None:
        self.view = self._presenter.view()
        self.query_one(Rows).show(self.view.rows, cursor=self._presenter.chosen, clickable=True)
        self.query_one(".keys", Static).update(Content(self.view.status))
        self.refresh_bindings()
