"""Facts are read from any files; one that cannot be read is reported in a line, the others are
read.
"""

import errno
import json
import os
import threading
from datetime import UTC, datetime, timedelta, timezone
from math import inf
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import structs

from circle_tui.core.attendance.facts import AttendanceFacts, HeldMeeting
from circle_tui.core.circle.circle import Circle, CircleFacts
from circle_tui.core.circle.state import CircleState
from circle_tui.store import attendance_reader
from circle_tui.store.attendance_reader import LoadedFacts, UnreadableFile
from circle_tui.store.circle_file import CircleFile

from .full_state import JSONEdit, RecordOf, edit_json, folder_contents, full_history


@pytest.fixture
def state(circle: Circle, record_of: RecordOf) -> CircleState:
    return full_history(circle, record_of)


@pytest.fixture
def file(tmp_path: Path, circle: Circle, state: CircleState) -> CircleFile:
    file = CircleFile.create(tmp_path / "sessions", circle)
    file.save(state)
    return file


def facts(path: Path) -> AttendanceFacts:
    result = attendance_reader.read_facts(path)
    assert isinstance(result, LoadedFacts), result
    return result.facts


def reason(path: Path) -> str:
    result = attendance_reader.read_facts(path)
    assert isinstance(result, UnreadableFile), result
    assert str(result) == f"{path} couldn't be read: {result.reason}."
    assert len(str(result).splitlines()) == 1
    return result.reason


# Whole files


def test_the_facts_are_those_of_the_history(file: CircleFile, state: CircleState) -> None:
    expected = msgspec.convert(state, AttendanceFacts, from_attributes=True)
    assert facts(file.path) == expected
    assert len(expected.records) == 2
    assert type(expected.records[0]) is HeldMeeting


def test_reading_changes_nothing(file: CircleFile) -> None:
    before = folder_contents(file)
    facts(file.path)
    assert folder_contents(file) == before


def test_a_circle_that_has_not_met_has_facts(tmp_path: Path, circle: Circle) -> None:
    file = CircleFile.create(tmp_path, circle)
    expected = msgspec.convert(circle, CircleFacts, from_attributes=True)
    assert facts(file.path) == AttendanceFacts(circle=expected)


