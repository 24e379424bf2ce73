"""The open commitments of the group, what was kept in this cycle, and how each came about.

Invariant: where there is room, the history of the chosen one stands below the list; where there is
not, it takes the list's place while it is read.
"""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import open_commitments
from circle_tui.views.action_table import Place
from circle_tui.views.open_commitments import OpenCommitmentsView
from circle_tui.views.presenters.open_commitments import OpenCommitmentsPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import View


class OpenCommitmentsScreen(CircleScreen):
    """One of two lists, open and kept, and the history of the chosen one."""

    CSS_PATH = "open_commitments.tcss"
    PLACE = Place.OPEN_COMMITMENTS
    PRESENTER = OpenCommitmentsPresenter
    presenter: OpenCommitmentsPresenter

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._was_reading = False

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="commitments"):
            with Card(id="listed"):
                yield Static(id="empty")
                yield Rows()
            with Card(id="chain"):
                yield Static(id="links")
            yield Prompt()

    def build_view(self) -> View:
        self.presenter.narrow = self.has_class("-narrow")
        return super().build_view()

    @property
    def commitments_view(self) -> OpenCommitmentsView:
        """What is shown and offered now."""
        assert isinstance(self.view, OpenCommitmentsView)
        return self.view

    def build_face(self) -> RingFace:
        return open_commitments.commitments_face(self.snapshot, self.commitments_view)

    def update_view(self, view: View) -> None:
        assert isinstance(view, OpenCommitmentsView)
        short, typing = self.has_class("-short"), self.prompt_open
        listed, chain = self.query_one("#listed", Card), self.query_one("#chain", Card)
        listed.set_title(view.title)
        chain.set_title(view.history_title)
        listed.set_class(not (view.reading or typing), "-active")
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
        page, reading = self.query_one(Page), self.commitments_view.reading
        if self.prompt_open:
            page.scroll_to_widget(self.query_one(Prompt), animate=False, force=True)
        elif not reading:
            page.scroll_home(animate=False)
        elif not self._was_reading:
            chain = self.query_one("#chain")
            page.scroll_to_widget(chain, animate=False, force=True, top=True)
        self._was_reading = reading

    def choose_row(self, row: int) -> None:
        """A click puts a history away; a second one on the same row opens it."""
        place = self.presenter
        if not self.prompt_open:
            place.cursor, place.history = row, row == place.cursor and not place.history
            self.refresh_view()

    def on_resize(self) -> None:
        """Words are shorter where there is less room."""
        self.call_after_refresh(self.refresh_view)
