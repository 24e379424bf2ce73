"""Opening and letting go of a circle, its home, and the demo.

Invariant: a circle is let go of before another is opened. Nothing that was made in a demo is lost
without having been told.
"""

from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from circle_tui.core.circle import membership
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import PROBLEM
from circle_tui.plain.conversation import Left
from circle_tui.plain.line_input import LineInput
from circle_tui.plain.line_output import LineOutput
from circle_tui.plain.watching import Watching
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import Clock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.views import app_words, meeting_words
from circle_tui.views.presenters.home import HomePresenter
from circle_tui.views.presenters.resume import ResumePresenter

if TYPE_CHECKING:
    from circle_tui.service.demo_run import DemoRun
    from circle_tui.service.live_meeting import LiveMeeting


class Opening(Watching):
    """The loop around whichever circle is open."""

    def __init__(self, lines: LineInput, output: LineOutput, folder: Path, clock: Clock) -> None:
        super().__init__(lines, output, clock)
        self.folder = folder
        self._demo: DemoRun | None = None

    @property
    def in_demo(self) -> bool:
        """Whether what is open is the demo."""
        return self._demo is not None

    @abstractmethod
    def choose_circle(self, came_from: Path | None = None) -> None:
        """Let somebody choose a circle; `came_from` is the file of the one before."""

    def open(self, file: CircleFile) -> None:
        """Open a circle: its home, or the meeting that was left under way."""
        self.let_go()
        try:
            self.service = CircleService(file, self.clock)
            if self.service.open_elsewhere is not None:
                self.say(self.service.open_elsewhere)
            if self.service.meets_elsewhere:
                self.follow(file)
            else:
                self.begin_here()
        except LoadError as trouble:
            self.say(str(trouble))
            self.choose_circle()

    def watch(self, file: CircleFile) -> None:
        """Follow a circle, whether it meets now or not yet."""
        try:
            self.follow(file)
        except LoadError as trouble:
            self.say(str(trouble))
            self.choose_circle()

    def begin_here(self) -> None:
        """Show what is open: the meeting that was left under way, or else the circle's home."""
        try:
            if not self.resume():
                self.home()
        except (LoadError, SaveError) as trouble:
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
        self.stop_following()
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
        super().let_go()
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
        from circle_tui.service.demo_run import DemoRun

        try:
            demo = DemoRun(self._before_demo, speed)
        except SaveError as failure:
            self.say(str(failure))
            if self.presenter is None:
                raise Left(PROBLEM) from None
            return
        self.leave_demo()
        self._demo, self.folder, self.clock = demo, demo.folder, demo.clock
        self.open(demo.file)
        demo.begin(self.service)

    @property
    def _before_demo(self) -> tuple[Path, Clock]:
        return (self.folder, self.clock) if self._demo is None else self._demo.before

    def leave_demo(self) -> None:
        """Let go of what is open; after a demo, the folder and the clock are those from before."""
        self.let_go()
        self.folder, self.clock = self._before_demo
        self._demo = None

    def may_leave_demo(self, sentence: str) -> bool:
        """Whether nothing made in a demo would be lost; said once, then it's their choice."""
        if self._demo is not None and self._demo.loses_something(self.service):
            self.say(sentence)
            return False
        return True

    def leave(self) -> None:
        if self._demo is None and not self.may_leave_share():
            return
        if self.may_go() and self.may_leave_demo(app_words.QUITTING_DEMO):
            raise Left
