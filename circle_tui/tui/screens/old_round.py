"""What the screens of a round share: who comes and goes, and what is shown to everybody.

Invariant: the listening rule and the covenant lie over the round for a moment, and any act puts
them away. Who comes or goes is asked for on a screen of its own; what that means, the rules say.
"""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.timer import Timer

from circle_tui.core.circle.state import Clause
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.arrivals import ArrivalsScreen
from circle_tui.tui.screens.old_meeting import OldMeetingScreen
from circle_tui.tui.widgets.covenant_overlay import CovenantOverlay
from circle_tui.tui.widgets.listening_rule import ListeningRule
from circle_tui.views import meeting_words
from circle_tui.views.view import Execute

RULE_SHOWN_FOR = 8.0
"""Seconds for which the listening rule stays: long enough to be read aloud."""

COVENANT_SHOWN_FOR = 10.0
"""Seconds for which the covenant stays (field guide, 5: shown for a moment)."""

_READ_ALOUD = (Clause.PURPOSE, Clause.RHYTHM, Clause.BOUNDARIES)
"""What of the covenant is shown as a round begins; what is said of the missing, at the closing."""

IN_ROUND = (
    Binding("l", "comings", "Arrived or leaving", show=False),
    Binding("a", "rule", "The listening rule", show=False),
    Binding("v", "covenant", "The covenant", show=False),
)
"""The keys of every screen of a round, to stand after its own."""


class OldRoundScreen(OldMeetingScreen):
    """A screen of the round: somebody may come or go, and the rule may be shown."""

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._over: ListeningRule | CovenantOverlay | None = None
        self._over_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield ListeningRule(meeting_words.listening_rule(self.live.meeting.circle))
        said = self.live.meeting.context.covenant
        yield CovenantOverlay(tuple(said[each] for each in _READ_ALOUD if each in said))

    def on_mount(self) -> None:
        # Textual calls the base's own as well.
        meeting = self.live.meeting
        if meeting.context.covenant and _just_begun(meeting):
            self._show_covenant("Enter starts the first share; esc puts this away.")

    def action_comings(self) -> None:
        """Choose who arrived or leaves."""

        def chosen(does: Execute | None) -> None:
            if does is not None and self.act(commands.come_or_go, *does.args):
                self.say(does.flash or "")

        snapshot = MeetingSnapshot(self.live.meeting, self.live.now)
        self.app.push_screen(ArrivalsScreen(snapshot), chosen)

    def action_rule(self) -> None:
        """Show the rule for a few seconds; the same key, esc, or any act puts it away."""
        rule = self.query_one(ListeningRule)
        if self._over is rule:
            self.hide_over()
        else:
            self._show_over(rule, RULE_SHOWN_FOR)

    def action_covenant(self) -> None:
        """Show the covenant for a few seconds; it goes away as the rule does."""
        if isinstance(self._over, CovenantOverlay):
            self.hide_over()
        else:
            self._show_covenant("Esc puts this away.")

    def _show_covenant(self, hint: str) -> None:
        covenant = self.query_one(CovenantOverlay)
        covenant.set_hint(hint)
        self._show_over(covenant, COVENANT_SHOWN_FOR)

    def _show_over(self, over: ListeningRule | CovenantOverlay, seconds: float) -> None:
        self.hide_over()
        over.add_class("-shown")
        self._over, self._over_timer = over, self.set_timer(seconds, self.hide_over)

    def hide_over(self) -> None:
        """Back to the round."""
        if self._over is not None:
            self._over.remove_class("-shown")
        if self._over_timer is not None:
            self._over_timer.stop()
        self._over = self._over_timer = None

    def watch_meeting(self, meeting: Meeting) -> None:
        self.hide_over()
        super().watch_meeting(meeting)

    def go_back(self) -> None:
        if self._over is not None:
            self.hide_over()
        else:
            super().go_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A circle without a covenant sees none of it."""
        if action == "covenant":
            return bool(self.live.meeting.context.covenant)
        return super().check_action(action, parameters)


def _just_begun(meeting: Meeting) -> bool:
    """Whether the round has begun, and nobody has taken or passed their turn yet."""
    return meeting.phase is Phase.READY and not (meeting.finished or meeting.passed)
