"""How a circle and its records look as documents, and what a document must be to become one.

Law: what is read is data from outside. Types are strict; ids are clean, unique and not empty;
names and words go through `core.text`; missing optional fields get their defaults; unknown fields
are passed over here, and left where they are by whoever writes. What these functions write, they
read. Times are ISO-8601 with whole seconds, lengths whole seconds.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct, structs

from circle_tui.core import cadence, text
from circle_tui.core.circle import FORMATS, Circle, Member, Rhythm
from circle_tui.core.record import Record
from circle_tui.core.refused import Refused

SCHEMA = 1

_Document = TypeVar("_Document")
_Seconds = Annotated[int, Meta(ge=1, le=24 * 60 * 60)]
_Moment = Annotated[datetime, Meta(tz=True)]
_OPTIONAL: dict[str, Any] = {
    "opener": None,
    "order": (),
    "guests": 0,
    "made": (),
    "answered": (),
    "next": None,
    "reaches_out": {},
}


class Misfit(Exception):  # noqa: N818 - it is an answer, as `Refused` is
    """These tables are no circle. `str()` goes on from the file's name, up to the advice.

    `advice` is what to do, or None where an earlier version may help.
    """

    def __init__(self, what: str, advice: str | None = None) -> None:
        super().__init__(what)
        self.advice = advice


class _Rhythm(Struct):
    every: Annotated[int, Meta(ge=1, le=1000)]
    unit: Literal["day", "week", "month"]


class _Circle(Struct):
    name: str
    format: str
    share_seconds: _Seconds
    length_seconds: _Seconds
    response_seconds: Annotated[int, Meta(ge=0, le=60 * 60)]
    rhythm: _Rhythm
    cycle: Annotated[int, Meta(ge=1, le=10_000)]
    first: str
    zone: str
    digits: bool = False
    bell: bool = False
    overtime: bool = False
    sample: bool = False


class _Member(Struct):
    id: str
    name: str
    joined: _Moment


def tables_of(circle: Circle) -> dict[str, dict[str, Any]]:
    """All tables of a circle that has not met yet."""
    return {
        "circle": {"1": _circle_document(circle)},
        "members": {
            str(seat): {"id": member.id, "name": member.name, "joined": _utc(member.joined)}
            for seat, member in enumerate(circle.members, 1)
        },
        "sessions": {},
    }


def _circle_document(circle: Circle) -> dict[str, Any]:
    document = {
        "schema": SCHEMA,
        "name": circle.name,
        "format": circle.format,
        "share_seconds": _seconds(circle.share),
        "length_seconds": _seconds(circle.length),
        "response_seconds": _seconds(circle.response),
        "rhythm": {"every": circle.rhythm.every, "unit": circle.rhythm.unit},
        "cycle": circle.cycle,
        "first": circle.first.isoformat(timespec="seconds" if circle.first.second else "minutes"),
        "zone": circle.zone,
        "digits": circle.digits,
        "bell": circle.bell,
        "overtime": circle.overtime,
    }
    return {**document, "sample": True} if circle.sample else document


def document_of(record: Record, circle: Circle) -> dict[str, Any]:
    """A record as one document; `next` is written with the offset of the circle's zone."""
    document: dict[str, Any] = msgspec.to_builtins(record)
    document["started"] = _utc(record.started)
    document["ended"] = _utc(record.ended)
    document["next"] = None if record.next is None else _local(record.next, circle.tz)
    return document


def _seconds(length: timedelta) -> int:
    return int(length / timedelta(seconds=1))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _local(moment: datetime, zone: ZoneInfo) -> str:
    try:
        local = moment.astimezone(zone).replace(microsecond=0)
    except OverflowError:
        return _utc(moment)
    # ISO-8601 has no offsets of seconds, as local time before 1972 may have.
    return _utc(moment) if (local.utcoffset() or timedelta()).seconds % 60 else local.isoformat()


def read_tables(tables: object) -> tuple[Circle, tuple[Record, ...]]:
    """The circle in `tables`, and its records by number. Raises `Misfit`."""
    circle_table = tables.get("circle") if isinstance(tables, dict) else None
    document = _only(circle_table)
    schema = document.get("schema")
    if not isinstance(tables, dict) or type(schema) is not int or schema < 1:
        raise _foreign()
    if schema > SCHEMA:
        raise Misfit(
            f"was written by a newer circle-tui (schema {schema}; this one knows {SCHEMA})",
            "update circle-tui to open it",
        )
    circle = _circle(document, tuple(map(_member, *_documents(tables, "members"))))
    records = read_records(map(_record, *_documents(tables, "sessions")))
    return circle, records


def read_record(document: Mapping[str, Any]) -> Record:
    """The record that a document of ours is read back as. Raises `Misfit`."""
    return _record(document, "sessions")


def read_records(found: Iterable[Record]) -> tuple[Record, ...]:
    """`found`, oldest first by number, if no id stands for two things. Raises `Misfit`."""
    records = tuple(sorted(found, key=lambda record: record.number))
    _unique([record.id for record in records], "sessions")
    _unique([made.id for record in records for made in record.made], "commitments")
    return records


