"""A meeting under way: the rules, the clock and the journal together.

Invariant: a command's events are written to the journal and synced before they are part of the
meeting. If the write fails, the meeting continues in memory, `trouble` has the reason, and the next
write includes them. Undo drops the events of the last command and replays the rest.

An act, here and in the journal, is the tuple of events that one command caused.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from typing import ParamSpec

from circle_tui.core.circle.circle import Circle, Member
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import NOTHING_TO_UNDO, CircleError, RuleError
from circle_tui.core.ids import MeetingId
from circle_tui.core.meeting import commands, events, reopening
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.reading import read_acts
from circle_tui.core.meeting.recording import record_of
from circle_tui.core.meeting.replay import apply, replay
from circle_tui.core.meeting.snapshot import MeetingSnapshot, with_present_settings
from circle_tui.service.changes import MeetingChange
from circle_tui.service.clock import Clock
from circle_tui.service.gap import Gap
from circle_tui.store.errors import SaveError
from circle_tui.store.journal import Journal

P = ParamSpec("P")

KeepRecord = Callable[[MeetingRecord, Sequence[Member]], object]
"""Adds a meeting's record to its circle; the members are those whom the meeting knew."""

SLEPT = timedelta(seconds=10)
"""A clock that jumps by more than this between two pulses means that the machine slept."""

IDLE_PULSE = timedelta(seconds=30)
"""How often a pulse is written while no share runs; during a share it is every second."""


class EmptyJournalError(CircleError):
    """A journal says that a meeting was begun, and nothing of it is there."""


