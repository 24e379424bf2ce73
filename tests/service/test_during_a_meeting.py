"""What is done to a circle during its meeting: allowed, or refused with the reason.

In either case the meeting closes with the same record as without it.
"""

import importlib
import os
import pkgutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

import circle_tui.core
from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import (
    checkins,
    commitments,
    continuity,
    correction,
    covenant,
    membership,
    paper_meeting,
    passing_up,
    reaching_out,
    rebooking,
    settings,
    trades,
)
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.paper_meeting import PaperMeeting
from circle_tui.core.circle.record import MeetingRecord, Outcome, Reset
from circle_tui.core.circle.state import CircleState, Clause
from circle_tui.core.contracts import (
    common_result,
    judging,
    ledger,
    looking_back,
    making,
    objecting,
    signing,
    typed_ways,
    voting,
    ways,
    wording,
)
from circle_tui.core.contracts.contract import BallotChoice, Ending, LineKind, TieRule, Way
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

FIRST = datetime(2026, 3, 5, 10, tzinfo=UTC)
MEETING = FIRST.isoformat()
"""The id of the first meeting."""
TURN = (commands.start, commands.finish, commands.end_responses)


class Attempt(NamedTuple):
    """A command with its arguments, and the beginning of the reason if it is refused."""

    command: CircleCommand[...]
    args: tuple[Any, ...] = ()
    refusal: str | None = None


ATTEMPTS = (
    Attempt(membership.join, ("Eve",)),
    Attempt(membership.leave, ("m1",)),
    Attempt(membership.leave, ("m2",)),
    Attempt(membership.go_away, ("m2",)),
    Attempt(membership.come_back, ("m4",)),
    Attempt(membership.rename, ("m1", "Adele")),
    Attempt(membership.move_seat, ("m1", 2)),
    Attempt(membership.forget, ("m2", "Ben"), "You're in a meeting that may hold their words"),
    Attempt(membership.tell_of_three, (), "You've read that already."),
    Attempt(commitments.renegotiate, ("c2", "I draft"), "You're in a meeting"),
    Attempt(commitments.release, ("c2",), "You're in a meeting"),
    Attempt(commitments.set_due, ("c2", "2 June"), "You're in a meeting"),
    Attempt(commitments.set_daily, ("c2",), "You're in a meeting"),
    Attempt(commitments.record_win, ("c3", True)),
    Attempt(correction.correct_attendance, (MEETING, "m1", Attendance.LATE), "You're in a meeting"),
    Attempt(correction.correct_opener, (MEETING, "m2"), "You're in a meeting"),
    Attempt(correction.correct_outcome, (MEETING, "c1", Outcome.KEPT), "You're in a meeting"),
    Attempt(
        paper_meeting.record,
        (PaperMeeting(started=FIRST + timedelta(days=9), attendance={"m1": Attendance.PRESENT}),),
        "You're in a meeting",
    ),
    Attempt(passing_up.switch, (MEETING, "c1"), "Nothing is passed up here."),
    Attempt(passing_up.write, (MEETING, "We are six"), "Nothing is passed up here."),
    Attempt(covenant.write),
    Attempt(covenant.change, (Clause.PURPOSE, "We listen.")),
    Attempt(covenant.set_review, ("1 June",)),
    Attempt(covenant.sign, ("m1",)),
    Attempt(settings.rename, ("Quay",)),
    Attempt(settings.set_share, ("5",)),
    Attempt(settings.set_length, ("90",)),
    Attempt(settings.set_response, ("2",)),
    Attempt(settings.set_rhythm, ("weekly",)),
    # The meeting under way is the second of its cycle, and did not begin as its last one.
    Attempt(settings.set_cycle, ("2",), "You're in a meeting that counts in its cycle"),
    Attempt(settings.set_zone, ("Asia/Tokyo",)),
    Attempt(settings.switch, ("bell",)),
    Attempt(settings.set_prompt, (0, "Danke")),
    Attempt(settings.set_judged_a_month, ("5",)),
    Attempt(rebooking.cancel, (), "You're in a meeting"),
    Attempt(rebooking.rebook, ("1 June",), "You're in a meeting"),
    Attempt(rebooking.wake, (), "The circle is awake already."),
    Attempt(checkins.check_in, ("m1", "I tried twice.")),
    Attempt(reaching_out.reach, ("m2",), "There's nobody left to reach out to."),
    Attempt(trades.toggle, ("m1", "sent"), "Only a trading pair"),
    Attempt(making.make, ("writing", ("m1", "m2"))),
    Attempt(making.make_spoke, ("m1", "m3")),
    *(
        Attempt(command, ("k1", *args), "That contract isn't there any more.")
        for command, args in (
            (making.drop, ()),
            (wording.rename, ("Flow",)),
            (wording.set_sentence, ("scope", "All of it.")),
            (wording.set_length, ("a month",)),
            (wording.set_review, ("1 June",)),
            (wording.add_line, ("m1", LineKind.WILL, "I call.")),
            (wording.change_line, ("m1", 0, "I call.")),
            (wording.next_line_kind, ("m1", 0)),
            (wording.remove_line, ("m1", 0)),
            (wording.set_stake, ("m1", "A coffee.")),
            (wording.set_trial, ()),
            (ways.set_way, (Way.GRADED,)),
            (ways.set_reviewer, ("m1", "m2")),
            (ways.set_helper, ("third", "m3")),
            (ways.set_default, ("1",)),
            (ways.set_criterion, (0, "In time")),
            (ways.remove_criterion, (0,)),
            (ways.set_tiers, ((("90", "all"), ("0", "none")),)),
            (ways.set_rubric, (("outcome", "effort", "quality"),)),
            (ways.set_voter, ("m3", 1)),
            (ways.set_vote, ()),
            (typed_ways.write_criterion, (0, "In time counts 2")),
            (typed_ways.switch_criterion_about, (0,)),
            (typed_ways.write_tiers, ("90 all, else none",)),
            (typed_ways.write_rubric, ("outcome, effort, quality",)),
            (typed_ways.write_vote, ("m3", "1")),
            (typed_ways.write_partly, ("2/3",)),
            (typed_ways.set_quorum, (3,)),
            (typed_ways.set_tie, (TieRule.DEFAULT,)),
            (common_result.set_common, ("It is live.",)),
            (common_result.set_common_reviewer, ("m3",)),
            (common_result.set_common_voter, ("m3", 1)),
            (common_result.set_own_part, ("2/3",)),
            (typed_ways.write_common_vote, ("m3", "1")),
            (signing.sign, ("m1",)),
            (signing.accept, ("m3",)),
            (looking_back.reach_milestone, ("m1",)),
            (looking_back.step_out, ("m1",)),
            (looking_back.let_go, ("m1",)),
            (looking_back.look_back, ("", "", Ending.END)),
            (judging.open_judging, ()),
            (judging.grade, ("m1", "m2", {})),
            (judging.review, ("m1", "m2", True, {})),
            (judging.pass_on, ("m1", "m2")),
            (judging.accept_results, ("m1",)),
            (voting.count_vote, ({},)),
            (objecting.object_to, ("m1", "m1")),
            (objecting.decide_appeal, ("m1", "m3", "half", "")),
            (objecting.agree, ("m1", "m1", "half")),
            (objecting.name_third, ("m1", "m1", "m3")),
            (objecting.ask_third, ("m1", "m1")),
            (objecting.give_third_opinion, ("m1", "m3", "half", "")),
            (objecting.ask_decider, ("m1", "m1")),
            (objecting.decide_dispute, ("m1", "m3", "half", "")),
            (objecting.decide_tie, ("m1", "m3", BallotChoice.MET, "")),
        )
    ),
    Attempt(ledger.settle, ("k1", 1, "m1"), "That stake isn't there any more."),
)


