"""One circle as leads and members see it: who came, meeting by meeting."""

from collections.abc import Iterator
from datetime import datetime

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.attendance import figures
from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.core.attendance.figures import ALL_DATES, DateRange
from circle_tui.tui import messages
from circle_tui.tui.review_messages import RangeRequested
from circle_tui.tui.screens.date_range import DateRangeScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.fitted_column import IF_TALL, FittedColumn
from circle_tui.tui.widgets.grid import Grid
from circle_tui.views import review_of_one
from circle_tui.views.action_table import Place
from circle_tui.views.review_of_one import ReviewOfOneView
from circle_tui.views.view import Local, View

_LOW, _LINES_IF_LOW, _LINES_IF_SHORT = 12, 1, 2
"""On a terminal of fewer lines a sentence may take one of them, and otherwise two."""


class AttendanceScreen(DateRangeScreen):
    """The grid of one circle."""

    PLACE = Place.REVIEW_OF_ONE

    def __init__(
        self,
        facts: AttendanceFacts,
        now: datetime,
        within: DateRange = ALL_DATES,
        *,
        made: datetime | None = None,
        by_seat: bool = False,
        as_members: bool = False,
        can_go_back: bool = False,
        can_correct: bool = False,
    ) -> None:
        super().__init__(within)
        self._facts, self._now, self._made = facts, now, made
        self._by_seat, self._as_members, self._can_go_back = by_seat, as_members, can_go_back
        self._can_correct = can_correct
        self._review = figures.review(facts, now, within, made)
        self._cursor = review_of_one.last_meeting(self._review)

    def compose_review(self) -> Iterator[Widget]:
        with FittedColumn():
            with Card(review_of_one.ATTENDANCE, id="attendance", active=True):
                yield Grid(review_of_one.MEMBER, review_of_one.MEETING, id="grid")
            with Card(id="about"):
                yield Static(id="meeting")
                yield Static(id="circle", classes=IF_TALL)
            with Card(review_of_one.SIGNS):
                yield Static(id="legend", classes=IF_TALL)

    def build_view(self) -> ReviewOfOneView:
        return review_of_one.review_of_one_view(
            self._review,
            cursor=self._cursor,
            by_seat=self._by_seat,
            as_members=self._as_members,
            can_go_back=self._can_go_back,
            can_correct=self._can_correct,
            asking=self.prompt_open,
        )

    def update_view(self, view: View) -> None:
        assert isinstance(view, ReviewOfOneView)
        self.query_one("#attendance", Card).border_title = view.title
        self.query_one(Grid).show(view.names, view.groups, view.count_labels, self._cursor)
        meeting = view.meeting if self._short else view.meeting_in_cycle
        self.query_one("#meeting", Static).update(Content(meeting))
        self.query_one("#circle", Static).update(Content(" ".join(view.summary)))
        self.query_one("#legend", Static).update(Content(view.legend))
        self.query_one(FittedColumn).fit()

    def refresh_status(self) -> None:
        """Where there is no room for the summary, show as much of it as fits."""
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
        self.move_cursor(clicked.column - self._cursor)

    @property
    def _short(self) -> bool:
        return self.has_class("-short")

    @on(RangeRequested)
    def _look_within(self, asked: RangeRequested) -> None:
        """Look at other days; whoever shows this screen may want to know of it."""
        self.within = asked.within
        self._review = figures.review(self._facts, self._now, asked.within, self._made)
        self._cursor = review_of_one.last_meeting(self._review)
        self.refresh_view()

    def move_cursor(self, by: int) -> None:
        self._cursor += by
        self.refresh_view()

    def scroll_body(self, by: int) -> None:
        self.query_one(Grid).scroll_rows(by)

    def perform_local(self, does: Local) -> None:
        if does is Local.REORDER:
            self._by_seat = not self._by_seat
            self.refresh_view()
        elif does is Local.CORRECT:
            assert isinstance(self.view, ReviewOfOneView)
            if self.view.held is not None:
                self.post_message(messages.CorrectionRequested(self.view.held))
        else:
            super().perform_local(does)
