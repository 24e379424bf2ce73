"""The app with one circle open: its service, the screen it begins with, and the passing of time.

Invariant: a circle is let go of before another is opened. Nobody loses acts that are not on the
disk without having been told.
"""

import asyncio
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
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
from circle_tui.tui.routes import all_screens, screen_of
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.screens.home import HomeScreen
from circle_tui.views import app_words

if TYPE_CHECKING:
    from circle_tui.service.live_meeting import LiveMeeting

DEMO_SPEED = 20.0


class ServiceApp(BaseApp):
    """The app, without what its screens ask of it."""

    def __init__(
        self,
        folder: Path,
        clock: Clock | None = None,
        *,
        demo_speed: float | None = None,
        pulse_every: float | None = 1.0,
    ) -> None:
        """`pulse_every` is in seconds; None leaves the pulse to whoever moves the clock."""
        super().__init__()
        self._pulse_every = pulse_every
        self.folder = folder
        self.clock: Clock = clock or SystemClock()
        self.service: CircleService | None = None
        self._demo_speed = demo_speed
        self._warned_of_loss = False

    @property
    def live(self) -> "LiveMeeting | None":
        """The meeting that is open here."""
        return None if self.service is None else self.service.live

    def first_screen(self) -> Screen[None]:
        """The demo, the one circle there is, or the choice of one."""
        if self._demo_speed is not None:
            return self.open_demo(self._demo_speed)
        begins = circle_picker.first(self.folder)
        return self.open(begins, claim=False) if isinstance(begins, CircleFile) else begins

    def later_screens(self) -> Iterator[type[Screen[None]]]:
        """All of the meeting, then the places between meetings."""
        return all_screens()

    async def after_first_paint(self) -> None:
        """Now there is time for the lock; keys wait for it."""
        await self._claim()
        await super().after_first_paint()

    async def _claim(self) -> None:
        """Take the lock; show the circle anew where somebody else has it, or had it."""
        service = self.service
        if service is None or self.live is not None:
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
            return self.resume() or self.home()
        except LoadError as trouble:
            if self.service is None:
                return circle_picker.choice(self.folder, str(trouble))
            return self.home(unreadable=str(trouble))
        except SaveError as trouble:
            return self.home(str(trouble))

    def open_demo(self, speed: float) -> Screen[None]:
        """The home of a throw-away copy of the sample, on a faster clock. Raises `SaveError`."""
        from circle_tui.service import demo
        from circle_tui.store.demo_folder import throw_away_folder

        self.let_go()
        self.folder = throw_away_folder()
        file = demo.write_sample(self.folder, demo.begins_now(self.clock.now()))
        self.clock = SystemClock(speed)
        return self.open(file)

    def resume(self) -> Screen[None] | None:
        """The screen that a parked meeting goes on with; None where none is parked.

        Raises `LoadError` and `SaveError` as `CircleService.resume` does.
        """
        if self.service is None:
            return None
        live = self.service.resume()
        if live is None:
            return None
        from circle_tui.tui.screens.resume import ResumeScreen

        if live.gap_held or live.gap_is_long:
            return ResumeScreen(self.service)
        return screen_of(live.meeting.phase)(self.service)

    def home(
        self, flash: str | None = None, parked: str | None = None, unreadable: str | None = None
    ) -> Screen[None]:
        """The circle's home; the arguments are those of its view."""
        if self.service is None:
            return circle_picker.choice(self.folder, flash)
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
        """Park and end."""
        if self.may_go():
            self.let_go()
            self.exit()

    def may_go(self) -> bool:
        """Whether nothing would be lost; said once for each trouble, then it is their choice."""
        if self.live is None or not self.live.trouble or self._warned_of_loss:
            return True
        self._warned_of_loss = True
        self.say(app_words.unsaved_changes(self.live.trouble))
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
