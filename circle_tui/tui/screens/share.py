"""A share: the ring, the seats around it, and whoever speaks.

Invariant: nothing is typed here. What is left is asked of the countdown whenever it is painted;
the timer only says when to look again, at the next full second of what is left.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.countdown import Countdown
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.service.live_meeting import LiveMeeting
from circle_tui.tui import wording
from circle_tui.tui.screens.round import IN_ROUND, RoundScreen
from circle_tui.tui.widgets.ring import Ring

LAST_MINUTE = timedelta(minutes=1)
_LOOK_AGAIN_AT_LEAST = 0.05


class ShareScreen(RoundScreen):
    """Before and during one member's share."""

    MOVES = {
        "start": commands.start,
        "hold": commands.hold,
        "go_on": commands.resume,
        "next_step": commands.next_step,
        "finish": commands.finish,
        "pass": commands.pass_turn,
        "more": commands.give_minute,
        "less": commands.take_minute,
        "backdate": commands.backdate,
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do('start')", "Start"),
        Binding("space", "do('start')", "Start", show=False),
        Binding("space", "do('hold')", "Hold"),
        Binding("space", "do('go_on')", "Go on"),
        Binding("enter", "do('next_step')", "Next"),
        Binding("enter", "do('finish')", "Finish"),
        Binding("n", "do('finish')", "Finish"),
        Binding("p", "do('pass')", "Pass"),
        Binding("plus", "do('more')", "Minute", key_display="+"),
        Binding("minus", "do('less')", "A minute less", key_display="-", show=False),
        Binding("b", "do('backdate')", "Began a minute ago", show=False),
        Binding("d", "digits", "Digits on or off", show=False),
        *IN_ROUND,
    ]

    def __init__(self, live: LiveMeeting) -> None:
        super().__init__(live)
        self._digits = live.meeting.circle.digits
        self._timer: Timer | None = None
        self._was_left: timedelta | None = None

    def body(self) -> Iterator[Widget]:
        yield Ring()

    def present(self, meeting: Meeting, now: datetime) -> None:
        super().present(meeting, now)
        self._was_left = None
        self._paint()

    def _paint(self) -> None:
        """Show the ring as it is at this moment, and look again at the next full second."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        meeting, now = self.live.meeting, self.live.now
        countdown = meeting.countdown
        self.query_one(Ring).show(
            seats=wording.seats(meeting),
            remaining=1.0 if countdown is None else countdown.fraction_remaining(now),
            digits="" if countdown is None else self._face(countdown, now),
            caption=_caption(meeting, now),
            note=_note(meeting),
        )
        if countdown is not None and not countdown.held:
            left = countdown.remaining(now)
            self._ring_bell(left)
            beyond = left % timedelta(seconds=1) / timedelta(seconds=1)
            self._timer = self.set_timer(
                max((beyond or 1.0) / self.live.speed, _LOOK_AGAIN_AT_LEAST), self._paint
            )

    def _face(self, countdown: Countdown, now: datetime) -> str:
        left = countdown.remaining(now)
        if left <= timedelta() and not self.live.meeting.circle.overtime:
            return ""
        if self._digits or left <= LAST_MINUTE:
            return wording.clock_face(left)
        return ""

    def _ring_bell(self, left: timedelta) -> None:
        """Once, when the end is crossed, and only for circles that want it."""
        was, self._was_left = self._was_left, left
        if was is not None and was > timedelta() >= left and self.live.meeting.circle.bell:
            self.app.bell()

    def line(self, meeting: Meeting) -> str:
        if meeting.phase is Phase.READY:
            person = meeting.person(meeting.turn.member) if meeting.turn else None
            if person is not None and not person.here:
                return f"{person.name} is late: enter if they are here now, p to come back to them."
            return "Enter starts the clock; b starts it as of a minute ago."
        if meeting.countdown is not None and meeting.countdown.held:
            return "Everything waits. Space goes on."
        if meeting.steps and meeting.turn is not None:
            at = meeting.turn.step
            return f"{at + 1} of {len(meeting.steps)}: {meeting.steps[at]}"
        return wording.listening(meeting.circle)

    def action_digits(self) -> None:
        """Show the time in digits, or as the ring alone."""
        self._digits = not self._digits
        if self.live.meeting.countdown is None:
            # Nothing on the screen would show it yet.
            self.say(f"The clock will run {'in digits' if self._digits else 'as the ring alone'}.")
        self._paint()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys with several meanings show only the one they have now."""
        allowed = super().check_action(action, parameters)
        if action != "do":
            return allowed
        phase, steps = self.live.meeting.phase, self.live.meeting.steps
        match parameters[0]:
            case "start":
                return phase is Phase.READY
            case "more" | "less" if phase is Phase.READY:
                return False
            case "hold" | "go_on" if phase is Phase.READY:
                return False
            case "hold" | "go_on":
                return bool(allowed)
            case "next_step":
                turn = self.live.meeting.turn
                more = turn is not None and turn.step + 1 < len(steps)
                return phase is Phase.SHARE and more
            case "finish":
                return phase is Phase.SHARE
        return allowed


def _caption(meeting: Meeting, now: datetime) -> str:
    name = wording.speaker(meeting)
    countdown = meeting.countdown
    if countdown is None:
        return f"{name}, when you are ready"
    if countdown.held:
        return "Held"
    if countdown.remaining(now) <= timedelta():
        return f"{name}, the time is round"
    return f"{name} is speaking"


def _note(meeting: Meeting) -> str:
    turn = meeting.turn
    if turn is None:
        return ""
    if meeting.phase is Phase.READY:
        if turn.second:
            return "offered again"
        return (
            "a breath first, together" if not meeting.finished and not meeting.waiting_again else ""
        )
    return meeting.circle.preset.prompt
