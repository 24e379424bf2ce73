"""Another program follows a circle: what it shows, whose clock it uses, who has the circle open."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from circle_tui.core.circle import settings
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.followed import MeetingStatus
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service import demo
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.service.follower import CircleFollower
from circle_tui.store import demo_folder
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.lock import Holder

SECOND = timedelta(seconds=1)
CANARY = "kanarienvogel"


@pytest.fixture
def own_clock(clock: ManualClock) -> ManualClock:
    """The clock of the following program."""
    return ManualClock(clock.now())


@pytest.fixture
def follower(file: CircleFile, own_clock: ManualClock) -> Iterator[CircleFollower]:
    follower = CircleFollower(file, own_clock)
    yield follower
    follower.close()


def status(follower: CircleFollower, own_clock: ManualClock) -> MeetingStatus:
    """The status after the longest time between two looks."""
    own_clock.move(SECOND)
    follower.poll()
    return follower.followed.status


def phase(follower: CircleFollower) -> Phase:
    follower.poll()
    meeting = follower.followed.meeting
    assert meeting is not None
    return meeting.phase


def write_holder(file: CircleFile, process: int, host: str, clock: ManualClock) -> None:
    note = Holder(process, host, clock.now())
    file.lock_path.write_bytes(msgspec.json.encode(note))


# Following what happens


def test_a_meeting_is_followed_from_its_beginning_to_its_end(
    follower: CircleFollower, service: CircleService, own_clock: ManualClock
) -> None:
    assert follower.followed.status is MeetingStatus.NONE
    service.begin()
    assert phase(follower) is Phase.GATHERING
    assert follower.followed.status is MeetingStatus.LIVE
    for command, then in (
        (commands.begin, Phase.READY),
        (commands.start, Phase.SHARE),
        (commands.finish, Phase.RESPONSES),
        (commands.end_responses, Phase.COMMITMENTS),
        (closing_commands.cut_short, Phase.CLOSING),
    ):
        service.execute(command)
        assert phase(follower) is then
    service.execute(closing_commands.keep_date)
    while service.why_not(closing_commands.close) is not None:
        service.execute(closing_commands.reach_out, None)
    service.execute(closing_commands.close)
    assert phase(follower) is Phase.CLOSED
    service.finish()
    assert status(follower, own_clock) is MeetingStatus.NONE
    assert len(follower.followed.state.records) == 1


def test_undo_and_redo_are_followed(follower: CircleFollower, service: CircleService) -> None:
    service.begin()
    service.execute(commands.begin)
    assert phase(follower) is Phase.READY
    service.undo()
    assert phase(follower) is Phase.GATHERING
    service.redo()
    assert phase(follower) is Phase.READY


def test_each_change_is_reported_once(follower: CircleFollower, service: CircleService) -> None:
    service.begin()
    assert follower.poll()
    assert not follower.poll()
    service.execute(commands.begin)
    service.undo()
    service.execute(commands.begin)
    assert follower.poll()
    assert not follower.poll()


def test_a_pulse_does_not_change_what_is_shown(
    follower: CircleFollower, service: CircleService, clock: ManualClock, own_clock: ManualClock
) -> None:
    service.begin()
    service.execute(commands.begin)
    service.execute(commands.start)
    follower.poll()
    for each in (clock, own_clock):
        each.move(SECOND)
    assert service.live is not None
    service.live.pulse()
    assert not follower.poll()


def test_settings_changed_meanwhile_are_followed(
    follower: CircleFollower, service: CircleService, own_clock: ManualClock
) -> None:
    service.begin()
    service.execute(settings.switch, "digits")
    own_clock.move(SECOND)
    assert follower.poll()
    snapshot = follower.followed.meeting_snapshot
    assert snapshot is not None
    assert snapshot.meeting.circle.digits


# Who has the circle open


def test_a_parked_meeting_is_distinguished_from_one_whose_program_was_killed(
    follower: CircleFollower, service: CircleService, own_clock: ManualClock
) -> None:
    service.begin()
    service.execute(commands.begin)
    assert status(follower, own_clock) is MeetingStatus.LIVE
    service.park()
    assert status(follower, own_clock) is MeetingStatus.PARKED
    assert str(os.getpid()) in follower.followed.open_elsewhere
    service.close()
    assert status(follower, own_clock) is MeetingStatus.PARKED
    assert follower.followed.open_elsewhere == ""
    service.resume()
    assert status(follower, own_clock) is MeetingStatus.LIVE


def test_a_killed_program_counts_as_having_left_the_meeting(
    follower: CircleFollower, service: CircleService, file: CircleFile, own_clock: ManualClock
) -> None:
    service.begin()
    ended = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(ended, 0)
    write_holder(file, ended, os.uname().nodename, own_clock)
    assert status(follower, own_clock) is MeetingStatus.ABANDONED
    assert follower.followed.open_elsewhere == ""


def test_a_zombie_process_counts_as_having_left_the_meeting(
    follower: CircleFollower, service: CircleService, file: CircleFile, own_clock: ManualClock
) -> None:
    service.begin()
    ended = os.posix_spawn("/bin/true", ["true"], {})
    os.waitid(os.P_PID, ended, os.WEXITED | os.WNOWAIT)
    write_holder(file, ended, os.uname().nodename, own_clock)
    try:
        assert status(follower, own_clock) is MeetingStatus.ABANDONED
    finally:
        os.waitpid(ended, 0)


def test_another_computer_counts_as_having_the_meeting_while_its_pulses_arrive(
    follower: CircleFollower, service: CircleService, file: CircleFile, own_clock: ManualClock
) -> None:
    service.begin()
    write_holder(file, 1, "another-computer", own_clock)
    assert status(follower, own_clock) is MeetingStatus.LIVE
    assert "on another computer" in follower.followed.open_elsewhere
    own_clock.move(63 * SECOND)
    assert status(follower, own_clock) is MeetingStatus.LIVE
    own_clock.move(30 * SECOND)
    assert status(follower, own_clock) is MeetingStatus.ABANDONED
    service.execute(commands.begin)
    assert status(follower, own_clock) is MeetingStatus.LIVE


def test_a_journal_without_a_valid_meeting_is_reported_as_unreadable_until_it_is_deleted(
    follower: CircleFollower, file: CircleFile, own_clock: ManualClock
) -> None:
    file.journal_path.write_bytes(b"no meeting at all " * 300)
    assert status(follower, own_clock) is MeetingStatus.UNREADABLE
    assert follower.followed.meeting is None
    file.journal_path.unlink()
    assert status(follower, own_clock) is MeetingStatus.NONE


# Whose clock counts


@pytest.mark.parametrize("apart", [timedelta(), 7 * SECOND, -40 * SECOND, timedelta(days=-3)])
def test_the_time_shown_is_the_meetings_even_if_our_own_clock_differs(
    file: CircleFile, service: CircleService, clock: ManualClock, apart: timedelta
) -> None:
    own_clock = ManualClock(clock.now() + apart)
    follower = CircleFollower(file, own_clock)
    service.begin()
    service.execute(commands.begin)
    service.execute(commands.start)
    follower.poll()
    assert service.live is not None
    for _ in range(3):
        for each in (clock, own_clock):
            each.move(9 * SECOND)
        service.live.pulse()
        follower.poll()
        assert follower.now == clock.now()
    for each in (clock, own_clock):
        each.move(SECOND / 2)
    countdown = service.live.meeting.countdown
    assert countdown is not None
    assert follower.followed.remaining == countdown.remaining(clock.now())
    follower.close()


def test_in_a_demo_the_time_runs_as_fast_as_the_demos(clock: ManualClock) -> None:
    clock.speed = 20.0
    folder = demo_folder.make_temporary_folder(clock.speed)
    file = demo.write_sample(folder, demo.begins_now(clock.now()))
    service = CircleService(file, clock)
    own_clock = ManualClock(clock.now() - timedelta(minutes=7))
    follower = CircleFollower(file, own_clock)
    service.begin()
    for command in (commands.begin, commands.start):
        service.execute(command)
    follower.poll()
    live = service.live
    assert live is not None
    for _ in range(12):
        for _tenth in range(10):
            clock.move(2 * SECOND)
            own_clock.move(SECOND / 10)
            follower.poll()
            assert follower.now == clock.now()
        live.pulse()
        follower.poll()
    assert follower.followed.remaining == timedelta(minutes=4)
    follower.close()
    service.close()


def test_elsewhere_a_clock_runs_as_ours_whatever_a_file_says(tmp_path: Path) -> None:
    for said in ("", "fast", "nan", "inf", "-3", "0"):
        (tmp_path / "demo-speed").write_text(said)
        assert demo_folder.speed_in(tmp_path) == 1.0
    assert demo_folder.speed_in(tmp_path / "nowhere") == 1.0


def test_a_delayed_pulse_does_not_set_the_time_back(
    follower: CircleFollower, service: CircleService, clock: ManualClock, own_clock: ManualClock
) -> None:
    service.begin()
    service.execute(commands.begin)
    service.execute(commands.start)
    follower.poll()
    assert service.live is not None
    for each in (clock, own_clock):
        each.move(SECOND)
    service.live.pulse()
    own_clock.move(SECOND / 8)
    clock.move(SECOND / 8)
    follower.poll()
    assert follower.now == clock.now()


def test_the_time_stands_still_while_no_program_runs_the_meeting(
    follower: CircleFollower, service: CircleService, clock: ManualClock, own_clock: ManualClock
) -> None:
    service.begin()
    service.execute(commands.begin)
    service.execute(commands.start)
    for each in (clock, own_clock):
        each.move(5 * SECOND)
    assert service.live is not None
    service.live.pulse()
    follower.poll()
    service.close()
    assert status(follower, own_clock) is MeetingStatus.PARKED
    stood = follower.now
    own_clock.move(100 * SECOND)
    assert follower.now == stood == clock.now()
    assert follower.followed.remaining is None


# No words and no traces


def test_a_follower_gets_no_words(
    follower: CircleFollower, service: CircleService, own_clock: ManualClock
) -> None:
    service.begin()
    service.execute(commands.begin)
    service.execute(commands.start)
    service.execute(commands.finish)
    service.execute(commands.end_responses)
    service.execute(commands.promise, f"I call the {CANARY}")
    assert phase(follower) is Phase.COMMITMENTS
    assert CANARY not in repr(follower.followed)
    service.execute(closing_commands.cut_short)
    service.execute(closing_commands.keep_date)
    service.execute(closing_commands.close)
    service.finish()
    assert status(follower, own_clock) is MeetingStatus.NONE
    assert CANARY in repr(service.state)
    assert CANARY not in repr(follower.followed)


def test_following_writes_nothing(file: CircleFile, own_clock: ManualClock) -> None:
    folder = file.path.parent
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    follower = CircleFollower(file, own_clock)
    follower.poll()
    follower.close()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