def _foreign() -> Misfit:
    return Misfit("holds no circle of circle-tui's", "choose another file")


def _only(table: object) -> Mapping[str, Any]:
    if isinstance(table, dict) and len(table) == 1:
        (document,) = table.values()
        if isinstance(document, dict):
            return document
    raise _foreign()


def _documents(
    tables: Mapping[str, Any], name: str
) -> tuple[tuple[Mapping[str, Any], ...], tuple[str, ...]]:
    """The documents of a table in the order of the file, and where each of them stands."""
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise _amiss(name)
    for key, document in table.items():
        # TinyDB would fold "1" and "01" into one, and lose a document.
        if not re.fullmatch("[1-9][0-9]{0,17}", key) or not isinstance(document, dict):
            raise _amiss(name)
    return tuple(table.values()), tuple(f"{name}, document {key}" for key in table)


def _amiss(where: str) -> Misfit:
    return Misfit(f"has something amiss in {where}")


def _typed(document: object, shape: type[_Document], where: str) -> _Document:
    try:
        return msgspec.convert(document, shape)
    except msgspec.ValidationError as error:
        # Only the place: the message itself may quote what stands there.
        at = re.search(r"at `\$\.(\w+)", str(error)) or re.search(r"field `(\w+)`", str(error))
        raise _amiss(f"{where}, “{at[1]}”" if at else where) from None


def _circle(document: Mapping[str, Any], members: Sequence[Member]) -> Circle:
    stored = _typed(document, _Circle, "circle")
    if stored.format not in FORMATS:
        raise Misfit(
            "follows a format that this circle-tui does not know",
            "update circle-tui, or correct the format in an editor",
        )
    if not members:
        raise _amiss("members, of whom there are none")
    _unique([member.id for member in members], "members")
    circle = Circle(
        name=_name(stored.name, "circle, “name”"),
        format=stored.format,
        length=timedelta(seconds=stored.length_seconds),
        share=timedelta(seconds=stored.share_seconds),
        response=timedelta(seconds=stored.response_seconds),
        rhythm=Rhythm(stored.rhythm.every, stored.rhythm.unit),
        cycle=stored.cycle,
        first=_wall(stored.first),
        zone=stored.zone,
        members=tuple(members),
        digits=stored.digits,
        bell=stored.bell,
        overtime=stored.overtime,
        sample=stored.sample,
    )
    try:
        ZoneInfo(stored.zone)
    except (KeyError, ValueError, OSError):
        raise _amiss("circle, “zone”") from None
    try:
        cadence.moment(circle, circle.first)
    except (ValueError, OverflowError):
        raise _amiss("circle, “first”") from None
    return circle


def _wall(written: str) -> datetime:
    try:
        wall = datetime.fromisoformat(written)
    except ValueError:
        raise _amiss("circle, “first”") from None
    if wall.tzinfo is not None:
        raise _amiss("circle, “first”")
    return wall


def _member(document: Mapping[str, Any], where: str) -> Member:
    stored = _typed(document, _Member, where)
    _sound([stored.id], where)
    return Member(stored.id, _name(stored.name, where), _as_utc(stored.joined, where))


def _record(document: Mapping[str, Any], where: str) -> Record:
    stored = _typed({**_OPTIONAL, **document}, Record, where)
    if stored.number < 1 or stored.cycle < 1 or stored.guests < 0:
        raise _amiss(where)
    _sound(
        [
            stored.id,
            *stored.order,
            *stored.attendance,
            *([stored.opener] if stored.opener is not None else []),
        ],
        where,
    )
    _sound([*stored.reaches_out, *stored.reaches_out.values()], where)
    for made in stored.made:
        _sound([made.id, made.member], where)
        if made.due != "next":
            try:
                date.fromisoformat(made.due)
            except ValueError:
                raise _amiss(f"{where}, “made”") from None
    for answered in stored.answered:
        _sound([answered.id, *([answered.becomes] if answered.becomes is not None else [])], where)
    return structs.replace(
        stored,
        started=_as_utc(stored.started, where),
        ended=_as_utc(stored.ended, where),
        next=None if stored.next is None else _as_utc(stored.next, where),
        made=tuple(structs.replace(made, text=text.clean(made.text)) for made in stored.made),
        answered=tuple(
            structs.replace(answered, got_in_the_way=text.clean(answered.got_in_the_way))
            for answered in stored.answered
        ),
    )


def _as_utc(moment: datetime, where: str) -> datetime:
    if moment.tzinfo is None:
        raise _amiss(where)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise _amiss(where) from None


def _name(raw: str, where: str) -> str:
    """A name from a file; one that is empty or too wide is not guessed at."""
    try:
        return text.name(raw, "A name")
    except Refused:
        raise _amiss(where) from None


def _sound(ids: Iterable[str], where: str) -> None:
    if not all(each and each == text.clean(each) for each in ids):
        raise _amiss(f"{where}, where an id is empty or cannot be shown")


def _unique(ids: Sequence[str], where: str) -> None:
    if len(set(ids)) < len(ids):
        raise _amiss(f"{where}, where an id stands twice")
