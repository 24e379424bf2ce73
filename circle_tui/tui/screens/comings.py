"""People who come and go during a round, and the listening rule for everybody.

Law: one key about a person does the next sensible thing: whoever is away arrives, whoever waits
speaks sooner and then leaves, whoever is here leaves. Undo takes it back.
"""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Middle, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static

from circle_tui.core import moves
from circle_tui.core.meeting import Meeting, Person
from circle_tui.core.record import Attendance
from circle_tui.live import LiveMeeting
from circle_tui.tui import wording
from circle_tui.tui.screens.base import MeetingScreen
from circle_tui.tui.widgets.rows import Row, Rows

RULE_SHOWN_FOR = 8.0
"""Seconds for which the listening rule stays: long enough to be read aloud."""


IN_ROUND = (
    Binding("l", "comings", "Arrived or leaving", show=False),
    Binding("a", "rule", "The listening rule", show=False),
)
"""The keys of every screen of a round, to stand after its own."""


class ListeningRule(Middle):
    """The rule, large, over everything; it names nobody."""

    DEFAULT_CSS = """
    ListeningRule {
        display: none; layer: rule; dock: top; width: 100%; height: 100%;
        background: $background; align: center middle; text-align: center;
    }
    ListeningRule.-shown { display: block; }
    ListeningRule Static { width: 100%; text-align: center; text-style: bold; }
    """

    def compose(self) -> ComposeResult:
        yield Static(Content("\n\n".join(wording.LISTENING_RULE)))


class RoundScreen(MeetingScreen):
    """A screen of the round: somebody may come or go, and the rule may be shown."""

    def __init__(self, live: LiveMeeting) -> None:
        super().__init__(live)
        self._rule_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield ListeningRule()

    def action_comings(self) -> None:
        """Choose who arrived or leaves."""

        def chosen(member: str | None) -> None:
            if member is not None and self.act(moves.come_or_go, member):
                self.say(_what_happened(self.live.meeting, member))

        self.app.push_screen(ComingsScreen(self.live.meeting), chosen)

    def action_rule(self) -> None:
        """Show the rule for a few seconds; the same key, esc, or any act puts it away."""
        if self._rule_timer is not None:
            self.hide_rule()
            return
        self.query_one(ListeningRule).add_class("-shown")
        self._rule_timer = self.set_timer(RULE_SHOWN_FOR, self.hide_rule)

    def hide_rule(self) -> None:
        """Back to the round."""
        if self._rule_timer is not None:
            self._rule_timer.stop()
            self._rule_timer = None
        self.query_one(ListeningRule).remove_class("-shown")

    def watch_meeting(self, meeting: Meeting) -> None:
        self.hide_rule()
        super().watch_meeting(meeting)

    def go_back(self) -> None:
        if self._rule_timer is not None:
            self.hide_rule()
        else:
            super().go_back()


class ComingsScreen(ModalScreen[str | None]):
    """Everybody, and what one key about them would do."""

    CSS_PATH = "comings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
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
                wording.ATTENDANCE_GLYPHS[person.attendance],
                person.name,
                _what_it_means(self._meeting, person),
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


def _what_happened(meeting: Meeting, member: str) -> str:
    person = meeting.person(member)
    if not person.here:
        return f"{person.name} has left."
    if person.attendance is Attendance.LEFT_EARLY:
        return f"{person.name} speaks next, and leaves early."
    return f"{person.name} is here" + (
        " and joins at the end." if meeting.waiting and meeting.waiting[-1] == member else "."
    )


def _what_it_means(meeting: Meeting, person: Person) -> str:
    if not person.here:
        return "arrives"
    waits = person.id in meeting.waiting or person.id in meeting.again
    if waits and person.attendance is not Attendance.LEFT_EARLY:
        return "goes early: speaks next"
    return "leaves"
