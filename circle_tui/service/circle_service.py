"""The service of one circle: executes commands, undoes and redoes them, and owns lock and files.

Invariant: only the holder of the lock writes. A change is in the file or in the meeting's journal
before it is visible. Undo takes back the last change, whether in a meeting or between two.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ParamSpec

from msgspec.structs import replace

from circle_tui.core import dates
from circle_tui.core.circle.circle import check_meets
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import NOTHING_TO_REDO, NOTHING_TO_UNDO, RuleError
from circle_tui.service.changes import Change, CircleChange, MeetingChange
from circle_tui.service.clock import Clock
from circle_tui.service.open_circle import OpenCircle
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import ChangedOnDiskError, LoadError, SaveError, clean_path

if TYPE_CHECKING:
    from circle_tui.core.meeting.command import MeetingCommand
    from circle_tui.core.meeting.meeting import Meeting
    from circle_tui.service.live_meeting import LiveMeeting

P = ParamSpec("P")

_CHANGED_SINCE = (
    "Another program has changed the circle since then, so undo ends here. This is what the "
    "circle's file says now."
)
_NO_MEETING = "No meeting is under way."


class CircleService(OpenCircle):
    """Everything that can be done to an open circle, and its meeting while one is open."""

    def __init__(self, file: CircleFile, clock: Clock, *, claim: bool = True) -> None:
        """See `OpenCircle`."""
        self.live: LiveMeeting | None = None
        """The meeting open in this process; None between meetings and while one is parked."""
        self._done: list[tuple[CircleChange, int]] = []
        """Changes of the circle since the last reading, oldest first, each with the number of
        acts of the open meeting at that time. The acts themselves are in `live`."""
        self._undone: list[Change] = []
        """What undo took back and redo can do again, oldest first."""
        self.after_irreversible: Callable[[], object] = lambda: None
        """Called after a command has deleted something for good, which a draft may still hold."""
        super().__init__(file, clock, claim=claim)

    @property
    def meeting(self) -> "Meeting | None":
        """The state of the meeting open in this process; None if there is none."""
        return None if self.live is None else self.live.meeting

    def read(self) -> None:
        """Read the file; changes made before this can no longer be undone. Raises `LoadError`."""
        super().read()
        self._done, self._undone = [], []

    def close(self) -> None:
        """Release the lock; an open meeting is parked."""
        self.park()
        self._lock.release()

    # Commands

    def execute(
        self,
        command: "MeetingCommand[P] | CircleCommand[P]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Execute a command of the meeting or of the circle; saved before this returns.

        Raises `RuleError` with the reason if it is refused; then nothing has changed.
        """
        if isinstance(command, CircleCommand):
            self._change_circle(command, *args, **kwargs)
        else:
            if self.live is None:
                raise RuleError(_NO_MEETING)
            self.live.execute(command, *args, **kwargs)
        self._undone.clear()

    def why_not(
        self,
        command: "MeetingCommand[P] | CircleCommand[P]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> str | None:
        """Why a command is refused now, as a sentence; None if it is allowed."""
        if not isinstance(command, CircleCommand):
            if self.live is None:
                return _NO_MEETING
            from circle_tui.service.live_meeting import meeting_snapshot

            return meeting_snapshot(self.live, self.circle).why_not(command, *args, **kwargs)
        return self.snapshot.why_not(command, *args, **kwargs) or self.reading_only

    def apply_without_undo(self, command: CircleCommand[[]]) -> None:
        """Execute a command that is not the user's own, so undo skips it. Raises like `execute`."""
        self._prepare()
        now = self.now
        try:
            self._save(command(self.state, now))
        except ChangedOnDiskError as error:
            raise RuleError(str(error)) from None

        def apply_to(state: CircleState) -> CircleState:
            with suppress(RuleError):
                return command(state, now)
            return state

        self._done = [
            (replace(change, before=apply_to(change.before), after=apply_to(change.after)), acts)
            for change, acts in self._done
        ]

    def _change_circle(self, command: CircleCommand[Any], *args: Any, **kwargs: Any) -> None:
        self._prepare()
        if command.blocked_by_meeting is not None and self.under_way:
            raise RuleError(command.blocked_by_meeting)
        save = self.file.save_without_history if command.irreversible else self.file.save
        before = self._change_latest(lambda state: command(state, self.now, *args, **kwargs), save)
        if command.irreversible or command.settles:
            # Undoing an earlier change would restore what was deleted, or open again what was
            # settled.
            self._done.clear()
        else:
            self._remember(CircleChange(command, (*args, *kwargs.values()), before, self.state))
        if command.irreversible:
            self.after_irreversible()

    def _remember(self, change: CircleChange) -> None:
        self._done.append((change, 0 if self.live is None else self.live.acts))

    # Undo and redo

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done) or (self.live is not None and self.live.can_undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change that undo took back."""
        return bool(self._undone)

    def undo(self) -> Change:
        """Undo the last change and return it. Raises `RuleError` if there is none."""
        if not self.can_undo:
            raise RuleError(NOTHING_TO_UNDO)
        change: Change
        if self._done and (self.live is None or self.live.acts <= self._done[-1][1]):
            change, _ = self._done[-1]
            self._go_to(change.before)
            self._done.pop()
        else:
            assert self.live is not None
            change = self.live.undo()
        self._undone.append(change)
        return change

    def redo(self) -> Change:
        """Redo the change undone last and return it. Raises `RuleError` if there is none."""
        if not self._undone:
            raise RuleError(NOTHING_TO_REDO)
        change = self._undone[-1]
        if isinstance(change, CircleChange):
            self._go_to(change.after)
            self._remember(change)
        else:
            if self.live is None:
                raise RuleError(_NO_MEETING)
            self.live.perform(change.events)
            self.live.last_was_undo_or_redo = True
        self._undone.pop()
        return change

    def _go_to(self, state: CircleState) -> None:
        """Save an earlier or later state, for undo and redo.

        Raises `RuleError`, also if another program changed the file.
        """
        self._prepare()
        try:
            self._save(state)
        except ChangedOnDiskError:
            self._read_changed()
            raise RuleError(_CHANGED_SINCE) from None

    # Beginning and ending a meeting

    def doubt_about_clock(self) -> str | None:
        """What to ask before a meeting that would begin before the last one ended; None otherwise.

        The system time is read again first, because somebody may have corrected it.
        """
        self._clock.read_again()
        last = max((record.ended for record in self.state.records), default=None)
        return dates.doubt_about_clock(self.circle, last, self.now, self.here)

    def begin(self) -> "LiveMeeting":
        """Begin the next meeting. Raises `RuleError` with the reason if it cannot begin."""
        self._clock.read_again()
        self._read_to_begin()
        check_meets(self.circle)
        if self.context.resting:
            raise RuleError("The circle is resting. w wakes it up.")
        from circle_tui.core.circle import continuity
        from circle_tui.service.live_meeting import LiveMeeting

        context = replace(self.context, chain=continuity.head_now(self.state))
        self.live = self._with_new_journal(
            lambda journal: LiveMeeting.begin(context, journal, self._clock, self._add_record)
        )
        return self.live

    def reopen(self) -> "LiveMeeting":
        """Open the last meeting again at its closing; its record stays until it closes again.

        Raises `RuleError` with the reason if it cannot be opened.
        """
        self._read_to_begin()
        if self.under_way:
            raise RuleError("You're in a meeting. Enter takes you back to it.")
        from circle_tui.service.live_meeting import LiveMeeting

        state = self.state
        self.live = self._with_new_journal(
            lambda journal: LiveMeeting.reopen(state, journal, self._clock, self._add_record)
        )
        return self.live

    def resume(self) -> "LiveMeeting | None":
        """Open the meeting that is under way; its clock is paused since it was last open.

        Raises `LoadError` for a journal that has to be set aside first, `SaveError` if the record
        of a closed meeting cannot be saved.
        """
        if not self.under_way:
            return None
        self._clock.read_again()
        self.claim()
        if self.reading_only is not None:
            return None
        from circle_tui.service.live_meeting import EmptyJournalError, LiveMeeting
        from circle_tui.store.journal_errors import nothing_left

        journal = self._journal()
        try:
            self.live = LiveMeeting.resume(journal, self._clock, self._add_record)
        except EmptyJournalError:
            journal.close()
            raise nothing_left(journal.path) from None
        except ValueError:
            journal.close()
            raise LoadError(
                f"The live meeting in {clean_path(journal.path)} was written by a different "
                "circle-tui: update this one, or set the meeting aside, which saves it as a "
                ".dropped file."
            ) from None
        if self.live is None:
            journal.remove()
            self.read()
        return self.live

    def settle_gap(self, *, counts: bool) -> None:
        """Settle whether the time in which nobody was here counts as speaking time."""
        if self.live is not None:
            self.live.settle_gap(counts=counts)

    def finish_on_disk(self) -> None:
        """Do all of `finish` that takes a while: saving, syncing, and reckoning with a long past.

        It may run in another thread while nobody else uses the service. Raises as `finish` does.
        """
        if self.live is not None:
            self.live.finish()
            # What the circle's next screen asks is known then, of however many meetings.
            _ = self.context

    def finish(self) -> None:
        """Save the record of a closed meeting if it is not saved yet, and end the meeting.

        Raises `SaveError` or `LoadError` if that fails; it can be tried again.
        """
        if self.live is not None:
            self.live.finish()
            self.live = None
            self._done, self._undone = [], []

    def cancel_meeting(self) -> None:
        """Cancel the meeting that is gathering: no record, and the date is noted as cancelled.

        Raises `RuleError`, or `SaveError` if the journal cannot be put away; then nothing is
        cancelled either.
        """
        self._prepare()
        from circle_tui.core.circle import rebooking

        before = self._change_latest(lambda state: rebooking.cancel(state, self.now))
        after = self.state
        try:
            self.drop()
        except SaveError:
            # The gathering is still open; without this, trying again would cancel the next meeting.
            self._save(before)
            raise
        self._remember(CircleChange(rebooking.cancel, (), before, after))

    def drop(self) -> None:
        """End the meeting without a record. Raises `SaveError`."""
        if self.live is not None:
            self.live.drop()
            self._leave_meeting()

    def park(self) -> None:
        """Park the meeting so that it can be resumed; one without any change is removed."""
        if self.live is not None:
            self.live.park()
            self._leave_meeting()

    def _leave_meeting(self) -> None:
        """Forget the meeting's changes, which can no longer be undone or redone."""
        self.live = None
        self._done = [(change, 0) for change, _ in self._done]
        self._undone = [change for change in self._undone if not isinstance(change, MeetingChange)]
