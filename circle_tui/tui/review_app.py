"""The app of a review: many circles, or one.

Invariant: it reads facts and writes nothing. Files are read beside the screen, which shows what
has been read so far; leaving stops the reading.
"""

import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from circle_tui.core.attendance.figures import ALL_DATES, DateRange
from circle_tui.service.clock import Clock, SystemClock
from circle_tui.service.reviews import CircleReview, reviews
from circle_tui.store import attendance_reader, circle_paths
from circle_tui.store.attendance_reader import UnreadableFile
from circle_tui.store.copies import OlderCopy
from circle_tui.tui import messages
from circle_tui.tui.base_app import BaseApp
from circle_tui.tui.review_messages import RangeRequested, ReviewRequested
from circle_tui.tui.screens.review import ReviewScreen
from circle_tui.views.review_rows import ReviewRow, UnreadableRow, circle_row
from circle_tui.views.view import Request

if TYPE_CHECKING:
    from circle_tui.tui.screens.attendance import AttendanceScreen

_SCREENFUL = 40
"""So many circles fill a terminal: with them the first screen is drawn, if they come in time."""

_A_MOMENT = 0.05
"""Seconds that the first screen waits for them."""

_SHOWN_EVERY = 0.1
"""Seconds between two looks at what was read."""

_PATIENCE = 0.5
"""Seconds of reading after which a bar says how far it is."""


class _Reading:
    """One reading of all circles, a few at a time; `done` of `of` files, begun at `began`."""

    def __init__(self, paths: Sequence[Path], clock: Clock, within: DateRange) -> None:
        self.began = time.monotonic()
        self.done = self.of = 0
        self._here = clock.zone
        self._coming = reviews(paths, clock.now(), within, self._progress)

    def _progress(self, done: int, of: int) -> None:
        self.done, self.of = done, of

    def some(self, seconds: float, most: int | None = None) -> list[ReviewRow]:
        """What comes next within these seconds; nothing where all was read."""
        until = time.monotonic() + seconds
        found: list[ReviewRow] = []
        for each in islice(self._coming, most):
            found.append(self._row(each))
            if time.monotonic() > until:
                break
        return found

    def _row(self, found: CircleReview | UnreadableFile) -> ReviewRow:
        if isinstance(found, UnreadableFile):
            return UnreadableRow(
                found.path.parts, str(found), left_out=isinstance(found, OlderCopy)
            )
        return circle_row(found.path.parts, found.review, self._here)


class _WasRead(Message):
    """What was read since the last time; nothing where all was."""

    def __init__(self, reading: _Reading, found: Sequence[ReviewRow]) -> None:
        super().__init__()
        self.reading, self.found = reading, found


class ReviewApp(BaseApp):
    """One terminal that a lead, or a member, sits at."""

    CSS_PATH = ["app.tcss", "screens/base.tcss", "screens/review.tcss"]

    def __init__(
        self,
        paths: Sequence[Path],
        clock: Clock | None = None,
        within: DateRange = ALL_DATES,
        *,
        seats: bool = False,
        as_members: bool = False,
    ) -> None:
        super().__init__()
        self._paths, self._clock, self._within = paths, clock or SystemClock(), within
        self._seats, self._as_members = seats, as_members
        self._list: ReviewScreen | None = None
        self._reading = self._begin_reading()

    def first_screen(self) -> Screen[None]:
        """The one circle there is, or the list of those there are."""
        # Whether there is another is all that is asked here: a reading finds them all itself.
        found = list(islice(circle_paths.files(self._paths), 2))
        if len(found) == 1 and isinstance(found[0], Path):
            one = self._one(found[0])
            if not isinstance(one, UnreadableFile):
                return one
        self._list = ReviewScreen(self._within, as_members=self._as_members)
        # Here, because a thread and the first drawing would only wait for each other.
        self._list.add(self._reading.some(_A_MOMENT, _SCREENFUL))
        return self._list

    async def after_first_paint(self) -> None:
        """The others can be read."""
        await super().after_first_paint()
        if self._list is not None:
            self.read_on(self._reading)

    def _one(self, path: Path) -> "AttendanceScreen | UnreadableFile":
        from circle_tui.tui.screens.attendance import AttendanceScreen
        from circle_tui.views.presenters.review_of_one import ReviewOfOnePresenter

        read = attendance_reader.read_facts(path)
        if isinstance(read, UnreadableFile):
            return read
        return AttendanceScreen(
            ReviewOfOnePresenter(
                read.facts,
                self._clock.now(),
                self._within,
                made=read.made,
                by_seat=self._seats,
                as_members=self._as_members,
                can_go_back=self._list is not None,
            )
        )

    def _begin_reading(self) -> _Reading:
        return _Reading(self._paths, self._clock, self._within)

    @work(thread=True, exclusive=True)
    def read_on(self, reading: _Reading) -> None:
        """Read what is left, and hand it on now and then."""
        worker = get_current_worker()
        while not worker.is_cancelled:
            found = reading.some(_SHOWN_EVERY)
            self.post_message(_WasRead(reading, found))
            if not found:
                return

    @on(_WasRead)
    def _show_read(self, read: _WasRead) -> None:
        if self._list is None or read.reading is not self._reading:
            return
        if not read.found:
            self._list.end_reading()
            return
        self._list.add(read.found)
        if time.monotonic() - read.reading.began > _PATIENCE:
            self._list.progress(read.reading.done, read.reading.of)

    @on(ReviewRequested)
    async def _open(self, asked: ReviewRequested) -> None:
        one = self._one(asked.path)
        if isinstance(one, UnreadableFile):
            if self._list is not None:
                self._list.flash(str(one))
        else:
            await self.push_screen(one)

    @on(messages.Requested)
    async def _requested(self, asked: messages.Requested) -> None:
        if asked.what is Request.BACK and asked.by is self.screen:
            await self.pop_screen()

    @on(RangeRequested)
    def _look_within(self, asked: RangeRequested) -> None:
        self._within = asked.within
        if self._list is not None:
            self._list.begin_anew(asked.within)
            self._reading = self._begin_reading()
            self.read_on(self._reading)


def run_review(
    paths: Sequence[Path], within: DateRange, *, seats: bool = False, as_members: bool = False
) -> int:
    """Show the review of `paths` until somebody leaves; the exit status."""
    return ReviewApp(paths, None, within, seats=seats, as_members=as_members).run_in_terminal()
