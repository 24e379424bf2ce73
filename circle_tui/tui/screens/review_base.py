"""The base of the review's screens: questions, whose answers are values and not commands."""

from collections.abc import Iterator

from textual.containers import Vertical
from textual.widget import Widget

from circle_tui.core.attendance.figures import DateRange
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.tui.review_messages import RangeRequested
from circle_tui.tui.screens.presented_screen import PresentedScreen
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.views.view import Ask, Intent, Local


class ReviewScreenBase(PresentedScreen):
    """The base of the review's screens, which look at a range of days."""

    CSS_PATH = "review.tcss"
    TYPED_IS_SAVED = False

    def compose_body(self) -> Iterator[Widget]:
        with Vertical(id="review"):
            yield Prompt()
            yield from self.compose_review()

    def compose_review(self) -> Iterator[Widget]:
        """The widgets below the question. Subclasses say which."""
        yield from ()

    def on_mount(self) -> None:
        self.refresh_view()

    def on_resize(self) -> None:
        """Say elsewhere what has no room now, or no longer what has."""
        self.call_after_refresh(self.refresh_view)

    def perform(self, does: Intent) -> None:
        if isinstance(does, Ask):
            self.ask(does)
        else:
            super().perform(does)

    def ask(self, does: Ask) -> None:
        """Ask a question, and take its answer."""

        def take(typed: str) -> None:
            try:
                answer = does.command(*does.args, typed)
            except AmbiguousError as asked:
                self.ask_which(asked, take)
                return
            except RuleError as refused:
                self.flash(str(refused))
                return
            self.answered(answer)

        self.status.clear()
        self.query_one(Prompt).ask(does.question, take, does.value)
        self.refresh_view()

    def answered(self, answer: object) -> None:
        """Ask the next question, or look at the days that were chosen."""
        match answer:
            case Ask():
                self.ask(answer)
            case DateRange():
                self.stop_asking()
                self.post_message(RangeRequested(answer))

    def stop_asking(self) -> None:
        """Close the field; what was typed is forgotten, and what was wrong with it."""
        self.status.clear()
        self.query_one(Prompt).stop()
        self.refresh_view()

    def perform_local(self, does: Local) -> None:
        if does is Local.BACK:
            self.stop_asking()
