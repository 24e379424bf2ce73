"""Saying what the application's flow replies: a place, a question, a sentence, or the end.

Invariant: what a request leads to is the flow's to say; this says it line by line.
"""

from pathlib import Path
from typing import Any

from circle_tui.exit_codes import PROBLEM
from circle_tui.flow import circles, leaving
from circle_tui.flow.app_flow import AppFlow
from circle_tui.flow.replies import (
    AskFirst,
    Back,
    Chooser,
    Destination,
    Followed,
    Gap,
    Home,
    Leave,
    Meeting,
    Reply,
    Review,
    SetUp,
    Show,
    Stay,
    Work,
)
from circle_tui.flow.requests import reply_to
from circle_tui.plain.conversation import Left
from circle_tui.plain.line_input import LineInput
from circle_tui.plain.line_output import LineOutput
from circle_tui.plain.setup import set_up
from circle_tui.plain.watching import Watching
from circle_tui.service.clock import Clock, SystemClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.views import line_by_line
from circle_tui.views.choose import summary_of
from circle_tui.views.presenters.choose import ChoosePresenter
from circle_tui.views.presenters.home import HomePresenter
from circle_tui.views.presenters.places import presenter_at, presenter_of_step
from circle_tui.views.presenters.resume import ResumePresenter
from circle_tui.views.view import (
    Command,
    GoToContract,
    GoToCorrection,
    Intent,
    Local,
    Request,
    Say,
)


class Session(Watching):
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
        super().__init__(lines, output, AppFlow(folder, clock or SystemClock()))
        self._demo_speed, self._begins_at, self._watched = demo_speed, begins_at, watched
        self._came_from: Path | None = None

    def begin(self) -> None:
        self.output.say(line_by_line.MODE)
        try:
            first = self.flow.begin(
                demo_speed=self._demo_speed, watched=self._watched, begins_at=self._begins_at
            )
        except (LoadError, SaveError) as trouble:
            self.say(str(trouble))
            raise Left(PROBLEM) from None
        self.perform_reply(first)

    # Requests and replies

    def request(self, does: Request | GoToContract | GoToCorrection) -> None:
        self.perform_reply(reply_to(self.flow, does, beside_meeting=self.beside_meeting))

    def leave(self) -> None:
        self.perform_reply(leaving.leave(self.flow))

    def perform_reply(self, reply: Reply) -> None:
        """Say what the flow replied, ask what it asks, and go where it leads."""
        match reply:
            case Say(sentence=said):
                self.say(said)
            case Show(place=place, says=said, then=then):
                self.say(*said)
                self._show(place)
                if then is not None:
                    self.perform_reply(then)
            case AskFirst(question=asked, then=then):
                self.perform_reply(then(self.ask_question(asked)))
            case Work(do=do, then=then):
                self.perform_reply(then(do()))
            case Back():
                self.request(Request.HOME)
            case Leave():
                raise Left
            case Stay():
                pass

    def _show(self, place: Destination) -> None:
        match place:
            case Home(parked=parked, unreadable=unreadable, told_of_three=told, dropped=dropped):
                self.presenter = HomePresenter(
                    self.read,
                    parked=parked,
                    unreadable=unreadable,
                    told_of_three=told,
                    dropped=dropped,
                )
            case Meeting():
                self.presenter = None
                self.show_meeting()
            case Gap(length=length, dropped_file=dropped, held=held, long=long):
                self.presenter = ResumePresenter(
                    self.meeting_snapshot, length, dropped, held=held, long=long
                )
            case Followed(follower=follower):
                self.show_followed(follower)
            case Chooser(came_from=came_from):
                self._show_chooser(came_from)
            case SetUp(first=first):
                self._set_up(first=first)
            case Review(facts=facts, now=now, can_correct=can_correct):
                from circle_tui.views.presenters.review_of_one import ReviewOfOnePresenter

                self.presenter = ReviewOfOnePresenter(
                    facts, now, can_go_back=True, can_correct=can_correct
                )
            case _:
                self._show_place_of_circle(place)

    def _show_place_of_circle(self, place: Request | GoToContract | GoToCorrection) -> None:
        match place:
            case GoToContract(contract=contract, step=step):
                try:
                    make_step = presenter_of_step(step)
                except KeyError:
                    self.say(*line_by_line.VOTE)
                else:
                    self.presenter = make_step(self.read, contract)
            case GoToCorrection(meeting=meeting, commitment=commitment):
                from circle_tui.views.presenters.correction import CorrectionPresenter

                self.presenter = CorrectionPresenter(self.read, meeting, commitment)
            case _:
                try:
                    make = presenter_at(place)
                except KeyError:
                    self.say(line_by_line.NOTHING_THERE)
                else:
                    self.presenter = make(self.read)
                    self.perform_rest(self.presenter.opened())

    def carry_out(self, command: Command, *args: Any) -> Intent | None:
        from circle_tui.views.presenters.review_of_one import ReviewOfOnePresenter

        if isinstance(self.presenter, ReviewOfOnePresenter):
            # What is typed there is only read.
            return self.presenter.answered(command(*args))
        return super().carry_out(command, *args)

    # Another circle

    def _show_chooser(self, came_from: Path | None) -> None:
        try:
            now = self.flow.clock.now()
            found = [(str(each.path), summary_of(each, now)) for each in self.flow.choices()]
        except LoadError as trouble:
            self.say(str(trouble))
            found = []
        self._came_from = came_from
        before = None if came_from is None else str(came_from)
        chooser = ChoosePresenter(str(self.flow.folder), before)
        chooser.add(found, all_read=True)
        self.presenter = chooser

    def perform_local(self, does: Local) -> None:
        chosen = self.presenter
        match does:
            case Local.SELECT if isinstance(chosen, ChoosePresenter):
                self.perform_reply(self.flow.open(CircleFile(Path(chosen.chosen))))
            case Local.BACK if isinstance(chosen, ChoosePresenter) and self._came_from is not None:
                self.perform_reply(self.flow.open(CircleFile(self._came_from)))
            case _:
                super().perform_local(does)

    def _set_up(self, *, first: bool) -> None:
        """Ask for a circle until one can be made, or somebody goes elsewhere."""
        if first:
            self.output.say(line_by_line.FIRST)
        reply: Reply = Stay()
        while isinstance(reply, Say | Stay):
            new = set_up(self, first=first)
            if isinstance(new, Request):
                reply = reply_to(self.flow, new)
            else:
                reply = circles.make(self.flow, new)
            while isinstance(reply, AskFirst):
                reply = reply.then(self.ask_question(reply.question))
            self.perform_reply(reply)
