"""The closing: the look back and the questions where they are due, then the date and the end.

Invariant: the question of the look back is asked by itself, but not again once somebody has left
its field.
"""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.meeting.meeting import ClosingStep
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.round import RoundScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import closing
from circle_tui.views.action_table import Place
from circle_tui.views.closing import ClosingView
from circle_tui.views.text import Text
from circle_tui.views.view import Ask, Local, View


class ClosingScreen(RoundScreen):
    """One thing to settle after the other, by enter or by a key of its own."""

    CSS_PATH = "closing.tcss"
    PLACE = Place.CLOSING

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._cursor = 0
        self._reaching_out_to: str | None = None
        self._left: ClosingStep | None = None
        """The step whose field somebody left by esc."""

    def compose_body(self) -> Iterator[Widget]:
        with Card(id="closing"):
            yield Static(id="shared")
            yield Static(id="date")
            yield Static(id="missing")
            yield Static(id="covenant")
            yield Static(id="advice")
            yield Rows()
            yield Static(id="next-opener")
        yield Prompt()

    def on_mount(self) -> None:
        # Textual calls the base's own as well.
        self._ask_what_is_due()

    def watch_meeting(self) -> None:
        super().watch_meeting()
        if self.is_mounted:
            self._ask_what_is_due()

    def build_view(self) -> ClosingView:
        reaching_out_to = closing.to_reach_out_to(self.live.meeting)
        if reaching_out_to != self._reaching_out_to:
            self._reaching_out_to, self._cursor = reaching_out_to, 0
        return closing.closing_view(
            self.snapshot,
            cursor=self._cursor,
            asking=self.prompt_open,
            overlay_shown=self.overlay_shown,
        )

    def update_view(self, view: View) -> None:
        assert isinstance(view, ClosingView)
        self._update("#shared", view.shared)
        self._update("#date", view.date)
        self._update("#missing", view.missing)
        self._update("#covenant", view.covenant)
        self._update("#advice", view.advice)
        self._update("#next-opener", view.next_opener)
        self.query_one("#closing").set_class(view.reaching_out, "-reaching")
        rows = self.query_one(Rows)
        rows.display = bool(view.rows)
        rows.show(view.rows, view.cursor)

    def _update(self, selector: str, text: Text) -> None:
        """Show `text`, or nothing, without a line for it."""
        static = self.query_one(selector, Static)
        static.set_class(not text, "-gone")
        static.update(content(text))

    def move_cursor(self, by: int) -> None:
        assert isinstance(self.view, ClosingView)
        self._cursor = (self._cursor + by) % len(self.view.rows)
        self.refresh_view()

    # Typing

    def _ask_what_is_due(self) -> None:
        """Ask for the look back, unless its field was left; otherwise ask nothing.

        Nor does a field open by undo or redo: the next press of their key would be typed into it.
        """
        assert isinstance(self.view, ClosingView)
        question = self.view.look_back
        left = self.live.meeting.closing_step is self._left
        if question is not None and not left and not self.service.last_was_undo_or_redo:
            self.ask(question)
        else:
            self.stop_asking()

    def ask(self, does: Ask) -> None:
        self._left = None
        super().ask(does)

    def after_typing(self, does: Ask) -> None:
        # The field was closed as its words were taken; the next question may be due.
        self._ask_what_is_due()

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.BACK if self.prompt_open:
                self._left = self.live.meeting.closing_step
                self.stop_asking()
            case _:
                super().perform_local(does)
