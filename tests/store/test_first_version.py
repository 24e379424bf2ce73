"""Files from before there was anything between two meetings are read, and left as they are."""

from datetime import datetime
from pathlib import Path

import pytest
from msgspec import structs

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.record import NewCommitment, Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile

from .conftest import NOW
from .full_state import RecordOf, contents

# The files of the first version


@pytest.fixture
def old(tmp_path: Path) -> CircleFile:
    """The sample as it was written before there were covenants, or anything else between."""
    file = CircleFile(tmp_path / "sample.json")
    written = Path(__file__).with_name("before_covenants.json")
    file.path.write_bytes(written.read_bytes())
    return file


def test_a_file_of_the_first_version_is_read_and_left_alone(old: CircleFile) -> None:
    kept = contents(old)
    state = old.read()
    assert len(state.records) == 12
    assert [member.expected for member in state.circle.members] == [True] * 5
    assert state.covenants == state.changes == state.wins == ()
    assert state.checkins == state.trades == state.cancelled == ()
    assert all(record.looked_back is None for record in state.records)
    assert all(record.vitality is None for record in state.records)
    assert not any(made.daily for record in state.records for made in record.made)
    assert (state.circle.woken, state.circle.twelve_hours) == (None, False)
    old.save(state)
    assert contents(old) == kept


def test_a_file_of_the_first_version_gains_only_what_is_new(
    old: CircleFile, everything: CircleState
) -> None:
    lines = old.path.read_text().splitlines()
    state = structs.replace(old.read(), covenants=everything.covenants)
    old.save(state)
    circle_id = old.read().circle.id
    state = structs.replace(state, circle=structs.replace(state.circle, id=circle_id))
    assert old.read() == state
    gained = [line for line in old.path.read_text().splitlines() if line not in lines]
    circle, *between = gained
    assert circle == f'{lines[2][:-1]}, "id": "{circle_id}"}}'
    assert [line.split(":")[0].strip() for line in between] == ['"covenants"', '"1"', '"2"']
    old.save(structs.replace(state, covenants=()))
    assert old.read() == structs.replace(state, covenants=())


def test_the_first_meeting_of_the_new_kind_goes_beside_the_old_ones(
    old: CircleFile, record_of: RecordOf
) -> None:
    lines = [line for line in old.path.read_text().splitlines()[:-3] if '"schema"' not in line]
    fresh = structs.replace(
        record_of(13),
        made=(NewCommitment("c900", "m1", "Read", daily=True),),
        looked_back=Retrospective(choice=CycleChoice.REST, worked="", change=""),
        started=datetime(2026, 6, 25, 9, tzinfo=NOW.tzinfo),
    )
    old.add(fresh)
    assert old.read().records[-1] == fresh
    assert {line.rstrip(",") for line in lines} <= {
        line.rstrip(",") for line in old.path.read_text().splitlines()
    }
