"""The loop with one circle open: its meeting, its undo, and the passing of time.

Invariant: the marks of a share are said as their moments are crossed, whatever is being read.
"""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.core.meeting.meeting import Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.flow import undo
from circle_tui.flow.app_flow import AppFlow
from circle_tui.plain import arrivals
from circle_tui.plain.line_input import LineInput
from circle_tui.plain.line_loop import LineLoop
from circle_tui.plain.line_output import LineOutput
from circle_tui.plain.marks import Marks
from circle_tui.service.live_meeting import meeting_snapshot
from circle_tui.views import (
    app_words,
    every_screen,
    line_by_line,
    meeting_words,
    rounds,
    time_in_words,
)
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.circle_presenter import CirclePresenter
from circle_tui.views.presenters.meeting_presenter import MeetingPresenter
from circle_tui.views.presenters.places import presenter_of
from circle_tui.views.question import Question
from circle_tui.views.seats_in_words import seats_in_words
from circle_tui.views.view import Action, Ask, Intent, Local

if TYPE_CHECKING:
    from circle_tui.service.circle_service import CircleService
    from circle_tui.service.live_meeting import LiveMeeting

_PULSE = 1.0


class CircleLoop(LineLoop):
    """The loop around one circle."""

    def __init__(self, lines: LineInput, output: LineOutput, flow: AppFlow) -> None:
        super().__init__(lines, output)
        self.flow = flow
        self._marks = Marks()
        self._covenant_read_in = ""

    @property
    def service(self) -> "CircleService | None":
        """The circle that is open."""
        return self.flow.service

    @property
    def live(self) -> "LiveMeeting | None":
        """The meeting that is open here."""
        return self.flow.live

    def read(self) -> CircleSnapshot:
        """The circle as it is now."""
        assert self.service is not None
        return self.service.snapshot

    def meeting_snapshot(self) -> MeetingSnapshot:
        """The meeting as it is now, with the circle's present settings."""
        assert self.service is not None
        assert self.service.live is not None
        return meeting_snapshot(self.service.live, self.service.circle)

    @property
    def beside_meeting(self) -> bool:
        """Whether a place between meetings is shown while a meeting is on."""
        return self.live is not None and isinstance(self.presenter, CirclePresenter)

    # What is said

    @property
    def scene(self) -> Hashable:
        return super().scene, None if self.beside_meeting else self.flow.how_far

    def refresh(self) -> None:
        shown = self.presenter
        if self.live is not None and self.live.gap is None and isinstance(shown, MeetingPresenter):
            now = self._presenter_now()
            if type(shown) is not type(now):
                self.presenter = now
        super().refresh()

    def _presenter_now(self) -> MeetingPresenter:
        assert self.live is not None
        return presenter_of(self.live.meeting.phase)(self.meeting_snapshot)

    def show_meeting(self) -> None:
        """Show the meeting where it is now."""
        if self.live is not None and not isinstance(self.presenter, MeetingPresenter):
            self.presenter = self._presenter_now()

    def about_turn(self) -> list[str]:
        """Whose turn it is, and how long; not while the clock is held, of which the status says."""
        if self.current_presenter.PLACE is not Place.SHARE:
            self._about_turn = None
            return []
        snapshot = self.meeting_snapshot()
        meeting, countdown = snapshot.meeting, snapshot.meeting.countdown
        assert meeting.turn is not None
        held = countdown is not None and countdown.is_paused
        left = None if countdown is None else countdown.remaining(snapshot.now)
        clock: tuple[object, ...] = (meeting.share,)
        if countdown is not None:
            clock = (left,) if held else (countdown.length, countdown.began, countdown.paused_for)
        about = (meeting.turn.member, meeting.phase, meeting.turn.step), held, clock
        before, self._about_turn = self._about_turn, about
        if about == before:
            return []
        self._marks.set_to(countdown, snapshot.now)
        # That it's on hold, the status says; what is left then is said where it was changed.
        only_held = held and (before is None or before[:2] != about[:2])
        said = [] if only_held else [time_in_words.turn(snapshot)]
        return [*self._covenant(), *said]

    def _covenant(self) -> list[str]:
        """The covenant is read aloud once, as the round begins."""
        meeting = self.meeting_snapshot().meeting
        words = rounds.covenant_of_first_turn(meeting)
        if not words or self._covenant_read_in == meeting.id:
            return []
        self._covenant_read_in = meeting.id
        return [line_by_line.COVENANT, *words]

    def say_status(self, status: str, *, again: bool = False) -> None:
        """The view's line; or why nothing can be written, or what the disk does not take."""
        if self.live is not None and self.live.meeting.phase is Phase.SHARE and self.live.running:
            # What the others do meanwhile is known after the first share.
            again = False
            if status in self._said_once:
                return
            self._said_once.add(status)
        trouble = None if self.live is None else self.live.trouble
        reading_only = None if self.service is None else self.service.reading_only
        if self.current_presenter.PLACE is Place.WATCH:
            # Nothing would be written there.
            reading_only = None
        super().say_status(trouble or reading_only or status, again=again)

    def due(self) -> Intent | None:
        if self.live is not None and self.live.last_was_undo_or_redo:
            return None
        return super().due()

    def time_told(self) -> str:
        if self.live is not None:
            return time_in_words.in_a_meeting(self.meeting_snapshot())
        if self.service is not None:
            now, here = self.service.now, self.service.here
            return time_in_words.between_meetings(self.service.circle, now, here)
        return line_by_line.NOTHING_THERE

    def seats_told(self) -> tuple[str, ...]:
        return () if self.live is None else seats_in_words(self.meeting_snapshot())

    # Time

    def read_timeout(self) -> float | None:
        live = self.live
        if live is None:
            return None
        until = time_in_words.until_next_mark(live.meeting.countdown, live.now)
        return (
            _PULSE if until is None else min(_PULSE, max(until.total_seconds() / live.speed, 0.0))
        )

    def pulse(self) -> None:
        live = self.live
        if live is None:
            return
        if self.flow.pulse():
            self.say(app_words.SLEPT_MEANWHILE if self.beside_meeting else app_words.SLEPT)
        said = self._marks.crossed(live.meeting.countdown, live.now)
        if said is not None:
            self.say(said)
            if said == time_in_words.TIME_IS_UP and live.meeting.circle.bell:
                self.output.ring()

    # Actions

    @property
    def actions(self) -> tuple[Action, ...]:
        view = self.current_presenter.view()
        service = self.service
        can_undo, can_redo = self.current_presenter.undo_offer(
            can_undo=service is not None and service.can_undo,
            can_redo=service is not None and service.can_redo,
        )
        common = every_screen.actions(can_undo=can_undo, can_redo=can_redo)
        places = self.current_presenter.other_places(meeting_open=self.live is not None)
        return (*view.actions, *common, *places)

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.UNDO if self.service is not None:
                self._step(undo.undo, self.service)
            case Local.REDO if self.service is not None:
                self._step(undo.redo, self.service)
            case Local.DIGITS:
                self.say(self.time_told())
            case Local.LISTENING_RULE:
                self.say(*meeting_words.listening_rule(self.meeting_snapshot().meeting.circle))
            case Local.SHOW_COVENANT:
                words = rounds.covenant_read_aloud(self.meeting_snapshot().meeting)
                self.say(line_by_line.COVENANT, *words)
            case Local.ARRIVALS:
                self._who_comes_or_goes()
            case Local.CONTINUE | Local.COUNT_GAP if self.service is not None:
                self.service.settle_gap(counts=does is Local.COUNT_GAP)
            case _:
                super().perform_local(does)

    def _step(
        self, step: "Callable[[CircleService], undo.Undone]", service: "CircleService"
    ) -> None:
        try:
            undone = step(service)
        except RuleError as refused:
            self.say(str(refused))
            return
        self.say(undone.sentence)
        if undone.in_meeting:
            self.show_meeting()
        else:
            self.perform_rest(self.current_presenter.changed())

    def _who_comes_or_goes(self) -> None:
        """A number says who; there is no cursor to put on them first."""
        does = arrivals.choose(self, self.meeting_snapshot)
        if does is not None:
            self.execute(does)

    def which_reading(self, does: Ask, asked: AmbiguousError) -> Question:
        from circle_tui.views import understood

        assert self.service is not None
        if isinstance(self.presenter, MeetingPresenter):
            return understood.which_reading(self.meeting_snapshot(), does, asked)
        return understood.which_reading(self.service.snapshot, does, asked)
