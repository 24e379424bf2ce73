"""A meeting under way: the rules, the clock and the journal together.

Invariant: an act is checked by the rules, written to the journal and synced, and only then part
of the meeting. When it cannot be written the meeting goes on in memory, says so, and is written
as soon as it can be. Undo drops the last act and folds again.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec

from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import commands, events
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.recording import record_of
from circle_tui.core.meeting.replay import apply as applied
from circle_tui.core.meeting.replay import replay
from circle_tui.service.clock import Clock
from circle_tui.store.errors import SaveError
from circle_tui.store.journal import Journal

P = ParamSpec("P")
MeetingCommand = Callable[Concatenate[Meeting, datetime, P], events.Events]

SLEPT = timedelta(seconds=10)
"""A clock that jumps by more than this between two pulses means that the machine slept."""

LONG_GAP = timedelta(hours=1)
"""After more than this a meeting does not rise from the dead unasked."""

IDLE_PULSE = timedelta(seconds=30)
"""How often life is noted while no clock runs; while one runs it is every second."""


class LiveMeeting:
    """One meeting, its journal and the clock it runs by."""

    def __init__(
        self,
        acts: list[events.Events],
        journal: Journal,
        clock: Clock,
        keep: Callable[[MeetingRecord], None],
    ) -> None:
        self._acts = acts
        self._journal = journal
        self._clock = clock
        self._ahead = timedelta()
        self._keep = keep
        self._saved = 0
        # Whether the journal may hold more than those that are saved: an undo that is not written
        # yet, or a write that failed and may have come through all the same.
        self._in_doubt = False
        self.just_undone = False
        """Whether the last thing that was done was to take something back."""
        self._alive = clock.now()
        self._pulsed = self._alive
        self.meeting = self._folded()
        self.trouble: str | None = None
        """Why the last acts are not on the disk; None while all is well."""
        self.gap: timedelta | None = None
        """How long nobody was there before this meeting was resumed; None once that is settled."""
        self.gap_held = False
        """Whether a share was running when the gap began, and is held since then."""

    @classmethod
    def begin(
        cls,
        context: MeetingContext,
        journal: Journal,
        clock: Clock,
        keep: Callable[[MeetingRecord], None],
    ) -> "LiveMeeting":
        """Open a meeting. Raises `SaveError` where no journal can be written."""
        now = clock.now()
        opened = events.MeetingOpened(at=now, id=now.isoformat(), context=context)
        live = cls([(opened,)], journal, clock, keep)
        journal.write(0, [_lines((opened,))])
        live._saved = 1
        return live

    @classmethod
    def resume(
        cls,
        journal: Journal,
        clock: Clock,
        keep: Callable[[MeetingRecord], None],
    ) -> "LiveMeeting | None":
        """The meeting that the journal holds, its clock held since it was last alive.

        None where there is none; one that was closed already is kept, and gone. Raises
        `LoadError` for a journal that cannot be read, `ValueError` for events that make no
        meeting, `SaveError` where the record of a closed one cannot be kept.
        """
        lines, pulse = journal.load()
        if not lines:
            return None
        try:
            acts = [tuple(events.from_json(line) for line in act) for act in lines]
            live = cls(acts, journal, clock, keep)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("these events make no meeting") from error
        live._saved = len(acts)
        if live.meeting.phase is Phase.CLOSED:
            live.finish()
            return None
        live._note_gap(pulse)
        return live

    def _note_gap(self, pulse: datetime | None) -> None:
        seen = max(self._acts[-1][-1].at, pulse or self._acts[-1][-1].at)
        # A clock that was set back meanwhile gives nobody their time anew.
        self._ahead = max(seen - self._clock.now(), timedelta())
        now = self._alive = self._pulsed = self.now
        self.gap = max(now - seen, timedelta())
        if self.running:
            self.do(commands.hold, min(seen, now))
        last = self._acts[-1][-1]
        # A hold that began before its key is no one's but the gap's, also one not yet answered.
        if isinstance(last, events.Held) and last.since < last.at:
            self.gap, self.gap_held = max(now - last.since, timedelta()), True
        # Somebody is here again: another gap would begin now.
        with suppress(SaveError):
            self._journal.pulse(now)

    @property
    def now(self) -> datetime:
        """The moment on the meeting's clock, which never goes back."""
        return self._clock.now() + self._ahead

    @property
    def speed(self) -> float:
        """How many seconds of the meeting pass in one of ours; 1 but for the demo."""
        return self._clock.speed

    @property
    def running(self) -> bool:
        """Whether a share's clock runs."""
        countdown = self.meeting.countdown
        return countdown is not None and not countdown.held

    @property
    def gap_is_long(self) -> bool:
        """Whether nobody was there for so long that a meeting may rather be over."""
        return self.gap is not None and self.gap > LONG_GAP

    @property
    def untouched(self) -> bool:
        """Whether nobody has done anything yet."""
        return len(self._acts) == 1

    def refusal(self, move: MeetingCommand[P], *said: P.args, **more: P.kwargs) -> str | None:
        """Why `move` cannot be made now; None where it can."""
        try:
            move(self.meeting, self.now, *said, **more)
        except RuleError as refused:
            return str(refused)
        return None

    def do(self, move: MeetingCommand[P], *said: P.args, **more: P.kwargs) -> None:
        """Make a move: one act. Raises `RuleError`, and then nothing has changed."""
        act = move(self.meeting, self.now, *said, **more)
        meeting = self.meeting
        for event in act:
            meeting = applied(meeting, event)
        self._acts.append(act)
        self._save()
        self.just_undone = False
        self.meeting = meeting

    def undo(self) -> None:
        """Take back the last act. Raises `RuleError` where there is none."""
        if self.untouched:
            raise RuleError("There is nothing to undo.")
        self._acts.pop()
        if self._saved > len(self._acts):
            self._saved = len(self._acts)
            self._in_doubt = True
        self._save()
        self.just_undone = True
        self.meeting = self._folded()

    def pulse(self) -> bool:
        """Say that the program is alive, and notice when it was not. Call it every second.

        True where the machine slept while a share ran: its clock is held since then.
        """
        now, before = self.now, self._alive
        self._alive = now
        slept = self.running and now - before > SLEPT * self.speed
        if slept:
            self.do(commands.hold, before)
        elif self.trouble is not None:
            self._save()
        if self.running or now - self._pulsed >= IDLE_PULSE:
            self._pulsed = now
            try:
                self._journal.pulse(now)
            except SaveError as failure:
                self.trouble = str(failure)
        return slept

    def settle_gap(self, *, counts: bool) -> None:
        """Let the clock have run through the gap, as if nobody had been away, or have stood."""
        if counts and self.gap_held:
            self.undo()
        self.gap, self.gap_held = None, False

    def finish(self) -> None:
        """Keep the record of a closed meeting and let its journal go.

        Raises `SaveError` or `LoadError` where the record cannot be kept; it can be tried again.
        """
        self._keep(record_of(self.meeting))
        self._journal.remove()

    def drop(self) -> None:
        """Leave no record; the journal is set aside under another name."""
        self._journal.set_aside()

    def park(self) -> None:
        """Let go of the journal; the meeting can be resumed. One that nobody touched is gone."""
        if self.untouched:
            # What cannot be removed now is an empty gathering that the next start goes on with.
            with suppress(SaveError):
                self._journal.remove()
        self._journal.close()

    def _folded(self) -> Meeting:
        return replay(event for act in self._acts for event in act)

    def _save(self) -> None:
        if self._saved == len(self._acts) and not self._in_doubt:
            self.trouble = None
            return
        try:
            self._journal.write(self._saved, [_lines(act) for act in self._acts[self._saved :]])
        except SaveError as failure:
            self._in_doubt = True
            self.trouble = str(failure)
            return
        self._saved = len(self._acts)
        self._in_doubt = False
        self.trouble = None


def _lines(act: events.Events) -> tuple[str, ...]:
    return tuple(events.to_json(event) for event in act)
