"""The app: which screen is shown, and which circle is open.

Invariant: screens ask (`messages.py`), the app answers. It opens files, chooses screens and rules
nothing; what a meeting may do is asked of the rules.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import on
from textual.screen import ModalScreen, Screen

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import membership
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.cycle import chosen_last
from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import Clock, SystemClock, local_zone
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.tui import circle_picker, messages
from circle_tui.tui.base_app import BaseApp
from circle_tui.tui.messages import Place
from circle_tui.tui.routes import screen_at, screen_of
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.screens.home import HomeScreen, HomeView
from circle_tui.tui.screens.old_base import OldScreen
from circle_tui.views.view import Request

if TYPE_CHECKING:
    from circle_tui.service.changes import Command as ServiceCommand
    from circle_tui.service.live_meeting import LiveMeeting

DEMO_SPEED = 20.0

_MESSAGES = {
    Request.SHOW_MEETING: messages.RouteRequested,
    Request.BEGIN_MEETING: messages.BeginRequested,
    Request.HOME: messages.HomeRequested,
    Request.REBOOK_INSTEAD: messages.RebookRequested,
    Request.SAVE_MEETING: messages.CloseRequested,
    Request.DROP_MEETING: messages.DropRequested,
    Request.CHOOSE_CIRCLE: messages.ChoiceRequested,
    Request.NEW_CIRCLE: messages.SetupRequested,
    Request.DEMO: messages.DemoRequested,
}


class CircleApp(BaseApp):
    """One terminal that a circle sits around."""

    # Parsed at once, with what is the first screen as a rule.
    CSS_PATH = ["app.tcss", "screens/base.tcss", "screens/home.tcss"]

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
        self.opened: CircleService | None = None
        self._demo_speed = demo_speed
        self._warned_of_loss = False

    @property
    def live(self) -> "LiveMeeting | None":
        """The meeting that is open here."""
        return None if self.opened is None else self.opened.live

    def first_screen(self) -> Screen[None]:
        """The demo, the one circle there is, or the choice of one."""
        if self._demo_speed is not None:
            return self._demo(self._demo_speed)
        begins = circle_picker.first(self.folder)
        return self._open(begins, claim=False) if isinstance(begins, CircleFile) else begins

    async def on_ready(self) -> None:
        """The first screen is drawn: now there is time for the lock."""
        opened = self.opened
        if opened is None or self.live is not None:
            return
        before = opened.state
        with suppress(LoadError):
            opened.claim()
            if opened.reading_only is None and opened.state is before:
                return
        await self._show(self._open(opened.file))

    async def on_mount(self) -> None:
        if self._pulse_every is not None:
            self.set_interval(self._pulse_every, self.pulse)

    # Which screen

    async def _show(self, screen: Screen[None]) -> None:
        """Show `screen` instead of what is there; it is ready for keys on return."""
        while isinstance(self.screen, ModalScreen):
            await self.pop_screen()
        await self.switch_screen(screen)

    def _say(self, sentence: str) -> None:
        for screen in reversed(self.screen_stack):
            # Help and palette say nothing themselves; what lies below them does.
            if isinstance(screen, BaseScreen | OldScreen):
                screen.flash(sentence)
                return

    def _open(self, file: CircleFile, *, claim: bool = True) -> Screen[None]:
        """The screen a circle opens with: its home, or the meeting that was left under way."""
        self.let_go()
        try:
            self.opened = CircleService(file, self.clock, claim=claim)
            return self._resume() or self._home()
        except LoadError as trouble:
            if self.opened is None:
                return circle_picker.choice(self.folder, str(trouble))
            return self._home(unreadable=str(trouble))
        except SaveError as trouble:
            return self._home(str(trouble))

    def _resume(self) -> Screen[None] | None:
        """The screen that a parked meeting goes on with; None where none is parked."""
        if self.opened is None:
            return None
        live = self.opened.resume()
        if live is None:
            return None
        from circle_tui.tui.screens.resume import ResumeScreen

        if live.gap_held or live.gap_is_long:
            return ResumeScreen(self.opened)
        return screen_of(live.meeting.phase)(self.opened)

    def _home(
        self, said: str | None = None, parked: str | None = None, unreadable: str | None = None
    ) -> Screen[None]:
        if self.opened is None:
            return circle_picker.choice(self.folder, said)
        told_of_three = False
        if membership.to_be_told_of_three(self.opened.state):
            # Where it cannot be kept that they were told, they are told another time.
            with suppress(RuleError):
                self.opened.apply_without_undo(membership.tell_of_three)
                told_of_three = True
        return HomeScreen(
            HomeView(
                self.opened.state,
                self.opened.context,
                self.clock.now(),
                parked=parked,
                unreadable=unreadable,
                under_way=self.opened.under_way,
                reading_only=self.opened.reading_only,
                said=said,
                told_of_three=told_of_three,
            )
        )

    def let_go(self) -> None:
        """Park what is under way and close what is open."""
        if self.opened is not None:
            self.opened.close()
            self.opened = None

    # What screens ask

    @on(messages.Said)
    def _flash(self, said: messages.Said) -> None:
        self._say(said.sentence)

    @on(messages.Requested)
    async def _requested(self, asked: messages.Requested) -> None:
        if asked.what is Request.BACK:
            await self.pop_screen()
            return
        self.post_message(_MESSAGES[asked.what]())

    @on(messages.RouteRequested)
    async def _route(self) -> None:
        """Show the meeting on the screen for its phase."""
        if self.live is None or self.opened is None:
            return
        screen = screen_of(self.live.meeting.phase)
        if type(self.screen) is screen:
            self.screen.meeting = self.live.meeting
        else:
            await self._show(screen(self.opened))

    @on(messages.BeginRequested)
    async def _begin(self) -> None:
        if self.opened is None:
            return
        try:
            screen = self._resume()
            if screen is None:
                live = self.opened.begin()
                screen = screen_of(live.meeting.phase)(self.opened)
        except (RuleError, LoadError, SaveError) as trouble:
            self._say(str(trouble))
        else:
            await self._show(screen)

    @on(messages.HomeRequested)
    async def _go_home(self) -> None:
        if not self._may_go():
            return
        parked = None
        if self.live is not None and self.opened is not None:
            if not self.live.untouched:
                from circle_tui.views import meeting_words

                parked = (
                    f"{meeting_words.whereabouts(self.live.meeting, self.live.now)} Enter goes on."
                )
            self.opened.park()
        await self._show(self._home(parked=parked))

    @on(messages.CloseRequested)
    async def _close(self) -> None:
        if self.live is None or self.opened is None:
            return
        try:
            self.opened.finish()
        except (SaveError, LoadError) as failure:
            self._say(f"Not kept yet. {failure} Enter tries again.")
        else:
            kept = f"Meeting {self.opened.state.records[-1].number} is kept."
            match chosen_last(self.opened.state.records):
                case CycleChoice.REDESIGN:
                    await self._show(screen_at(Place.COVENANT)(self.opened))
                    self._say(f"{kept} Now the covenant: what should it say from here on?")
                case CycleChoice.REST:
                    await self._show(self._home(f"{kept} The circle rests from here on."))
                case _:
                    await self._show(self._home(f"{kept} Until next time."))

    @on(messages.DropRequested)
    async def _drop(self) -> None:
        if self.opened is None:
            return
        try:
            self.opened.drop()
        except SaveError as failure:
            self._say(str(failure))
        else:
            await self._show(self._home("The meeting is dropped; it leaves no record."))

    @on(messages.RebookRequested)
    async def _rebook(self) -> None:
        """Too few came: the meeting is cancelled, and leaves no record."""
        if self.live is None or self.opened is None:
            return
        try:
            self.opened.cancel_meeting()
        except (RuleError, SaveError) as failure:
            self._say(str(failure))
        else:
            await self._show(screen_at(Place.REBOOKING)(self.opened))

    @on(messages.SetAsideRequested)
    async def _set_aside(self) -> None:
        if self.opened is None:
            return
        try:
            self.opened.set_aside()
        except SaveError as failure:
            self._say(str(failure))
        else:
            await self._show(self._home("It is set aside; the next meeting can begin."))

    @on(messages.PlaceRequested)
    async def _show_place(self, asked: messages.PlaceRequested) -> None:
        """After what may have to be done first."""
        if self.opened is None:
            return
        try:
            if asked.act is not None:
                self.opened.execute(cast("ServiceCommand", asked.act))
        except RuleError as refused:
            self._say(str(refused))
        else:
            await self._show(screen_at(asked.place)(self.opened))
            if asked.said is not None:
                self._say(asked.said)

    @on(messages.AttendanceRequested)
    async def _review(self) -> None:
        """Read as for a lead: what cannot reach them cannot be shown here either."""
        from circle_tui.store import attendance_reader
        from circle_tui.tui.screens.attendance import AttendanceScreen

        if self.opened is None:
            return
        read = attendance_reader.read(self.opened.file.path)
        if isinstance(read, attendance_reader.Unread):
            self._say(str(read))
        else:
            await self.push_screen(AttendanceScreen(read.facts, self.clock.now(), can_go_back=True))

    @on(messages.ChoiceRequested)
    async def _choose(self) -> None:
        came_from = None if self.opened is None else self.opened.file.path
        self.let_go()
        await self._show(circle_picker.choice(self.folder, came_from=came_from))

    @on(messages.CircleChosen)
    async def _chosen(self, chosen: messages.CircleChosen) -> None:
        await self._show(self._open(CircleFile(chosen.path)))

    @on(messages.SetupRequested)
    async def _set_up(self) -> None:
        from circle_tui.tui.screens.first_run import FirstRunScreen

        self.let_go()
        await self._show(FirstRunScreen(first=False))

    @on(messages.CircleRequested)
    async def _make(self, asked: messages.CircleRequested) -> None:
        now, zone = self.clock.now(), local_zone()
        try:
            circle = make_circle(asked.name, asked.members, asked.format_key, zone=zone, now=now)
            file = CircleFile.create(self.folder, circle)
        except (RuleError, SaveError) as trouble:
            self._say(str(trouble))
        else:
            await self._show(self._open(file))
            if circle.preset.meets:
                await self._begin()

    @on(messages.DemoRequested)
    async def _show_demo(self) -> None:
        try:
            await self._show(self._demo(DEMO_SPEED))
        except SaveError as failure:
            self._say(str(failure))

    def _demo(self, speed: float) -> Screen[None]:
        """The home of a throw-away copy of the sample, on a faster clock."""
        from circle_tui.service import demo
        from circle_tui.store.demo_folder import throw_away_folder

        self.let_go()
        self.folder = throw_away_folder()
        file = demo.write_sample(self.folder, demo.begins_now(self.clock.now()))
        self.clock = SystemClock(speed)
        return self._open(file)

    def leave(self) -> None:
        """Park and end."""
        if self._may_go():
            self.let_go()
            self.exit()

    def _may_go(self) -> bool:
        """Whether nothing would be lost; said once for each trouble, then it is their choice."""
        if self.live is None or not self.live.trouble or self._warned_of_loss:
            return True
        self._warned_of_loss = True
        self._say(f"{self.live.trouble} Going now would lose the last acts; again goes.")
        return False

    # Time, and the end

    def pulse(self) -> None:
        """A second has passed: note that the program lives, and look at the clock."""
        if self.live is None:
            return
        from circle_tui.tui.screens.meeting import MeetingScreen
        from circle_tui.tui.screens.old_meeting import OldMeetingScreen

        slept = self.live.pulse()
        if self.live.trouble is None:
            self._warned_of_loss = False
        for screen in self.screen_stack:
            if isinstance(screen, MeetingScreen | OldMeetingScreen):
                screen.tick()
        if slept:
            self.call_later(self._tell_of_sleep)

    async def _tell_of_sleep(self) -> None:
        await self._route()
        self._say("This machine slept; the clock has been held since then. Space goes on.")
