"""A meeting's record can be saved, whatever another program wrote to the file meanwhile."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from circle_tui.core.attendance.facts import MOST
from circle_tui.core.circle.adding_record import add_record
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.commitments import open_commitments
from circle_tui.core.circle.record import MeetingRecord, NewCommitment
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec.file_contents import decode, encode

from .conftest import NOW
from .histories import HISTORIES, MEMBERS, RECORDS

RecordOf = Callable[..., MeetingRecord]


@given(
    state=HISTORIES,
    record=RECORDS,
    members=st.lists(MEMBERS, max_size=4, unique_by=lambda member: member.id),
    same_ids=st.booleans(),
)
def test_any_record_can_be_added_to_any_history(
    state: CircleState, record: MeetingRecord, members: list[object], same_ids: bool
) -> None:
    new_commitments = tuple({each.id: each for each in record.made}.values())
    if state.records and state.records[0].made and same_ids:
        # Both machines gave the same id to their first new commitment.
        new_commitments = (structs.replace(state.records[0].made[0], text="mine"),)
    record = structs.replace(record, id="the meeting", made=new_commitments)
    state_after = add_record(state, record, members)  # type: ignore[arg-type]
    read_again = decode(encode(state_after, encode(state)).to_bytes()).state
    (kept,) = (each for each in read_again.records if each.id == "the meeting")
    assert len(read_again.records) == len(state.records) + 1
    assert len(kept.made) <= len(record.made)
    assert read_again.circle.members[: len(state.circle.members)] == state.circle.members


def closed_meeting(file: CircleFile, clock: ManualClock) -> CircleService:
    """A closed meeting that is not saved yet; in it Ben made a commitment."""
    service = CircleService(file, clock)
    service.begin()
    for command in (commands.begin, commands.start, commands.finish, commands.end_responses):
        service.execute(command)
    service.execute(commands.promise, "I call the printer")
    service.execute(closing_commands.close_as_it_stands)
    return service


def test_a_meeting_is_saved_even_after_the_highest_number_a_file_may_hold(
    tmp_path: Path, circle: Circle, record_of: RecordOf
) -> None:
    file = CircleFile.create(tmp_path, circle)
    last = structs.replace(record_of(1), number=MOST, cycle=MOST, made=(), answered=())
    file.add(last)
    service = closed_meeting(file, ManualClock(last.ended))
    service.finish()
    assert [record.number for record in CircleFile(file.path).read().records] == [MOST, MOST]
    service.close()


@pytest.mark.parametrize("when_saved", ["at once", "after a start"])
def test_a_closed_meeting_is_saved_even_if_another_machine_used_the_ids_of_its_commitments(
    tmp_path: Path, circle: Circle, record_of: RecordOf, when_saved: str
) -> None:
    clock = ManualClock(NOW)
    file = CircleFile.create(tmp_path, circle)
    service = closed_meeting(file, clock)
    assert service.meeting is not None
    (own_commitment,) = service.meeting.made
    other_record = structs.replace(
        record_of(1),
        made=(NewCommitment(own_commitment.id, "m3", "I water the plants"),),
        answered=(),
    )
    CircleFile(file.path).add(other_record)
    if when_saved == "at once":
        service.finish()
    else:
        assert service.live is not None
        service.live._journal.close()
        service._lock.release()
        service = CircleService(CircleFile(file.path), clock)
        assert service.resume() is None
    assert not file.under_way
    state = file.read()
    assert sorted(each.text for each in open_commitments(state)) == [
        "I call the printer",
        "I water the plants",
    ]
    assert [record.number for record in state.records] == [1, 2]
    service.close()
