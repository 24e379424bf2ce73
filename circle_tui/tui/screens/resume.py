"""After a meeting was left: whether the gap counts, or, after long, whether to go on at all.

Invariant: nothing runs while this is asked. The gap is held unless somebody says that it counts.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Middle
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core import dates
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.service.circle_service import CircleService
from circle_tui.tui import messages
from circle_tui.tui.screens.old_meeting import OldMeetingScreen
from circle_tui.views import meeting_words


class ResumeScreen(OldMeetingScreen):
    """Where we were, and how long ago."""

    CSS_PATH = "resume.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Go on"),
        Binding("c", "count", "The gap counts"),
        Binding("s", "close_it", "Close it as it stands"),
        Binding("x", "drop", "Drop it"),
    ]

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        live = self.live
        self._gap = live.gap or timedelta()
        self._ran = live.gap_held
        self._asked_to_go_on = not live.gap_is_long
        self._dropping = False

    @property
    def can_undo(self) -> bool | None:
        return False

    def tell_gap(self) -> None:
        """This screen asks about it."""

    def body(self) -> Iterator[Widget]:
        with Middle(id="resume"):
            yield Static(id="where")
            yield Static(id="gap")

    def present(self, meeting: Meeting, now: datetime) -> None:
        super().present(meeting, now)
        self.query_one("#where", Static).update(
            Content.styled(meeting_words.whereabouts(meeting, now), "bold $primary")
        )
        self.query_one("#gap", Static).update(Content(self._about_the_gap()))

    def _about_the_gap(self) -> str:
        gap = f"Nobody was here for {dates.spoken_length(self._gap)}."
        if not self._asked_to_go_on:
            return f"{gap}\n\nGo on with this meeting, close it as it stands, or drop it?"
        if self._ran:
            return f"{gap}\n\nThe clock has stood still meanwhile."
        return f"{gap}\n\nNo clock was running."

    def line(self, meeting: Meeting) -> str:
        if self._dropping:
            return "Dropping leaves no record of this meeting. x again drops it, esc does not."
        if not self._asked_to_go_on:
            return "enter go on · s close it as it stands · x drop it"
        if self._ran:
            return "Enter goes on from there, still held; c lets the gap count."
        return "Enter goes on from there."

    def action_go_on(self) -> None:
        """On with the meeting; after a long gap the gap itself is asked about next."""
        self._dropping = False
        if not self._asked_to_go_on and self._ran:
            self._asked_to_go_on = True
            self.present(self.live.meeting, self.live.now)
            self.rest()
            self.refresh_bindings()
        else:
            self.live.settle_gap(counts=False)
            self.post_message(messages.RouteRequested())

    def action_count(self) -> None:
        """The clock ran on meanwhile."""
        self.live.settle_gap(counts=True)
        self.post_message(messages.RouteRequested())

    def action_close_it(self) -> None:
        """Close the meeting with what there is."""
        if self.act(closing_commands.close_as_it_stands):
            self.post_message(messages.CloseRequested())

    def action_drop(self) -> None:
        """Ask once more, then leave no record."""
        if self._dropping:
            self.post_message(messages.DropRequested())
        self._dropping = True
        self.rest()

    def action_back(self) -> None:
        """Not dropped after all, or back home with the meeting still parked."""
        if self._dropping:
            self._dropping = False
            self.rest()
        else:
            self.post_message(messages.HomeRequested())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is asked now."""
        if action == "count":
            return self._asked_to_go_on and self._ran
        if action in {"close_it", "drop"}:
            return not self._asked_to_go_on
        return super().check_action(action, parameters)