@pytest.mark.parametrize(
    "utf", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
def test_a_file_in_any_unicode_encoding_is_read(file: CircleFile, utf: str) -> None:
    as_it_was = facts(file.path)
    told = json.loads(file.path.read_bytes())
    file.path.write_bytes(json.dumps(told, ensure_ascii=False).encode(utf))
    assert facts(file.path) == as_it_was


@pytest.mark.parametrize(
    ("lone", "left"),
    [
        (r"\ud800", ""),
        (r"\uDFFF", ""),
        (r"\ud83d \ude00", ""),
        (r"\ud83d\ud83d\ude00", "😀"),
        (r"\ude00\ud83d\ude00", "😀"),
        (r"\\\ud800", "\\"),
        (r"\\ud800", r"\ud800"),
        (r"\\\\ud800\udc00", r"\\ud800"),
    ],
)
def test_a_lone_surrogate_in_a_name_is_dropped_and_the_rest_is_kept(
    file: CircleFile, lone: str, left: str
) -> None:
    edit_json(file, lambda told: told["circle"]["1"].update(name="HERE"))
    file.path.write_bytes(file.path.read_bytes().replace(b"HERE", f"Bay{lone}".encode()))
    name = facts(file.path).circle.name
    assert name == f"Bay{left}"
    # The program itself reads this name alike.
    assert file.read().circle.name == name


def test_moments_written_in_another_time_zone_are_read_as_the_same_moments(
    file: CircleFile,
) -> None:
    as_it_was = facts(file.path)
    elsewhere = timezone(timedelta(hours=5))

    def move(told: dict[str, Any]) -> None:
        for met in told["sessions"].values():
            for name in ("started", "ended"):
                when = datetime.fromisoformat(met[name]).astimezone(elsewhere)
                met[name] = when.isoformat()
        for member in told["members"].values():
            joined = datetime.fromisoformat(member["joined"]).astimezone(elsewhere)
            member["joined"] = joined.isoformat()

    edit_json(file, move)
    assert facts(file.path) == as_it_was
    assert all(met.started.tzinfo is UTC is met.ended.tzinfo for met in facts(file.path).records)


def test_fields_of_a_newer_version_are_ignored(file: CircleFile) -> None:
    as_it_was = facts(file.path)

    def add(told: dict[str, Any]) -> None:
        told["moods"] = {"1": ["anything", None]}
        for table in told.values():
            for document in table.values():
                if isinstance(document, dict):
                    document["new"] = {"deeply": [1, 2.5, None]}

    edit_json(file, add)
    assert facts(file.path) == as_it_was


def test_facts_are_read_even_if_fields_for_words_hold_something_else(file: CircleFile) -> None:
    as_it_was = facts(file.path)

    def make_words_invalid(told: dict[str, Any]) -> None:
        told["covenants"] = "torn up"
        told["sessions"]["1"]["made"] = 7
        told["sessions"]["2"]["looked_back"]["worked"] = ["no", "text"]

    edit_json(file, make_words_invalid)
    assert facts(file.path) == as_it_was


# What cannot be read


def put(table: str, **fields: object) -> JSONEdit:
    return lambda told: told[table]["1"].update(fields)


INVALID: dict[str, tuple[JSONEdit, str]] = {
    "no circle": (lambda told: told.pop("circle"), "it has no circle in it"),
    "two circles": (
        lambda told: told["circle"].update({"2": told["circle"]["1"]}),
        "it has no circle in it",
    ),
    "newer": (
        put("circle", schema=99),
        "it was written by a newer circle-tui (schema 99; this one knows 1)",
    ),
    "newer, and of another shape": (
        lambda told: told.update(circle={"1": {"schema": 2, "called": "x"}}, members=[]),
        "it was written by a newer circle-tui (schema 2; this one knows 1)",
    ),
    "schema of nothing": (put("circle", schema=0), "it has no circle in it"),
    "schema in words": (put("circle", schema="one"), "it has no circle in it"),
    "no members": (lambda told: told.update(members={}), "wrong in members"),
    "members a list": (lambda told: told.update(members=[]), "wrong in members"),
    "a member twice": (put("members", id="m2"), "wrong in members"),
    "a member without id": (put("members", id=""), "wrong in members"),
    "a name of nothing": (put("members", name=" "), "wrong in members"),
    "a name too long": (put("members", name="x" * 500), "wrong in members"),
    "joined without offset": (put("members", joined="2026-03-05T10:00:00"), "wrong in members"),
    "joined when time began": (put("members", joined="0001-01-01T00:00:00Z"), "wrong in members"),
    "left when time ends": (put("members", left="9999-12-31T23:59:59Z"), "wrong in members"),
    "zone": (put("circle", zone="Atlantis"), "wrong in circle"),
    "zone a path": (put("circle", zone="../../etc/passwd"), "wrong in circle"),
    "first no date": (put("circle", first="soon"), "wrong in circle"),
    "format": (put("circle", format="choir"), "it uses a format"),
    "attendance a word": (put("sessions", attendance={"m1": "asleep"}), "wrong in sessions"),
    "attendance a list": (put("sessions", attendance=["m1"]), "wrong in sessions"),
    "attendance of nobody": (put("sessions", attendance={"": "late"}), "wrong in sessions"),
    "guests fewer than none": (put("sessions", guests=-1), "wrong in sessions"),
    "number of nothing": (put("sessions", number=0), "wrong in sessions"),
    "cycle a fraction": (put("sessions", cycle=1.5), "wrong in sessions"),
    "started no date": (put("sessions", started="then"), "wrong in sessions"),
    "started without offset": (put("sessions", started="2026-03-05T10:00:00"), "wrong in sessions"),
    "started when time began": (
        put("sessions", started="0001-01-01T00:00:00Z"),
        "wrong in sessions",
    ),
    "started when time ends": (
        put("sessions", started="9999-12-31T23:59:59-10:00"),
        "wrong in sessions",
    ),
    "next when time ends": (put("sessions", next="9999-12-31T23:59:59-10:00"), "wrong in sessions"),
    "a meeting twice": (
        lambda told: told["sessions"].update({"9": told["sessions"]["1"]}),
        "wrong in sessions, where an id stands twice",
    ),
    "an unknown choice": (put("sessions", looked_back={"choice": "fight"}), "wrong in sessions"),
    "planned when time ends": (
        put("cancelled", planned="9999-12-31T23:59:59Z"),
        "wrong in cancelled",
    ),
    "cancelled without offset": (put("cancelled", at="2026-03-05T10:00:00"), "wrong in cancelled"),
    "a cancelled one a text": (
        lambda told: told["cancelled"].update({"1": "off"}),
        "wrong in cancelled",
    ),
}


@pytest.mark.parametrize("invalid", INVALID)
def test_an_invalid_document_is_reported_in_one_line(file: CircleFile, invalid: str) -> None:
    change, said = INVALID[invalid]
    edit_json(file, change)
    before = folder_contents(file)
    assert said in reason(file.path)
    assert folder_contents(file) == before


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "it's damaged"),
        (b"\x00\xff\x00", "it's damaged"),
        (b"\xff\xfe{", "it's damaged"),
        (b"[" * 100_000, "it has no circle in it"),
        (b'{"circle": ' + b'{"1": ' * 100_000, "it's damaged"),
        (b'{"circle": {"1": {"schema": 1e999}}}', "it has no circle in it"),
        (b"[1, 2]", "it has no circle in it"),
        (b"null", "it has no circle in it"),
        (b'"\\ud800"', "it has no circle in it"),
        (b'{"_default": {"1": {"todo": "milk"}}}', "it has no circle in it"),
    ],
    ids=lambda said: repr(said[:24]),
)
def test_a_file_that_is_not_a_circle_is_reported_in_one_line(
    tmp_path: Path, raw: bytes, said: str
) -> None:
    path = tmp_path / "some.json"
    path.write_bytes(raw)
    assert reason(path) == said


