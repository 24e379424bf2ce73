"""A circle's file holds what was put into it, and nothing is written over what we cannot read."""

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
from circle_tui.core.circle.continuity import place_of
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


# Making


def test_a_new_circle_is_read_back(file: CircleFile, circle: Circle) -> None:
    assert file.read() == CircleState(circle=circle)
    assert file.slug == "harbour"
    assert file.path.name == "harbour.json"
    assert file.journal_path == file.path.with_name("harbour.live")
    assert file.lock_path == file.path.with_name("harbour.lock")


def test_the_file_and_its_folder_are_only_their_owners(tmp_path: Path, circle: Circle) -> None:
    before = os.umask(0)
    try:
        file = CircleFile.create(tmp_path / "new" / "sessions", circle)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
    assert names(file.path.parent) == ["harbour.json"]


def test_the_documents_are_the_ones_in_the_design(
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
                # London has put its clocks forward by then.
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
            "present": sorted(place_of(each, circle.id) for each in ("m1", "m2", "m3")),
        }


def test_the_sample_says_that_it_is_one(tmp_path: Path, circle: Circle) -> None:
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
    # The longest names are wider than a name may be, but nothing hangs on that here.
    monkeypatch.setattr(text, "NAME_CELLS", 300)
    file = CircleFile.create(tmp_path, structs.replace(circle, name=name))
    assert file.path == tmp_path / f"{slug}.json"
    assert names(tmp_path) == [f"{slug}.json"]


def test_circles_of_one_name_get_numbers(tmp_path: Path, circle: Circle) -> None:
    made = [CircleFile.create(tmp_path, circle).slug for _ in range(3)]
    assert made == ["harbour", "harbour-2", "harbour-3"]


def test_the_number_of_a_long_name_fits(
    tmp_path: Path, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "NAME_CELLS", 300)
    long = structs.replace(circle, name="a" * 57 + " b c d e")
    made = [CircleFile.create(tmp_path, long).slug for _ in range(2)]
    assert made == ["a" * 57 + "-b", "a" * 57 + "-2"]


@pytest.mark.parametrize("left", [".live", ".json.bak", ".dropped"])
def test_what_an_earlier_circle_left_is_not_taken_over(
    tmp_path: Path, circle: Circle, left: str
) -> None:
    (tmp_path / f"harbour{left}").write_text("words")
    assert CircleFile.create(tmp_path, circle).slug == "harbour-2"


def test_two_who_make_the_same_circle_at_once_make_two(
    tmp_path: Path, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    lexists = os.path.lexists
    CircleFile.create(tmp_path, circle)
    # The other one was made after we looked.
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    assert CircleFile.create(tmp_path, circle).slug == "harbour-2"
    monkeypatch.setattr(os.path, "lexists", lexists)
    assert names(tmp_path) == ["harbour-2.json", "harbour.json"]


def test_where_nothing_can_be_made_a_sentence_says_so(
    tmp_path: Path, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SaveError, match="is not a folder"):
            CircleFile.create(folder, circle)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SaveError, match=r"^The disk is full: make room"):
        CircleFile.create(tmp_path, circle)
    assert names(tmp_path) == ["file"]


def test_a_circle_that_could_not_be_read_back_is_not_made(tmp_path: Path, circle: Circle) -> None:
    for wrong in (
        structs.replace(circle, zone="Nowhere/Land"),
        structs.replace(circle, members=()),
        structs.replace(circle, rhythm=Rhythm(0, "week")),
        structs.replace(circle, first=datetime(1, 1, 1)),  # noqa: DTZ001 - wall time
        structs.replace(circle, first=datetime(9999, 12, 31)),  # noqa: DTZ001 - wall time
    ):
        with pytest.raises(SaveError, match="put that right"):
            CircleFile.create(tmp_path, wrong)
    assert names(tmp_path) == []


# Adding


def test_records_come_back_by_number(file: CircleFile, record_of: RecordOf) -> None:
    for number in (2, 3, 1):
        file.add(record_of(number))
    assert file.read().records == (record_of(1), record_of(2), record_of(3))
    assert CircleFile(file.path).read() == file.read()


def test_adding_again_changes_nothing_on_the_disk(file: CircleFile, record_of: RecordOf) -> None:
    file.add(record_of(1))
    file.add(record_of(2))
    before = {path: (path.read_bytes(), path.stat().st_ino) for path in file.path.parent.iterdir()}
    file.add(record_of(2))
    file.add(record_of(1))
    after = {path: (path.read_bytes(), path.stat().st_ino) for path in file.path.parent.iterdir()}
    assert after == before


def test_a_record_of_the_same_id_takes_the_earlier_ones_place(
    file: CircleFile, record_of: RecordOf
) -> None:
    file.add(record_of(1))
    file.add(record_of(2))
    corrected = structs.replace(record_of(1), guests=1)
    file.add(corrected)
    assert file.read().records == (corrected, record_of(2))


def test_a_record_is_one_write_with_the_version_before_beside_it(
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


def test_moments_are_kept_to_the_second(file: CircleFile, record_of: RecordOf) -> None:
    record = record_of(1)
    for _ in range(2):
        file.add(structs.replace(record, started=record.started + timedelta(microseconds=999_999)))
    assert file.read().records == (record,)


def test_a_commitment_id_used_twice_becomes_another(file: CircleFile, record_of: RecordOf) -> None:
    file.add(record_of(1))
    for _ in range(2):
        state = file.add(structs.replace(record_of(2), made=record_of(1).made, answered=()))
        assert [made.id for record in state.records for made in record.made] == ["c1", "c2"]


def test_a_full_disk_leaves_the_old_file(
    file: CircleFile, record_of: RecordOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SaveError, match=r"^The disk is full: make room"):
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
        (errno.EIO, r"harbour\.json could not be written \(Input/output error\): look after"),
    ],
)
def test_what_keeps_a_record_from_being_saved_is_said(
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


def test_a_file_that_has_gone_is_not_made_anew(file: CircleFile, record_of: RecordOf) -> None:
    file.path.unlink()
    with pytest.raises(LoadError, match="There is no file"):
        file.add(record_of(1))
    assert names(file.path.parent) == []


def test_through_a_symbolic_link_the_target_is_written_and_guarded(
    tmp_path: Path, file: CircleFile, record_of: RecordOf
) -> None:
    (tmp_path / "mine.json").symlink_to(file.path)
    link = CircleFile(tmp_path / "mine.json")
    link.add(record_of(1))
    assert link.path.is_symlink()
    assert file.read() == link.read()
    assert link.slug == "mine"
    assert (link.lock_path, link.journal_path) == (file.lock_path, file.journal_path)
