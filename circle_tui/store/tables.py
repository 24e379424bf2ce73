"""A whole history as tables of a TinyDB file, and back.

Invariant: a document that still says what it said is left exactly as it stands, with all that a
newer version may have added to it; one that says something else keeps whatever in it is not ours.
What these functions write, they read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import structs

from circle_tui.core import text
from circle_tui.core.attendance.facts import Cancelled
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.state import Change, CheckIn, CircleState, Covenant, Trade, Win
from circle_tui.store import documents, record_documents

Tables = dict[str, dict[str, Any]]
_Value = TypeVar("_Value")

_IDS = {"id", "member", "commitment", "becomes"}


class _Table(NamedTuple):
    """One table: the values that belong in it, how one is told from another, read and written."""

    name: str
    values: Callable[[CircleState], Sequence[Any]]
    identity: Callable[[Any], object]
    write: Callable[[Any, Circle], dict[str, Any]]
    read: Callable[[Mapping[str, Any], str], Any]


def _written(value: Any, _circle: Circle) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for name in value.__struct_fields__:
        field = getattr(value, name)
        if hasattr(field, "tzinfo"):
            document[name] = documents.written(field)
        elif isinstance(field, dict):
            document[name] = {
                str(key): documents.written(each) if hasattr(each, "tzinfo") else each
                for key, each in field.items()
            }
        elif field is not None:
            document[name] = msgspec.to_builtins(field)
    return document


def _reader(shape: type[_Value]) -> Callable[[Mapping[str, Any], str], _Value]:
    def read(document: Mapping[str, Any], where: str) -> _Value:
        value = documents.typed(document, shape, where)
        changes: dict[str, Any] = {}
        for name in value.__struct_fields__:  # type: ignore[attr-defined]
            field = getattr(value, name)
            if field is None:
                continue
            if name in _IDS:
                documents.sound([field], where)
            elif name == "due":
                documents.sound_due(field, where)
            elif hasattr(field, "tzinfo"):
                changes[name] = documents.as_utc(field, where)
            elif name == "signatures":
                documents.sound(field, where)
                changes[name] = {who: documents.as_utc(at, where) for who, at in field.items()}
            elif isinstance(field, dict):
                changes[name] = {key: text.clean(each) for key, each in field.items()}
            elif type(field) is str:
                changes[name] = text.clean(field)
        read_back: _Value = structs.replace(value, **changes)  # type: ignore[type-var]
        return read_back

    return read


_TABLES = (
    _Table(
        "members",
        lambda history: history.circle.members,
        lambda member: member.id,
        lambda member, _: documents.member_document(member),
        documents.read_member,
    ),
    _Table(
        "sessions",
        lambda history: history.records,
        lambda record: record.id,
        record_documents.record_document,
        record_documents.read_record,
    ),
    *(
        _Table(name, values, identity, _written, _reader(shape))
        for name, values, identity, shape in (
            ("covenants", lambda h: h.covenants, lambda each: each.version, Covenant),
            ("changes", lambda h: h.changes, lambda each: each.commitment, Change),
            ("wins", lambda h: h.wins, lambda each: (each.commitment, each.day), Win),
            ("checkins", lambda h: h.checkins, lambda each: each.id, CheckIn),
            ("trades", lambda h: h.trades, lambda each: (each.week, each.member), Trade),
            ("cancelled", lambda h: h.cancelled, lambda each: each.id, Cancelled),
        )
    ),
)


class Stored(NamedTuple):
    """Tables as they stand, and what they say: the value of each document, by table and key."""

    tables: Mapping[str, Any]
    values: Mapping[str, Mapping[str, Any]]
    history: CircleState

    def saying(self, history: CircleState) -> Tables:
        """These tables, changed to say what `history` says; nothing of them is changed in place.

        Raises `SchemaError` where that could not be read back.
        """
        return _saying(self, history)


def stored(tables: object) -> Stored:
    """What is in `tables`. Raises `SchemaError`."""
    document = documents.circle_in(tables)
    assert isinstance(tables, dict)
    values = {
        table.name: dict(
            zip(
                tables.get(table.name, ()),
                map(table.read, *documents.documents_in(tables, table.name)),
                strict=True,
            )
        )
        for table in _TABLES
    }
    said = {name: tuple(found.values()) for name, found in values.items()}
    return Stored(tables, values, _history(document, said))


def read(tables: object) -> CircleState:
    """The history in `tables`. Raises `SchemaError`."""
    return stored(tables).history


def fresh(history: CircleState) -> Tables:
    """Tables that say what `history` says. Raises `SchemaError` if they could not be read back."""
    return _saying(None, history)


def _history(document: Mapping[str, Any], said: Mapping[str, tuple[Any, ...]]) -> CircleState:
    """The history of documents that were read one by one. Raises `SchemaError` where they clash."""
    circle = documents.read_circle(document, said["members"])
    records = record_documents.sound_records(said["sessions"])
    others = {table.name: said[table.name] for table in _TABLES[2:]}
    for table in _TABLES[2:]:
        documents.unique([table.identity(each) for each in others[table.name]], table.name)
    return CircleState(circle=circle, records=records, **others)


def _saying(before: Stored | None, history: CircleState) -> Tables:
    stands = {} if before is None else before.tables
    after: Tables = dict(stands)
    key, circle = next(iter(stands.get("circle", {"1": {}}).items()))
    was = {} if before is None else documents.circle_document(before.history.circle)
    after["circle"] = {key: _changed(circle, was, documents.circle_document(history.circle))}
    said = {}
    for table in _TABLES:
        found = {} if before is None else before.values[table.name]
        values = table.values(history)
        documents_now, said[table.name] = _documents(
            table, stands.get(table.name, {}), found, values, history.circle
        )
        if values or table.name in stands or table.name == "sessions":
            after[table.name] = documents_now
    _history(documents.circle_in(after), said)
    return after


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two files say the same with the same documents, in the same order."""
    return one == other and all(
        list(one.get(table.name, ())) == list(other.get(table.name, ())) for table in _TABLES
    )


