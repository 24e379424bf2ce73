"""A circle's whole file: its documents, their values, and the state made of these.

Invariant: a document whose value has not changed keeps its exact text. A document that changes
keeps the fields that this version does not know. `decode` reads everything that `encode` writes.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from circle_tui.core.attendance.facts import Cancelled, Trade, sort_by_number
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.record import (
    CommitmentResult,
    MeetingRecord,
    NewCommitment,
    Retrospective,
)
from circle_tui.core.circle.state import (
    Change,
    CheckIn,
    CircleState,
    ContinuityLink,
    Covenant,
    Win,
)
from circle_tui.core.contracts.contract import Contract, Judging
from circle_tui.store.codec import contract_documents, values
from circle_tui.store.codec.circle_document import (
    WordedCircleDocument,
    circle_of,
    encode_circle,
    zone_named,
)
from circle_tui.store.codec.facts_heading import is_facts, not_the_circle
from circle_tui.store.codec.json_text import Lines, encode_json, join, lines_of, parse, split
from circle_tui.store.codec.merging import merge
from circle_tui.store.codec.schema import SCHEMA, check_schema, not_a_circle, upgrade
from circle_tui.store.codec.values import Layout, check_unique, invalid_field


class _Table(Struct, frozen=True):
    """One table: the type of its values, where the state has them, and what identifies each."""

    name: str
    shape: type[Any]
    values: Callable[[CircleState], Sequence[Any]]
    identity: Callable[[Any], object]


_TABLES = (
    _Table("members", Member, lambda state: state.circle.members, lambda member: member.id),
    _Table("sessions", MeetingRecord, lambda state: state.records, lambda record: record.id),
    _Table("covenants", Covenant, lambda state: state.covenants, lambda each: each.version),
    _Table("changes", Change, lambda state: state.changes, lambda each: each.commitment),
    _Table("wins", Win, lambda state: state.wins, lambda each: (each.commitment, each.day)),
    _Table("checkins", CheckIn, lambda state: state.checkins, lambda each: each.id),
    _Table("trades", Trade, lambda state: state.trades, lambda each: (each.week, each.member)),
    _Table(
        "contracts",
        Contract,
        lambda state: state.contracts,
        lambda each: (each.contract, each.version),
    ),
    _Table("judgings", Judging, lambda state: state.judgings, lambda each: each.id),
    _Table("cancelled", Cancelled, lambda state: state.cancelled, lambda each: each.id),
    _Table("continuity", ContinuityLink, lambda state: state.continuity, lambda link: link.place),
)

_LAYOUTS = {
    Member: Layout(sparse=frozenset({"forgotten"})),
    MeetingRecord: Layout(
        # In the order that helps a person who reads the file.
        order=(
            *("id", "number", "cycle", "started", "ended", "opener", "order", "attendance"),
            *("guests", "made", "answered", "next", "reaches_out", "reached"),
            *("looked_back", "vitality", "passed_up"),
        ),
        null=frozenset({"opener", "next"}),
        sparse=frozenset({"reached", "passed_up"}),
        local=frozenset({"next"}),
    ),
    NewCommitment: Layout(sparse=frozenset({"daily"})),
    ContinuityLink: Layout(sparse=frozenset({"corrected"})),
    CommitmentResult: Layout(sparse=frozenset({"got_in_the_way"})),
    Retrospective: Layout(order=("worked", "change", "choice")),
    **contract_documents.LAYOUTS,
}


class FileContents(Struct, frozen=True):
    """The text of each document in a file, its value by table and key, and the whole state."""

    lines: Lines
    values: Mapping[str, Mapping[str, Any]]
    state: CircleState

    def to_bytes(self) -> bytes:
        """The whole file."""
        return join(self.lines)

    def same_documents(self, other: "FileContents") -> bool:
        """Whether both hold the same documents in the same order."""
        return self.lines == other.lines and all(
            list(self.lines.get(table.name, ())) == list(other.lines.get(table.name, ()))
            for table in _TABLES
        )


def decode(raw: bytes) -> FileContents:
    """The contents of a file. Raises `SchemaError`, or `ValueError` if it is not JSON."""
    if is_facts(raw):
        raise not_the_circle()
    lines = split(raw) if raw.isascii() else None
    if lines is not None:
        # If a document is not JSON by itself, fall back to parsing the file as a whole.
        with suppress(ValueError):
            if check_schema(_circle_in(lines).get("schema")) == SCHEMA:
                return _decode_lines(lines)
    tables = parse(raw)
    if not isinstance(tables, dict):
        raise not_a_circle()
    schema = check_schema(_circle_document(tables).get("schema"))
    return _decode_lines(lines_of(upgrade(tables, schema)))


def encode(state: CircleState, before: FileContents | None = None) -> FileContents:
    """The contents of a file for `state`; `before` is what the file has now, None for a new file.

    The returned state is the one that will be read back: with words cleaned and moments in whole
    seconds. Raises `SchemaError` if it could not be read back.
    """
    lines: Lines = {} if before is None else dict(before.lines)
    lines["circle"] = _encode_circle(state, before)
    zone, known = zone_named(state.circle.zone), {}
    for table in _TABLES:
        stands = lines.get(table.name, {})
        found = {} if before is None else before.values[table.name]
        assert isinstance(stands, dict)
        wanted = table.values(state)
        if before is not None and table.values(before.state) is wanted:
            known[table.name] = found
            continue
        stands, known[table.name] = _encode_table(table, stands, found, wanted, zone)
        if wanted or table.name in lines or table.name == "sessions":
            lines[table.name] = stands
    return FileContents(lines, known, _state(lines, known, before))


def encode_tables(state: CircleState) -> dict[str, list[Any]]:
    """The documents of `state` by table, as a new file would hold them."""
    zone = zone_named(state.circle.zone)
    return {
        "circle": [encode_circle(state.circle)],
        **{
            table.name: [values.encode(value, _LAYOUTS, zone) for value in table.values(state)]
            for table in _TABLES
        },
    }


def _encode_circle(state: CircleState, before: FileContents | None) -> dict[str, bytes]:
    now = encode_circle(state.circle)
    if before is None:
        return {"1": encode_json(now)}
    table = before.lines["circle"]
    assert isinstance(table, dict)
    ((key, line),) = table.items()
    was = encode_circle(before.state.circle)
    return table if was == now else {key: encode_json(merge(parse(line), was, now))}


def _encode_table(
    table: _Table,
    stands: Mapping[str, bytes],
    found: Mapping[str, Any],
    wanted: Sequence[Any],
    zone: ZoneInfo,
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The documents for the `wanted` values, in their order, and the value of each as read back."""
    changed = _changed_in_place(table, found, wanted)
    if changed is not None:
        lines, known = dict(stands), dict(found)
        for key, value in changed.items():
            lines[key], known[key] = _encode_document(table, value, stands[key], found[key], zone)
        return lines, known
    keys: dict[object, str] = {table.identity(value): key for key, value in found.items()}
    fresh = 1 + max(map(int, stands), default=0)
    lines, known = {}, {}
    for value in wanted:
        if table.identity(value) not in keys:
            key, fresh = str(fresh), fresh + 1
            lines[key], known[key] = _encode_document(table, value, None, None, zone)
            continue
        key = keys.pop(table.identity(value))
        if found[key] is value or found[key] == value:
            lines[key], known[key] = stands[key], found[key]
        else:
            lines[key], known[key] = _encode_document(table, value, stands[key], found[key], zone)
    return lines, known