def name_of(attempt: Attempt) -> str:
    """The command's name, such as "settings.set_cycle"."""
    command = attempt.command
    return f"{command.__module__.rpartition('.')[2]}.{command.__name__}"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder, in memory if possible: these tests are not about the disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as made:
        yield Path(made)


def execute_all(service: CircleService, *made: Any) -> None:
    """Execute meeting commands: functions, or tuples of a function and its arguments."""
    for each in made:
        command, *args = each if isinstance(each, tuple) else (each,)
        service.execute(command, *args)


def first_meeting(service: CircleService) -> None:
    """Hold a meeting in which everybody makes a commitment."""
    service.begin()
    execute_all(service, commands.begin)
    for words in ("I call", "I plan", "I read"):
        execute_all(service, *TURN, (commands.promise, words), commands.end_turn)
    execute_all(service, closing_commands.keep_date, closing_commands.close)
    service.finish()


def to_second_turn(service: CircleService) -> None:
    """Go to the second turn: Ben kept his commitment and makes another, Cleo missed hers."""
    service.begin()
    execute_all(service, commands.begin, *TURN, (commands.answer, "c2", Outcome.KEPT))
    execute_all(service, (commands.promise, "I test"), commands.end_turn)
    execute_all(service, *TURN, (commands.answer, "c3", Outcome.MISSED))


def to_the_end(service: CircleService) -> None:
    """Go to the end and save: Cleo makes hers smaller, Ada lets go of hers."""
    execute_all(service, (commands.reset, Reset.SMALLER, "I read a page"), commands.end_turn)
    execute_all(service, *TURN, (commands.answer, "c1", Outcome.RELEASED), commands.end_turn)
    assert service.meeting is not None
    assert service.meeting.phase is Phase.CLOSING
    execute_all(service, closing_commands.keep_date, closing_commands.close)
    service.finish()


