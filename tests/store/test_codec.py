"""The codec checks values by the kinds of their fields, whatever a file's layout and schema."""

import json
from typing import Any

import pytest
from msgspec import Struct, inspect

from circle_tui.core.circle.state import CircleState
from circle_tui.core.fields import KIND, Id, Moment, Name, Words
from circle_tui.store import attendance_reader
from circle_tui.store.attendance_reader import LoadedFacts
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec import file_contents, schema, values
from circle_tui.store.codec.file_contents import decode, encode
from circle_tui.store.errors import SchemaError

from .full_state import edit_json, read_json

CHECKED_AGAINST_A_LIST = {("Circle", "format"), ("Circle", "zone")}
"""These texts must be one of a known set."""


class Mood(Struct, frozen=True):
    """A value as a later version may have it."""

    id: Id
    who: Name
    at: Moment
    words: Words
    more: dict[Id, tuple[Words, ...]] = {}


def unmarked(info: inspect.Type, at: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """The text fields whose type does not say what kind of text they hold."""
    match info:
        case inspect.Metadata(extra=extra) if extra and KIND in extra:
            return set()
        case inspect.StrType():
            return {at}
        case inspect.StructType(cls=shape, fields=fields):
            found = [unmarked(each.type, (shape.__name__, each.name)) for each in fields]
        case inspect.VarTupleType(item_type=item):
            found = [unmarked(item, at)]
        case inspect.TupleType(item_types=types) | inspect.UnionType(types=types):
            found = [unmarked(each, at) for each in types]
        case inspect.DictType(key_type=keys, value_type=held):
            found = [unmarked(keys, at), unmarked(held, at)]
        case _:
            found = []
    return set().union(*found)


def test_every_stored_text_field_says_what_kind_of_text_it_holds() -> None:
    assert unmarked(inspect.type_info(CircleState)) == CHECKED_AGAINST_A_LIST


def test_a_value_of_any_type_is_cleaned_and_checked_by_the_kinds_of_its_fields() -> None:
    document = {
        "id": "m1",
        "who": "Ana\x07",
        "at": "2026-03-05T11:00:00+01:00",
        "words": "a\u202e  b",
        "more": {"x": ["\x1b[2J", "b"]},
    }
    mood = values.convert(document, Mood, "moods")
    assert (mood.who, mood.words, mood.more) == ("Ana", "a b", {"x": ("[2J", "b")})
    assert mood.at.isoformat() == "2026-03-05T10:00:00+00:00"
    raw = json.dumps(document).encode()
    assert values.decode(raw, Mood, "moods") == mood


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": ""}, "moods, where an id is empty"),
        ({"more": {"\x07": []}}, "moods, where an id is empty"),
        ({"who": " "}, "moods, “who”"),
        ({"at": "2026-03-05T10:00:00"}, "moods, “at”"),
        ({"words": 3}, "moods, “words”"),
    ],
)
def test_a_value_that_its_field_cannot_hold_is_reported(changes: dict[str, Any], said: str) -> None:
    document = {"id": "m1", "who": "Ana", "at": "2026-03-05T10:00:00Z", "words": "", **changes}
    with pytest.raises(SchemaError, match=said):
        values.convert(document, Mood, "moods")
    with pytest.raises(SchemaError, match=said):
        values.decode(json.dumps(document).encode(), Mood, "moods")


def test_a_file_is_read_alike_whatever_its_layout(
    file: CircleFile, full_state: CircleState
) -> None:
    raw = file.path.read_bytes()
    for laid_out in (raw, json.dumps(json.loads(raw)).encode(), raw.replace(b"\n", b"\r\n")):
        assert decode(laid_out).state == full_state
        assert decode(laid_out).to_bytes() == raw


@pytest.mark.parametrize("damage", [b"{", b'{"a": \xff}', b'{"a": 1} 2'])
def test_invalid_json_in_an_unknown_table_counts_as_damage(file: CircleFile, damage: bytes) -> None:
    edit_json(file, lambda found: found.update(later={"1": {"here": 1}}))
    whole = decode(file.path.read_bytes()).to_bytes()
    with pytest.raises(ValueError, match=r".+"):
        decode(whole.replace(b'{"here": 1}', damage))


def test_a_file_of_an_older_schema_is_upgraded_at_its_next_write(
    file: CircleFile, full_state: CircleState, monkeypatch: pytest.MonkeyPatch
) -> None:
    def upgrade_to_capitals(tables: dict[str, Any]) -> dict[str, Any]:
        ((key, circle),) = tables["circle"].items()
        return {**tables, "circle": {key: {**circle, "schema": 2, "name": circle["name"].upper()}}}

    for module in (schema, file_contents, attendance_reader):
        monkeypatch.setattr(module, "SCHEMA", 2)
    monkeypatch.setattr("circle_tui.store.codec.circle_document.SCHEMA", 2)
    monkeypatch.setitem(schema.UPGRADES, 1, upgrade_to_capitals)
    before = file.path.read_bytes()
    file = CircleFile(file.path)
    state = file.read()
    assert state.circle.name == "HARBOUR"
    assert state.records == full_state.records
    assert file.path.read_bytes() == before
    found = attendance_reader.read_facts(file.path)
    assert isinstance(found, LoadedFacts)
    assert found.facts.circle.name == "HARBOUR"
    file.save(encode(full_state, decode(before)).state)
    assert read_json(file)["circle"]["1"]["schema"] == 2
