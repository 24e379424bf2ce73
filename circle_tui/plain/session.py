"""What the places ask for: another place, a meeting, another circle.

Invariant: a circle is let go of before another is opened, and whatever ends the program parks its
meeting.
"""

from pathlib import Path
from typing import Any

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import PROBLEM
from circle_tui.plain.conversation import Left
from circle_tui.plain.line_input import LineInput
from circle_tui.plain.line_output import LineOutput
from circle_tui.plain.opening import Opening
from circle_tui.plain.setup import DEMO, NewCircle, set_up
from circle_tui.service.choices import choices, only_circle
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import DEMO_SPEED, Clock, SystemClock, find_local_zone
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError, shown
from circle_tui.store.folder import ListedCircle, find_same
from circle_tui.views import app_words, first_run, line_by_line, meeting_words, question
from circle_tui.views.after_meeting import AfterMeeting, after_meeting, next_contract
from circle_tui.views.choose import summary_of
from circle_tui.views.presenters.choose import ChoosePresenter
from circle_tui.views.presenters.meeting_presenter import MeetingPresenter
from circle_tui.views.presenters.places import presenter_at, presenter_of_step
from circle_tui.views.view import Command, GoToContract, GoToCorrection, Intent, Local, Request

_AMONG_CONTRACTS = frozenset({Request.BACK, Request.CONTRACTS, Request.NEW_CONTRACT})
"""What may be asked for without leaving the contracts that come after a meeting."""


