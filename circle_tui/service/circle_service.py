"""One circle, opened on this terminal: its file, its lock, its meeting.

Invariant: whoever holds the lock writes, everybody else reads. What a circle's file says is read
when the circle is opened and after each act, never kept beside it.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from circle_tui.core.circle.circle import Circle, check_meets
from circle_tui.core.circle.context import MeetingContext, meeting_context
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.service.clock import Clock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError, shown
from circle_tui.store.lock import CircleLock, LockedError

if TYPE_CHECKING:
    from circle_tui.service.live_meeting import LiveMeeting
    from circle_tui.store.journal import SQLiteJournal

P = ParamSpec("P")
CircleCommand = Callable[Concatenate[CircleState, datetime, P], CircleState]


class CircleService:
    """A circle's file with the lock on it, if it is to be had."""

    def __init__(self, file: CircleFile, clock: Clock, *, claim: bool = True) -> None:
        """Open `file`. Raises `LoadError` where it cannot be read.

        Without `claim` the lock is left alone until it is needed, or until `claim()`.
        """
        self.file = file
        self._clock = clock
        self.reading_only: str | None = None
        """Why nothing can be written, as a sentence; None where it can."""
        self.state: CircleState
        self._before: list[CircleState]
        self.read()
        self._begun_in_vain = False
        """Whether a meeting was refused of which something may lie on the disk."""
        self._lock = CircleLock(file.lock_path, self.circle.name)
        if claim:
            self.claim()

    def read(self) -> None:
        """Take in what the file says now; what was done before is no longer to be undone.

        Raises `LoadError`.
        """
        self._stamp = self.file.stamp
        self.state = self.file.read()
        self._before = []

    def claim(self) -> None:
        """Take the lock where it is to be had, with what was written while others had it.

        Raises `LoadError`.
        """
        held = self._lock.held
        try:
            self._lock.acquire()
            if not held:
                self.file.make_sure()
        except (LockedError, SaveError) as failure:
            self._lock.release()
            self.reading_only = str(failure)
            return
        self.reading_only = None
        if not held and self.file.stamp != self._stamp:
            self.read()

    @property
    def circle(self) -> Circle:
        """The circle itself."""
        return self.state.circle

    @property
    def now(self) -> datetime:
        """The present moment (aware UTC)."""
        return self._clock.now()

    @property
    def context(self) -> MeetingContext:
        """Where the circle stands."""
        return meeting_context(self.state, self._clock.now())

    def amend(self, act: CircleCommand[P], *said: P.args, **more: P.kwargs) -> None:
        """Do something between two meetings: it is in the file before it is on the screen.

        Raises `RuleError` with the sentence why not; then nothing has changed.
        """
        self._prepare()
        amended = act(self.state, self._clock.now(), *said, **more)
        before = self.state
        self._save(amended)
        self._before.append(before)

    def note(self, act: CircleCommand[[]]) -> None:
        """Keep what nobody did by a key, and nobody takes back. Raises as `amend` does."""
        self._prepare()
        now = self._clock.now()
        self._save(act(self.state, now))
        before = []
        for each in self._before:
            with suppress(RuleError):
                each = act(each, now)
            before.append(each)
        self._before = before

    def forget(self, member: str, name_again: str) -> None:
        """Forget a member, here and in every backup: the one act that cannot be taken back.

        What was done before it cannot be taken back either: that would bring their words back.
        Raises `RuleError` as `amend` does, and while a meeting that may hold them is under way.
        """
        self._prepare()
        self._check_no_meeting()
        from circle_tui.core.circle import membership

        forgotten = membership.forget(self.state, self._clock.now(), member, name_again)
        self._save(forgotten, self.file.save_alone)
        self._before = []

    def refusal_to_forget(self, member: str) -> str | None:
        """Why a member cannot be forgotten now; None where they can."""
        from circle_tui.core.circle import membership

        try:
            self._check_no_meeting()
            membership.check_forget(self.state, member)
        except RuleError as refused:
            return str(refused)
        return self.reading_only

    def _check_no_meeting(self) -> None:
        if self.under_way:
            raise RuleError(
                "A meeting is under way, and may hold their words: end it first, then forget."
            )

    @property
    def can_undo(self) -> bool:
        """Whether there is an act between meetings to take back."""
        return bool(self._before)

    def undo(self) -> None:
        """Take back the last such act. Raises `RuleError` where there is none, or none is kept."""
        self._prepare()
        if not self.can_undo:
            raise RuleError("There is nothing to undo.")
        self._save(self._before[-1])
        self._before.pop()

    @property
    def under_way(self) -> bool:
        """Whether a meeting was begun and is not closed yet, here or in another terminal."""
        return self.file.under_way

    def refusal(self, act: CircleCommand[P], *said: P.args, **more: P.kwargs) -> str | None:
        """Why an act is refused now; None where it is not."""
        try:
            act(self.state, self._clock.now(), *said, **more)
        except RuleError as refused:
            return str(refused)
        return None

    def _prepare(self) -> None:
        """Have the lock, or refuse."""
        try:
            self.claim()
            self._clear_what_was_refused()
        except (SaveError, LoadError) as failure:
            raise RuleError(str(failure)) from None
        if self.reading_only is not None:
            raise RuleError(self.reading_only)

    def _clear_what_was_refused(self) -> None:
        """Nobody is to find a meeting later that was said not to have begun. Raises `SaveError`."""
        if self._begun_in_vain:
            self._journal().remove()
            self._begun_in_vain = False

    def _save(self, state: CircleState, save: Callable[[CircleState], None] | None = None) -> None:
        try:
            (save or self.file.save)(state)
            self.state = self.file.read()
        except (SaveError, LoadError) as failure:
            raise RuleError(str(failure)) from None

    def parked(self) -> "LiveMeeting | None":
        """The meeting that was left under way; its clock is held since then.

        Raises `LoadError` for a journal that has to be set aside first, `SaveError` where the
        record of a closed meeting cannot be kept.
        """
        if not self.under_way:
            return None
        self.claim()
        if self.reading_only is not None:
            return None
        from circle_tui.service.live_meeting import LiveMeeting

        journal = self._journal()
        try:
            live = LiveMeeting.resume(journal, self._clock, self.file.add)
        except ValueError:
            journal.close()
            raise LoadError(
                f"The live meeting in {shown(journal.path)} was written by another circle-tui: "
                "update this one, or set it aside, which keeps it as a .dropped file."
            ) from None
        if live is None:
            journal.remove()
            self.read()
        return live

    def begin(self) -> "LiveMeeting":
        """The next meeting. Raises `RuleError` with the sentence why there can be none now."""
        self.claim()
        if self.reading_only is not None:
            raise RuleError(self.reading_only)
        self.read()
        check_meets(self.circle)
        if self.context.resting:
            raise RuleError("The circle rests: w wakes it, and then it meets again.")
        from circle_tui.service.live_meeting import LiveMeeting

        journal = self._journal()
        try:
            self._clear_what_was_refused()
            # Only what is not there before is this one's to take away again.
            self._begun_in_vain = not journal.exists()
            live = LiveMeeting.begin(self.context, journal, self._clock, self.file.add)
        except SaveError as failure:
            with suppress(SaveError):
                self._clear_what_was_refused()
            raise RuleError(str(failure)) from None
        self._begun_in_vain = False
        return live

    def set_aside(self) -> None:
        """Put a journal that cannot be read out of the way. Raises `SaveError`."""
        self._journal().set_aside()

    def close(self) -> None:
        """Let go of the circle."""
        self._lock.release()

    def _journal(self) -> "SQLiteJournal":
        from circle_tui.store.journal import SQLiteJournal

        return SQLiteJournal(self.file.journal_path)
