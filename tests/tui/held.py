"""Circles that have met: meetings held without a screen, so that a test begins where it matters."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.service.live_meeting import LiveMeeting
from circle_tui.store.circle_file import CircleFile

from .sitting import make, meeting, taken

TURN = (commands.start, commands.finish, commands.end_responses, commands.end_turn)
WEEK = timedelta(weeks=1)


def state(folder: Path, slug: str = "harbour") -> CircleState:
    """What the circle's file says."""
    return CircleFile(folder / f"{slug}.json").read()


def to_closing(live: LiveMeeting, clock: ManualClock, *marks: Any) -> None:
    """A whole round, after the marks."""
    taken(live, *marks, commands.begin)
    while live.meeting.phase is not Phase.CLOSING:
        clock.move(timedelta(minutes=8))
        taken(live, *TURN)


def close(live: LiveMeeting, choice: CycleChoice = CycleChoice.RENEW, answer: str = "yes") -> None:
    """Through the closing; nobody reaches out to anybody."""
    while live.meeting.phase is not Phase.CLOSED:
        match live.meeting.closing_step:
            case ClosingStep.WORKED | ClosingStep.CHANGE:
                live.execute(closing_commands.look_back, "")
            case ClosingStep.CHOICE:
                live.execute(closing_commands.choose, choice)
            case ClosingStep.VITALITY:
                live.execute(closing_commands.answer_question, answer)
            case ClosingStep.DATE:
                live.execute(closing_commands.keep_date)
            case ClosingStep.REACH_OUT:
                live.execute(closing_commands.settle_reach_out, live.meeting.unreached[0].id, None)
            case ClosingStep.CLOSE:
                live.execute(closing_commands.close)


def go_to_next(file: CircleFile, clock: ManualClock) -> None:
    """It is the moment for which the next meeting is planned."""
    opened = CircleService(file, clock)
    clock.moment = max(clock.moment, opened.context.planned)
    opened.close()


def hold(file: CircleFile, clock: ManualClock, *marks: Any) -> None:
    """One meeting more, from its planned moment to its record."""
    go_to_next(file, clock)
    opened = CircleService(file, clock)
    live = opened.begin()
    to_closing(live, clock, *marks)
    close(live)
    live.finish()
    opened.close()


def met(folder: Path, clock: ManualClock, times: int, **said: Any) -> CircleFile:
    """A circle that has met so often; `said` is for `make`. It is five minutes after the last."""
    file = make(folder, clock, **said)
    for _ in range(times):
        hold(file, clock)
    clock.move(timedelta(minutes=5))
    return file


def at_closing(file: CircleFile, clock: ManualClock, *marks: Any) -> None:
    """The next meeting, at its closing."""
    go_to_next(file, clock)
    with meeting(file, clock) as live:
        to_closing(live, clock, *marks)


def amend(file: CircleFile, clock: ManualClock, act: Any, *said: Any) -> None:
    """Something done between meetings, without a screen."""
    opened = CircleService(file, clock)
    opened.execute(act, *said)
    opened.close()


def with_changes(file: CircleFile, **changes: Any) -> None:
    """The circle with other fields, as if they had always been so."""
    before = file.read()
    file.save(replace(before, circle=replace(before.circle, **changes)))
