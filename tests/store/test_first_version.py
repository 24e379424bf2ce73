"""Files from before there was anything between two meetings are read, and left as they are."""

from datetime import datetime
from pathlib import Path

import pytest
from msgspec import structs

from circle_tui.core.facts import CycleChoice
from circle_tui.core.history import History
from circle_tui.core.record import LookedBack, Made
from circle_tui.store.circle_file import CircleFile

from .conftest import NOW
from .kept import RecordOf, state

# The files of the first version


@pytest.fixture
def old(tmp_path: Path) -> CircleFile:
    """The sample as it was written before there were covenants, or anything else between."""
    file = CircleFile(tmp_path / "sample.json")
    written = Path(__file__).with_name("before_covenants.json")
    file.path.write_bytes(written.read_bytes())
    return file


def test_a_file_of_the_first_version_is_read_and_left_alone(old: CircleFile) -> None:
    kept = state(old)
    history = old.read()
    assert len(history.records) == 12
    assert [member.expected for member in history.circle.members] == [True] * 5
    assert history.covenants == history.changes == history.wins == ()
    assert history.checkins == history.trades == history.cancelled == ()
    assert all(record.looked_back is None for record in history.records)
    assert all(record.vitality is None for record in history.records)
    assert not any(made.daily for record in history.records for made in record.made)
    assert (history.circle.woken, history.circle.twelve_hours) == (None, False)
    old.save(history)
    assert state(old) == kept


def test_a_file_of_the_first_version_gains_only_what_is_new(
    old: CircleFile, everything: History
) -> None:
    lines = old.path.read_text().splitlines()
    history = structs.replace(old.read(), covenants=everything.covenants)
    old.save(history)
    assert old.read() == history
    gained = [line for line in old.path.read_text().splitlines() if line not in lines]
    assert [line.split(":")[0].strip() for line in gained] == ['"covenants"', '"1"', '"2"']
    old.save(structs.replace(history, covenants=()))
    assert old.read() == structs.replace(history, covenants=())


def test_the_first_meeting_of_the_new_kind_goes_beside_the_old_ones(
    old: CircleFile, record_of: RecordOf
) -> None:
    lines = old.path.read_text().splitlines()[:-3]
    fresh = structs.replace(
        record_of(13),
        made=(Made("c900", "m1", "Read", daily=True),),
        looked_back=LookedBack(choice=CycleChoice.REST, worked="", change=""),
        started=datetime(2026, 6, 25, 9, tzinfo=NOW.tzinfo),
    )
    old.add(fresh)
    assert old.read().records[-1] == fresh
    assert {line.rstrip(",") for line in lines} <= {
        line.rstrip(",") for line in old.path.read_text().splitlines()
    }