class Session(Opening):
    """One terminal that a circle sits around, line by line."""

    def __init__(
        self,
        lines: LineInput,
        output: LineOutput,
        folder: Path,
        clock: Clock | None = None,
        *,
        demo_speed: float | None = None,
        begins_at: tuple[CircleFile, Request] | None = None,
        watched: CircleFile | None = None,
    ) -> None:
        """With `demo_speed` it begins with the demo, on a clock that runs so many times faster.

        `begins_at` is a circle and one of its places to begin with, rather than with its home.
        With `watched` it begins by following that circle.
        """
        super().__init__(lines, output, folder, clock or SystemClock())
        self._demo_speed, self._begins_at, self._watched = demo_speed, begins_at, watched
        self._came_from: Path | None = None
        self._contracts_to_come: tuple[str, ...] = ()
        """The contracts that are due and come up one by one after a meeting, by id."""

    # The first place

    def begin(self) -> None:
        self.output.say(line_by_line.MODE)
        if self._demo_speed is not None:
            self.show_demo(self._demo_speed)
            return
        if self._watched is not None:
            self.watch(self._watched)
            return
        if self._begins_at is not None:
            file, place = self._begins_at
            self.open(file)
            # Where a meeting is under way, that comes first.
            if self.service is not None and not self.service.under_way:
                self.request(place)
            return
        try:
            only = only_circle(self.folder)
        except LoadError as trouble:
            self.say(str(trouble))
            raise Left(PROBLEM) from None
        if isinstance(only, ListedCircle):
            self.say(*only.copies)
            self.open(only.file)
        elif only:
            self.choose_circle()
        else:
            self.output.say(line_by_line.FIRST)
            self._set_up(first=True)

    # Requests

    def request(self, does: Request | GoToContract | GoToCorrection) -> None:
        if isinstance(does, Request) and does not in _AMONG_CONTRACTS:
            self._contracts_to_come = ()
        match does:
            case GoToContract(contract=contract, step=step):
                self._go_to_contract(contract, step)
            case GoToCorrection(meeting=meeting, commitment=commitment):
                from circle_tui.views.presenters.correction import CorrectionPresenter

                self.presenter = CorrectionPresenter(self.read, meeting, commitment)
            case Request.CHOOSE_CIRCLE:
                self.choose_circle(None if self.service is None else self.service.file.path)
            case Request.NEW_CIRCLE:
                if self.may_leave_demo(app_words.LEAVING_DEMO):
                    self._set_up(first=False)
            case Request.DEMO:
                self.show_demo(DEMO_SPEED)
            case Request.HOME | Request.BACK:
                self._go_home()
            case Request.REVIEW:
                self._review()
            case Request.CALENDAR if self.service is not None:
                self._save_calendar(self.service)
            case Request.TAKE_OVER if self.follower is not None:
                self.attempt(self.take_over)
            case _ if self.service is not None:
                self._of_meeting(does, self.service)

    def _of_meeting(self, what: Request, service: CircleService) -> None:
        match what:
            case Request.SHOW_MEETING:
                self.show_meeting()
            case Request.BEGIN_MEETING:
                self._begin(service)
            case Request.SAVE_MEETING:
                self._save_meeting(service)
            case Request.DROP_MEETING if service.live is not None:
                dropped = meeting_words.dropped(
                    service.live.meeting, service.live.now, service.file.dropped_path.name
                )
                if self.attempt(service.drop):
                    self.say(dropped)
                    self.home()
            case Request.REOPEN_MEETING:
                if self.attempt(service.reopen) and service.live is not None:
                    self.say(meeting_words.reopened(service.live.meeting, service.live.now))
                    self.show_meeting()
            case Request.REBOOK_INSTEAD if service.live is not None:
                if self.attempt(service.cancel_meeting):
                    self._show_place(Request.REBOOKING)
            case Request.SET_ASIDE:
                self._set_aside(service)
            case Request.CONTRACTS if self._contracts_to_come:
                due = next_contract(service.state, self.clock.now(), self._contracts_to_come)
                self._follow(due or AfterMeeting(what, ""))
            case _:
                self._show_place(what)

    def _follow(self, then: AfterMeeting) -> None:
        """Go where a meeting leads; leaving a contract leads to the one that comes after it."""
        self.say(then.flash)
        if then.place is not Request.HOME:
            self.request(then.place)
        self._contracts_to_come = then.to_come

    def _show_place(self, place: Request) -> None:
        try:
            make = presenter_at(place)
        except KeyError:
            self.say(line_by_line.NOTHING_THERE)
        else:
            self.presenter = make(self.read)
            self.go_on(self.presenter.opened())

    def carry_out(self, command: Command, *args: Any) -> Intent | None:
        from circle_tui.views.presenters.review_of_one import ReviewOfOnePresenter

        if isinstance(self.presenter, ReviewOfOnePresenter):
            # What is typed there is only read.
            return self.presenter.answered(command(*args))
        return super().carry_out(command, *args)

    def _go_to_contract(self, contract: str, step: str) -> None:
        try:
            make = presenter_of_step(step)
        except KeyError:
            self.say(*line_by_line.VOTE)
        else:
            self.presenter = make(self.read, contract)

    def _begin(self, service: CircleService) -> None:
        try:
            if self.resume():
                return
            doubt = service.doubt_about_clock()
            if doubt is not None:
                asked = question.ask(doubt, app_words.CLOCK_IS_RIGHT)
                if self.ask_question(asked) is None:
                    self.say(app_words.SET_THE_CLOCK)
                    return
            service.begin()
        except (RuleError, LoadError, SaveError) as trouble:
            if service.under_way and not isinstance(trouble, RuleError):
                self.stuck(trouble)
            else:
                self.say(str(trouble))
        else:
            self.show_meeting()

    def _save_meeting(self, service: CircleService) -> None:
        if service.live is None:
            return
        try:
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
        self.home()
        self._follow(then)

    def _set_aside(self, service: CircleService) -> None:
        try:
            aside = service.set_aside()
        except SaveError as trouble:
            self.say(str(trouble))
        else:
            self.say(app_words.set_aside(None if aside is None else aside.name))
            self.home()

    def _go_home(self) -> None:
        """Home with the meeting parked; or from a place that was opened beside it, back to it."""
        service = self.service
        if service is None:
            return
        if self.live is not None and not isinstance(self.presenter, MeetingPresenter):
            self.presenter = None
            self.show_meeting()
            return
        if not self.may_go():
            return
        parked = None
        if service.live is not None:
            if not service.live.untouched:
                parked = meeting_words.parked(service.live.meeting, service.live.now)
            service.park()
        self.home(parked)

    def _review(self) -> None:
        """Read as for a lead: what cannot reach them cannot be said here either."""
        from circle_tui.store import attendance_reader
        from circle_tui.views.presenters.review_of_one import ReviewOfOnePresenter

        service = self.service
        assert service is not None
        read = attendance_reader.read(service.file.path)
        if isinstance(read, attendance_reader.Unread):
            self.say(str(read))
            return
        can_correct = service.live is None and not service.under_way
        self.presenter = ReviewOfOnePresenter(
            read.facts, self.clock.now(), can_go_back=True, can_correct=can_correct
        )

    def _save_calendar(self, service: CircleService) -> None:
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

    # Another circle

    def choose_circle(self, came_from: Path | None = None) -> None:
        if not self.may_leave_demo(app_words.LEAVING_DEMO):
            return
        self.leave_demo()
        if came_from is not None and came_from.parent != self.folder:
            came_from = None
        try:
            now = self.clock.now()
            found = [
                (str(each.path), summary_of(each, now)) for each in choices(self.folder) if each
            ]
        except LoadError as trouble:
            self.say(str(trouble))
            found = []
        self._came_from = came_from
        before = None if came_from is None else str(came_from)
        chooser = ChoosePresenter(str(self.folder), before)
        chooser.add(found, all_read=True)
        self.presenter = chooser

    def perform_local(self, does: Local) -> None:
        chosen = self.presenter
        match does:
            case Local.SELECT if isinstance(chosen, ChoosePresenter):
                self.open(CircleFile(Path(chosen.chosen)))
            case Local.BACK if isinstance(chosen, ChoosePresenter) and self._came_from is not None:
                self.open(CircleFile(self._came_from))
            case _:
                super().perform_local(does)

    def _set_up(self, *, first: bool) -> None:
        before, came_from = self.presenter, self.service
        new = set_up(self, first=first)
        if new is None:
            self.presenter, self.service = before, came_from
            self.say_again()
        elif new is DEMO:
            self.show_demo(DEMO_SPEED)
        else:
            self._make(new)

    def _make(self, new: NewCircle, *, again: bool = False) -> None:
        now, zone = self.clock.now(), find_local_zone()
        try:
            circle = make_circle(new.name, new.members, new.format_key, zone=zone or "UTC", now=now)
            same = None if again else find_same(self.folder, circle)
            if same is not None:
                number = self.ask_question(first_run.ask_whether_a_second(same[1].name))
                if number == first_run.OPEN_THAT_ONE:
                    self.open(same[0])
                elif number is not None:
                    self._make(new, again=True)
                else:
                    self._set_up(first=self.presenter is None)
                return
            file = CircleFile.create(self.folder, circle)
        except (RuleError, SaveError) as trouble:
            self.say(str(trouble))
            self._set_up(first=self.presenter is None)
            return
        self.leave_demo()
        self.open(file)
        if circle.preset.meets and self.service is not None:
            self._begin(self.service)
        if zone is None:
            self.say(app_words.ZONE_WITHOUT_NAME)