def test_a_file_cut_off_anywhere_is_reported_as_damaged_and_not_partly_read(
    file: CircleFile, tmp_path: Path, full: bool
) -> None:
    whole = file.path.read_bytes().rstrip()
    torn = tmp_path / "torn.json"
    for end in range(0, len(whole), 1 if full else 37):
        torn.write_bytes(whole[:end])
        assert reason(torn) == "it's damaged", end


def test_a_missing_file_is_reported_in_one_line(tmp_path: Path, file: CircleFile) -> None:
    assert reason(tmp_path / "gone.json") == "there's nothing with that name"
    assert reason(file.path / "below.json") == "there's nothing with that name"


def test_a_pipe_is_reported_as_not_a_file_without_waiting_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    assert reason(pipe) == "it isn't a file"


def test_a_file_that_may_not_be_read_is_reported_in_one_line(
    file: CircleFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An administrator may read every file, so the refusal is simulated.
    def refuse(_path: Path, _how: int) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert reason(file.path) == "you aren't allowed to read it"


# Many files at once


@pytest.fixture(params=["quick", "slow"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A fast disk, and one that makes every read wait."""
    monkeypatch.setattr(attendance_reader, "_SLOW", inf if request.param == "quick" else -inf)
    return str(request.param)


def test_many_files_are_returned_in_the_order_given(
    tmp_path: Path, circle: Circle, disk: str
) -> None:
    paths = []
    for number in range(100):
        named = structs.replace(circle, name=f"Circle {number}")
        paths.append(CircleFile.create(tmp_path, named).path)
    paths[40].write_bytes(b"{")
    paths.reverse()
    read = list(attendance_reader.read_all(paths))
    assert [each.path for each in read] == paths
    assert [type(each) for each in read].count(UnreadableFile) == 1


def test_only_a_limited_number_of_files_is_read_ahead(file: CircleFile, disk: str) -> None:
    asked = []

    def paths() -> Any:
        for number in range(1000):
            asked.append(number)
            yield file.path

    reading = attendance_reader.read_all(paths())
    for _ in range(10):
        next(reading)
    assert len(asked) < 50
    reading.close()


def test_files_are_read_in_parallel_only_if_the_disk_is_slow(
    disk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[int] = []
    others = threading.Barrier(8, timeout=30)

    def read(path: Path) -> UnreadableFile:
        readers.append(threading.get_ident())
        if disk == "slow" and len(readers) > 1:
            # If only one file were read at a time, this would wait for ever.
            others.wait()
        return UnreadableFile(path, "it is only looked at")

    monkeypatch.setattr(attendance_reader, "read_facts", read)
    assert len(list(attendance_reader.read_all(map(Path, "abcdefghi")))) == 9
    assert len(set(readers)) == (1 if disk == "quick" else 9)
