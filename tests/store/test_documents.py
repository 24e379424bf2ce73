"""A file's content may come from other programs: it is checked, and what we write can be read."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError

RecordOf = Callable[..., MeetingRecord]


@pytest.fixture
def file(tmp_path: Path, circle: Circle) -> CircleFile:
    return CircleFile.create(tmp_path / "sessions", circle)


def edit(file: CircleFile, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Edit the file's JSON from outside, and return it."""
    tables = json.loads(file.path.read_bytes())
    change(tables)
    file.path.write_text(json.dumps(tables), encoding="ascii")
    return file.path.read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# What other programs wrote


def test_unknown_fields_and_tables_survive(file: CircleFile, record_of: RecordOf) -> None:
    file.add(record_of(1))
    file.add(record_of(2))
    unknown = {"later": [1.5, {"x": None}]}

    def add_unknown(tables: dict[str, Any]) -> None:
        tables["moods"] = {"words as key": unknown}
        tables["mood"] = 3
        tables["_default"] = {}
        tables["circle"]["1"].update(unknown)
        tables["circle"]["1"]["rhythm"].update(unknown)
        tables["members"]["2"].update(unknown)
        tables["sessions"]["1"].update(unknown)
        tables["sessions"]["1"]["made"][0].update(unknown)

    edit(file, add_unknown)
    expected = json.loads(file.path.read_bytes())
    file.add(record_of(1))
    assert json.loads(file.path.read_bytes()) == expected
    file.add(structs.replace(record_of(1), guests=2))
    expected["sessions"]["1"]["guests"] = 2
    assert json.loads(file.path.read_bytes()) == expected
    file.add(record_of(3))
    written = json.loads(file.path.read_bytes())
    assert written["sessions"].pop("3")["id"] == "meeting-3"
    assert written["continuity"].pop("3")["meeting"] == "meeting-3"
    assert written == expected


def test_a_newer_schema_is_refused_and_not_a_byte_changed(
    file: CircleFile, record_of: RecordOf
) -> None:
    before = edit(file, lambda tables: tables["circle"]["1"].update(schema=3, name=["new kind"]))
    for action in (file.read, lambda: file.add(record_of(1))):
        with pytest.raises(
            LoadError,
            match=r"harbour\.json was written by a newer circle-tui "
            r"\(schema 3; this one knows 1\): update circle-tui to open it\.$",
        ):
            action()
    assert file.path.read_bytes() == before
    assert names(file.path.parent) == ["harbour.json"]


def test_a_missing_optional_field_gets_its_default(file: CircleFile, record_of: RecordOf) -> None:
    file.add(record_of(1))

    def remove(tables: dict[str, Any]) -> None:
        for field in ("digits", "bell", "overtime"):
            del tables["circle"]["1"][field]
        for field in ("opener", "order", "guests", "made", "answered", "next", "reaches_out"):
            del tables["sessions"]["1"][field]

    edit(file, remove)
    (record,) = file.read().records
    assert (record.opener, record.order, record.guests, record.next) == (None, (), 0, None)
    assert (record.made, record.answered, record.reaches_out) == ((), (), {})
    edit(file, lambda tables: tables.pop("sessions"))
    assert file.read().records == ()
    file.add(record_of(2))
    assert file.read().records == (record_of(2),)


def test_members_sit_in_their_order_in_the_file(file: CircleFile, circle: Circle) -> None:
    def reverse(tables: dict[str, Any]) -> None:
        tables["members"] = dict(reversed(tables["members"].items()))

    edit(file, reverse)
    assert file.read().circle.members == circle.members[::-1]


def test_hostile_text_in_a_file_is_cleaned(file: CircleFile, record_of: RecordOf) -> None:
    file.add(record_of(1))

    def add_escapes(tables: dict[str, Any]) -> None:
        tables["circle"]["1"]["name"] = "\x1b[31mHar\u202ebour\ud800 \n"
        tables["members"]["1"]["name"] = "\u200bAna\x07\t"
        tables["sessions"]["1"]["made"][0]["text"] = "a\0\r\n b\x9b2J"
        tables["sessions"]["1"]["answered"][0]["got_in_the_way"] = "\u2066x\ue000"

    edit(file, add_escapes)
    contents = file.read()
    assert contents.circle.name == "[31mHarbour"
    assert contents.circle.members[0].name == "Ana"
    assert contents.records[0].made[0].text == "a b2J"
    assert contents.records[0].answered[0].got_in_the_way == "x"


