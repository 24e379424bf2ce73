"""A meeting that was parked, or whose program was killed, is resumed as it was."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from tests.hostile_text import is_one_sentence

ROUND = (commands.begin, commands.start, commands.finish, commands.end_responses, commands.end_turn)


def reach(service: CircleService, phase: Phase) -> None:
    """Begin a meeting and go on to `phase`."""
    service.begin()
    service.execute(commands.mark_next, "m2")
    while service.meeting is not None and service.meeting.phase is not phase:
        service.execute(next_command(service.meeting.phase, phase))


def next_command(phase: Phase, aim: Phase) -> MeetingCommand[[]]:
    """The command that leads on; everybody passes on the way to the closing."""
    if phase is Phase.READY and aim is Phase.CLOSING:
        return commands.pass_turn
    phases = (Phase.GATHERING, Phase.READY, Phase.SHARE, Phase.RESPONSES, Phase.COMMITMENTS)
    return ROUND[phases.index(phase)]


@pytest.mark.parametrize("parked", [True, False], ids=["parked", "killed"])
@pytest.mark.parametrize(
    "phase",
    [
        Phase.GATHERING,
        Phase.READY,
        Phase.RESPONSES,
        Phase.COMMITMENTS,
        Phase.CLOSING,
    ],
)
def test_a_meeting_left_in_any_phase_is_resumed_as_it_was(
    file: CircleFile, clock: ManualClock, phase: Phase, parked: bool
) -> None:
    service = CircleService(file, clock)
    reach(service, phase)
    before = service.meeting
    leave(service, parked=parked)
    clock.move(timedelta(minutes=5))
    again = CircleService(file, clock)
    live = again.resume()
    assert live is not None
    assert live.gap is not None
    assert not live.gap.held
    assert live.meeting == before
    again.close()


@pytest.mark.parametrize("parked", [True, False], ids=["parked", "killed"])
def test_a_resumed_share_is_paused_from_the_moment_it_was_left(
    file: CircleFile, clock: ManualClock, parked: bool
) -> None:
    service = CircleService(file, clock)
    reach(service, Phase.SHARE)
    leave(service, parked=parked)
    clock.move(timedelta(minutes=5))
    again = CircleService(file, clock)
    live = again.resume()
    assert live is not None
    assert live.gap is not None
    assert live.gap.held
    assert live.meeting.countdown is not None
    assert live.meeting.countdown.is_paused
    assert live.meeting.countdown.remaining(clock.now()) == live.meeting.share
    again.close()


def leave(service: CircleService, *, parked: bool) -> None:
    """Park the meeting; or only close its files, as the system does for a killed program."""
    if parked:
        service.close()
        return
    assert service.live is not None
    service.live._journal.close()
    service._lock.release()


@pytest.mark.parametrize(
    ("event", "change"),
    [
        (1, {"member": "m9"}),
        (2, {"order": ["m1", "m7"]}),
        (3, {"since": "9999-12-31T23:59:59Z"}),
        (3, {"at": "0001-01-01T00:00:00+12:00"}),
    ],
)
def test_an_impossible_journal_is_refused_and_its_circle_can_still_be_opened(
    file: CircleFile, clock: ManualClock, event: int, change: dict[str, object]
) -> None:
    service = CircleService(file, clock)
    reach(service, Phase.SHARE)
    leave(service, parked=False)
    with closing(sqlite3.connect(file.journal_path, isolation_level=None)) as db:
        stored = db.execute("SELECT act, event FROM events ORDER BY act, place").fetchall()
        act, line = stored[event]
        changed = json.dumps({**json.loads(line), **change})
        db.execute("UPDATE events SET event = ? WHERE act = ? AND place = 0", (changed, act))
    again = CircleService(file, clock)
    with pytest.raises(
        LoadError, match=r"set the meeting aside, which saves it as a .dropped file"
    ) as said:
        again.resume()
    assert is_one_sentence(str(said.value))
    assert again.circle.name == "Harbour"
    assert again.live is None
    assert file.under_way
    again.set_aside()
    again.begin()
    again.close()
