"""People who come and go during a round.

Invariant: one key about a person does the next sensible thing: whoever is away arrives, whoever
waits speaks sooner and then leaves, whoever is here leaves. Undo takes it back.
"""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from circle_tui.core.attendance import labels
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.tui.screens.keys import UP_DOWN
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.view import Row

_MEANS = {
    commands.Passing.ARRIVES: "arrives",
    commands.Passing.LEAVES_SOON: "goes early: speaks next",
    commands.Passing.LEAVES: "leaves",
}


class ArrivalsScreen(ModalScreen[str | None]):
    """Everybody, and what one key about them would do."""

    CSS_PATH = "arrivals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *UP_DOWN,
        Binding("enter,space", "choose", "Yes"),
        Binding("escape,l,q", "dismiss", "Back"),
    ]

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self._meeting = meeting
        away = [at for at, person in enumerate(meeting.people) if not person.here]
        # With nobody to arrive nobody is chosen yet: enter must not send anybody away.
        self._at = away[0] if away else None

    def compose(self) -> ComposeResult:
        with Vertical(id="comings"):
            yield Static(Content("Who arrives or leaves?"), classes="title")
            yield Rows()
            yield Static(Content("↑ ↓ choose · enter yes · esc back"), classes="keys")

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        rows = tuple(
            Row(
                labels.GLYPHS[person.attendance],
                person.name,
                _MEANS[commands.what_it_would_be(self._meeting, person.id)],
            )
            for person in self._meeting.people
        )
        self.query_one(Rows).show(rows, cursor=self._at)

    def action_move(self, by: int) -> None:
        """Choose another person."""
        count = len(self._meeting.people)
        at = self._at if self._at is not None else (-1 if by > 0 else 0)
        self._at = (at + by) % count
        self._show()

    def action_choose(self) -> None:
        """This one."""
        if self._at is not None:
            self.dismiss(self._meeting.people[self._at].id)

    def on_key(self, event: events.Key) -> None:
        """A person can be chosen by seat."""
        if event.character and event.character.isdecimal():
            seat = int(event.character) - 1
            if 0 <= seat < len(self._meeting.people):
                self._at = seat
                self._show()
