"""No act ever writes an older state over a newer one, whoever wrote the newer one and how."""

import errno
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from circle_tui.core.circle import membership
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CheckIn, CircleState
from circle_tui.store import atomic, storage
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec import file_contents
from circle_tui.store.errors import ChangedOnDiskError, LoadError, SaveError

from .conftest import NOW
from .full_state import DAY, before, contents

Change = Callable[[Path, bytes], object]


def in_place(path: Path, raw: bytes) -> None:
    """As an editor may save."""
    status = path.stat()
    path.write_bytes(raw)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def in_its_place(path: Path, raw: bytes) -> None:
    """As a sync client brings another version."""
    fresh = path.with_name("sync.tmp")
    fresh.write_bytes(raw)
    fresh.replace(path)


CHANGES = {"in place": in_place, "in its place": in_its_place}


def joined(state: CircleState, name: str) -> CircleState:
    return membership.join(state, NOW + 9 * DAY, name)


def newer(file: CircleFile) -> bytes:
    """What another machine wrote meanwhile: somebody joined, and a check-in was taken back."""
    state = joined(file.read(), "Noor")
    return file_contents.encode(
        structs.replace(state, checkins=()), file_contents.decode(file.path.read_bytes())
    ).to_bytes()


@pytest.mark.parametrize("how", CHANGES)
@pytest.mark.parametrize("act", ["save", "save_alone"])
def test_saving_a_change_of_an_outdated_state_writes_nothing(
    file: CircleFile, how: str, act: str
) -> None:
    state = file.read()
    raw = newer(file)
    CHANGES[how](file.path, raw)
    kept = contents(file)
    save = getattr(file, act)
    for _ in range(2):
        with pytest.raises(ChangedOnDiskError, match="changed by another program meanwhile"):
            save(joined(state, "Yan"))
    assert contents(file) == kept
    found = file.read()
    assert found.checkins == ()
    after = save(joined(found, "Yan"))
    assert [each.name for each in after.circle.members][-2:] == ["Noor", "Yan"]
    assert CircleFile(file.path).read() == after


def test_a_change_of_one_letter_with_the_same_stamp_is_seen(file: CircleFile) -> None:
    state = file.read()
    raw = file.path.read_bytes()
    in_place(file.path, raw.replace(b"It rains", b"It snows"))
    with pytest.raises(ChangedOnDiskError):
        file.save(joined(state, "Yan"))
    assert file.read().checkins[1].text == "It snows"


def test_a_change_at_the_very_last_moment_is_seen(
    file: CircleFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, raw = file.read(), newer(file)
    sync = atomic._sync

    def slowly(handle: object) -> None:
        sync(handle)  # type: ignore[arg-type]
        in_its_place(file.path, raw)

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "_sync", slowly)
        with pytest.raises(ChangedOnDiskError):
            file.save(joined(state, "Yan"))
    assert file.path.read_bytes() == raw
    assert before(file).read_bytes() != raw
    assert {each.name for each in file.path.parent.iterdir()} == {
        file.path.name,
        f"{file.path.name}.bak",
    }


def test_a_file_that_was_touched_and_says_the_same_is_no_change(file: CircleFile) -> None:
    state = file.read()
    in_its_place(file.path, file.path.read_bytes())
    assert file.save(joined(state, "Yan")) == file.read()


def test_by_two_names_of_one_file_the_same_rule_holds(tmp_path: Path, file: CircleFile) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    one.symlink_to(two)
    two.symlink_to(file.path)
    here, there = CircleFile(one), CircleFile(file.path)
    state = here.read()
    there.read()
    there.save(joined(state, "Noor"))
    with pytest.raises(ChangedOnDiskError):
        here.save(joined(state, "Yan"))
    assert here.read().circle.members[-1].name == "Noor"


