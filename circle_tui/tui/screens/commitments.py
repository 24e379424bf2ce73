"""The speaker's own commitments, one at a time, and what a missed one becomes.

Invariant: what is being typed is nobody's act until enter. A field that a missed commitment opens
comes with it, and goes with it.
"""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget

from circle_tui.tui.screens.round import RoundScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, SteadyPage
from circle_tui.tui.widgets.large_text import LargeText
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import commitments
from circle_tui.views.action_table import Place
from circle_tui.views.commitments import CommitmentsView
from circle_tui.views.presenters.commitments import CommitmentsPresenter
from circle_tui.views.view import View


class CommitmentsScreen(RoundScreen):
    """How each commitment ended, how it goes on, and what is promised next."""

    CSS_PATH = "commitments.tcss"
    PLACE = Place.COMMITMENTS
    PRESENTER = CommitmentsPresenter

    def compose_body(self) -> Iterator[Widget]:
        with SteadyPage(id="commitments"):
            yield LargeText(id="who")
            yield Card(id="one")
            yield Prompt()
            with Card(id="others"):
                yield WrappedRows()
            with Card(commitments.NEXT_TIME, id="made"):
                yield WrappedRows()

    def update_view(self, view: View) -> None:
        assert isinstance(view, CommitmentsView)
        self.query_one(LargeText).show(view.who)
        one = self.query_one("#one", Card)
        one.set_title(view.title)
        one.set_class(not self.prompt_open, "-active")
        self._show_one(view)
        self.query_one("#others", Card).set_title(view.others_title)
        for part, rows in (("others", view.others), ("made", view.made)):
            self.query_one(f"#{part}").display = bool(rows)
            self.query_one(f"#{part} > WrappedRows", WrappedRows).show(
                rows, clickable=part == "others"
            )

    def on_resize(self) -> None:
        """On a small screen there is no room for a blank line."""
        view = self.view
        assert isinstance(view, CommitmentsView)
        self._show_one(view)

    def _show_one(self, view: CommitmentsView) -> None:
        """The current commitment, how it went before, and below them what can be chosen.

        Where there is none, the field takes the card's place while it is open.
        """
        parts = (
            Content.styled(view.current, "bold"),
            Content.styled(view.wins, "$primary"),
            content(view.choices),
        )
        lines = [part for part in parts if part]
        if view.choices and len(lines) > 1 and not self.has_class("-short"):
            lines.insert(-1, Content())
        one = self.query_one("#one", Card)
        one.display = bool(lines) or not self.prompt_open
        one.show(Content("\n").join(lines))

    def choose_row(self, row: int) -> None:
        """Make one of the other open commitments the current one."""
        view = self.view
        assert isinstance(view, CommitmentsView)
        if view.cursor is not None and row < view.open_count - 1:
            self.perform_rest(
                self.current_presenter.choose_row(row if row < view.cursor else row + 1)
            )