def _documents(
    table: _Table,
    stands: Mapping[str, Any],
    found: Mapping[str, Any],
    values: Iterable[Any],
    circle: Circle,
) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """The documents for `values`, in their order, and what each of them will be read as."""
    places = {table.identity(value): key for key, value in found.items()}
    fresh = 1 + max(map(int, stands), default=0)
    now: dict[str, Any] = {}
    said = []
    for value in values:
        key = places.pop(table.identity(value), None)
        if key is not None and found[key] == value:
            now[key] = stands[key]
            said.append(value)
            continue
        document = table.write(value, circle)
        reads = table.read(document, table.name)
        said.append(reads)
        if key is None:
            now[str(fresh)] = document
            fresh += 1
        elif reads == found[key]:
            now[key] = stands[key]
        elif getattr(value, "forgotten", False):
            # Of somebody forgotten nothing stays, not even what a newer version knew of them.
            now[key] = document
        else:
            now[key] = _changed(stands[key], table.write(found[key], circle), document)
    return now, tuple(said)


def _changed(stands: Any, was: Any, now: Any) -> Any:
    """`stands`, which said `was`, changed to say `now`; what `was` does not know of stays."""
    if was == now:
        return stands
    if isinstance(now, dict) and isinstance(was, dict):
        changed = {name: field for name, field in stands.items() if name in now or name not in was}
        for name, field in now.items():
            if name not in was:
                changed[name] = field
            elif name in stands:
                changed[name] = _changed(stands[name], was[name], field)
            elif was[name] != field:
                changed[name] = field
        return changed
    earlier = _by_id(stands, was)
    if earlier:
        return [_changed(*earlier.get(each["id"], (each, each)), each) for each in now]
    return now


def _by_id(stands: Any, was: Any) -> dict[str, tuple[Any, Any]]:
    """Of a list of things that have ids, how each of them stands and what it said."""
    if not isinstance(was, list | tuple) or not all(isinstance(each, dict) for each in was):
        return {}
    pairs = {said["id"]: (each, said) for each, said in zip(stands, was, strict=True)}
    return pairs if len(pairs) == len(was) else {}
