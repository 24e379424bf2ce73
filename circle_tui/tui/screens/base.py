"""What all screens share: the headline, the saying, the footer, and one way for a key.

Law: a key is bound to an action; the action is refused or done by the rules, never by the
screen. A refused key says why in one line, and a key that means nothing says so.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar, ParamSpec

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Footer

from circle_tui.core import cadence
from circle_tui.core.meeting import Meeting
from circle_tui.core.refused import Refused
from circle_tui.live import LiveMeeting, Move
from circle_tui.tui import messages, wording
from circle_tui.tui.widgets.lines import Headline, Saying

P = ParamSpec("P")


class CircleScreen(Screen[None]):
    """A screen with its headline, its body, its saying and its keys."""

    CSS_PATH = "base.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (20, "-narrow"), (60, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.saying = Saying()

    def compose(self) -> ComposeResult:
        yield Headline()
        yield from self.body()
        yield self.saying
        yield Footer(show_command_palette=False)

    def body(self) -> Iterator:  # type: ignore[type-arg]
        """The widgets between headline and saying."""
        yield from ()

    def say(self, sentence: str) -> None:
        """Say one sentence above the keys."""
        self.saying.say(sentence)

    @property
    def can_undo(self) -> bool | None:
        """Whether there is something here to take back; None where it was, or will be."""
        return False

    def undo(self) -> None:
        """Take back the last act."""

    def why_not(self, action: str) -> str | None:
        """Why a bound action is refused now, as a sentence; None where nothing is known."""
        return None

    def action_back(self) -> None:
        """Out of what has the focus, or one screen back."""
        if self.focused is not None:
            self.set_focus(None)
        else:
            self.go_back()

    def go_back(self) -> None:
        """One screen back, where there is one."""
        self.say("There is nothing to go back to; q leaves.")

    def stray(self, key: events.Key) -> None:
        """A key that is refused now says why; one that nothing is bound to says so."""
        bound = self.active_bindings.get(key.key)
        if bound is None:
            if key.is_printable and key.character:
                self.say(f"“{key.character}” does nothing here; ? shows the keys that do.")
        elif not bound.enabled and (reason := self.why_not(bound.binding.action)):
            self.say(reason)


class MeetingScreen(CircleScreen):
    """A screen of a live meeting, bound to its one reactive."""

    MOVES: ClassVar[dict[str, Move[[]]]] = {}
    """The moves that keys make without any further word, by the name in `do('…')`."""

    meeting: reactive[Meeting | None] = reactive(None, init=False)

    def __init__(self, live: LiveMeeting) -> None:
        super().__init__()
        self.live = live
        self.set_reactive(MeetingScreen.meeting, live.meeting)

    def on_mount(self) -> None:
        self.present(self.live.meeting, self.live.now)
        self.rest()
        self.tell_gap()

    def tell_gap(self) -> None:
        """Say how long nobody was here, where there is nothing to ask about it."""
        gap = self.live.gap
        if gap is None:
            return
        self.live.settle_gap(counts=False)
        if gap >= timedelta(minutes=1):
            self.say(f"Back after {cadence.spoken_length(gap)}; no clock was running.")

    def watch_meeting(self, meeting: Meeting) -> None:
        """Bind a changed meeting down, and the keys with it."""
        if not self.is_mounted:
            return
        self.present(meeting, self.live.now)
        self.rest()
        self.refresh_bindings()

    def present(self, meeting: Meeting, now: datetime) -> None:
        """Show the meeting as it is at `now`. Subclasses add their own body."""
        self.query_one(Headline).show(wording.headline(meeting, now))

    def line(self, meeting: Meeting) -> str:
        """What the saying shows while nothing is said."""
        return ""

    def rest(self) -> None:
        """Show the standing line, or that the disk does not take the meeting."""
        self.saying.rest(self.live.trouble or self.line(self.live.meeting))

    def passing(self) -> None:
        """A second has passed."""
        if not self.is_mounted:
            return
        self.query_one(Headline).show(wording.headline(self.live.meeting, self.live.now))
        self.rest()

    def act(self, move: Move[P], *said: P.args, **more: P.kwargs) -> bool:
        """Make a move; say why where it is refused. Whether it was made."""
        self.saying.hush()
        try:
            self.live.do(move, *said, **more)
        except Refused as refused:
            self.say(str(refused))
            return False
        self.post_message(messages.RouteRequested())
        return True

    def action_do(self, name: str) -> None:
        """Make one of `MOVES`."""
        self.act(self.MOVES[name])

    @property
    def can_undo(self) -> bool | None:
        return None if self.live.untouched else True

    def undo(self) -> None:
        self.saying.hush()
        try:
            self.live.undo()
        except Refused as refused:
            self.say(str(refused))
        else:
            self.post_message(messages.RouteRequested())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey out what the rules refuse; hide it where its key has another meaning now."""
        if action == "do" and self.live.refusal(self.MOVES[str(parameters[0])]) is not None:
            return None
        return True

    def why_not(self, action: str) -> str | None:
        if action == "undo":
            return "There is nothing to undo."
        if action.startswith("do("):
            return self.live.refusal(self.MOVES[action[4:-2]])
        return None

    def go_back(self) -> None:
        self.say("The meeting is on: q leaves, and it waits for you where it is.")
