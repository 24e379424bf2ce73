"""What the screens of a live meeting share: its one reactive, one way for a move, and undo.

Invariant: a move is refused or done by the rules, and in the journal before the screen shows it;
what the screen shows is bound down from `meeting`.
"""

from datetime import datetime, timedelta
from typing import ClassVar, ParamSpec

from textual.reactive import reactive

from circle_tui.core import dates
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.service.circle_service import CircleService
from circle_tui.tui import messages
from circle_tui.tui.routes import screen_of
from circle_tui.tui.screens.old_base import OldScreen
from circle_tui.tui.widgets.lines import Headline
from circle_tui.views import meeting_words

P = ParamSpec("P")


class OldMeetingScreen(OldScreen):
    """A screen of a live meeting, bound to its one reactive."""

    MOVES: ClassVar[dict[str, MeetingCommand[[]]]] = {}
    """The moves that keys make without any further word, by the name in `do('…')`."""

    # What it changes repaints itself; the screen as a whole need not be.
    meeting: reactive[Meeting | None] = reactive(None, init=False, repaint=False)

    def __init__(self, service: CircleService) -> None:
        super().__init__()
        assert service.live is not None
        self.service = service
        self.live = service.live
        self.set_reactive(OldMeetingScreen.meeting, self.live.meeting)

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
            self.say(f"Back after {dates.spoken_length(gap)}; no clock was running.")

    def watch_meeting(self, meeting: Meeting) -> None:
        """Bind a changed meeting down, and the keys with it."""
        if not self.is_mounted:
            return
        self.present(meeting, self.live.now)
        # What happened is seen first, and then what may be done about it.
        self.call_after_refresh(self._tell_what_now)

    def _tell_what_now(self) -> None:
        self.rest()
        self.refresh_bindings()

    def present(self, meeting: Meeting, now: datetime) -> None:
        """Show the meeting as it is at `now`. Subclasses add their own body."""
        self.query_one(Headline).show(meeting_words.headline(meeting, now))

    def line(self, meeting: Meeting) -> str:
        """What the saying shows while nothing is said."""
        return ""

    def rest(self) -> None:
        """Show the standing line, or that the disk does not take the meeting."""
        self.saying.set_default(self.live.trouble or self.line(self.live.meeting))

    def tick(self) -> None:
        """See `passing`."""
        self.passing()

    def passing(self) -> None:
        """A second has passed."""
        if not self.is_mounted:
            return
        self.query_one(Headline).show(meeting_words.headline(self.live.meeting, self.live.now))
        self.rest()

    def act(self, move: MeetingCommand[P], *said: P.args, **more: P.kwargs) -> bool:
        """Make a move; say why where it is refused. Whether it was made."""
        self.saying.clear()
        try:
            self.service.execute(move, *said, **more)
        except RuleError as refused:
            self.say(str(refused))
            return False
        self._show_changed()
        return True

    def _show_changed(self) -> None:
        """Bind the meeting down; where it goes on upon another screen, ask for that."""
        if type(self) is screen_of(self.live.meeting.phase):
            self.meeting = self.live.meeting
        else:
            self.post_message(messages.RouteRequested())

    show_changed = _show_changed

    def action_do(self, name: str) -> None:
        """Make one of `MOVES`."""
        self.act(self.MOVES[name])

    @property
    def can_undo(self) -> bool | None:
        return None if self.live.untouched else True

    def undo(self) -> None:
        self.saying.clear()
        try:
            self.service.undo()
        except RuleError as refused:
            self.say(str(refused))
        else:
            self._show_changed()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey out what the rules refuse; hide it where its key has another meaning now."""
        if action == "do" and self.live.why_not(self.MOVES[str(parameters[0])]) is not None:
            return None
        return True

    def why_not(self, action: str) -> str | None:
        if action.startswith("do("):
            return self.live.why_not(self.MOVES[action[4:-2]])
        return super().why_not(action)

    def go_back(self) -> None:
        self.say("The meeting is on: q leaves, and it waits for you where it is.")