def _changed_in_place(
    table: _Table, found: Mapping[str, Any], wanted: Sequence[Any]
) -> dict[str, Any] | None:
    """The changed values by key; None if any value was added, removed or moved."""
    if len(found) != len(wanted):
        return None
    changed = {}
    for (key, was), value in zip(found.items(), wanted, strict=True):
        if was is not value:
            if table.identity(was) != table.identity(value):
                return None
            if was != value:
                changed[key] = value
    return changed


def _encode_document(
    table: _Table, value: Any, line: bytes | None, was: Any, zone: ZoneInfo
) -> tuple[bytes, Any]:
    """The document for `value`, and the value as it will be read back.

    `line` and `was` are the document that it replaces and its value; None for a new document.
    """
    document = values.encode(value, _LAYOUTS, zone)
    reads = values.convert(document, table.shape, table.name)
    if line is not None and reads == was:
        return line, was
    if line is None or getattr(value, "forgotten", False):
        # Nothing stays of a forgotten member, not even what a newer version knew of them.
        return encode_json(document), reads
    return encode_json(merge(parse(line), values.encode(was, _LAYOUTS, zone), document)), reads


def _decode_lines(lines: Lines) -> FileContents:
    """Raises `SchemaError`, or `ValueError` for a document that is not JSON."""
    names = {table.name: table.shape for table in _TABLES}
    known = {}
    for name, shape in names.items():
        documents = lines.get(name, {})
        if not isinstance(documents, dict) or not all(map(_is_key, documents)):
            raise invalid_field(name)
        known[name] = {
            key: values.decode(line, shape, f"{name}, document {key}")
            for key, line in documents.items()
        }
    for name in lines.keys() - names - {"circle"}:
        _check_json(lines[name])
    return FileContents(lines, known, _state(lines, known, None))


def _is_key(key: str) -> bool:
    # TinyDB reads "1" and "01" as the same key, and would lose a document.
    return key.isascii() and key.isdecimal() and key[0] != "0" and len(key) <= 18


def _check_json(documents: bytes | Mapping[str, bytes]) -> None:
    """Raises `ValueError` if a document in a table that this version does not know is not JSON."""
    for line in (documents,) if isinstance(documents, bytes) else documents.values():
        parse(line)


def _circle_in(lines: Lines) -> dict[str, Any]:
    table = lines.get("circle")
    if not isinstance(table, dict):
        raise not_a_circle()
    return _circle_document({"circle": {key: parse(line) for key, line in table.items()}})


def _circle_document(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The one document of the circle itself. Raises `SchemaError`."""
    table = tables.get("circle")
    if isinstance(table, dict) and len(table) == 1:
        (document,) = table.values()
        if isinstance(document, dict):
            return document
    raise not_a_circle()


def _state(
    lines: Lines, known: Mapping[str, Mapping[str, Any]], before: FileContents | None
) -> CircleState:
    """The state made of all values. Raises `SchemaError` if they contradict each other."""
    found: dict[str, tuple[Any, ...]] = {}
    for table in _TABLES:
        if before is not None and known[table.name] is before.values[table.name]:
            found[table.name] = tuple(table.values(before.state))
            continue
        found[table.name] = tuple(known[table.name].values())
        check_unique([table.identity(each) for each in found[table.name]], table.name)
        if table.shape is MeetingRecord:
            found[table.name] = sort_by_number(found[table.name])
            ids = [made.id for record in found[table.name] for made in record.made]
            check_unique(ids, "commitments")
    document = values.convert(_circle_in(lines), WordedCircleDocument, "circle")
    circle = circle_of(document, found.pop("members"))
    if found["contracts"] or found["judgings"]:
        contract_documents.check(circle, known["contracts"], known["judgings"])
    return CircleState(circle=circle, records=found.pop("sessions"), **found)
