"""Many circles as their leads see them: a row each.

Invariant: the cursor stays on its circle, whatever is read meanwhile and in whatever order.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.attendance.figures import ALL_DATES, DateRange
from circle_tui.tui.review_messages import ReviewRequested
from circle_tui.tui.screens.review_base import ReviewScreenBase
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.columns import Columns
from circle_tui.tui.widgets.prompt import Prompt, WordsTyped
from circle_tui.views import review_of_many
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.review_of_many import ReviewOfManyPresenter
from circle_tui.views.review_of_many import ReviewOfManyView
from circle_tui.views.review_rows import CYCLES, ReviewRow
from circle_tui.views.view import Ask, Local, View

if TYPE_CHECKING:
    from textual.widgets import ProgressBar

_WIDTHS = (1, 2 * CYCLES + 7, 11, 19, 11, 7, 38)
"""Of all columns but the first, in cells."""
_AROUND_LIST = 9
"""Rows of the screen around the list: headline, status and keys, and the card's border and air."""
_PROMPT = 6
"""Rows of a question above the list."""


class ReviewScreen(ReviewScreenBase):
    """The circles, and what could not be read."""

    PLACE = Place.REVIEW_OF_MANY
    ROW_ACTION = "open"
    presenter: ReviewOfManyPresenter

    def __init__(self, within: DateRange = ALL_DATES, *, as_members: bool = False) -> None:
        super().__init__(ReviewOfManyPresenter(within, as_members=as_members))
        self._filtering = False
        self._bar: ProgressBar | None = None

    def compose_review(self) -> Iterator[Widget]:
        with Card(review_of_many.CIRCLES, id="circles", active=True):
            yield Columns(review_of_many.HEADS, _WIDTHS)
        with Card(id="chosen"):
            yield Static()

    def build_view(self) -> View:
        columns = self.query(Columns)
        self.presenter.hidden_columns = columns.first().dropped if columns else ()
        self.presenter.room = self._room
        return super().build_view()

    def update_view(self, view: View) -> None:
        assert isinstance(view, ReviewOfManyView)
        columns, circles = self.query_one(Columns), self.query_one("#circles")
        columns.show(view.rows, self.presenter.cursor)
        whole = view.room.list_height
        columns.styles.height = "1fr" if whole is None else whole
        circles.styles.height = "1fr" if whole is None else "auto"
        circles.set_class(not self.prompt_open, "-active")
        card = self.query_one("#chosen", Card)
        card.display = view.room.has_card and bool(view.chosen)
        card.set_title(view.chosen_title)
        card.query_one(Static).update(content(view.chosen))

    @property
    def _room(self) -> int:
        """Lines for the list and the card about the chosen circle; a short screen has no card."""
        if self.has_class("-short"):
            return 0
        return self.size.height - _AROUND_LIST - (_PROMPT if self.prompt_open else 0)

    # Reading

    def begin_anew(self, within: DateRange) -> None:
        """Forget what was read: it is read again, for other days."""
        self.presenter.begin_anew(within)
        self._show_read()

    def add(self, found: Sequence[ReviewRow]) -> None:
        """Show what was read meanwhile."""
        self.presenter.add(found)
        self._show_read()

    def _show_read(self) -> None:
        if self.is_attached:
            self.refresh_view()

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
        self.presenter.end_reading()
        if self._bar is not None:
            self._bar.remove()
            self._bar = None
        self._show_read()

    def perform_local(self, does: Local) -> None:
        if does is Local.SELECT:
            self.post_message(ReviewRequested(Path(*self.presenter.chosen)))
        else:
            super().perform_local(does)

    # Filter

    def ask(self, does: Ask) -> None:
        self._filtering = does.command is review_of_many.read_name_filter
        super().ask(does)

    def answered(self, answer: object) -> None:
        if isinstance(answer, str):
            self.presenter.filter(answer)
            self.stop_asking()
        else:
            super().answered(answer)

    @on(WordsTyped)
    def _filter_while_typing(self, event: WordsTyped) -> None:
        """So that nobody has to type all of a name."""
        if self._filtering and self.query_one(Prompt).open:
            self.presenter.filter(review_of_many.read_name_filter(event.value))
            self.refresh_view()
