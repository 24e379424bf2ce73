"""Files of the first version, which had nothing between meetings, are read and left unchanged."""

from datetime import datetime
from pathlib import Path

import pytest
from msgspec import structs

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.record import NewCommitment, Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile

from .conftest import NOW
from .full_state import RecordOf, folder_contents

# The files of the first version


@pytest.fixture
def first_version_file(tmp_path: Path) -> CircleFile:
    """The sample as the first version wrote it."""
    file = CircleFile(tmp_path / "sample.json")
    written = Path(__file__).with_name("before_covenants.json")
    file.path.write_bytes(written.read_bytes())
    return file


def test_reading_a_file_of_the_first_version_does_not_change_it(
    first_version_file: CircleFile,
) -> None:
    kept = folder_contents(first_version_file)
    state = first_version_file.read()
    assert len(state.records) == 12
    assert [member.expected for member in state.circle.members] == [True] * 5
    assert state.covenants == state.changes == state.wins == ()
    assert state.checkins == state.trades == state.cancelled == ()
    assert all(record.looked_back is None for record in state.records)
    assert all(record.vitality is None for record in state.records)
    assert not any(made.daily for record in state.records for made in record.made)
    assert (state.circle.woken, state.circle.twelve_hours) == (None, False)
    first_version_file.save(state)
    assert folder_contents(first_version_file) == kept


def test_saving_to_a_file_of_the_first_version_only_adds_to_it(
    first_version_file: CircleFile, full_state: CircleState
) -> None:
    lines = first_version_file.path.read_text().splitlines()
    state = structs.replace(first_version_file.read(), covenants=full_state.covenants)
    first_version_file.save(state)
    circle_id = first_version_file.read().circle.id
    state = structs.replace(state, circle=structs.replace(state.circle, id=circle_id))
    assert first_version_file.read() == state
    gained = [
        line for line in first_version_file.path.read_text().splitlines() if line not in lines
    ]
    circle, *between = gained
    assert circle == f'{lines[2][:-1]}, "id": "{circle_id}"}}'
    assert [line.split(":")[0].strip() for line in between] == ['"covenants"', '"1"', '"2"']
    first_version_file.save(structs.replace(state, covenants=()))
    assert first_version_file.read() == structs.replace(state, covenants=())


def test_a_new_record_is_added_to_the_records_of_the_first_version(
    first_version_file: CircleFile, record_of: RecordOf
) -> None:
    lines = [
        line
        for line in first_version_file.path.read_text().splitlines()[:-3]
        if '"schema"' not in line
    ]
    fresh = structs.replace(
        record_of(13),
        made=(NewCommitment("c900", "m1", "Read", daily=True),),
        looked_back=Retrospective(choice=CycleChoice.REST, worked="", change=""),
        started=datetime(2026, 6, 25, 9, tzinfo=NOW.tzinfo),
    )
    first_version_file.add(fresh)
    assert first_version_file.read().records[-1] == fresh
    assert {line.rstrip(",") for line in lines} <= {
        line.rstrip(",") for line in first_version_file.path.read_text().splitlines()
    }
