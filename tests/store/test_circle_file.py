"""A circle's file holds what was saved, and an unreadable file is never overwritten."""

import errno
import os
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs
from tinydb import TinyDB

from circle_tui.core import text
from circle_tui.core.circle.circle import Circle, Rhythm
from circle_tui.core.circle.continuity import member_digest
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.store import storage
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError

RecordOf = Callable[..., MeetingRecord]


@pytest.fixture
def file(tmp_path: Path, circle: Circle) -> CircleFile:
    return CircleFile.create(tmp_path / "sessions", circle)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Creating


def test_a_new_circle_is_read_back(file: CircleFile, circle: Circle) -> None:
    assert file.read() == CircleState(circle=circle)
    assert file.slug == "harbour"
    assert file.path.name == "harbour.json"
    assert file.journal_path == file.path.with_name("harbour.live")
    assert file.lock_path == file.path.with_name("harbour.lock")


def test_only_the_owner_can_read_the_file_and_its_folder(tmp_path: Path, circle: Circle) -> None:
    before = os.umask(0)
    try:
        file = CircleFile.create(tmp_path / "new" / "sessions", circle)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
    assert names(file.path.parent) == ["harbour.json"]


def test_the_documents_in_a_file_have_the_designed_form(
    file: CircleFile, circle: Circle, record_of: RecordOf
) -> None:
    file.add(record_of(1))
    with TinyDB(file.path) as db:
        assert db.tables() == {"circle", "members", "sessions", "continuity"}
        assert db.table("circle").all() == [
            {
                "schema": 1,
                "id": circle.id,
                "name": "Harbour",
                "format": "peer-circle",
                "share_seconds": 480,
                "length_seconds": 3600,
                "response_seconds": 60,
                "rhythm": {"every": 2, "unit": "week"},
                "cycle": 6,
                "first": "2026-03-05T10:00",
                "zone": "Europe/London",
                "digits": False,
                "bell": False,
                "overtime": False,
            }
        ]
        assert db.table("members").all()[2] == {
            "id": "m3",
            "name": "Chloé",
            "joined": "2026-03-05T10:00:00Z",
        }
        assert db.table("sessions").all() == [
            {
                "id": "meeting-1",
                "number": 1,
                "cycle": 1,
                "started": "2026-03-19T10:00:04Z",
                "ended": "2026-03-19T10:57:04Z",
                "opener": "m2",
                "order": ["m2", "m3", "m1"],
                "attendance": {"m1": "late", "m2": "present", "m3": "left early"},
                "guests": 0,
                "made": [
                    {
                        "id": "c1",
                        "member": "m2",
                        "text": "I review within a working day",
                        "due": "next",
                    }
                ],
                "answered": [
                    {
                        "id": "c0",
                        "outcome": "missed",
                        "got_in_the_way": "a release",
                        "reset": "again",
                        "becomes": "c1",
                    }
                ],
                # By then London is on summer time.
                "next": "2026-04-02T11:00:04+01:00",
                "reaches_out": {"m1": "m3"},
            }
        ]
        (link,) = db.table("continuity").all()
        assert link == {
            "place": 1,
            "meeting": "meeting-1",
            "number": 1,
            "day": "2026-03-19",
            "present": sorted(member_digest(each, circle.id) for each in ("m1", "m2", "m3")),
        }