class LiveMeeting:
    """One meeting, its journal and the clock it runs by."""

    def __init__(
        self,
        acts: list[events.Events],
        journal: Journal,
        clock: Clock,
        keep: KeepRecord,
    ) -> None:
        self._acts = acts
        self._first_acts = tuple(acts)
        self._journal = journal
        self._clock = clock
        self._clock_correction = timedelta()
        self._keep_record = keep
        self._saved_record_of: Meeting | None = None
        self._journal_removed = False
        self._saved = 0
        # Whether the journal may hold other acts than `_saved` says: an undo is not written yet, or
        # a write failed and may have succeeded in part.
        self._journal_may_differ = False
        self.last_was_undo_or_redo = False
        """Whether the last change was an undo or a redo."""
        self._last_pulse = clock.now()
        self._last_written_pulse = self._last_pulse
        self.meeting = self._replayed()
        self.trouble: str | None = None
        """The reason why the last acts are not on the disk; None if they are."""
        self.gap: Gap | None = None
        """For how long it was left; None once the users settled what to do about that."""
        self.cut_off = False
        """Whether acts that had been acknowledged were missing on the disk when it was resumed."""

    @classmethod
    def begin(
        cls,
        context: MeetingContext,
        journal: Journal,
        clock: Clock,
        keep: KeepRecord,
    ) -> "LiveMeeting":
        """Open a meeting. Raises `SaveError` if its journal cannot be written."""
        now = clock.now()
        opened = events.MeetingOpened(at=now, id=MeetingId(now.isoformat()), context=context)
        return cls._begin([(opened,)], journal, clock, keep)

    @classmethod
    def reopen(
        cls, state: CircleState, journal: Journal, clock: Clock, keep: KeepRecord
    ) -> "LiveMeeting":
        """Open the last meeting of `state` again, at its closing.

        Raises `RuleError` if there is none, `SaveError` if its journal cannot be written.
        """
        return cls._begin(list(reopening.reopen(state, clock.now())), journal, clock, keep)

    @classmethod
    def _begin(
        cls, acts: list[events.Events], journal: Journal, clock: Clock, keep: KeepRecord
    ) -> "LiveMeeting":
        live = cls(acts, journal, clock, keep)
        journal.write(0, [_lines(act) for act in acts])
        live._saved = len(acts)
        return live

    @classmethod
    def resume(
        cls,
        journal: Journal,
        clock: Clock,
        keep: KeepRecord,
    ) -> "LiveMeeting | None":
        """The meeting in the journal, its clock paused since its last pulse.

        The record of a meeting that was closed already is saved, and None returned. Raises
        `LoadError` for a journal that cannot be read, `EmptyJournalError` for an empty one,
        `ValueError` for events that cannot be replayed, and `SaveError` if the record of a closed
        meeting cannot be saved.
        """
        lines, pulse = journal.load()
        if not lines:
            raise EmptyJournalError
        acts = read_acts(lines)
        live = cls(acts, journal, clock, keep)
        # Only in the process that opened it is it known what happened since then.
        live._first_acts = tuple(acts[:1])
        live._saved, live.cut_off = len(acts), journal.cut_off
        if live.meeting.phase is Phase.CLOSED:
            live.finish()
            return None
        live._note_gap(pulse)
        return live

    def _note_gap(self, pulse: datetime | None) -> None:
        seen = max(self._acts[-1][-1].at, pulse or self._acts[-1][-1].at)
        # If the system clock was set back meanwhile, the meeting's time must not repeat.
        self._clock_correction = max(seen - self._clock.now(), timedelta())
        now = self._last_pulse = self._last_written_pulse = self.now
        self.gap = Gap(max(now - seen, timedelta()))
        if self.running:
            self.execute(commands.pause, min(seen, now))
        last = self._acts[-1][-1]
        # A pause that begins before its own event was caused by a gap, perhaps by an earlier one
        # that nobody has settled yet.
        if isinstance(last, events.Paused) and last.since < last.at:
            self.gap = Gap(max(now - last.since, timedelta()), held=True)
        # A further gap would begin now.
        with suppress(SaveError):
            self._journal.pulse(now)

    @property
    def now(self) -> datetime:
        """The current moment on the meeting's clock (aware UTC), which never goes back."""
        return self._clock.now() + self._clock_correction

    @property
    def here(self) -> tzinfo | None:
        """The zone of the clock that people see beside this program."""
        return self._clock.zone

    @property
    def speed(self) -> float:
        """How many seconds of the meeting pass in a real second; 1 except in the demo."""
        return self._clock.speed

    @property
    def running(self) -> bool:
        """Whether a share is running and not paused."""
        countdown = self.meeting.countdown
        return countdown is not None and not countdown.is_paused

    @property
    def acts(self) -> int:
        """The number of acts, including the one that opened the meeting."""
        return len(self._acts)

    @property
    def untouched(self) -> bool:
        """Whether nothing is different from when the meeting opened."""
        return tuple(self._acts) == self._first_acts

    @property
    def can_undo(self) -> bool:
        """Whether there is an act to take back."""
        return len(self._acts) > 1

    def execute(self, command: MeetingCommand[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Execute a command. Raises `RuleError`, and then nothing has changed."""
        self.perform(command(self.meeting, self.now, *args, **kwargs))
        self.last_was_undo_or_redo = False

    def perform(self, act: events.Events) -> None:
        """Append an act that a command returned or that redo repeats."""
        meeting = self.meeting
        for event in act:
            meeting = apply(meeting, event)
        self._acts.append(act)
        self._save()
        self.meeting = meeting

    def undo(self) -> MeetingChange:
        """Undo the last act and return it. Raises `RuleError` if there is none."""
        if not self.can_undo:
            raise RuleError(NOTHING_TO_UNDO)
        act = self._acts.pop()
        if self._saved > len(self._acts):
            self._saved = len(self._acts)
            self._journal_may_differ = True
        self._save()
        self.last_was_undo_or_redo = True
        self.meeting = self._replayed()
        return MeetingChange(self.meeting, act)

    def pulse(self) -> bool:
        """Note in the journal that the program is running; call it every second.

        True if the machine slept while a share ran: the share is then paused since it fell asleep.
        """
        now, before = self.now, self._last_pulse
        self._last_pulse = now
        slept = self.running and now - before > SLEPT * self.speed
        if slept:
            self.execute(commands.pause, before)
        elif self.trouble is not None:
            self._save()
        if self.running or now - self._last_written_pulse >= IDLE_PULSE:
            self._last_written_pulse = now
            try:
                self._journal.pulse(now)
            except SaveError as failure:
                self.trouble = str(failure)
        return slept

    def settle_gap(self, *, counts: bool) -> None:
        """Settle whether the gap counts as speaking time; otherwise the share stays paused."""
        if counts and self.gap is not None and self.gap.held:
            self.undo()
        self.gap = None

    def save_record(self) -> None:
        """Save the record of a closed meeting. Raises `SaveError` or `LoadError`."""
        # The members as the meeting began with them: meanwhile the file may have lost one.
        self._keep_record(record_of(self.meeting), self.meeting.circle.members)
        self._saved_record_of = self.meeting

    def finish(self) -> None:
        """Save the record of a closed meeting, then remove its journal; what is done stays done.

        Raises `SaveError` or `LoadError` if that fails; it can be tried again.
        """
        if self._saved_record_of is not self.meeting:
            self.save_record()
        if not self._journal_removed:
            self._journal.remove()
            self._journal_removed = True

    def drop(self) -> None:
        """End without a record, or without a change to the one there is.

        The journal of a round is kept under another name; of anything else nothing is lost.
        """
        if self.meeting.phase is Phase.GATHERING or self.meeting.reopened is not None:
            self._journal.remove()
        else:
            self._journal.set_aside()

    def park(self) -> None:
        """Close the journal so that the meeting can be resumed; remove it if nothing happened."""
        if self.untouched:
            # If this fails, the next start finds an empty gathering and continues it.
            with suppress(SaveError):
                self._journal.remove()
        self._journal.close()

    def _replayed(self) -> Meeting:
        return replay(event for act in self._acts for event in act)

    def _save(self) -> None:
        if self._saved == len(self._acts) and not self._journal_may_differ:
            self.trouble = None
            return
        try:
            self._journal.write(self._saved, [_lines(act) for act in self._acts[self._saved :]])
        except SaveError as failure:
            self._journal_may_differ = True
            self.trouble = str(failure)
            return
        self._saved = len(self._acts)
        self._journal_may_differ = False
        self.trouble = None


def meeting_snapshot(live: LiveMeeting, circle: Circle) -> MeetingSnapshot:
    """The meeting as it is now, with the present settings of its circle, for a view."""
    return MeetingSnapshot(with_present_settings(live.meeting, circle), live.now, live.here)


def _lines(act: events.Events) -> tuple[str, ...]:
    return tuple(events.to_json(event) for event in act)
