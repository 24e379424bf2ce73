"""One circle, opened on this terminal: its file, its lock, its meeting.

Law: whoever holds the lock writes, everybody else reads. What a circle's file says is read when
the circle is opened and after each meeting, never kept beside it.
"""

from circle_tui.clock import Clock
from circle_tui.core.circle import Circle
from circle_tui.core.record import Record
from circle_tui.core.refused import Refused
from circle_tui.core.standing import Standing, standing
from circle_tui.live import LiveMeeting
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.failures import NotSaved, Unreadable, shown
from circle_tui.store.journal import SQLiteJournal
from circle_tui.store.lock import CircleLock, OpenElsewhere


class OpenedCircle:
    """A circle's file with the lock on it, if it is to be had."""

    def __init__(self, file: CircleFile, clock: Clock) -> None:
        """Open `file`. Raises `Unreadable` where it cannot be read."""
        self.file = file
        self._clock = clock
        self.reading_only: str | None = None
        """Why nothing can be written, as a sentence; None where it can."""
        self.circle: Circle
        self._records: tuple[Record, ...]
        self.read()
        self._lock = CircleLock(file.lock_path, self.circle.name)
        self._take_lock()

    def read(self) -> None:
        """Take in what the file says now. Raises `Unreadable`."""
        self.circle, self._records = self.file.read()

    @property
    def standing(self) -> Standing:
        """Where the circle stands."""
        return standing(self.circle, self._records)

    def parked(self) -> LiveMeeting | None:
        """The meeting that was left under way; its clock is held since then.

        Raises `Unreadable` for a journal that has to be set aside first, `NotSaved` where the
        record of a closed meeting cannot be kept.
        """
        self._take_lock()
        journal = self._journal()
        if self.reading_only is not None or not journal.exists():
            return None
        try:
            live = LiveMeeting.resume(journal, self._clock, self.file.add)
        except ValueError:
            journal.close()
            raise Unreadable(
                f"The live meeting in {shown(journal.path)} was written by another circle-tui: "
                "update this one, or set it aside, which keeps it as a .dropped file."
            ) from None
        if live is None:
            journal.remove()
            self.read()
        return live

    def begin(self) -> LiveMeeting:
        """The next meeting. Raises `Refused` with the sentence why there can be none now."""
        self._take_lock()
        if self.reading_only is not None:
            raise Refused(self.reading_only)
        self.read()
        try:
            return LiveMeeting.begin(
                self.standing,
                self._journal(),
                self._clock,
                self.file.add,
            )
        except NotSaved as failure:
            raise Refused(str(failure)) from None

    def set_aside(self) -> None:
        """Put a journal that cannot be read out of the way. Raises `NotSaved`."""
        self._journal().set_aside()

    def close(self) -> None:
        """Let go of the circle."""
        self._lock.release()

    def _journal(self) -> SQLiteJournal:
        return SQLiteJournal(self.file.journal_path)

    def _take_lock(self) -> None:
        try:
            self._lock.acquire()
        except (OpenElsewhere, NotSaved) as failure:
            self.reading_only = str(failure)
        else:
            self.reading_only = None