def test_of_two_hard_links_each_keeps_what_was_written_by_its_name(
    tmp_path: Path, file: CircleFile
) -> None:
    os.link(file.path, tmp_path / "other.json")
    here, there = file, CircleFile(tmp_path / "other.json")
    state = here.read()
    there.read()
    there.save(joined(state, "Noor"))
    here.save(joined(state, "Yan"))
    assert there.read().circle.members[-1].name == "Noor"
    assert here.read().circle.members[-1].name == "Yan"


def test_a_file_damaged_meanwhile_is_said_to_be_damaged(file: CircleFile) -> None:
    state = file.read()
    file.path.write_bytes(b"{")
    with pytest.raises(LoadError, match="is damaged"):
        file.save(joined(state, "Yan"))
    assert file.path.read_bytes() == b"{"


def test_a_write_that_failed_and_came_through_is_no_foreign_change(
    file: CircleFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = file.read()

    def fail(_folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "sync_folder", fail)
        with pytest.raises(SaveError):
            file.save(joined(state, "Noor"))
    # It was said not to be kept, so what comes next does not build on it.
    after = file.save(joined(state, "Yan"))
    assert [each.name for each in after.circle.members][-1] == "Yan"
    assert "Noor" not in {each.name for each in file.read().circle.members}


def test_a_record_is_kept_beside_whatever_was_written_meanwhile(
    file: CircleFile, record_of: Callable[..., MeetingRecord]
) -> None:
    file.read()
    in_its_place(file.path, newer(file))
    state = file.add(record_of(3))
    assert state.circle.members[-1].name == "Noor"
    assert state.records[-1] == record_of(3)
    assert CircleFile(file.path).read() == state


# What is read and written


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often a whole file is decoded, and how many documents are encoded and decoded."""
    counts = {"files": 0, "encoded": 0, "decoded": 0}

    def count(module: object, name: str, what: str) -> None:
        real = getattr(module, name)

        def counting(*said: object, **more: object) -> object:
            counts[what] += 1
            return real(*said, **more)

        monkeypatch.setattr(module, name, counting)

    count(file_contents, "decode", "files")
    count(file_contents, "encode_json", "encoded")
    count(file_contents.values, "decode", "decoded")
    return counts


def test_a_save_encodes_only_what_changed_and_decodes_nothing_again(
    file: CircleFile, counted: dict[str, int]
) -> None:
    file = CircleFile(file.path)
    state = file.read()
    assert counted["files"] == 1
    decoded = counted["decoded"]
    for number in range(3, 6):
        said = CheckIn(id=f"i{number}", member="m1", at=NOW + number * DAY, text="It goes")
        state = file.save(structs.replace(state, checkins=(*state.checkins, said)))
        assert file.read() is state
    assert counted == {"files": 1, "encoded": 3, "decoded": decoded}


def test_what_save_returns_is_what_will_be_read(file: CircleFile) -> None:
    state = file.read()
    said = CheckIn(
        id="i3",
        member="m1",
        at=NOW + timedelta(microseconds=999_999),
        text="\x1b[2J two  spaces",
    )
    after = file.save(structs.replace(state, checkins=(said,)))
    assert after.checkins[0].at == NOW
    assert after.checkins[0].text == "[2J two spaces"
    assert CircleFile(file.path).read() == after
    assert file.save(after) is after


def test_unchanged_values_stay_the_same_objects(file: CircleFile) -> None:
    state = file.read()
    after = file.save(joined(state, "Yan"))
    assert after.records is state.records
    assert after.covenants is state.covenants


def test_a_save_opens_the_file_for_writing_once(
    file: CircleFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes: list[bytes] = []
    write = storage.AtomicJSONStorage.write_bytes

    def noted(self: storage.AtomicJSONStorage, content: bytes) -> None:
        writes.append(content)
        write(self, content)

    monkeypatch.setattr(storage.AtomicJSONStorage, "write_bytes", noted)
    file.save(joined(file.read(), "Yan"))
    assert writes == [file.path.read_bytes()]
