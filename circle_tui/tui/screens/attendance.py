"""One circle as leads and members see it: who came, meeting by meeting."""

from collections.abc import Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.review_messages import RangeRequested
from circle_tui.tui.screens.review_base import ReviewScreenBase
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.fitted_column import IF_TALL, FittedColumn
from circle_tui.tui.widgets.grid import Grid
from circle_tui.views import review_of_one
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.review_of_one import ReviewOfOnePresenter
from circle_tui.views.review_of_one import ReviewOfOneView
from circle_tui.views.view import View

_LOW, _LINES_IF_LOW, _LINES_IF_SHORT = 12, 1, 2
"""On a terminal of fewer lines a sentence may take one of them, and otherwise two."""


class AttendanceScreen(ReviewScreenBase):
    """The grid of one circle."""

    PLACE = Place.REVIEW_OF_ONE
    presenter: ReviewOfOnePresenter

    def __init__(self, presenter: ReviewOfOnePresenter) -> None:
        super().__init__(presenter)

    def compose_review(self) -> Iterator[Widget]:
        with FittedColumn():
            with Card(review_of_one.ATTENDANCE, id="attendance", active=True):
                yield Grid(review_of_one.MEMBER, review_of_one.MEETING, id="grid")
            with Card(id="about"):
                yield Static(id="meeting")
                yield Static(id="circle", classes=IF_TALL)
            with Card(review_of_one.SIGNS):
                yield Static(id="legend", classes=IF_TALL)

    def update_view(self, view: View) -> None:
        assert isinstance(view, ReviewOfOneView)
        attendance = self.query_one("#attendance", Card)
        attendance.border_title = view.title
        attendance.set_class(not self.prompt_open, "-active")
        self.query_one(Grid).show(view.names, view.groups, view.count_labels, self.presenter.cursor)
        meeting = view.meeting if self._short else view.meeting_in_cycle
        self.query_one("#meeting", Static).update(Content(meeting))
        self.query_one("#circle", Static).update(Content(" ".join(view.summary)))
        self.query_one("#legend", Static).update(Content(view.legend))
        self.query_one(FittedColumn).fit()

    def refresh_status(self) -> None:
        """Where there is no room for the summary, show the last of its sentences that fits."""
        view = self.view
        assert isinstance(view, ReviewOfOneView)
        if not self.query_one("#circle").has_class("-no-room"):
            self.status.set_default(view.status)
            return
        lines = _LINES_IF_LOW if self.size.height < _LOW else _LINES_IF_SHORT
        width = max(self.size.width - 2, 1)
        fitting = (each for each in view.summary[::-1] if len(Content(each).wrap(width)) <= lines)
        self.status.set_default(next(fitting, ""))

    @on(Grid.ColumnClicked)
    def _click_meeting(self, clicked: Grid.ColumnClicked) -> None:
        self.move_cursor(clicked.column - self.presenter.cursor)

    @property
    def _short(self) -> bool:
        return self.has_class("-short")

    @on(RangeRequested)
    def _look_within(self, asked: RangeRequested) -> None:
        """Look at other days; whoever shows this screen may want to know of it."""
        self.presenter.look_within(asked.within)
        self.refresh_view()

    def scroll_body(self, by: int) -> None:
        self.query_one(Grid).scroll_rows(by)
