"""The circle at a glance, between two meetings.

Law: it shows what the file says and what comes next; the one thing to do is to begin.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core import cadence, rotation
from circle_tui.core.standing import Standing
from circle_tui.tui import messages
from circle_tui.tui.screens.base import CircleScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.lines import Headline
from circle_tui.tui.widgets.rows import Row, Rows


class Glance(NamedTuple):
    """What the home screen shows. `parked` says where a meeting that was left stands, `unreadable`
    why it cannot be gone on with, `reading_only` why nothing can be written, `said` what just
    happened."""

    standing: Standing
    now: datetime
    parked: str | None = None
    under_way: bool = False
    unreadable: str | None = None
    reading_only: str | None = None
    said: str | None = None


class HomeScreen(CircleScreen):
    """When, who opens and why, and what is open."""

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "Begin the meeting"),
        Binding("x", "set_aside", "Set it aside"),
        Binding("n", "new", "New circle"),
        Binding("o", "other", "Open another"),
    ]

    def __init__(self, glance: Glance) -> None:
        super().__init__()
        self._glance = glance

    def body(self) -> Iterator[Widget]:
        with Card(id="glance"):
            yield Static(self._next_meeting(), id="next")
            yield Static(self._opener(), id="opener")
            yield Static(Content("Open commitments"), classes="label")
            yield Rows(id="open")

    def on_mount(self) -> None:
        glance, standing = self._glance, self._glance.standing
        self.query_one(Headline).show(
            (
                standing.circle.name,
                f"Cycle {standing.cycle}, meeting {standing.number_in_cycle}",
                f"{len(standing.circle.members)} people, {standing.circle.rhythm}",
            )
        )
        names = {member.id: member.name for member in standing.circle.members}
        self.query_one(Rows).show(
            tuple(Row("○", f"{names[each.member]}: {each.text}") for each in standing.open)
            or (Row("", "None yet: they are made in a meeting.", dim=True),)
        )
        self.saying.rest(
            glance.reading_only or glance.unreadable or glance.parked or "Enter begins the meeting."
        )
        if glance.said:
            self.say(glance.said)

    def _next_meeting(self) -> Content:
        standing, now = self._glance.standing, self._glance.now
        when = cadence.spoken_date(standing.planned, standing.circle)
        distance = cadence.spoken_distance(standing.planned, now)
        if self._glance.under_way:
            where = " in another terminal" if self._glance.reading_only else ""
            return Content.styled(f"The meeting is under way{where}.", "bold $primary")
        return Content.assemble((f"Next meeting: {when}", "bold $primary"), f"\n{distance}")

    def _opener(self) -> Content:
        standing = self._glance.standing
        members = standing.circle.members
        chosen = rotation.opener([member.id for member in members], standing.openings)
        if chosen is None:
            return Content("")
        name = next(member.name for member in members if member.id == chosen.member)
        return Content.assemble((name, "bold"), f" opens: {chosen.reason}.")

    def action_begin(self) -> None:
        """Begin, or go on."""
        self.post_message(messages.BeginRequested())

    def action_set_aside(self) -> None:
        """Begin anew without the meeting that cannot be read."""
        self.post_message(messages.SetAsideRequested())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what cannot be read is ever set aside here."""
        return self._glance.unreadable is not None if action == "set_aside" else True

    def action_new(self) -> None:
        """Set up another circle."""
        self.post_message(messages.SetupRequested())

    def action_other(self) -> None:
        """Choose another circle."""
        self.post_message(messages.ChoiceRequested())
