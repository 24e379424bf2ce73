"""Circles that have met: meetings held without a screen, so that a test begins where it matters."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.service.live_meeting import LiveMeeting
from circle_tui.store.circle_file import CircleFile

from .app_driver import create_circle, execute_all, folder_contents, meeting_under_way

WHOLE_TURN = (commands.start, commands.finish, commands.end_responses, commands.end_turn)
WEEK = timedelta(weeks=1)


def read_state(folder: Path, slug: str = "harbour") -> CircleState:
    """What the circle's file says."""
    return CircleFile(folder / f"{slug}.json").read()


def run_to_closing(live: LiveMeeting, clock: ManualClock, *marks: Any) -> None:
    """A whole round, after the marks."""
    execute_all(live, *marks, commands.begin)
    while live.meeting.phase is not Phase.CLOSING:
        clock.move(timedelta(minutes=8))
        execute_all(live, *WHOLE_TURN)


def run_closing(
    live: LiveMeeting, choice: CycleChoice = CycleChoice.RENEW, answer: str = "yes"
) -> None:
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


def move_to_next_meeting(file: CircleFile, clock: ManualClock) -> None:
    """It is the moment for which the next meeting is planned."""
    service = CircleService(file, clock)
    clock.moment = max(clock.moment, service.context.planned)
    service.close()


def hold_meeting(file: CircleFile, clock: ManualClock, *marks: Any) -> None:
    """One meeting more, from its planned moment to its record."""
    move_to_next_meeting(file, clock)
    service = CircleService(file, clock)
    live = service.begin()
    run_to_closing(live, clock, *marks)
    run_closing(live)
    live.finish()
    service.close()


def circle_that_met(folder: Path, clock: ManualClock, times: int, **said: Any) -> CircleFile:
    """A circle that has met so often; `said` is for `make`. It is five minutes after the last."""

    def meet() -> CircleFile:
        file = create_circle(folder, clock, **said)
        for _ in range(times):
            hold_meeting(file, clock)
        clock.move(timedelta(minutes=5))
        return file

    return once(meet, folder, clock, times, said)


class _Left(NamedTuple):
    """What is there once a circle has met."""

    files: dict[str, bytes]
    slug: str
    moment: datetime


_left: dict[str, _Left] = {}


def once(
    meet: Callable[[], CircleFile], folder: Path, clock: ManualClock, *how: object
) -> CircleFile:
    """Let a circle meet, or copy what the same meetings have left for another test.

    Invariant: the folder and the clock are as `meet` leaves them, but for files of others.
    """
    which = repr((meet.__qualname__, clock.moment, how))
    if which not in _left:
        before = folder_contents(folder)
        slug = meet().path.stem
        files = {name: each for name, each in folder_contents(folder).items() if name not in before}
        _left[which] = _Left(files, slug, clock.moment)
    left = _left[which]
    for name, content in left.files.items():
        (folder / name).write_bytes(content)
    clock.moment = left.moment
    return CircleFile(folder / f"{left.slug}.json")


def park_at_closing(file: CircleFile, clock: ManualClock, *marks: Any) -> None:
    """The next meeting, at its closing."""
    move_to_next_meeting(file, clock)
    with meeting_under_way(file, clock) as live:
        run_to_closing(live, clock, *marks)


def execute_between_meetings(file: CircleFile, clock: ManualClock, act: Any, *said: Any) -> None:
    """Something done between meetings, without a screen."""
    service = CircleService(file, clock)
    service.execute(act, *said)
    service.close()


def replace_circle_fields(file: CircleFile, **changes: Any) -> None:
    """The circle with other fields, as if they had always been so."""
    before = file.read()
    file.save(replace(before, circle=replace(before.circle, **changes)))
