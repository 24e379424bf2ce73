"""The responses: each of the others in turn, with two sentences to choose from and no third."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Middle
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core import moves
from circle_tui.core.meeting import Meeting
from circle_tui.tui import wording
from circle_tui.tui.screens.comings import IN_ROUND, RoundScreen


class ResponsesScreen(RoundScreen):
    """Who responds now, and to whom."""

    CSS_PATH = "responses.tcss"
    MOVES = {"respond": moves.respond, "end": moves.end_responses}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "do('respond')", "Thank you"),
        Binding("w", "respond_aloud", "What did you notice…?"),
        Binding("enter", "do('end')", "Go on"),
        Binding("n", "do('end')", "Go on"),
        *IN_ROUND,
    ]

    def body(self) -> Iterator[Widget]:
        with Middle(id="responses"):
            yield Static(id="who")
            yield Static(id="choices")
            yield Static(id="others")

    def present(self, meeting: Meeting, now: datetime) -> None:
        super().present(meeting, now)
        names = [meeting.person(member).name for member in meeting.responders]
        if not names:
            return
        self.query_one("#who", Static).update(
            Content.assemble((names[0], "bold $primary"), f" to {wording.speaker(meeting)}")
        )
        self.query_one("#choices", Static).update(
            Content.assemble(
                ("t  ", "bold $primary"),
                f"{wording.THANK_YOU}\n\n",
                ("w  ", "bold $primary"),
                wording.WHAT_DID_YOU_NOTICE,
            )
        )
        then = f"then {wording.listed(names[1:])}" if names[1:] else "then on to the commitments"
        self.query_one("#others", Static).update(Content(then))

    def line(self, meeting: Meeting) -> str:
        return "One of the two, and nothing else. Enter leaves the rest out."

    def action_respond_aloud(self) -> None:
        """The question is asked aloud; that it was is not written down anywhere."""
        self.act(moves.respond)
