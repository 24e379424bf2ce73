"""An act never overwrites a newer state with an older one, whoever wrote the newer one."""

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
from .full_state import DAY, backup_of, folder_contents

Change = Callable[[Path, bytes], object]


def overwrite(path: Path, raw: bytes) -> None:
    """Overwrite the file, as some editors do."""
    status = path.stat()
    path.write_bytes(raw)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def replace(path: Path, raw: bytes) -> None:
    """Replace the file, as a sync client does."""
    fresh = path.with_name("sync.tmp")
    fresh.write_bytes(raw)
    fresh.replace(path)


CHANGES = {"in place": overwrite, "in its place": replace}


def with_member(state: CircleState, name: str) -> CircleState:
    return membership.join(state, NOW + 9 * DAY, name)


def write_newer_version(file: CircleFile) -> bytes:
    """What another machine wrote meanwhile: a member joined, and a check-in was withdrawn."""
    state = with_member(file.read(), "Noor")
    return file_contents.encode(
        structs.replace(state, checkins=()), file_contents.decode(file.path.read_bytes())
    ).to_bytes()


@pytest.mark.parametrize("how", CHANGES)
@pytest.mark.parametrize("act", ["save", "save_without_history"])
def test_saving_a_change_to_an_outdated_state_writes_nothing(
    file: CircleFile, how: str, act: str
) -> None:
    state = file.read()
    raw = write_newer_version(file)
    CHANGES[how](file.path, raw)
    kept = folder_contents(file)
    save = getattr(file, act)
    for _ in range(2):
        with pytest.raises(ChangedOnDiskError, match="changed by another program in the meantime"):
            save(with_member(state, "Yan"))
    assert folder_contents(file) == kept
    found = file.read()
    assert found.checkins == ()
    after = save(with_member(found, "Yan"))
    assert [each.name for each in after.circle.members][-2:] == ["Noor", "Yan"]
    assert CircleFile(file.path).read() == after


def test_a_change_of_one_letter_is_noticed_even_with_the_same_timestamp(file: CircleFile) -> None:
    state = file.read()
    raw = file.path.read_bytes()
    overwrite(file.path, raw.replace(b"It rains", b"It snows"))
    with pytest.raises(ChangedOnDiskError):
        file.save(with_member(state, "Yan"))
    assert file.read().checkins[1].text == "It snows"


def test_a_change_just_before_the_write_is_noticed(
    file: CircleFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, raw = file.read(), write_newer_version(file)
    sync = atomic._sync

    def slowly(handle: object) -> None:
        sync(handle)  # type: ignore[arg-type]
        replace(file.path, raw)

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "_sync", slowly)
        with pytest.raises(ChangedOnDiskError):
            file.save(with_member(state, "Yan"))
    assert file.path.read_bytes() == raw
    assert backup_of(file).read_bytes() != raw
    assert {each.name for each in file.path.parent.iterdir()} == {
        file.path.name,
        f"{file.path.name}.bak",
    }


def test_a_touched_file_with_the_same_content_counts_as_unchanged(file: CircleFile) -> None:
    state = file.read()
    replace(file.path, file.path.read_bytes())
    assert file.save(with_member(state, "Yan")) == file.read()


def test_a_change_made_through_a_symbolic_link_is_noticed(tmp_path: Path, file: CircleFile) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    one.symlink_to(two)
    two.symlink_to(file.path)
    here, there = CircleFile(one), CircleFile(file.path)
    state = here.read()
    there.read()
    there.save(with_member(state, "Noor"))
    with pytest.raises(ChangedOnDiskError):
        here.save(with_member(state, "Yan"))
    assert here.read().circle.members[-1].name == "Noor"


def test_each_of_two_hard_links_keeps_what_was_written_under_its_name(
    tmp_path: Path, file: CircleFile
) -> None:
    os.link(file.path, tmp_path / "other.json")
    here, there = file, CircleFile(tmp_path / "other.json")
    state = here.read()
    there.read()
    there.save(with_member(state, "Noor"))
    here.save(with_member(state, "Yan"))
    assert there.read().circle.members[-1].name == "Noor"
    assert here.read().circle.members[-1].name == "Yan"


def test_a_file_damaged_meanwhile_is_reported_as_damaged(file: CircleFile) -> None:
    state = file.read()
    file.path.write_bytes(b"{")
    with pytest.raises(LoadError, match="is damaged"):
        file.save(with_member(state, "Yan"))
    assert file.path.read_bytes() == b"{"


def test_a_failed_write_that_took_effect_does_not_count_as_another_programs_change(
    file: CircleFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = file.read()

    def fail(_folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "sync_folder", fail)
        with pytest.raises(SaveError):
            file.save(with_member(state, "Noor"))
    # The program reported it as not saved, so the next save must not build on it.
    after = file.save(with_member(state, "Yan"))
    assert [each.name for each in after.circle.members][-1] == "Yan"
    assert "Noor" not in {each.name for each in file.read().circle.members}


def test_a_record_is_added_to_whatever_was_written_meanwhile(
    file: CircleFile, record_of: Callable[..., MeetingRecord]
) -> None:
    file.read()
    replace(file.path, write_newer_version(file))
    state = file.add(record_of(3))
    assert state.circle.members[-1].name == "Noor"
    assert state.records[-1] == record_of(3)
    assert CircleFile(file.path).read() == state


# Reads and writes


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Counts how often whole files are decoded, and documents encoded or decoded."""
    counts = {"files": 0, "encoded": 0, "decoded": 0}

    def count(module: object, name: str, what: str) -> None:
        real = getattr(module, name)

        def counting(*sentence: object, **more: object) -> object:
            counts[what] += 1
            return real(*sentence, **more)

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
        sentence = CheckIn(id=f"i{number}", member="m1", at=NOW + number * DAY, text="It goes")
        state = file.save(structs.replace(state, checkins=(*state.checkins, sentence)))
        assert file.read() is state
    assert counted == {"files": 1, "encoded": 3, "decoded": decoded}


def test_save_returns_the_state_that_will_be_read(file: CircleFile) -> None:
    state = file.read()
    sentence = CheckIn(
        id="i3",
        member="m1",
        at=NOW + timedelta(microseconds=999_999),
        text="\x1b[2J two  spaces",
    )
    after = file.save(structs.replace(state, checkins=(sentence,)))
    assert after.checkins[0].at == NOW
    assert after.checkins[0].text == "[2J two spaces"
    assert CircleFile(file.path).read() == after
    assert file.save(after) is after


def test_unchanged_values_stay_the_same_objects(file: CircleFile) -> None:
    state = file.read()
    after = file.save(with_member(state, "Yan"))
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
    file.save(with_member(file.read(), "Yan"))
    assert writes == [file.path.read_bytes()]
