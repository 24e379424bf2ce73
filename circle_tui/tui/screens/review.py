"""Many circles as their leads see them: a row each.

Invariant: the cursor stays on its circle, whatever is read meanwhile and in whatever order.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from circle_tui.core.attendance.figures import ALL_DATES, DateRange
from circle_tui.tui.review_messages import ReviewRequested
from circle_tui.tui.screens.date_range import DateRangeScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.columns import Columns
from circle_tui.tui.widgets.prompt import Prompt, WordsTyped
from circle_tui.views import review_of_many, review_rows
from circle_tui.views.action_table import Place
from circle_tui.views.review_of_many import ReviewOfManyView
from circle_tui.views.review_rows import (
    CYCLES,
    CircleRow,
    FilePath,
    Only,
    Order,
    ReviewRow,
    UnreadRow,
)
from circle_tui.views.view import Ask, Local, View

if TYPE_CHECKING:
    from textual.widgets import ProgressBar

_WIDTHS = (1, 2 * CYCLES + 7, 11, 19, 11, 7, 38)
"""Of all columns but the first, in cells."""


class ReviewScreen(DateRangeScreen):
    """The circles, and what could not be read."""

    PLACE = Place.REVIEW_OF_MANY

    def __init__(self, within: DateRange = ALL_DATES, *, as_members: bool = False) -> None:
        super().__init__(within)
        self._as_members = as_members
        self._circles: list[CircleRow] = []
        self._unread: list[UnreadRow] = []
        self._endings: dict[FilePath, str] = {}
        self._order = Order.NAME
        self._name_filter = ""
        self._only = Only.ALL
        self._filtering = False
        self._listed: tuple[ReviewRow, ...] = ()
        self._cursor = 0
        self._chosen: FilePath | None = None
        """Whose row the cursor stays on."""
        self._reading = True
        self._bar: ProgressBar | None = None

    def compose_review(self) -> Iterator[Widget]:
        with Card(review_of_many.CIRCLES, id="circles", active=True):
            yield Columns(review_of_many.HEADS, _WIDTHS)

    def build_view(self) -> ReviewOfManyView:
        columns = self.query(Columns)
        return review_of_many.review_of_many_view(
            self._listed,
            cursor=self._cursor,
            order=self._order,
            within=self.within,
            name_filter=self._name_filter,
            only=self._only,
            endings=self._endings,
            hidden_columns=columns.first().dropped if columns else (),
            as_members=self._as_members,
            reading=self._reading,
            asking=self.prompt_open,
        )

    def update_view(self, view: View) -> None:
        assert isinstance(view, ReviewOfManyView)
        self.query_one(Columns).show(view.rows, self._cursor)

    # Reading

    def begin_anew(self, within: DateRange) -> None:
        """Forget what was read: it is read again, for other days."""
        self._stay()
        self.within = within
        self._circles, self._unread, self._reading = [], [], True
        self._list()

    def add(self, found: Sequence[ReviewRow]) -> None:
        """Show what was read meanwhile."""
        for each in found:
            if isinstance(each, UnreadRow):
                self._unread.append(each)
            else:
                self._circles.append(each)
        self._endings = review_rows.path_endings(self._circles)
        self._list()

    def progress(self, done: int, of: int) -> None:
        """Show that `done` of `of` files are read."""
        from textual.widgets import ProgressBar

        if not self.is_attached:
            return
        if self._bar is None:
            self._bar = ProgressBar(show_eta=False, id="progress")
            self.mount(self._bar, after=self.query_one(Columns))
        self._bar.update(total=of, progress=done)

    def end_reading(self) -> None:
        """Everything is read."""
        self._reading = False
        if self._bar is not None:
            self._bar.remove()
            self._bar = None
        self._list()

    # Rows and cursor

    def _list(self) -> None:
        """List the rows anew, with the cursor on the one it stays on."""
        self._listed = review_rows.filter_rows(
            self._circles,
            self._unread,
            order=self._order,
            name_filter=self._name_filter,
            only=self._only,
        )
        if self._chosen is not None:
            paths = [each.path for each in self._listed]
            self._cursor = paths.index(self._chosen) if self._chosen in paths else 0
        self._cursor = max(0, min(self._cursor, len(self._listed) - 1))
        if self.is_attached:
            self.refresh_view()

    def _stay(self) -> None:
        """Stay on the chosen row, wherever it comes to stand."""
        if self._listed:
            self._chosen = self._listed[self._cursor].path

    def move_cursor(self, by: int) -> None:
        self._cursor = max(0, min(self._cursor + by, len(self._listed) - 1))
        self._stay()
        self.refresh_view()

    def choose_row(self, row: int) -> None:
        if self.prompt_open:
            return
        if row == self._cursor:
            self.action_run("open")
        else:
            self.move_cursor(row - self._cursor)

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.SELECT:
                self.post_message(ReviewRequested(Path(*self._listed[self._cursor].path)))
            case Local.REORDER:
                self._stay()
                self._order = self._order.next
                self._list()
            case Local.SHOW_ONLY:
                self._stay()
                self._only = self._only.next
                self._list()
            case Local.SHOW_ALL:
                self._stay()
                self._only = Only.ALL
                self._filter("")
            case _:
                super().perform_local(does)

    # Filter

    def ask(self, does: Ask) -> None:
        self._filtering = does.command is review_of_many.read_name_filter
        super().ask(does)

    def answered(self, answer: object) -> None:
        if isinstance(answer, str):
            self._filter(answer)
            self.stop_asking()
        else:
            super().answered(answer)

    @on(WordsTyped)
    def _filter_while_typing(self, event: WordsTyped) -> None:
        """So that nobody has to type all of a name."""
        if self._filtering and self.query_one(Prompt).open:
            self._filter(review_of_many.read_name_filter(event.value))

    def _filter(self, letters: str) -> None:
        self._name_filter = letters
        self._list()
