"""What the screens between two meetings share: one circle, one way for an act, and undo.

Invariant: an act is an amendment of the circle's history; the rules refuse it or it is in the
file before the screen shows it. The screen shows what the file says.
"""

from collections.abc import Callable
from typing import ClassVar, ParamSpec

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.tui import messages
from circle_tui.tui.screens.old_base import OldScreen
from circle_tui.tui.widgets.lines import Headline
from circle_tui.tui.widgets.prompt import Prompt

P = ParamSpec("P")


class OldCircleScreen(OldScreen):
    """A screen of one circle, between its meetings."""

    TITLE_LINE: ClassVar[str] = ""
    """What the headline says beside the circle's name."""

    def __init__(self, opened: CircleService) -> None:
        super().__init__()
        self.opened = opened

    def on_mount(self) -> None:
        self.refresh_history()

    def refresh_history(self) -> None:
        """Show the history as it is now, and the keys that work with it."""
        history = self.opened.state
        self.query_one(Headline).show((history.circle.name, self.TITLE_LINE))
        self.present(history)
        self.rest()
        self.refresh_bindings()

    def present(self, history: CircleState) -> None:
        """Show the body. Subclasses say how."""

    def line(self, history: CircleState) -> str:
        """What the saying shows while nothing is said."""
        return ""

    def rest(self) -> None:
        """Show the standing line, or why nothing can be written."""
        resting = self.opened.reading_only or self.line(self.opened.state)
        self.saying.set_default(resting)

    def amend(self, act: CircleCommand[P], *said: P.args, **more: P.kwargs) -> bool:
        """Do something; say why where it is refused. Whether it was done."""
        try:
            self.opened.execute(act, *said, **more)
        except RuleError as refused:
            self.say(str(refused))
            return False
        self.saying.clear()
        self.refresh_history()
        return True

    def ask(self, question: str, typed: Callable[[str], object], value: str = "") -> None:
        """Ask for words, with `value` to begin with; `typed` gets them at enter."""
        self.saying.clear()
        self.query_one(Prompt).ask(question, typed, value)
        self.rest()
        self.refresh_bindings()

    @property
    def can_undo(self) -> bool | None:
        return True if self.opened.can_undo else None

    def undo(self) -> None:
        """Take back the last act between meetings."""
        before = self.opened.state
        try:
            self.opened.undo()
        except RuleError as refused:
            self.say(str(refused))
        else:
            self.saying.clear()
            self.refresh_history()
            place = _where_changed(before, self.opened.state)
            if place != self.TITLE_LINE:
                self.say(f"Taken back: what was done last under “{place}”.")

    def action_back(self) -> None:
        """Out of the field where one is open, or home."""
        if self.asking:
            self.query_one(Prompt).stop()
            self.rest()
        else:
            self.go_back()

    def go_back(self) -> None:
        self.post_message(messages.HomeRequested())


def _where_changed(one: CircleState, other: CircleState) -> str:
    """On which screen an act was done that makes the one history of the other, by its headline."""
    if one.circle.members != other.circle.members:
        return "people"
    for name, place in (
        ("covenants", "covenant"),
        ("checkins", "check-ins"),
        ("trades", "trades"),
        ("changes", "commitments"),
        ("cancelled", "rebooking"),
    ):
        if getattr(one, name) != getattr(other, name):
            return place
    if [each.next for each in one.records] != [each.next for each in other.records]:
        return "rebooking"
    if one.records != other.records:
        return "commitments"
    return "rebooking" if one.circle.woken != other.circle.woken else "settings"
