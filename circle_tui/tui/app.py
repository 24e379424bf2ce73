"""The app: what screens ask of it, and which screen is shown then.

Invariant: screens ask (`messages.py`), the app answers. It opens files, chooses screens and rules
nothing; what may be done is asked of the rules.
"""

from textual import on

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import local_zone
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.tui import circle_picker, messages
from circle_tui.tui.routes import screen_at, screen_of
from circle_tui.tui.service_app import DEMO_SPEED, ServiceApp
from circle_tui.views import app_words, meeting_words
from circle_tui.views.after_meeting import after_meeting
from circle_tui.views.view import Request

__all__ = ["DEMO_SPEED", "CircleApp"]


class CircleApp(ServiceApp):
    """One terminal that a circle sits around."""

    # Parsed at once, with what is the first screen as a rule.
    CSS_PATH = ["app.tcss", "screens/base.tcss", "screens/home.tcss"]

    @on(messages.Said)
    def _flash(self, said: messages.Said) -> None:
        self.say(said.sentence)

    @on(messages.Requested)
    async def _requested(self, asked: messages.Requested) -> None:
        match asked.what:
            case Request.BACK:
                await self.pop_screen()
            case Request.CHOOSE_CIRCLE:
                came_from = None if self.service is None else self.service.file.path
                self.let_go()
                await self.show(circle_picker.choice(self.folder, came_from=came_from))
            case Request.NEW_CIRCLE:
                await self._set_up()
            case Request.DEMO:
                await self._show_demo()
            case _ if self.service is not None:
                await self._requested_of_circle(asked.what, self.service)

    async def _requested_of_circle(self, what: Request, service: CircleService) -> None:
        match what:
            case Request.SHOW_MEETING:
                await self.show_meeting()
            case Request.BEGIN_MEETING:
                await self._begin(service)
            case Request.SAVE_MEETING:
                await self._save_meeting(service)
            case Request.DROP_MEETING:
                if self.attempt(service.drop):
                    self.drafts.clear()
                    await self.show(self.home(app_words.DROPPED))
            case Request.REBOOK_INSTEAD:
                if service.live is not None and self.attempt(service.cancel_meeting):
                    await self.show(screen_at(Request.REBOOKING)(service))
            case Request.SET_ASIDE:
                if self.attempt(service.set_aside):
                    await self.show(self.home(app_words.SET_ASIDE))
            case Request.HOME:
                await self._go_home(service)
            case Request.REVIEW:
                await self._review(service)
            case place if service.live is not None:
                await self.push_screen(screen_at(place)(service))
            case place:
                await self.show(screen_at(place)(service))

    # A meeting

    async def _begin(self, service: CircleService) -> None:
        try:
            screen = self.resume()
            if screen is None:
                live = service.begin()
                screen = screen_of(live.meeting.phase)(service)
        except (RuleError, LoadError, SaveError) as trouble:
            self.say(str(trouble))
        else:
            await self.show(screen)

    async def _save_meeting(self, service: CircleService) -> None:
        if service.live is None:
            return
        try:
            await self.in_a_thread(service.save_record)
            service.finish()
        except (SaveError, LoadError) as failure:
            self.say(app_words.record_not_saved(str(failure)))
            return
        older = service.file.missing
        then = (
            after_meeting(service.state)
            if older is None
            else after_meeting(service.state, older.missing, older.path.name)
        )
        if then.place is Request.HOME:
            await self.show(self.home(then.flash))
        else:
            await self.show(screen_at(then.place)(service))
            self.say(then.flash)

    async def _go_home(self, service: CircleService) -> None:
        """Home with the meeting parked; or from a place that was opened beside it, back to it."""
        if self.place_beside_meeting:
            await self.show_meeting()
            return
        if not self.may_go():
            return
        parked = None
        if service.live is not None:
            if not service.live.untouched:
                parked = meeting_words.parked(service.live.meeting, service.live.now)
            service.park()
        await self.show(self.home(parked=parked))

    # A review

    async def _review(self, service: CircleService) -> None:
        """Read as for a lead: what cannot reach them cannot be shown here either."""
        from circle_tui.store import attendance_reader
        from circle_tui.tui.screens.attendance import AttendanceScreen

        read = attendance_reader.read(service.file.path)
        if isinstance(read, attendance_reader.Unread):
            self.say(str(read))
        else:
            await self.push_screen(AttendanceScreen(read.facts, self.clock.now(), can_go_back=True))

    # Another circle

    @on(messages.CircleChosen)
    async def _chosen(self, chosen: messages.CircleChosen) -> None:
        await self.show(self.open(CircleFile(chosen.path)))

    async def _set_up(self) -> None:
        from circle_tui.tui.screens.first_run import FirstRunScreen

        self.let_go()
        await self.show(FirstRunScreen(first=False))

    @on(messages.CircleRequested)
    async def _make(self, asked: messages.CircleRequested) -> None:
        now, zone = self.clock.now(), local_zone()
        try:
            circle = make_circle(asked.name, asked.members, asked.format_key, zone=zone, now=now)
            file = CircleFile.create(self.folder, circle)
        except (RuleError, SaveError) as trouble:
            self.say(str(trouble))
            return
        await self.show(self.open(file))
        if circle.preset.meets and self.service is not None:
            await self._begin(self.service)

    async def _show_demo(self) -> None:
        try:
            await self.show(self.open_demo(DEMO_SPEED))
        except SaveError as failure:
            self.say(str(failure))
