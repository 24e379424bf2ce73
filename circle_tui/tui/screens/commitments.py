"""The speaker's own commitments, one at a time, and what a missed one becomes.

Invariant: what is being typed is nobody's act until enter. A field that a missed commitment opens
comes with it, and goes with it.
"""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.round import RoundScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.action_table import Place
from circle_tui.views.commitments import CommitmentsView, commitments_view
from circle_tui.views.view import View


class CommitmentsScreen(RoundScreen):
    """How each commitment ended, how it goes on, and what is promised next."""

    CSS_PATH = "commitments.tcss"
    PLACE = Place.COMMITMENTS

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._cursor = 0
        """Counted among those that are open."""

    def compose_body(self) -> Iterator[Widget]:
        with Card(id="commitments"):
            yield Static(id="whose")
            yield Static(id="current")
            yield Static(id="wins")
            yield Rows()
        yield Prompt()

    def on_mount(self) -> None:
        # Textual calls the bases' own as well.
        self._open_or_close_field()

    def build_view(self) -> CommitmentsView:
        return commitments_view(
            self.snapshot,
            cursor=self._cursor,
            asking=self.prompt_open,
            overlay_shown=self.overlay_shown,
        )

    def update_view(self, view: View) -> None:
        assert isinstance(view, CommitmentsView)
        self.query_one("#whose", Static).update(content(view.whose))
        for part, words in (("current", view.current), ("wins", view.wins)):
            static = self.query_one(f"#{part}", Static)
            static.display = bool(words)
            static.update(Content(words))
        self.query_one("#current").set_class(bool(view.wins), "-won")
        # On a small screen the one it is about needs all the room.
        self.query_one("#commitments").set_class(bool(view.current), "-about-one")
        rows = self.query_one(Rows)
        rows.display = not view.current or len(view.rows) > 1
        rows.show(view.rows, cursor=view.cursor)

    def watch_meeting(self) -> None:
        super().watch_meeting()
        if self.is_mounted:
            self._open_or_close_field()

    def _open_or_close_field(self) -> None:
        """Ask what the view asks without a key, but not by undo or redo.

        The next press of their key would be typed into the field.
        """
        asks = self.build_view().asks
        if asks is not None and not self.service.last_was_undo_or_redo:
            self.ask(asks)
        else:
            self.stop_asking()

    def move_cursor(self, by: int) -> None:
        open_count = self.build_view().open_count
        self._cursor = (min(self._cursor, open_count - 1) + by) % open_count
        self.refresh_view()