def replace(table: str, **fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda tables: tables[table]["1"].update(fields)


SECRET = "secret words"
WRONG: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "no circle table": (lambda t: t.pop("circle"), "has no circle in it"),
    "empty circle table": (lambda t: t["circle"].clear(), "has no circle in it"),
    "two circles": (lambda t: t["circle"].update({"2": {}}), "has no circle in it"),
    "circle a text": (lambda t: t.update(circle=SECRET), "has no circle in it"),
    "no schema": (lambda t: t["circle"]["1"].pop("schema"), "has no circle in it"),
    "schema a bool": (replace("circle", schema=True), "has no circle in it"),
    "schema a text": (replace("circle", schema=SECRET), "has no circle in it"),
    "schema 0": (replace("circle", schema=0), "has no circle in it"),
    "name a number": (replace("circle", name=3), "circle, “name”"),
    "name of nothing": (replace("circle", name="\u200b \x07"), "circle, “name”"),
    "name too wide": (replace("circle", name=SECRET * 9), "circle, “name”"),
    "no zone": (lambda t: t["circle"]["1"].pop("zone"), "circle, “zone”"),
    "unknown zone": (replace("circle", zone=SECRET), "circle, “zone”"),
    "zone a path": (replace("circle", zone="../../etc/passwd"), "circle, “zone”"),
    "zone a folder": (replace("circle", zone="Europe"), "circle, “zone”"),
    "unknown format": (
        replace("circle", format=SECRET),
        "a format that this circle-tui doesn't know",
    ),
    "no time": (replace("circle", share_seconds=0), "circle, “share_seconds”"),
    "a float": (replace("circle", length_seconds=3600.0), "circle, “length_seconds”"),
    "much time": (replace("circle", length_seconds=10**30), "circle, “length_seconds”"),
    "a flag in words": (replace("circle", bell=SECRET), "circle, “bell”"),
    "rhythm of nothing": (
        replace("circle", rhythm={"every": 0, "unit": "week"}),
        "circle, “rhythm”",
    ),
    "unknown unit": (replace("circle", rhythm={"every": 1, "unit": SECRET}), "circle, “rhythm”"),
    "no cycle": (replace("circle", cycle=0), "circle, “cycle”"),
    "first no date": (replace("circle", first=SECRET), "circle, “first”"),
    "first with offset": (replace("circle", first="2026-03-05T10:00Z"), "circle, “first”"),
    "first out of reach": (
        replace("circle", first="0001-01-01T00:00", zone="Asia/Tokyo"),
        "circle, “first”",
    ),
    "no members": (lambda t: t.pop("members"), "members"),
    "members a list": (lambda t: t.update(members=[]), "members"),
    "a key no number": (lambda t: t["members"].update({"x": {}}), "members"),
    "two keys of one number": (
        lambda t: t["members"].update({"01": {**t["members"]["1"], "id": "m9"}}),
        "members",
    ),
    "a member a text": (lambda t: t["members"].update({"1": SECRET}), "members"),
    "member without name": (replace("members", name=" "), "members, document 1"),
    "member id empty": (replace("members", id=""), "members, document 1"),
    "member id twice": (replace("members", id="m2"), "members, where an id stands twice"),
    "joined without offset": (
        replace("members", joined="2026-03-05T10:00:00"),
        "document 1, “joined”",
    ),
    "sessions a list": (lambda t: t.update(sessions=[]), "sessions"),
    "number a text": (replace("sessions", number="1"), "sessions, document 1, “number”"),
    "number 0": (replace("sessions", number=0), "sessions, document 1"),
    "less than no guests": (replace("sessions", guests=-1), "sessions, document 1"),
    "unknown attendance": (
        replace("sessions", attendance={"m1": SECRET}),
        "document 1, “attendance”",
    ),
    "no attendance": (lambda t: t["sessions"]["1"].pop("attendance"), "document 1, “attendance”"),
    "started no date": (replace("sessions", started=SECRET), "document 1, “started”"),
    "ended without offset": (
        replace("sessions", ended="2026-03-05T10:00:00"),
        "sessions, document 1",
    ),
    "next out of reach": (
        replace("sessions", next="0001-01-01T00:00:00+12:00"),
        "sessions, document 1",
    ),
    "id empty": (replace("sessions", id=""), "sessions, document 1"),
    "id of nothing": (replace("sessions", id="\ud800"), "sessions, document 1"),
    "id twice": (
        lambda t: t["sessions"].update({"2": {**t["sessions"]["1"], "number": 2, "made": []}}),
        "sessions, where an id stands twice",
    ),
    "opener empty": (replace("sessions", opener=""), "sessions, document 1"),
    "nobody in the order": (replace("sessions", order=["\x07"]), "sessions, document 1"),
    "attendance of nobody": (
        replace("sessions", attendance={"": "present"}),
        "sessions, document 1",
    ),
    "nobody reaches out": (replace("sessions", reaches_out={"m1": ""}), "sessions, document 1"),
    "due whenever": (
        replace("sessions", made=[{"id": "c1", "member": "m1", "text": "", "due": SECRET}]),
        "document 1, “made”",
    ),
    "commitment id twice": (
        replace("sessions", made=[{"id": "c1", "member": "m1", "text": ""}] * 2),
        "commitments, where an id stands twice",
    ),
    "unknown outcome": (
        replace("sessions", answered=[{"id": "c0", "outcome": SECRET}]),
        "“answered”",
    ),
    "becomes nothing": (
        replace("sessions", answered=[{"id": "c0", "outcome": "kept", "becomes": ""}]),
        "sessions, document 1",
    ),
}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG)
def test_an_invalid_value_is_reported_without_quoting_it_and_nothing_is_written(
    file: CircleFile, record_of: RecordOf, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    file.add(record_of(1))
    file.path.with_name("harbour.json.bak").unlink()
    before = edit(file, change)
    for action in (file.read, lambda: file.add(record_of(9))):
        with pytest.raises(LoadError) as trouble:
            action()
        assert said in str(trouble.value)
        assert "secret" not in str(trouble.value)
        assert str(trouble.value).startswith(str(file.path))
        assert str(trouble.value).endswith(".")
    assert file.path.read_bytes() == before
    assert names(file.path.parent) == ["harbour.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"circle": {"1": {"schema": 1',
        b"\xff\xfe\xfd",
        b"[" * 100_000,
        b"1" * 5000,
        b'{"sessions": "secret',
        b"\xef\xbb\xbf",
    ],
)
def test_the_error_for_a_damaged_file_mentions_the_backup(
    file: CircleFile, record_of: RecordOf, content: bytes
) -> None:
    file.add(record_of(1))
    before = file.path.with_name("harbour.json.bak")
    file.path.write_bytes(content)
    for action in (file.read, lambda: file.add(record_of(2))):
        with pytest.raises(
            LoadError,
            match=r"harbour\.json is damaged: copy harbour\.json\.bak over it: "
            r"that's the previous version, and it's fine\.$",
        ):
            action()
        assert file.path.read_bytes() == content
    before.write_bytes(content)
    with pytest.raises(LoadError, match="is damaged: bring back a copy of your own"):
        file.read()
    before.unlink()
    with pytest.raises(LoadError, match="is damaged: bring back a copy of your own"):
        file.read()


