"""The app around the flow: its first screen, the meeting's screen, and the passing of time.

Invariant: what is open, and what may be left, is the flow's to say.
"""

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from circle_tui.flow.app_flow import AppFlow
from circle_tui.flow.replies import Chooser, Home, Reply, Show
from circle_tui.service.clock import Clock, SystemClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.tui.base_app import BaseApp
from circle_tui.tui.routes import later_imports, screen_for, screen_of, screens_one_key_away
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.screens_ahead import ScreensAhead
from circle_tui.views import app_words
from circle_tui.views.view import Request, Say

if TYPE_CHECKING:
    from circle_tui.service.circle_service import CircleService
    from circle_tui.service.live_meeting import LiveMeeting
    from circle_tui.tui.screens.watch import WatchScreen


class ServiceApp(BaseApp):
    """The app's circle, meeting and clock; `CircleApp` adds what screens ask for."""

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
        self.flow = AppFlow(folder, clock or SystemClock())
        self.drafts = self.flow.drafts
        self._demo_speed = demo_speed
        self._watched = watched
        self._begins_at = begins_at
        self.ahead = ScreensAhead(self)

    @property
    def clock(self) -> Clock:
        """The clock of what is open: the demo's own, or the computer's."""
        return self.flow.clock

    @property
    def service(self) -> "CircleService | None":
        """The circle that is open."""
        return self.flow.service

    @property
    def live(self) -> "LiveMeeting | None":
        """The meeting that is open here."""
        return self.flow.live

    @property
    def meeting_is_open(self) -> bool:
        """Whether a meeting is open here; it is parked however the program ends."""
        return self.live is not None

    def first_screen(self) -> Screen[None]:
        """The demo, the one circle there is, or the choice of one. Raises `SaveError`."""
        try:
            first = self.flow.begin(
                demo_speed=self._demo_speed,
                watched=self._watched,
                begins_at=self._begins_at,
                claim=False,
            )
        except LoadError:
            # The screen says why.
            first = Show(Chooser())
        said = " ".join(first.says)
        if said and not isinstance(first.place, Home | Chooser):
            self.call_after_refresh(self.flash, said)
        return screen_for(self.flow, first.place, said, self.ahead)

    def later_imports(self) -> Iterator[type[Screen[None]] | None]:
        """All of the meeting, then the places between meetings."""
        return later_imports()

    async def after_first_paint(self) -> None:
        """Now there is time for the lock; keys wait for it."""
        await self.perform_reply(self.flow.claim())
        await super().after_first_paint()

    async def make_ahead(self) -> bool:
        """Make a screen ahead that a key may ask for. Whether there was one."""
        if self.service is None:
            return False
        phase = None if self.live is None else self.live.meeting.phase
        return await self.ahead.make_one(screens_one_key_away(phase), self.service)

    @abstractmethod
    async def perform_reply(self, reply: Reply) -> None:
        """Show, ask or say what the flow replied."""

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
    def input_context(self) -> Hashable:
        """The screen, and how far the meeting has come."""
        return super().input_context, self.flow.how_far

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
        if type(self.screen) is not screen or self.screen.live is not self.live:
            await self.show(self.ahead.take(screen, self.service))
        elif covered:
            # Time has passed meanwhile, and what can be undone may be something else.
            self.screen.show_changed()

    @property
    def watching(self) -> "WatchScreen | None":
        """The screen that follows a meeting, if it is shown."""
        from circle_tui.tui.screens.watch import WatchScreen

        lowest = self.screen_stack[0] if self.screen_stack else None
        return lowest if isinstance(lowest, WatchScreen) else None

    def let_go(self) -> None:
        """Park what is under way and close what is open."""
        self.flow.let_go()

    def leave(self) -> None:
        """Park and end, where that loses nothing; else say what it would lose."""
        from circle_tui.flow import leaving

        reply = leaving.leave(self.flow)
        if isinstance(reply, Say):
            self.call_later(self._say_uncovered, reply.sentence)
        else:
            self.let_go()
            self.exit()

    async def _say_uncovered(self, sentence: str) -> None:
        """Flash a sentence that has to be read: what covers it, as help does, goes."""
        while not isinstance(self.screen, BaseScreen):
            await self.pop_screen()
        self.flash(sentence)

    async def in_a_thread(self, work: Callable[[], str | None]) -> str | None:
        """Do what may take a while, without holding up the screen. Keys wait for it."""
        self.working = True
        try:
            return await asyncio.to_thread(work)
        finally:
            self.working = False

    # Time

    def pulse(self) -> None:
        """A second has passed: note that the program lives, and look at the clock."""
        for screen in self.screen_stack[-1:]:
            if isinstance(screen, CircleScreen):
                screen.renew(self.clock.now())
        if self.live is None:
            return
        from circle_tui.tui.screens.meeting import MeetingScreen

        slept = self.flow.pulse()
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
            self.flash(app_words.SLEPT)
            return
        while not isinstance(self.screen, CircleScreen):
            await self.pop_screen()
        self.flash(app_words.SLEPT_MEANWHILE)
