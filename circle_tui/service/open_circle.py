"""A circle's file, opened on this machine, with its lock.

Invariant: only the holder of the lock writes, and never over a version that was not read.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from circle_tui.core.circle.circle import Circle, Member
from circle_tui.core.circle.context import MeetingContext, meeting_context
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.service.clock import Clock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import ChangedOnDiskError, LoadError, SaveError
from circle_tui.store.lock import CircleLock, LockedError

if TYPE_CHECKING:
    from circle_tui.store.journal import SQLiteJournal

_Made = TypeVar("_Made")


class OpenCircle:
    """The state that the file holds, and the lock on it if it could be acquired."""

    def __init__(self, file: CircleFile, clock: Clock, *, claim: bool = True) -> None:
        """Open `file`. Raises `LoadError` if it cannot be read.

        Without `claim` the lock is left alone until it is needed, or until `claim()`.
        """
        self.file = file
        self._clock = clock
        self.reading_only: str | None = None
        """The reason why nothing can be written, as a sentence; None if it can be."""
        self.locked_elsewhere = False
        """Whether that is because another program has the circle open."""
        self.state: CircleState
        self.read()
        self._failed_to_begin = False
        """Whether beginning a meeting failed and may have left something on the disk."""
        self._lock = CircleLock(file.lock_path, self.circle.name)
        if claim:
            self.claim()

    @property
    def circle(self) -> Circle:
        """The circle itself."""
        return self.state.circle

    @property
    def open_elsewhere(self) -> str | None:
        """A sentence, if the circle seems to be open on another computer; None otherwise."""
        return self._lock.open_elsewhere

    @property
    def now(self) -> datetime:
        """The present moment (aware UTC)."""
        return self._clock.now()

    @property
    def here(self) -> tzinfo | None:
        """The zone of the clock that people see beside this program."""
        return self._clock.zone

    @property
    def context(self) -> MeetingContext:
        """What the coming meeting starts from."""
        return meeting_context(self.state, self.now)

    @property
    def snapshot(self) -> CircleSnapshot:
        """The circle at this moment, for a view."""
        return CircleSnapshot(self.state, self.now, self.reading_only, self.under_way, self.here)

    @property
    def under_way(self) -> bool:
        """Whether a meeting has begun and is not closed, in this process or in another."""
        return self.file.under_way

    @property
    def meets_elsewhere(self) -> bool:
        """Whether another program carries a meeting of this circle."""
        return self.locked_elsewhere and self.under_way

    def read(self) -> None:
        """Read what the file says now. Raises `LoadError`."""
        self._stamp = self.file.stamp
        self.state = self.file.read()

    def claim(self) -> None:
        """Take the lock if it is free, and read what others wrote meanwhile. Raises `LoadError`."""
        held = self._lock.held
        try:
            self._lock.acquire()
            if not held:
                self.file.make_durable_and_private()
        except (LockedError, SaveError) as failure:
            self._lock.release()
            self.reading_only = str(failure)
            self.locked_elsewhere = isinstance(failure, LockedError)
            return
        self.reading_only, self.locked_elsewhere = None, False
        if not held and self.file.stamp != self._stamp:
            self.read()

    def _prepare(self) -> None:
        """Acquire the lock if needed. Raises `RuleError` if that fails."""
        try:
            self.claim()
            self._clear_failed_beginning()
        except (SaveError, LoadError) as failure:
            raise RuleError(str(failure)) from None
        if self.reading_only is not None:
            raise RuleError(self.reading_only)

    def _save(
        self, state: CircleState, save: Callable[[CircleState], CircleState] | None = None
    ) -> None:
        """Save a state, and keep it as it will be read back.

        Raises `ChangedOnDiskError` if another program changed the file, and `RuleError` for
        any other failure.
        """
        try:
            self.state = (save or self.file.save)(state)
        except ChangedOnDiskError:
            raise
        except (SaveError, LoadError) as failure:
            raise RuleError(str(failure)) from None

    def _change_latest(
        self,
        change: Callable[[CircleState], CircleState],
        save: Callable[[CircleState], CircleState] | None = None,
    ) -> CircleState:
        """Save what `change` makes of the state, and return the state before.

        If another program changed the file, the change is made once more on what that says now.
        Raises `RuleError`.
        """
        before = self.state
        try:
            self._save(change(before), save)
        except ChangedOnDiskError:
            before = self._read_changed()
            try:
                self._save(change(before), save)
            except ChangedOnDiskError as error:
                raise RuleError(str(error)) from None
        return before

    def _read_changed(self) -> CircleState:
        """Read what another program wrote; earlier changes can then no longer be undone."""
        try:
            self.read()
        except LoadError as failure:
            raise RuleError(str(failure)) from None
        return self.state

    def _read_to_begin(self) -> None:
        """Take the lock and read the file. Raises `RuleError` where nothing can be written."""
        self.claim()
        if self.reading_only is not None:
            raise RuleError(self.reading_only)
        self.read()

    def _with_new_journal(self, make: "Callable[[SQLiteJournal], _Made]") -> _Made:
        """The result of `make`, called with a new journal. Raises `RuleError` if that fails."""
        journal = self._journal()
        try:
            self._clear_failed_beginning()
            # Remove the journal after a failure only if it did not exist before.
            self._failed_to_begin = not journal.exists()
            made = make(journal)
        except SaveError as failure:
            with suppress(SaveError):
                self._clear_failed_beginning()
            raise RuleError(str(failure)) from None
        self._failed_to_begin = False
        return made

    def _clear_failed_beginning(self) -> None:
        """Remove the journal that a failed beginning left behind. Raises `SaveError`."""
        if self._failed_to_begin:
            self._journal().remove()
            self._failed_to_begin = False

    def _add_record(self, record: MeetingRecord, members: Sequence[Member]) -> None:
        """Add a meeting's record to what the file holds now, with the members it knew."""
        self.state = self.file.add(record, members)

    def set_aside(self) -> Path | None:
        """Rename the journal of a parked meeting, so that another can begin; return its new path.

        None if there was no journal. Raises `SaveError`.
        """
        return self._journal().set_aside()

    def _journal(self) -> "SQLiteJournal":
        from circle_tui.store.journal import SQLiteJournal

        return SQLiteJournal(self.file.journal_path, self.circle.id)
