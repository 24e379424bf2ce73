"""A circle's id stays the same, whatever its file is called."""

import json
from pathlib import Path

import pytest
from msgspec import structs
from tinydb import TinyDB

from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.store import attendance_reader
from circle_tui.store.attendance_reader import LoadedFacts
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError

from .full_state import RecordOf, edit_json, folder_contents, read_json


@pytest.fixture
def circle_without_id(circle: Circle) -> Circle:
    """A circle as setup creates it, still without an id."""
    return structs.replace(circle, id="")


@pytest.fixture
def file_without_id(tmp_path: Path, circle: Circle) -> CircleFile:
    """A file as versions before circle ids wrote it."""
    file = CircleFile.create(tmp_path, circle)
    edit_json(file, lambda found: found["circle"]["1"].pop("id"))
    return CircleFile(file.path)


def test_each_new_circle_gets_a_different_id(tmp_path: Path, circle_without_id: Circle) -> None:
    files = [CircleFile.create(tmp_path, circle_without_id) for _ in range(20)]
    ids = {file.read().circle.id for file in files}
    assert len(ids) == 20
    assert all(len(bytes.fromhex(each)) == 16 for each in ids)
    for file in files:
        assert file.read().circle.id == read_json(file)["circle"]["1"]["id"]


def test_a_circle_that_has_an_id_keeps_it(tmp_path: Path, circle: Circle) -> None:
    assert CircleFile.create(tmp_path, circle).read().circle.id == circle.id


def test_a_file_without_an_id_gets_one_at_its_first_write_and_keeps_it(
    file_without_id: CircleFile, record_of: RecordOf
) -> None:
    before = folder_contents(file_without_id)
    state = file_without_id.read()
    file_without_id.save(state)
    assert folder_contents(file_without_id) == before
    assert state.circle.id == ""
    file_without_id.add(record_of(1))
    circle_id = read_json(file_without_id)["circle"]["1"]["id"]
    assert len(bytes.fromhex(circle_id)) == 16
    file_without_id.add(record_of(2))
    assert file_without_id.read().circle.id == circle_id


@pytest.mark.parametrize("other", ["", "another"])
def test_saving_a_state_without_the_id_does_not_remove_it_from_the_file(
    tmp_path: Path, circle: Circle, record_of: RecordOf, other: str
) -> None:
    file = CircleFile.create(tmp_path, circle)
    records: tuple[MeetingRecord, ...] = (record_of(1),)
    file.save(CircleState(circle=structs.replace(circle, id=other), records=records))
    assert file.read() == CircleState(circle=circle, records=records)


def test_the_facts_of_a_circle_include_its_id(
    file_without_id: CircleFile, record_of: RecordOf
) -> None:
    def read_id() -> str:
        read = attendance_reader.read_facts(file_without_id.path)
        assert isinstance(read, LoadedFacts)
        return read.facts.circle.id

    assert read_id() == ""
    file_without_id.add(record_of(1))
    assert read_id() == read_json(file_without_id)["circle"]["1"]["id"] != ""


@pytest.mark.parametrize("wrong", ["", "\x07", 7, None])
def test_an_invalid_id_is_reported(file_without_id: CircleFile, wrong: object) -> None:
    edit_json(file_without_id, lambda found: found["circle"]["1"].update(id=wrong))
    if wrong is None:
        assert file_without_id.read().circle.id == ""
        return
    with pytest.raises(LoadError, match="wrong in circle"):
        file_without_id.read()


def test_plain_tinydb_opens_a_file_with_an_id(tmp_path: Path, circle_without_id: Circle) -> None:
    file = CircleFile.create(tmp_path, circle_without_id)
    with TinyDB(file.path) as db:
        (document,) = db.table("circle").all()
        db.table("circle").update({"bell": True})
    state = file.read()
    assert state.circle.id == document["id"]
    assert state.circle.bell
    assert json.loads(file.path.read_bytes())["circle"]["1"]["bell"] is True
