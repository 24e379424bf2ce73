"""An older file that is restored during a meeting is noticed, and nothing is lost."""

from pathlib import Path

import pytest

from circle_tui.core.circle import membership
from circle_tui.core.circle.comparison import missing
from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec.file_contents import decode
from circle_tui.store.sidecars import is_sidecar

from .conftest import NOW
from .full_state import DAY, RecordOf, backup_of, folder_contents


@pytest.fixture
def older_version(file: CircleFile, record_of: RecordOf) -> bytes:
    """The file as it was before two more meetings were held and Yan joined."""
    raw = file.path.read_bytes()
    file.add(record_of(3))
    file.save(membership.join(file.read(), NOW + 20 * DAY, "Yan"))
    file.add(record_of(4))
    return raw


def set_aside_version(file: CircleFile) -> CircleState:
    """The content of the file that was set aside."""
    assert file.missing is not None
    return decode(file.missing.path.read_bytes()).state


def test_what_the_older_file_lacks_is_reported_and_saved_beside_it(
    file: CircleFile, older_version: bytes, record_of: RecordOf
) -> None:
    newer = file.read()
    file.path.write_bytes(older_version)
    state = file.add(record_of(5))
    assert state.records[-1] == record_of(5)
    assert file.missing is not None
    assert [each.number for each in file.missing.missing.meetings] == [3, 4]
    assert [each.name for each in file.missing.missing.members] == ["Yan"]
    assert set_aside_version(file) == newer


def test_a_program_started_meanwhile_finds_the_newer_version_in_the_backup(
    file: CircleFile, older_version: bytes, record_of: RecordOf
) -> None:
    file.path.write_bytes(older_version)
    again = CircleFile(file.path)
    again.read()
    again.add(record_of(5))
    assert again.missing is not None
    # The backup is the version before the last write, which added meeting 4.
    assert [each.number for each in again.missing.missing.meetings] == [3]
    # It is still there after the next act.
    again.save(membership.join(again.read(), NOW + 90 * DAY, "Noor"))
    assert [each.number for each in set_aside_version(again).records] == [1, 2, 3]


def test_a_newer_version_that_was_copied_in_lacks_nothing(
    file: CircleFile, record_of: RecordOf
) -> None:
    old = CircleFile(file.path)
    old.read()
    file.add(record_of(3))
    old.add(record_of(4))
    assert old.missing is None
    assert [each.number for each in old.read().records] == [1, 2, 3, 4]


def test_an_unchanged_file_is_not_compared(
    file: CircleFile, record_of: RecordOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.add(record_of(3))

    def fail(_file: CircleFile) -> None:
        raise AssertionError("read for nothing")

    monkeypatch.setattr(CircleFile, "_backup", fail)
    file.add(record_of(4))
    file.add(record_of(4))
    assert file.missing is None


def test_forgetting_a_member_also_deletes_the_version_that_was_set_aside(
    file: CircleFile, older_version: bytes, record_of: RecordOf, tmp_path: Path
) -> None:
    file.path.write_bytes(older_version)
    file.add(record_of(5))
    assert file.missing is not None
    assert is_sidecar(file.missing.path.name)
    file.save_without_history(membership.forget(file.read(), NOW + 90 * DAY, "m2", "Ben"))
    assert not file.missing.path.exists()
    assert not backup_of(file).exists()
    assert set(folder_contents(file)) == {file.path.name}


def test_each_of_two_versions_can_lack_what_the_other_has(
    full_state: CircleState, record_of: RecordOf
) -> None:
    found = missing(full_state, full_state)
    assert (found.total, found.meetings, found.members) == (0, (), ())
