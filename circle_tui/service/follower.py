"""Follows a circle that another program has open, to show it and never to change it.

Invariant: words are taken out as soon as they are read, so nothing that this module gives holds
any. Nothing is written.
"""

from datetime import datetime, timedelta
from itertools import chain

from circle_tui.core.meeting.events import Events
from circle_tui.core.meeting.followed import (
    FollowedCircle,
    MeetingStatus,
    meeting_without_words,
    state_without_words,
)
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.core.meeting.reading import read_acts
from circle_tui.core.meeting.replay import replay
from circle_tui.service.clock import Clock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.demo_folder import speed_in
from circle_tui.store.errors import LoadError
from circle_tui.store.journal_follower import JournalFollower
from circle_tui.store.lock import Holder, LockedError, holder_of, is_elsewhere, is_gone

POLL_SECONDS = 0.1
"""How often to look; a key is then seen elsewhere after half of that on average."""

_LOOK_AROUND = timedelta(seconds=0.4)
"""How often to look who has the circle, and whether its file changed."""

_SILENCE = timedelta(seconds=75)
"""How long another computer may be silent before it counts as gone; it pulses every 30 s."""

_OUT_OF_STEP = timedelta(seconds=2)
"""A difference from the meeting's clock beyond which it isn't just the way here that took long."""


class CircleFollower:
    """One circle, as of the last `poll`."""

    def __init__(self, file: CircleFile, clock: Clock) -> None:
        """Read the circle and its meeting. Raises `LoadError` if the circle can't be read."""
        self.file = file
        self._clock = clock
        self._began = clock.now()
        self.speed = speed_in(file.path.parent)
        """How many times as fast as our own clock the meeting's runs: 1, but in a demo."""
        self._journal = JournalFollower(file.journal_path)
        self._stamp = file.stamp
        self._state = state_without_words(file.read())
        self._readings = 0
        """How often the meeting or the circle was read anew."""
        self._acts: object = ()
        self._meeting: Meeting | None = None
        self._misfit = self._unreadable = False
        self._holder: Holder | None = None
        self._open_elsewhere = ""
        self._status = MeetingStatus.NONE
        self._last_moment: datetime | None = None
        self._heard_at = clock.now()
        self._looked_at = self._heard_at
        self._offset: timedelta | None = None
        """What to add to our clock to get the meeting's; None until it was heard ticking."""
        self._look_around()
        self.poll()

    def poll(self) -> bool:
        """Look whether anything changed since the last look, which takes microseconds if not."""
        before = self._shown
        changed = self._journal.poll()
        if changed:
            self._read_journal()
        now = self._clock.now()
        if changed or not timedelta() <= now - self._looked_at < _LOOK_AROUND:
            self._looked_at = now
            self._look_around()
        return self._shown != before

    @property
    def _shown(self) -> tuple[object, ...]:
        """A value that changes whenever the screen has to change."""
        return self._readings, self._status, self._open_elsewhere

    def close(self) -> None:
        """Close the journal; the next `poll` opens it again."""
        self._journal.close()

    @property
    def now(self) -> datetime:
        """The moment on the meeting's clock (aware UTC), which stands still if nobody runs it."""
        if self._last_moment is None or self._meeting is None:
            return self._clock.now()
        if self._status is not MeetingStatus.LIVE:
            return self._last_moment
        return max(self._own_moment + (self._offset or timedelta()), self._last_moment)

    @property
    def _own_moment(self) -> datetime:
        """The moment on a clock of our own that runs as fast as the meeting's."""
        return self._began + (self._clock.now() - self._began) * self.speed

    @property
    def followed(self) -> FollowedCircle:
        """The circle and its meeting as they are now."""
        return FollowedCircle(
            state=self._state,
            now=self.now,
            status=self._status,
            meeting=self._meeting,
            open_elsewhere=self._open_elsewhere,
            here=self._clock.zone,
        )

    def _status_now(self) -> MeetingStatus:
        if self._unreadable:
            return MeetingStatus.UNREADABLE
        if self._meeting is None:
            return MeetingStatus.NONE
        if self._journal.parked:
            return MeetingStatus.PARKED
        if self._holder is None or not self._open_elsewhere:
            return MeetingStatus.ABANDONED
        silent = self._clock.now() - self._heard_at
        if is_elsewhere(self._holder) and silent > _SILENCE:
            return MeetingStatus.ABANDONED
        return MeetingStatus.LIVE

    def _look_around(self) -> None:
        """Read who has the circle open, and its file."""
        self._holder = holder_of(self.file.lock_path)
        self._open_elsewhere = ""
        if self._holder is not None and not is_gone(self._holder):
            self._open_elsewhere = str(LockedError(self._state.circle.name, self._holder))
        self._status = self._status_now()
        stamp = self.file.stamp
        if stamp is not None and stamp != self._stamp:
            self._read_circle(stamp)

    def _read_circle(self, stamp: tuple[int, ...]) -> None:
        self._stamp = stamp
        try:
            self._state = state_without_words(self.file.read())
            self._readings += 1
        except LoadError:
            # What was there before is shown on; whoever carries the meeting is told of it.
            return

    def _read_journal(self) -> None:
        journal, acts = self._journal, []
        if journal.acts is not self._acts:
            self._acts, self._meeting, self._misfit = journal.acts, None, False
            self._readings += 1
            try:
                acts = read_acts(journal.acts)
            except ValueError:
                self._misfit = bool(journal.acts)
            else:
                self._meeting = meeting_without_words(replay(chain.from_iterable(acts)))
        self._unreadable = journal.damaged or self._misfit
        self._note_moment(acts)
        if self._meeting is None:
            self._last_moment = self._offset = None

    def _note_moment(self, acts: list[Events]) -> None:
        """Adjust our copy of the meeting's clock by the last moment in the journal."""
        moments = [event.at for act in acts[-1:] for event in act]
        if self._journal.pulse is not None:
            moments.append(self._journal.pulse)
        if self._last_moment is not None and not self._journal.is_new:
            moments.append(self._last_moment)
        if not moments:
            return
        own, moment = self._own_moment, max(moments)
        self._heard_at = self._clock.now()
        heard = moment - own
        if self._last_moment is None or self._journal.is_new:
            # It may have been said a while ago: only a clock ahead of ours is known to be.
            self._offset = max(heard, timedelta())
        elif moment > self._last_moment:
            offset = self._offset or timedelta()
            # What took the shortest way here is the nearest to the truth.
            in_step = abs(heard - offset) < _OUT_OF_STEP * self.speed
            self._offset = max(offset, heard) if in_step else heard
        self._last_moment = moment
