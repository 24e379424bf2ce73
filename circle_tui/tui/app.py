"""The app: what screens ask of it, and which screen is shown then.

Invariant: screens ask (`messages.py`), the app answers. It opens files, chooses screens and rules
nothing; what may be done is asked of the rules.
"""

from typing import TYPE_CHECKING

from textual import on

from circle_tui.core.circle.circle import Circle, make_circle
from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import DEMO_SPEED, find_local_zone
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError, shown
from circle_tui.store.folder import find_same
from circle_tui.tui import circle_picker, messages
from circle_tui.tui.routes import CONTRACT_STEPS, screen_at, screen_of
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.service_app import ServiceApp
from circle_tui.views import app_words
from circle_tui.views.view import GoToContract, Request

if TYPE_CHECKING:
    from circle_tui.views.after_meeting import AfterMeeting

__all__ = ["DEMO_SPEED", "CircleApp"]


_AMONG_CONTRACTS = frozenset({Request.BACK, Request.CONTRACTS, Request.NEW_CONTRACT})
"""What may be asked for without leaving the contracts that come after a meeting."""


class CircleApp(ServiceApp):
    """One terminal that a circle sits around."""

    # Parsed at once, with what is the first screen as a rule.
    CSS_PATH = ["app.tcss", "screens/base.tcss", "screens/home.tcss"]

    _contracts_to_come: tuple[str, ...] = ()
    """The contracts that are due and come up one by one after a meeting, by id."""

    @on(messages.Said)
    def _flash(self, said: messages.Said) -> None:
        self.say(said.sentence)

    @on(messages.Requested)
    async def _requested(self, asked: messages.Requested) -> None:
        if asked.what not in _AMONG_CONTRACTS:
            self._contracts_to_come = ()
        match asked.what:
            case Request.BACK:
                await self.pop_screen()
            case Request.CHOOSE_CIRCLE:
                await self._choose()
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
                await self._drop(service)
            case Request.REOPEN_MEETING:
                from circle_tui.views import meeting_words

                if self.attempt(service.reopen):
                    await self.show_meeting()
                    if service.live is not None:
                        self.say(meeting_words.reopened(service.live.meeting, service.live.now))
            case Request.REBOOK_INSTEAD:
                if service.live is not None and self.attempt(service.cancel_meeting):
                    await self.show(screen_at(Request.REBOOKING)(service))
            case Request.SET_ASIDE:
                await self._set_aside(service)
            case Request.HOME:
                await self._go_home(service)
            case Request.TAKE_OVER:
                await self._take_over(service)
            case Request.REVIEW:
                await self._review(service)
            case Request.CALENDAR:
                self._save_calendar(service)
            case Request.CONTRACTS if self._contracts_to_come:
                from circle_tui.views.after_meeting import AfterMeeting, next_contract

                due = next_contract(service.state, self.clock.now(), self._contracts_to_come)
                await self._follow(service, due or AfterMeeting(what, ""))
            case place:
                await self._show_place(screen_at(place)(service))

    def _save_calendar(self, service: CircleService) -> None:
        # Late: few people press this key, and what it needs takes a while to load.
        from circle_tui.reports.calendar_file import as_icalendar
        from circle_tui.store.downloads import save_download
        from circle_tui.views import calendar

        dates = calendar.circle_calendar(service.snapshot, service.file.saved)
        if not dates.events:
            self.say(calendar.why_empty(service.state))
            return
        try:
            path = save_download(f"{service.file.slug}.ics", as_icalendar(dates))
        except (LoadError, SaveError) as trouble:
            self.say(str(trouble))
        else:
            self.say(calendar.saved_to(shown(path)))

    async def _show_place(self, screen: CircleScreen) -> None:
        """Show a place instead of what is shown; beside a meeting, above its screen."""
        if self.live is None:
            await self.show(screen)
        elif isinstance(self.screen, CircleScreen):
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)

    @on(messages.ContractStep)
    async def _go_on_with_contract(self, asked: messages.ContractStep) -> None:
        if self.service is not None:
            make = CONTRACT_STEPS[asked.step]()
            await self._show_place(make(self.service, asked.contract_id))

    async def _follow(self, service: CircleService, then: "AfterMeeting") -> None:
        """Show what follows a meeting; leaving a contract shows the one that comes after it."""
        self._contracts_to_come = then.to_come
        if isinstance(then.place, GoToContract):
            make = CONTRACT_STEPS[then.place.step]()
            await self.show(make(service, then.place.contract))
        elif then.place is Request.HOME:
            await self.show(self.home(then.flash))
            return
        else:
            await self.show(screen_at(then.place)(service))
        if then.flash:
            # Posted, so that it comes after what is said of the contract before.
            self.post_message(messages.Said(then.flash))

    # A meeting

    async def _begin(self, service: CircleService, *, clock_is_right: bool = False) -> None:
        async def answered(number: int | None) -> None:
            if number is None:
                self.say(app_words.SET_THE_CLOCK)
            else:
                await self._begin(service, clock_is_right=True)

        try:
            screen = self.resume()
            if screen is None and service.meets_elsewhere:
                screen = self.watch_screen(service.file)
            if screen is None:
                doubt = None if clock_is_right else service.doubt_about_clock()
                if doubt is not None:
                    from circle_tui.views import question

                    self.ask_question(question.ask(doubt, app_words.CLOCK_IS_RIGHT), answered)
                    return
                live = service.begin()
                screen = screen_of(live.meeting.phase)(service)
        except (RuleError, LoadError, SaveError) as trouble:
            if service.under_way and not isinstance(trouble, RuleError):
                await self.show(self.stuck(trouble))
            else:
                self.say(str(trouble))
        else:
            await self.show(screen)

    async def _take_over(self, service: CircleService) -> None:
        """Continue the meeting that was followed, or say who has it."""
        watching = self.watching
        if watching is None:
            return
        watching.stop_following()
        try:
            service.claim()
            if service.reading_only is not None:
                watching.follow()
                self.say(service.reading_only)
                return
            screen = self.resume() or self.home()
        except (LoadError, SaveError) as trouble:
            screen = self.stuck(trouble)
        await self.show(screen)

    async def _drop(self, service: CircleService) -> None:
        from circle_tui.views import meeting_words

        if service.live is not None:
            dropped = meeting_words.dropped(
                service.live.meeting, service.live.now, service.file.dropped_path.name
            )
            if self.attempt(service.drop):
                await self.show(self.home(dropped))

    async def _set_aside(self, service: CircleService) -> None:
        try:
            aside = service.set_aside()
        except SaveError as trouble:
            self.say(str(trouble))
        else:
            await self.show(self.home(app_words.set_aside(None if aside is None else aside.name)))

    async def _save_meeting(self, service: CircleService) -> None:
        from circle_tui.views.after_meeting import after_meeting

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
            after_meeting(service.state, self.clock.now())
            if older is None
            else after_meeting(service.state, self.clock.now(), older.missing, older.path.name)
        )
        await self._follow(service, then)

    async def _go_home(self, service: CircleService) -> None:
        """Home with the meeting parked; or from a place that was opened beside it, back to it."""
        if self.place_beside_meeting:
            await self.show_meeting()
            return
        if not self.may_go():
            return
        parked = None
        if service.live is not None:
            from circle_tui.views import meeting_words

            if not service.live.untouched:
                parked = meeting_words.parked(service.live.meeting, service.live.now)
            service.park()
        await self.show(self.home(parked=parked))

    # A review

    async def _review(self, service: CircleService) -> None:
        """Read as for a lead: what cannot reach them cannot be shown here either."""
        from circle_tui.store import attendance_reader
        from circle_tui.tui.screens.attendance import AttendanceScreen
        from circle_tui.views.presenters.review_of_one import ReviewOfOnePresenter

        read = attendance_reader.read(service.file.path)
        if isinstance(read, attendance_reader.Unread):
            self.say(str(read))
        else:
            await self.push_screen(
                AttendanceScreen(
                    ReviewOfOnePresenter(
                        read.facts,
                        self.clock.now(),
                        can_go_back=True,
                        can_correct=service.live is None and not service.under_way,
                    )
                )
            )

    @on(messages.CorrectionRequested)
    async def _correct(self, asked: messages.CorrectionRequested) -> None:
        from circle_tui.tui.screens.correction import CorrectionScreen

        if self.service is not None:
            await self.show(CorrectionScreen(self.service, asked.meeting, asked.commitment))

    # Another circle

    @on(messages.CircleChosen)
    async def _chosen(self, chosen: messages.CircleChosen) -> None:
        await self.show(self.open(CircleFile(chosen.path)))

    async def _choose(self) -> None:
        if not self.may_leave_demo(app_words.LEAVING_DEMO):
            return
        came_from = None if self.service is None else self.service.file.path
        self.leave_demo()
        if came_from is not None and came_from.parent != self.folder:
            came_from = None
        await self.show(circle_picker.choice(self.folder, self.clock.now(), came_from=came_from))

    async def _set_up(self) -> None:
        from circle_tui.tui.screens.first_run import FirstRunScreen

        if self.may_leave_demo(app_words.LEAVING_DEMO):
            self.leave_demo()
            await self.show(FirstRunScreen(first=False))

    @on(messages.CircleRequested)
    async def _make(self, asked: messages.CircleRequested) -> None:
        now, zone = self.clock.now(), find_local_zone()
        try:
            circle = make_circle(
                asked.name, asked.members, asked.format_key, zone=zone or "UTC", now=now
            )
            same = None if asked.again else find_same(self.folder, circle)
            if same is not None:
                self._ask_whether_a_second(asked, *same)
                return
            file = CircleFile.create(self.folder, circle)
        except (RuleError, SaveError) as trouble:
            self.say(str(trouble))
            return
        await self.show(self.open(file))
        if circle.preset.meets and self.service is not None:
            await self._begin(self.service)
        if zone is None:
            self.say(app_words.ZONE_WITHOUT_NAME)

    def _ask_whether_a_second(
        self, asked: messages.CircleRequested, file: CircleFile, same: Circle
    ) -> None:
        from circle_tui.views import first_run

        async def answered(number: int | None) -> None:
            if number == first_run.OPEN_THAT_ONE:
                await self.show(self.open(file))
            elif number is not None:
                asked.again = True
                await self._make(asked)

        self.ask_question(first_run.ask_whether_a_second(same.name), answered)

    async def _show_demo(self) -> None:
        try:
            await self.show(self.open_demo(DEMO_SPEED))
        except SaveError as failure:
            self.say(str(failure))
