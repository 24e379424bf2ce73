"""Opening and letting go of a circle, its home, and the demo.

Invariant: a circle is let go of before another is opened. Nothing that was made in a demo is lost
without having been told.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from circle_tui.core.circle import membership
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import PROBLEM
from circle_tui.plain.circle_face import CircleFace
from circle_tui.plain.conversation import Left
from circle_tui.plain.line_input import LineInput
from circle_tui.plain.line_output import LineOutput
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import Clock, SystemClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.views import app_words, meeting_words
from circle_tui.views.presenters.between_meetings import HomePresenter
from circle_tui.views.presenters.meeting import ResumePresenter

if TYPE_CHECKING:
    from circle_tui.service.live_meeting import LiveMeeting


class Opening(CircleFace):
    """The loop around whichever circle is open."""

    def __init__(self, lines: LineInput, output: LineOutput, folder: Path, clock: Clock) -> None:
        super().__init__(lines, output, clock)
        self.folder = folder
        self._before_demo: tuple[Path, Clock] | None = None
        """The folder and the clock that a demo takes the place of; None outside of one."""
        self._demo_told: object = None
        """What was done in the demo when it was said that it goes; at first what it began with."""

    @property
    def in_demo(self) -> bool:
        """Whether what is open is the demo."""
        return self._before_demo is not None

    def choose_circle(self, came_from: Path | None = None) -> None:
        """Let somebody choose a circle; `came_from` is the file of the one before."""
        raise NotImplementedError

    def open(self, file: CircleFile) -> None:
        """Open a circle: its home, or the meeting that was left under way."""
        self.let_go()
        try:
            self.service = CircleService(file, self.clock)
            if self.service.open_elsewhere is not None:
                self.say(self.service.open_elsewhere)
            if not self.resume():
                self.home()
        except (LoadError, SaveError) as trouble:
            if self.service is None:
                self.say(str(trouble))
                self.choose_circle()
            else:
                self.stuck(trouble)

    def resume(self) -> bool:
        """Go on with a parked meeting; whether there is one. Raises `LoadError`, `SaveError`."""
        service = self.service
        live = None if service is None else service.resume()
        if service is None or live is None:
            return False
        if live.cut_off:
            self.say(app_words.CUT_OFF)
        if live.gap_asks:
            self.presenter = ResumePresenter(
                self.meeting_snapshot,
                live.gap or timedelta(),
                service.file.dropped_path.name,
                held=live.gap_held,
                long=live.gap_is_long,
            )
            return True
        self._tell_gap(live)
        self.presenter = None
        self.show_meeting()
        return True

    def _tell_gap(self, live: "LiveMeeting") -> None:
        gap, held, countdown = live.gap, live.gap_held, live.meeting.countdown
        if gap is None:
            return
        live.settle_gap(counts=False)
        left = countdown.remaining(live.now) if held and countdown is not None else None
        notice = meeting_words.gap_notice(gap, left=left)
        if notice is not None:
            self.say(notice)

    def stuck(self, trouble: LoadError | SaveError) -> None:
        """The home of a circle whose parked meeting cannot be continued, or not be saved."""
        if isinstance(trouble, SaveError):
            self.home(unreadable=app_words.record_cannot_be_saved(str(trouble)))
        else:
            self.home(unreadable=str(trouble))

    def home(self, parked: str | None = None, unreadable: str | None = None) -> None:
        """Go to the circle's home; the arguments are those of its view."""
        service = self.service
        assert service is not None
        told_of_three = False
        if service.why_not(membership.tell_of_three) is None:
            # Where it cannot be kept that they were told, they are told another time.
            with suppress(RuleError):
                service.apply_without_undo(membership.tell_of_three)
                told_of_three = True
        self.presenter = HomePresenter(
            self.read, parked=parked, unreadable=unreadable, told_of_three=told_of_three
        )

    def read(self) -> CircleSnapshot:
        """The circle as it is now."""
        assert self.service is not None
        return self.service.snapshot

    def let_go(self) -> None:
        """Park what is under way and close what is open."""
        if self.service is not None:
            self.service.close()
            self.service = None

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something, or say why it cannot be done; whether it was done."""
        try:
            act()
        except (RuleError, LoadError, SaveError) as trouble:
            self.say(str(trouble))
            return False
        return True

    def show_demo(self, speed: float) -> None:
        from circle_tui.service import demo
        from circle_tui.store.demo_folder import throw_away_folder

        try:
            folder = throw_away_folder()
            file = demo.write_sample(folder, demo.begins_now(self.clock.now()))
        except SaveError as failure:
            self.say(str(failure))
            if self.presenter is None:
                raise Left(PROBLEM) from None
            return
        self.leave_demo()
        self._before_demo = self.folder, self.clock
        self.folder, self.clock = folder, SystemClock(speed)
        self.open(file)
        self._demo_told = self._done_in_demo()

    def leave_demo(self) -> None:
        """Let go of what is open; after a demo, the folder and the clock are those from before."""
        self.let_go()
        if self._before_demo is not None:
            self.folder, self.clock = self._before_demo
            self._before_demo = None

    def _done_in_demo(self) -> object:
        """All that would be lost with the demo, to compare."""
        service = self.service
        if service is None:
            return None
        acts = 0 if service.live is None or service.live.untouched else service.live.acts
        return service.state, acts, service.under_way and (service.live is None or acts)

    def may_leave_demo(self, sentence: str) -> bool:
        """Whether nothing made in a demo would be lost; said once, then it's their choice."""
        done = self._done_in_demo()
        if self._before_demo is None or done == self._demo_told:
            return True
        self._demo_told = done
        self.say(sentence)
        return False

    def leave(self) -> None:
        in_demo = self._before_demo is not None
        if not in_demo and not self.may_leave_share():
            return
        if self.may_go() and self.may_leave_demo(app_words.QUITTING_DEMO):
            raise Left
