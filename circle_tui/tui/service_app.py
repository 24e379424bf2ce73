"""The app with one circle open: its service, the screen it begins with, and the passing of time.

Invariant: a circle is let go of before another is opened. Nobody loses acts that are not on the
disk without having been told.
"""

import asyncio
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from circle_tui.core.circle import membership
from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import Clock, SystemClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.tui import circle_picker
from circle_tui.tui.base_app import BaseApp
from circle_tui.tui.routes import all_screens, screen_at, screen_of
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.screens.home import HomeScreen
from circle_tui.views import app_words
from circle_tui.views.view import Request

if TYPE_CHECKING:
    from circle_tui.service.demo_run import DemoRun
    from circle_tui.service.live_meeting import LiveMeeting
    from circle_tui.tui.screens.watch import WatchScreen


class ServiceApp(BaseApp):
    """The app, without what its screens ask of it."""

    def __init__(
        self,
        folder: Path,
        clock: Clock | None = None,
        *,
        demo_speed: float | None = None,
        pulse_every: float | None = 1.0,
        watched: CircleFile | None = None,
        begins_at: tuple[CircleFile, Request] | None = None,
    ) -> None:
        """`pulse_every` is in seconds; None leaves the pulse to whoever moves the clock.

        With `watched`, the app begins by following that circle. `begins_at` is a circle and one of
        its places to begin with, rather than with its home.
        """
        super().__init__()
        self._pulse_every = pulse_every
        self.folder = folder
        self.clock: Clock = clock or SystemClock()
        self.service: CircleService | None = None
        self._demo_speed = demo_speed
        self._watched = watched
        self._begins_at = begins_at
        self._demo: DemoRun | None = None
        self._warned_of_loss = False
        self._asked_to_leave: datetime | None = None
        """When somebody last asked to leave a running share."""
        self._copies: tuple[str, ...] = ()
        """A sentence for each older file of the circle that was opened at the start."""

    @property
    def live(self) -> "LiveMeeting | None":
        """The meeting that is open here."""
        return None if self.service is None else self.service.live

    @property
    def meeting_is_open(self) -> bool:
        """Whether a meeting is open here; it is parked however the program ends."""
        return self.live is not None

    def first_screen(self) -> Screen[None]:
        """The demo, the one circle there is, or the choice of one."""
        if self._demo_speed is not None:
            return self.open_demo(self._demo_speed)
        if self._watched is not None:
            return self.watch_screen(self._watched)
        if self._begins_at is not None:
            return self._open_at(*self._begins_at)
        begins = circle_picker.first(self.folder, self.clock.now())
        if isinstance(begins, BaseScreen):
            return begins
        self._copies = begins.copies
        return self.open(begins.file, claim=False)

    def later_screens(self) -> Iterator[type[Screen[None]]]:
        """All of the meeting, then the places between meetings."""
        return all_screens()

    async def after_first_paint(self) -> None:
        """Now there is time for the lock; keys wait for it."""
        await self._claim()
        self._tell_of_others()
        await super().after_first_paint()

    def _tell_of_others(self) -> None:
        """Say what there is besides the circle that was opened: copies, and another computer."""
        elsewhere = None if self.service is None else self.service.open_elsewhere
        if said := " ".join(filter(None, (*self._copies, elsewhere))):
            self.say(said)

    async def _claim(self) -> None:
        """Take the lock; show the circle anew where somebody else has it, or had it."""
        service = self.service
        if service is None or self.live is not None or self.watching is not None:
            return
        before = service.state
        with suppress(LoadError):
            service.claim()
            if service.reading_only is None and service.state is before:
                return
        await self.show(self.open(service.file))

    async def on_mount(self) -> None:
        if self._pulse_every is not None:
            self.set_interval(self._pulse_every, self.pulse)

    # Screens

    async def show(self, screen: Screen[None]) -> None:
        """Show `screen` instead of all there is; it is ready for keys on return."""
        await self.close_upper_screens()
        await self.switch_screen(screen)

    async def close_upper_screens(self) -> None:
        """Back to the lowest screen: the meeting's, where a meeting is on."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    @property
    def place(self) -> Hashable:
        """The screen, and how far the meeting has come."""
        if self.live is None:
            return super().place
        meeting, turn = self.live.meeting, self.live.meeting.turn
        step = None if turn is None else (turn.member, turn.offered_again, turn.step)
        return super().place, meeting.phase, step, meeting.closing_step

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something, or say why it cannot be done; whether it was done."""
        try:
            act()
        except (RuleError, LoadError, SaveError) as trouble:
            self.say(str(trouble))
            return False
        return True

    @property
    def place_beside_meeting(self) -> bool:
        """Whether a place between meetings is shown while a meeting is on."""
        return self.live is not None and any(
            isinstance(screen, CircleScreen) for screen in self.screen_stack
        )

    async def show_meeting(self) -> None:
        """Show the meeting on the screen for its phase."""
        if self.service is None or self.service.live is None:
            return
        covered = len(self.screen_stack) > 1
        await self.close_upper_screens()
        screen = screen_of(self.service.live.meeting.phase)
        if type(self.screen) is not screen:
            await self.show(screen(self.service))
        elif covered:
            # Time has passed meanwhile, and what can be undone may be something else.
            self.screen.show_changed()

    # One circle

    def open(self, file: CircleFile, *, claim: bool = True) -> Screen[None]:
        """The screen a circle opens with: its home, or the meeting that was left under way."""
        self.let_go()
        try:
            self.service = CircleService(file, self.clock, claim=claim)
            if self.service.open_elsewhere is not None:
                self.call_after_refresh(self.say, self.service.open_elsewhere)
            screen = self.resume()
            if screen is None and self.service.meets_elsewhere:
                return self.watch_screen(file)
            return screen or self.home()
        except (LoadError, SaveError) as trouble:
            if self.service is None:
                return circle_picker.choice(self.folder, self.clock.now(), str(trouble))
            return self.stuck(trouble)

    def watch_screen(self, file: CircleFile) -> Screen[None]:
        """The screen that follows a circle's meeting in another program."""
        from circle_tui.service.follower import CircleFollower
        from circle_tui.tui.screens.watch import WatchScreen

        try:
            if self.service is None or self.service.file is not file:
                self.let_go()
                self.service = CircleService(file, self.clock, claim=False)
            return WatchScreen(CircleFollower(file, self.clock))
        except LoadError as trouble:
            return circle_picker.choice(self.folder, self.clock.now(), str(trouble))

    @property
    def watching(self) -> "WatchScreen | None":
        """The screen that follows a meeting, if it is shown."""
        from circle_tui.tui.screens.watch import WatchScreen

        lowest = self.screen_stack[0] if self.screen_stack else None
        return lowest if isinstance(lowest, WatchScreen) else None

    def _open_at(self, file: CircleFile, place: Request) -> Screen[None]:
        """A place of a circle; where a meeting is under way, that comes first."""
        screen = self.open(file)
        if self.service is None or self.service.under_way:
            return screen
        return screen_at(place)(self.service)

    def stuck(self, trouble: LoadError | SaveError) -> Screen[None]:
        """The home of a circle whose parked meeting cannot be continued, or not be saved."""
        if isinstance(trouble, SaveError):
            return self.home(unreadable=app_words.record_cannot_be_saved(str(trouble)))
        return self.home(unreadable=str(trouble))

    def open_demo(self, speed: float) -> Screen[None]:
        """The home of a throw-away copy of the sample, on a faster clock. Raises `SaveError`."""
        from circle_tui.service.demo_run import DemoRun

        demo = DemoRun(self._before_demo, speed)
        self.leave_demo()
        self._demo, self.folder, self.clock = demo, demo.folder, demo.clock
        screen = self.open(demo.file)
        demo.begin(self.service)
        return screen

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

    def resume(self) -> Screen[None] | None:
        """The screen that a parked meeting goes on with; None where none is parked.

        Raises `LoadError` and `SaveError` as `CircleService.resume` does.
        """
        if self.service is None:
            return None
        live = self.service.resume()
        if live is None:
            return None
        if live.cut_off:
            self.call_after_refresh(self.say, app_words.CUT_OFF)
        from circle_tui.tui.screens.resume import ResumeScreen

        if live.gap_asks:
            return ResumeScreen(self.service)
        return screen_of(live.meeting.phase)(self.service)

    def home(
        self, flash: str | None = None, parked: str | None = None, unreadable: str | None = None
    ) -> Screen[None]:
        """The circle's home; the arguments are those of its view."""
        if self.service is None:
            return circle_picker.choice(self.folder, self.clock.now(), flash)
        told_of_three = False
        if self.service.why_not(membership.tell_of_three) is None:
            # Where it cannot be kept that they were told, they are told another time.
            with suppress(RuleError):
                self.service.apply_without_undo(membership.tell_of_three)
                told_of_three = True
        return HomeScreen(
            self.service,
            parked=parked,
            unreadable=unreadable,
            flash=flash,
            told_of_three=told_of_three,
        )

    def let_go(self) -> None:
        """Park what is under way and close what is open."""
        self.drafts.clear()
        if self.service is not None:
            self.service.close()
            self.service = None

    def leave(self) -> None:
        """Park and end; from a running share, or from a demo, only with the second key."""
        if self._demo is None and not self.may_leave_share():
            return
        if self.may_go() and self.may_leave_demo(app_words.QUITTING_DEMO):
            self.let_go()
            self.exit()

    def may_leave_share(self) -> bool:
        """Whether no share is running, or somebody has just asked to leave it.

        Where acts would be lost, `may_go` asks, and once is enough.
        """
        if self.live is None or not self.live.running or self.live.trouble:
            return True
        asked, now = self._asked_to_leave, self.live.now
        self._asked_to_leave = now
        if asked is not None and now - asked <= app_words.LEAVE_AGAIN_WITHIN:
            return True
        from circle_tui.views import meeting_words

        self.call_later(
            self._say_uncovered, app_words.leave_share(meeting_words.speaker(self.live.meeting))
        )
        return False

    async def _say_uncovered(self, sentence: str) -> None:
        """Flash a sentence that has to be read: what covers it, as help does, goes."""
        while not isinstance(self.screen, BaseScreen):
            await self.pop_screen()
        self.say(sentence)

    def may_go(self) -> bool:
        """Whether nothing would be lost; said once for each trouble, then it is their choice."""
        if self.live is None or not self.live.trouble or self._warned_of_loss:
            return True
        self._warned_of_loss = True
        self.call_later(self._say_uncovered, app_words.unsaved_changes(self.live.trouble))
        return False

    async def in_a_thread(self, work: Callable[[], None]) -> None:
        """Do what may take a while, without holding up the screen. Keys wait for it."""
        self.working = True
        try:
            await asyncio.to_thread(work)
        finally:
            self.working = False

    # Time

    def pulse(self) -> None:
        """A second has passed: note that the program lives, and look at the clock."""
        if self.live is None:
            return
        from circle_tui.tui.screens.meeting import MeetingScreen

        slept = self.live.pulse()
        if self.live.trouble is None:
            self._warned_of_loss = False
        for screen in self.screen_stack:
            if isinstance(screen, MeetingScreen):
                if slept:
                    screen.meeting = self.live.meeting
                screen.tick()
        if slept:
            self.call_later(self._tell_of_sleep)

    async def _tell_of_sleep(self) -> None:
        """Over whatever is shown; a place beside the meeting stays, with what is typed there."""
        if not self.place_beside_meeting:
            await self.show_meeting()
            self.say(app_words.SLEPT)
            return
        while not isinstance(self.screen, CircleScreen):
            await self.pop_screen()
        self.say(app_words.SLEPT_MEANWHILE)
