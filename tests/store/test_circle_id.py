"""A circle has an id of its own, whatever its file is called."""

import json
from pathlib import Path

import pytest
from msgspec import structs
from tinydb import TinyDB

from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.store import attendance_reader
from circle_tui.store.attendance_reader import Read
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError

from .full_state import RecordOf, contents, edit, told


@pytest.fixture
def unnumbered(circle: Circle) -> Circle:
    """A circle as it is set up."""
    return structs.replace(circle, id="")


@pytest.fixture
def old(tmp_path: Path, circle: Circle) -> CircleFile:
    """A file as it was written before circles had ids."""
    file = CircleFile.create(tmp_path, circle)
    edit(file, lambda found: found["circle"]["1"].pop("id"))
    return CircleFile(file.path)


def test_a_new_circle_gets_an_id_that_no_other_has(tmp_path: Path, unnumbered: Circle) -> None:
    files = [CircleFile.create(tmp_path, unnumbered) for _ in range(20)]
    ids = {file.read().circle.id for file in files}
    assert len(ids) == 20
    assert all(len(bytes.fromhex(each)) == 16 for each in ids)
    for file in files:
        assert file.read().circle.id == told(file)["circle"]["1"]["id"]


def test_an_id_that_is_given_is_kept(tmp_path: Path, circle: Circle) -> None:
    assert CircleFile.create(tmp_path, circle).read().circle.id == circle.id


def test_a_file_without_an_id_gets_one_at_its_first_write_and_keeps_it(
    old: CircleFile, record_of: RecordOf
) -> None:
    before = contents(old)
    state = old.read()
    old.save(state)
    assert contents(old) == before
    assert state.circle.id == ""
    old.add(record_of(1))
    circle_id = told(old)["circle"]["1"]["id"]
    assert len(bytes.fromhex(circle_id)) == 16
    old.add(record_of(2))
    assert old.read().circle.id == circle_id


@pytest.mark.parametrize("other", ["", "another"])
def test_no_state_takes_a_files_id_away(
    tmp_path: Path, circle: Circle, record_of: RecordOf, other: str
) -> None:
    file = CircleFile.create(tmp_path, circle)
    records: tuple[MeetingRecord, ...] = (record_of(1),)
    file.save(CircleState(circle=structs.replace(circle, id=other), records=records))
    assert file.read() == CircleState(circle=circle, records=records)


def test_facts_carry_the_id(old: CircleFile, record_of: RecordOf) -> None:
    def read_id() -> str:
        read = attendance_reader.read(old.path)
        assert isinstance(read, Read)
        return read.facts.circle.id

    assert read_id() == ""
    old.add(record_of(1))
    assert read_id() == told(old)["circle"]["1"]["id"] != ""


@pytest.mark.parametrize("wrong", ["", "\x07", 7, None])
def test_an_id_that_is_none_is_said(old: CircleFile, wrong: object) -> None:
    edit(old, lambda found: found["circle"]["1"].update(id=wrong))
    if wrong is None:
        assert old.read().circle.id == ""
        return
    with pytest.raises(LoadError, match="amiss in circle"):
        old.read()


def test_plain_tinydb_opens_a_file_with_an_id(tmp_path: Path, unnumbered: Circle) -> None:
    file = CircleFile.create(tmp_path, unnumbered)
    with TinyDB(file.path) as db:
        (document,) = db.table("circle").all()
        db.table("circle").update({"bell": True})
    state = file.read()
    assert state.circle.id == document["id"]
    assert state.circle.bell
    assert json.loads(file.path.read_bytes())["circle"]["1"]["bell"] is True
