"""The app of a review: many circles, or one.

Law: it reads facts and writes nothing. Files are read beside the screen, which shows what has
been read so far; leaving stops the reading.
"""

import time
from collections.abc import Sequence
from pathlib import Path

from textual import on, work
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from circle_tui.clock import Clock, SystemClock
from circle_tui.core.attendance import ALWAYS, Range
from circle_tui.reviews import reviews
from circle_tui.store import facts_file
from circle_tui.store.facts_file import Unread
from circle_tui.tui.frame import Frame
from circle_tui.tui.review_messages import BackRequested, RangeRequested, ReviewRequested
from circle_tui.tui.screens.attendance import AttendanceScreen
from circle_tui.tui.screens.ranged import RangedScreen
from circle_tui.tui.screens.review import ReviewScreen, Row, row

_SHOWN_EVERY = 0.1
"""Seconds between two looks at what was read."""

_PATIENCE = 0.5
"""Seconds of reading after which a bar says how far it is."""


class _WasRead(Message):
    """What was read since the last time; `done` of `of` files, or all where it has ended."""

    def __init__(self, found: Sequence[Row | Unread], done: int, of: int, *, ended: bool) -> None:
        super().__init__()
        self.found, self.done, self.of, self.ended = found, done, of, ended


class ReviewApp(Frame):
    """One terminal that a lead, or a member, sits at."""

    CSS_PATH = ["app.tcss", "screens/base.tcss", "screens/review.tcss"]

    def __init__(
        self,
        paths: Sequence[Path],
        clock: Clock | None = None,
        within: Range = ALWAYS,
        *,
        seats: bool = False,
        as_members: bool = False,
    ) -> None:
        super().__init__()
        self._paths, self._clock, self._within = paths, clock or SystemClock(), within
        self._seats, self._as_members = seats, as_members
        self._list: ReviewScreen | None = None
        self._began = 0.0

    async def on_mount(self) -> None:
        await self.push_screen(self._first())

    def _first(self) -> Screen[None]:
        """The one circle there is, or the list of those there are."""
        found = list(facts_file.files(self._paths))
        if len(found) == 1 and isinstance(found[0], Path):
            one = self._one(found[0])
            if not isinstance(one, Unread):
                return one
        self._list = ReviewScreen(self._within, as_members=self._as_members)
        self._read_anew()
        return self._list

    def _one(self, path: Path) -> AttendanceScreen | Unread:
        read = facts_file.read(path)
        if isinstance(read, Unread):
            return read
        return AttendanceScreen(
            read.facts,
            self._clock.now(),
            self._within,
            seats=self._seats,
            as_members=self._as_members,
        )

    def _read_anew(self) -> None:
        self._began = time.monotonic()
        self.read_all()

    @work(thread=True, exclusive=True)
    def read_all(self) -> None:
        """Read all circles, and hand on what was read now and then."""
        worker = get_current_worker()
        shown = time.monotonic()
        done = of = 0
        waiting: list[Row | Unread] = []

        def progress(so_far: int, all_of_them: int) -> None:
            nonlocal done, of
            done, of = so_far, all_of_them

        for each in reviews(self._paths, self._clock.now(), self._within, progress):
            if worker.is_cancelled:
                return
            waiting.append(each if isinstance(each, Unread) else row(each))
            if time.monotonic() - shown > _SHOWN_EVERY:
                self.post_message(_WasRead(waiting, done, of, ended=False))
                waiting, shown = [], time.monotonic()
        self.post_message(_WasRead(waiting, done, of, ended=True))

    @on(_WasRead)
    def _show_read(self, read: _WasRead) -> None:
        if self._list is None:
            return
        self._list.add(read.found)
        if read.ended:
            self._list.end_reading()
        elif time.monotonic() - self._began > _PATIENCE:
            self._list.progress(read.done, read.of)

    @on(ReviewRequested)
    async def _open(self, asked: ReviewRequested) -> None:
        one = self._one(asked.path)
        if isinstance(one, Unread):
            if self._list is not None:
                self._list.say(str(one))
        else:
            await self.push_screen(one)

    @on(BackRequested)
    async def _back(self) -> None:
        if self._list is not None and self.screen is not self._list:
            await self.pop_screen()
        elif isinstance(self.screen, RangedScreen):
            self.screen.say("There is nothing behind this: q leaves.")

    @on(RangeRequested)
    def _look_within(self, asked: RangeRequested) -> None:
        self._within = asked.within
        if self._list is not None:
            self._list.begin_anew(asked.within)
            self._read_anew()


def run_review(
    paths: Sequence[Path], within: Range, *, seats: bool = False, as_members: bool = False
) -> int:
    """Show the review of `paths` until somebody leaves; the exit status."""
    app = ReviewApp(paths, None, within, seats=seats, as_members=as_members)
    app.run()
    return app.return_code or 0
