"""The open commitments of the group, what was kept in this cycle, and how each came about.

Invariant: where there is room, the history of the chosen one stands below the list; where there is
not, it takes the list's place while it is read.
"""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui import messages
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import open_commitments
from circle_tui.views.action_table import Place
from circle_tui.views.open_commitments import OpenCommitmentsView
from circle_tui.views.ring import Face
from circle_tui.views.view import Ask, Local, View


class OpenCommitmentsScreen(CircleScreen):
    """One of two lists, open and kept, and the history of the chosen one."""

    CSS_PATH = "open_commitments.tcss"
    PLACE = Place.OPEN_COMMITMENTS

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._cursor = 0
        self._kept = False
        self._history = False

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="commitments"):
            with Card(id="listed"):
                yield Static(id="empty")
                yield Rows()
            with Card(id="chain"):
                yield Static(id="links")
            yield Prompt()

    def build_view(self) -> OpenCommitmentsView:
        return open_commitments.open_commitments_view(
            self.snapshot,
            cursor=self._cursor,
            kept=self._kept,
            history=self._history,
            asking=self.prompt_open,
            narrow=self.has_class("-narrow"),
        )

    @property
    def commitments_view(self) -> OpenCommitmentsView:
        """What is shown and offered now."""
        assert isinstance(self.view, OpenCommitmentsView)
        return self.view

    def build_face(self) -> Face:
        return open_commitments.commitments_face(self.snapshot, self.commitments_view)

    def update_view(self, view: View) -> None:
        assert isinstance(view, OpenCommitmentsView)
        short, typing = self.has_class("-short"), self.prompt_open
        listed, chain = self.query_one("#listed", Card), self.query_one("#chain", Card)
        listed.set_title(view.title)
        chain.set_title(view.history_title)
        listed.set_class(not view.reading, "-active")
        chain.set_class(view.reading, "-active")
        listed.display = not (short and view.reading)
        # What is typed stands where the words are that it replaces.
        chain.display = bool(view.history) and not typing and (view.reading or not short)
        self.query_one("#links", Static).update(content(view.history))
        empty, rows = self.query_one("#empty", Static), self.query_one(Rows)
        empty.display, rows.display = bool(view.empty), not view.empty
        empty.update(Content(view.empty))
        rows.show(view.rows, cursor=view.cursor)
        self.call_after_refresh(self._scroll)

    def _scroll(self) -> None:
        """Bring into view what takes the keys."""
        page = self.query_one(Page)
        if self.prompt_open:
            page.scroll_to_widget(self.query_one(Prompt), animate=False, force=True)
        elif not self.commitments_view.reading:
            page.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Words are shorter where there is less room."""
        self.call_after_refresh(self.refresh_view)

    def show_changed(self) -> None:
        """The cursor stays with its commitment; where that is gone, so is its history."""
        cursor = open_commitments.cursor_after_change(
            self.commitments_view, self.service.state, kept=self._kept
        )
        if cursor is None:
            self._history = False
        else:
            self._cursor = cursor
        super().show_changed()

    def after_typing(self, does: Ask) -> None:
        said = open_commitments.flash_after_typing(self.snapshot, does.command, does.args[0])
        if said is not None:
            self.flash(said)

    def move_cursor(self, by: int) -> None:
        count = len(self.commitments_view.listed)
        if count:
            self._cursor = (min(self._cursor, count - 1) + by) % count
            self.refresh_view()

    def choose_row(self, row: int) -> None:
        if self.prompt_open:
            return
        again = row == self.commitments_view.cursor and not self._history
        self._cursor, self._history = row, again
        self._show_other()

    def choose_seat(self, seat: int) -> None:
        row = open_commitments.cursor_of_seat(self.commitments_view, self.snapshot, seat)
        if row is not None and not self.prompt_open:
            self._cursor = row
            self.refresh_view()

    def scroll_body(self, by: int) -> None:
        self.query_one(Page).scroll_relative(y=by, animate=False)

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.DETAILS:
                self._history = not self._history
            case Local.CORRECT:
                view = self.commitments_view
                if view.asked_at is not None:
                    self.post_message(messages.CorrectionRequested(*view.asked_at))
                return
            case Local.OTHER_LIST:
                self._kept, self._cursor = not self._kept, 0
            case _:
                super().perform_local(does)
                return
        self._show_other()

    def _show_other(self) -> None:
        self.refresh_view()
        if self._history:
            self.call_after_refresh(
                self.query_one(Page).scroll_to_widget,
                self.query_one("#chain"),
                animate=False,
                force=True,
                top=True,
            )
