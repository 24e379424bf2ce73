"""What the screens of a review share: a range of days, asked for in two questions.

Invariant: an answer that is no day is refused with a sentence and asked for again; enter alone
keeps that side as it is, and what is deleted leaves it open. Keys say that there is a way back
only where there is one.
"""

from collections.abc import Callable, Iterator

from textual.binding import Binding
from textual.widget import Widget

from circle_tui.core.attendance.figures import Range, read_range
from circle_tui.core.errors import RuleError
from circle_tui.tui.review_messages import BackRequested, RangeRequested
from circle_tui.tui.screens.old_base import OldScreen
from circle_tui.tui.widgets.prompt import Prompt

DAYS = Binding("d", "days", "Days")
BACK = Binding("escape", "back", "Back", key_display="esc")


class DateRangeScreen(OldScreen):
    """A screen that looks at a range of days."""

    CSS_PATH = "review.tcss"

    def __init__(self, within: Range, *, behind: bool = False) -> None:
        """`behind` is whether there is something to go back to."""
        super().__init__()
        self.within = within
        if behind:
            self._bindings.key_to_bindings["escape"] = [BACK]

    def body(self) -> Iterator[Widget]:
        yield from self.looked_at()
        yield Prompt()

    def looked_at(self) -> Iterator[Widget]:
        """The widgets above the question. Subclasses say which."""
        yield from ()

    def ask(self, question: str, taken: Callable[[str], object], value: str = "") -> None:
        """Ask; what is typed goes to `taken`, at enter, and takes the place of `value`."""
        self.saying.clear()
        self.query_one(Prompt).ask(question, taken, value, replacing=True)
        self.refresh_bindings()

    def leave(self) -> None:
        """Ask no more; what was amiss with an answer is said no longer."""
        self.saying.clear()
        self.query_one(Prompt).stop()
        self.refresh_bindings()

    def action_back(self) -> None:
        """Out of the question where one is asked, or back."""
        if self.asking:
            self.leave()
        else:
            self.post_message(BackRequested())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is asked, keys are letters."""
        return action == "back" or not self.asking

    def action_days(self) -> None:
        """Choose the days to look at."""
        value = "" if self.within.start is None else self.within.start.isoformat()
        enter = "keeps it; delete it for the first" if value else "begins with the first"
        self.ask(f"From which day? Enter alone {enter}.", self._from, value)

    def _from(self, typed: str) -> None:
        start = typed.strip() or None
        try:
            read_range(start, None)
        except RuleError as refused:
            self.say(str(refused))
            return
        value = "" if self.within.end is None else self.within.end.isoformat()
        enter = "keeps it; delete it for all" if value else "leaves it open"
        self.ask(
            f"Until which day, and that one too? Enter alone {enter}.",
            lambda end: self._until(start, end),
            value,
        )

    def _until(self, start: str | None, typed: str) -> None:
        try:
            within = read_range(start, typed.strip() or None)
        except RuleError as refused:
            self.say(str(refused))
            return
        self.leave()
        self.post_message(RangeRequested(within))
