"""The closing: the look back and the questions where they are due, then the date and the end.

Invariant: the question of the look back is asked by itself, but not again once somebody has left
its field.
"""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.round import RoundScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.action_text import ActionStatic
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.large_text import LargeText
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import closing
from circle_tui.views.action_table import Place
from circle_tui.views.closing import ClosingView
from circle_tui.views.presenters.closing import ClosingPresenter
from circle_tui.views.text import Text
from circle_tui.views.view import Row, View


class ClosingScreen(RoundScreen):
    """One thing to settle after the other, by enter or by a key of its own."""

    CSS_PATH = "closing.tcss"
    PLACE = Place.CLOSING
    PRESENTER = ClosingPresenter
    ROW_ACTION = "reach_out"

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="closing"):
            yield LargeText(id="large")
            with Card(id="shared", active=True):
                yield Static()
                yield Rows(id="choices")
            yield Card(closing.CONTRACTS, id="contracts", action_id="contracts")
            with Card(closing.NEXT_TIME, id="next-time"):
                yield ActionStatic(id="date")
                yield Static(id="code")
            yield Prompt()
            with Card(id="missing"):
                yield Static(id="reached")
                yield Rows(id="who")
                yield Static(id="covenant")
            yield Static(id="advice")
            with Card(closing.UNTIL_THEN, id="until-then"):
                yield WrappedRows()

    def update_view(self, view: View) -> None:
        assert isinstance(view, ClosingView)
        shared = self.query_one("#shared", Card)
        shared.display = bool(view.shared)
        shared.set_title(view.title)
        shared.set_class(not self.prompt_open, "-active")
        self._update("#shared > Static", view.shared)
        self._show_rows("#choices", () if view.reaching_out else view.rows)
        # While another date is typed, the field needs the room: letters would be cut.
        self.query_one(LargeText).show("" if self.prompt_open else view.large)
        next_time = self.query_one("#next-time", Card)
        next_time.set_class(not view.date, "-gone")
        next_time.set_class(not self.prompt_open and not view.reaching_out, "-active")
        self._update("#date", view.date)
        missing = self.query_one("#missing", Card)
        missing.display = bool(view.missing_title)
        missing.set_title(view.missing_title)
        missing.set_class(view.reaching_out and not self.prompt_open, "-active")
        self._update("#reached", view.missing)
        self._show_rows("#who", view.rows if view.reaching_out else (), view.cursor)
        self._update("#covenant", view.covenant)
        self._update("#advice", view.advice)
        self._update("#code", view.code)
        contracts = self.query_one("#contracts", Card)
        contracts.display = bool(view.contracts)
        contracts.show(content(view.contracts))
        self.query_one("#until-then").set_class(not view.until_then, "-gone")
        self._show_rows("#until-then > Rows", view.until_then)
        page = self.query_one("#closing")
        page.set_class(bool(view.shared), "-shared")
        page.set_class(view.reaching_out, "-reaching")

    def _update(self, selector: str, text: Text) -> None:
        """Show `text`, or nothing, without a line for it."""
        static = self.query_one(selector, Static)
        static.set_class(not text, "-gone")
        static.update(content(text))

    def _show_rows(self, selector: str, shown: tuple[Row, ...], cursor: int | None = None) -> None:
        """Show these rows, or nothing, without a line for them."""
        rows = self.query_one(selector, Rows)
        rows.display = bool(shown)
        rows.show(shown, cursor, clickable=selector == "#choices")

    def choose_row(self, row: int) -> None:
        """A click chooses who reaches out, and a second one on the same row saves it; of the
        choices at the end of a cycle a click takes one, as its key does."""
        assert isinstance(self.view, ClosingView)
        if not self.view.reaching_out:
            self.action_run(f"choose_{self.live.meeting.context.choices[row]}")
        else:
            super().choose_row(row)