def test_a_sample_circle_is_marked_as_a_sample(tmp_path: Path, circle: Circle) -> None:
    file = CircleFile.create(tmp_path, structs.replace(circle, name="Sample", sample=True))
    assert file.slug == "sample"
    assert file.read().circle.sample
    assert '"sample": true' in file.path.read_text()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Harbour", "harbour"),
        ("  The Quiet Café, 2nd ", "the-quiet-cafe-2nd"),
        ("Straße", "strasse"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "circle"),
        ("圆桌", "circle"),
        ("👩‍👩‍👧", "circle"),
        ("C:\\Users", "c-users"),
        (".hidden.json", "hidden-json"),
        ("CON", "con-2"),
        ("Lpt1", "lpt1-2"),
        ("Sample", "sample-2"),
        ("a" * 300, "a" * 60),
        ("a" * 59 + " b", "a" * 59),
    ],
)
def test_a_circle_gets_a_plain_file_name_that_never_leaves_the_folder(
    tmp_path: Path, circle: Circle, name: str, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The longest names are too wide for the rules, but that does not matter here.
    monkeypatch.setattr(text, "NAME_CELLS", 300)
    file = CircleFile.create(tmp_path, structs.replace(circle, name=name))
    assert file.path == tmp_path / f"{slug}.json"
    assert names(tmp_path) == [f"{slug}.json"]


def test_circles_of_the_same_name_get_numbered_file_names(tmp_path: Path, circle: Circle) -> None:
    made = [CircleFile.create(tmp_path, circle).slug for _ in range(3)]
    assert made == ["harbour", "harbour-2", "harbour-3"]


def test_a_long_file_name_is_shortened_so_that_its_number_fits(
    tmp_path: Path, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "NAME_CELLS", 300)
    long = structs.replace(circle, name="a" * 57 + " b c d e")
    made = [CircleFile.create(tmp_path, long).slug for _ in range(2)]
    assert made == ["a" * 57 + "-b", "a" * 57 + "-2"]


@pytest.mark.parametrize("left", [".live", ".json.bak", ".dropped"])
def test_a_new_circle_does_not_take_over_files_left_by_an_earlier_one(
    tmp_path: Path, circle: Circle, left: str
) -> None:
    (tmp_path / f"harbour{left}").write_text("words")
    assert CircleFile.create(tmp_path, circle).slug == "harbour-2"


def test_two_programs_creating_the_same_circle_at_once_create_two(
    tmp_path: Path, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    lexists = os.path.lexists
    CircleFile.create(tmp_path, circle)
    # The other circle was created after this program looked.
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    assert CircleFile.create(tmp_path, circle).slug == "harbour-2"
    monkeypatch.setattr(os.path, "lexists", lexists)
    assert names(tmp_path) == ["harbour-2.json", "harbour.json"]


def test_a_failure_to_create_a_circle_is_reported_in_a_sentence(
    tmp_path: Path, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SaveError, match="isn't a folder"):
            CircleFile.create(folder, circle)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SaveError, match=r"^The disk is full: free some space"):
        CircleFile.create(tmp_path, circle)
    assert names(tmp_path) == ["file"]


def test_a_circle_that_could_not_be_read_again_is_not_created(
    tmp_path: Path, circle: Circle
) -> None:
    for wrong in (
        structs.replace(circle, zone="Nowhere/Land"),
        structs.replace(circle, members=()),
        structs.replace(circle, rhythm=Rhythm(0, "week")),
        structs.replace(circle, first=datetime(1, 1, 1)),  # noqa: DTZ001 - wall time
        structs.replace(circle, first=datetime(9999, 12, 31)),  # noqa: DTZ001 - wall time
    ):
        with pytest.raises(SaveError, match="correct that"):
            CircleFile.create(tmp_path, wrong)
    assert names(tmp_path) == []


# Adding records


def test_records_are_read_in_the_order_of_their_numbers(
    file: CircleFile, record_of: RecordOf
) -> None:
    for number in (2, 3, 1):
        file.add(record_of(number))
    assert file.read().records == (record_of(1), record_of(2), record_of(3))
    assert CircleFile(file.path).read() == file.read()


def test_adding_the_same_record_again_changes_nothing_on_the_disk(
    file: CircleFile, record_of: RecordOf
) -> None:
    file.add(record_of(1))
    file.add(record_of(2))
    before = {path: (path.read_bytes(), path.stat().st_ino) for path in file.path.parent.iterdir()}
    file.add(record_of(2))
    file.add(record_of(1))
    after = {path: (path.read_bytes(), path.stat().st_ino) for path in file.path.parent.iterdir()}
    assert after == before


def test_a_record_with_the_same_id_replaces_the_earlier_one(
    file: CircleFile, record_of: RecordOf
) -> None:
    file.add(record_of(1))
    file.add(record_of(2))
    corrected = structs.replace(record_of(1), guests=1)
    file.add(corrected)
    assert file.read().records == (corrected, record_of(2))


def test_adding_a_record_is_one_write_and_leaves_a_backup(
    file: CircleFile, record_of: RecordOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes: list[object] = []
    write = storage.AtomicJSONStorage.write_bytes
    monkeypatch.setattr(
        storage.AtomicJSONStorage,
        "write_bytes",
        lambda self, data: writes.append(1) or write(self, data),
    )
    before = file.path.read_bytes()
    file.add(record_of(1))
    assert len(writes) == 1
    assert file.path.with_name("harbour.json.bak").read_bytes() == before


def test_moments_are_stored_to_the_second(file: CircleFile, record_of: RecordOf) -> None:
    record = record_of(1)
    for _ in range(2):
        file.add(structs.replace(record, started=record.started + timedelta(microseconds=999_999)))
    assert file.read().records == (record,)


def test_a_commitment_id_that_is_already_used_is_replaced(
    file: CircleFile, record_of: RecordOf
) -> None:
    file.add(record_of(1))
    for _ in range(2):
        state = file.add(structs.replace(record_of(2), made=record_of(1).made, answered=()))
        assert [made.id for record in state.records for made in record.made] == ["c1", "c2"]


def test_a_full_disk_leaves_the_old_file_and_its_backup(
    file: CircleFile, record_of: RecordOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SaveError, match=r"^The disk is full: free some space"):
            file.add(record_of(1))
    assert file.path.read_bytes() == before
    assert names(file.path.parent) == ["harbour.json"]
    file.add(record_of(1))
    assert file.read().records == (record_of(1),)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EROFS, "^The folder .*sessions is read-only: "),
        (errno.EACCES, r"^The file .*harbour\.json is read-only: "),
        (errno.EIO, r"harbour\.json couldn't be written \(Input/output error\): check the disk"),
    ],
)
def test_a_record_that_cannot_be_saved_is_reported_with_the_reason(
    file: CircleFile,
    record_of: RecordOf,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    sentence: str,
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(SaveError, match=sentence):
        file.add(record_of(1))


def test_adding_a_record_does_not_recreate_a_deleted_file(
    file: CircleFile, record_of: RecordOf
) -> None:
    file.path.unlink()
    with pytest.raises(LoadError, match="There's no file"):
        file.add(record_of(1))
    assert names(file.path.parent) == []


def test_through_a_symbolic_link_the_target_is_written_and_locked(
    tmp_path: Path, file: CircleFile, record_of: RecordOf
) -> None:
    (tmp_path / "mine.json").symlink_to(file.path)
    link = CircleFile(tmp_path / "mine.json")
    link.add(record_of(1))
    assert link.path.is_symlink()
    assert file.read() == link.read()
    assert link.slug == "mine"
    assert (link.lock_path, link.journal_path) == (file.lock_path, file.journal_path)