@pytest.mark.parametrize("content", [b"[]", b"null", b'"text"', b"3", b"{}", b'{"_default": {}}'])
def test_other_json_is_not_read_as_a_circle(file: CircleFile, content: bytes) -> None:
    file.path.write_bytes(content)
    with pytest.raises(LoadError, match=r"has no circle in it: choose another file"):
        file.read()


def test_the_error_for_a_file_that_cannot_be_opened_gives_the_reason(
    tmp_path: Path, file: CircleFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(LoadError, match=r"There's no file .*gone\.json"):
        CircleFile(tmp_path / "gone.json").read()
    with pytest.raises(LoadError, match="There's no file"):
        CircleFile(file.path / "below.json").read()
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(LoadError, match=r"folder\.json isn't a file"):
        CircleFile(tmp_path / "folder.json").read()
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(LoadError, match=r"pipe\.json isn't a file"):
        CircleFile(tmp_path / "pipe.json").read()
    (tmp_path / "loop.json").symlink_to("loop.json")
    with pytest.raises(LoadError, match="a link that leads nowhere"):
        CircleFile(tmp_path / "loop.json").read()

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(LoadError, match=r"harbour\.json can't be read"):
        file.read()


def test_control_characters_of_a_path_are_not_printed_in_errors(tmp_path: Path) -> None:
    with pytest.raises(LoadError) as trouble:
        CircleFile(tmp_path / "a\x1b[2J\udcff\nb.json").read()
    assert str(trouble.value).isprintable()