def circle_that_met_once(
    folder: Path, clock: ManualClock, *, with_covenant: bool = True
) -> CircleService:
    """A circle that has met once; Dan is away, and Cleo's commitment is daily."""
    circle = make_circle(
        "Harbour", "Ada, Ben, Cleo, Dan", "movement-pod", zone="Europe/London", now=clock.now()
    )
    service = CircleService(CircleFile.create(folder, circle), clock)
    service.execute(membership.go_away, "m4")
    first_meeting(service)
    clock.move(timedelta(days=1))
    service.execute(commitments.set_daily, "c3")
    if with_covenant:
        service.execute(covenant.write)
        service.execute(covenant.set_review, "28 May")
    clock.moment = service.context.planned
    return service


@pytest.fixture(scope="module")
def record_without_changes(tmp_path_factory: pytest.TempPathFactory) -> MeetingRecord:
    """The record of the second meeting when nothing else is done during it."""
    service = circle_that_met_once(tmp_path_factory.mktemp("undisturbed"), ManualClock(FIRST))
    to_second_turn(service)
    to_the_end(service)
    service.close()
    return service.state.records[-1]


def assert_each_commitment_is_made_and_ends_once(state: CircleState) -> None:
    changes, records = state.changes, state.records
    made = [each.id for record in records for each in record.made]
    made += [each.becomes for each in changes if each.becomes is not None]
    ended = [each.id for record in records for each in record.answered]
    ended += [each.commitment for each in changes]
    assert len(set(made)) == len(made)
    assert len(set(ended)) == len(ended)


def test_every_command_between_meetings_is_among_the_attempts() -> None:
    found = set()
    for module in pkgutil.walk_packages(circle_tui.core.__path__, "circle_tui.core."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, CircleCommand):
                found.add(each)
    assert found == {attempt.command for attempt in ATTEMPTS}


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=name_of)
def test_a_command_during_a_meeting_is_done_or_refused_and_does_not_change_the_record(
    folder: Path, clock: ManualClock, record_without_changes: MeetingRecord, attempt: Attempt
) -> None:
    command, args, refusal = attempt
    service = circle_that_met_once(folder, clock, with_covenant=command is not covenant.write)
    to_second_turn(service)
    before, meeting = service.state, service.meeting
    if refusal is None:
        expected = command(before, clock.now(), *args)
        assert expected != before
        assert service.why_not(command, *args) is None
        service.execute(command, *args)
        service.undo()
        assert service.file.read() == before
        service.redo()
    else:
        expected = before
        with pytest.raises(RuleError) as refused:
            service.execute(command, *args)
        assert str(refused.value).startswith(refusal)
        assert service.why_not(command, *args) == str(refused.value)
    assert service.file.read() == expected
    assert service.meeting == meeting
    to_the_end(service)
    commitment = replace(expected, records=(*expected.records, record_without_changes))
    assert service.state == continuity.extended(commitment)
    assert_each_commitment_is_made_and_ends_once(service.state)
    service.close()


@pytest.mark.parametrize(
    "attempt", [each for each in ATTEMPTS if each.command.blocked_by_meeting], ids=name_of
)
def test_a_command_refused_during_a_meeting_is_also_refused_while_it_is_parked(
    folder: Path, clock: ManualClock, attempt: Attempt
) -> None:
    service = circle_that_met_once(folder, clock)
    to_second_turn(service)
    service.park()
    before = service.state
    with pytest.raises(RuleError) as refused:
        service.execute(attempt.command, *attempt.args)
    assert str(refused.value) == attempt.command.blocked_by_meeting
    assert service.file.read() == before
    service.close()


def test_a_command_refused_during_a_meeting_is_allowed_after_its_closing(
    folder: Path, clock: ManualClock
) -> None:
    service = circle_that_met_once(folder, clock)
    to_second_turn(service)
    to_the_end(service)
    open_now = commitments.open_commitments(service.state)
    assert {each.text for each in open_now} == {"I test", "I read a page"}
    for each in open_now:
        service.execute(commitments.renegotiate, each.id, f"{each.text}, again")
    service.execute(settings.set_cycle, "4")
    ids = [each.id for each in commitments.open_commitments(service.state)]
    assert len(set(ids)) == 2
    service.close()


def test_the_next_meeting_includes_changes_made_during_this_one(
    folder: Path, clock: ManualClock
) -> None:
    service = circle_that_met_once(folder, clock)
    to_second_turn(service)
    service.execute(settings.set_share, "5")
    service.execute(membership.join, "Eve")
    service.execute(checkins.check_in, "m1", "I tried twice.")
    assert service.meeting is not None
    assert service.meeting.share == timedelta(minutes=6)
    to_the_end(service)
    clock.moment = service.context.planned
    live = service.begin()
    assert live.meeting.share == timedelta(minutes=5)
    assert [person.name for person in live.meeting.people] == ["Ada", "Ben", "Cleo", "Eve"]
    service.close()
