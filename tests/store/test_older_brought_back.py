"""An older file brought back in the middle of a meeting is noticed, and nothing of it is lost."""

from pathlib import Path

import pytest

from circle_tui.core.circle import membership
from circle_tui.core.circle.comparison import missing
from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec.file_contents import decode
from circle_tui.store.sidecars import is_beside

from .conftest import NOW
from .full_state import DAY, RecordOf, before, contents


@pytest.fixture
def older(file: CircleFile, record_of: RecordOf) -> bytes:
    """The file as it was before two more meetings were held, and Yan joined."""
    raw = file.path.read_bytes()
    file.add(record_of(3))
    file.save(membership.join(file.read(), NOW + 20 * DAY, "Yan"))
    file.add(record_of(4))
    return raw


def left(file: CircleFile) -> CircleState:
    """What is in the version that was kept."""
    assert file.missing is not None
    return decode(file.missing.path.read_bytes()).state


def test_what_is_missing_is_said_and_kept_beside_the_file(
    file: CircleFile, older: bytes, record_of: RecordOf
) -> None:
    newer = file.read()
    file.path.write_bytes(older)
    state = file.add(record_of(5))
    assert state.records[-1] == record_of(5)
    assert file.missing is not None
    assert [each.number for each in file.missing.missing.meetings] == [3, 4]
    assert [each.name for each in file.missing.missing.members] == ["Yan"]
    assert left(file) == newer


def test_whoever_was_started_again_meanwhile_finds_it_in_the_backup(
    file: CircleFile, older: bytes, record_of: RecordOf
) -> None:
    file.path.write_bytes(older)
    again = CircleFile(file.path)
    again.read()
    again.add(record_of(5))
    assert again.missing is not None
    # The backup is the version before the last write, which was meeting 4.
    assert [each.number for each in again.missing.missing.meetings] == [3]
    # And it is not gone with the next act.
    again.save(membership.join(again.read(), NOW + 90 * DAY, "Noor"))
    assert [each.number for each in left(again).records] == [1, 2, 3]


def test_a_newer_version_brought_in_is_missing_nothing(
    file: CircleFile, record_of: RecordOf
) -> None:
    old = CircleFile(file.path)
    old.read()
    file.add(record_of(3))
    old.add(record_of(4))
    assert old.missing is None
    assert [each.number for each in old.read().records] == [1, 2, 3, 4]


def test_nothing_is_looked_for_where_nothing_changed(
    file: CircleFile, record_of: RecordOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.add(record_of(3))

    def fail(_file: CircleFile) -> None:
        raise AssertionError("read for nothing")

    monkeypatch.setattr(CircleFile, "_backup", fail)
    file.add(record_of(4))
    file.add(record_of(4))
    assert file.missing is None


def test_a_version_that_was_kept_belongs_to_the_circle_and_goes_when_somebody_is_forgotten(
    file: CircleFile, older: bytes, record_of: RecordOf, tmp_path: Path
) -> None:
    file.path.write_bytes(older)
    file.add(record_of(5))
    assert file.missing is not None
    assert is_beside(file.missing.path.name)
    file.save_alone(membership.forget(file.read(), NOW + 90 * DAY, "m2", "Ben"))
    assert not file.missing.path.exists()
    assert not before(file).exists()
    assert set(contents(file)) == {file.path.name}


def test_of_two_versions_each_is_missing_what_the_other_has(
    everything: CircleState, record_of: RecordOf
) -> None:
    found = missing(everything, everything)
    assert (found.total, found.meetings, found.members) == (0, (), ())
