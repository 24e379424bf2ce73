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
from circle_tui.core.circle import FORMATS, PROMPTS, Circle, Member, Rhythm
from circle_tui.core.record import LookedBack, Record, Vitality, in_order
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
    "looked_back": None,
    "vitality": None,
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
    twelve_hours: bool = False
    prompts: tuple[str, str] = PROMPTS
    woken: _Moment | None = None
    told_of_three: bool = False
    sample: bool = False


class _Member(Struct):
    id: str
    name: str
    joined: _Moment
    left: _Moment | None = None
    away: _Moment | None = None
    forgotten: bool = False


def member_document(member: Member) -> dict[str, Any]:
    """A member as one document; what is not so is left out."""
    document: dict[str, Any] = {
        "id": member.id,
        "name": member.name,
        "joined": written(member.joined),
    }
    if member.left is not None:
        document["left"] = written(member.left)
    if member.away is not None:
        document["away"] = written(member.away)
    return {**document, "forgotten": True} if member.forgotten else document


def circle_document(circle: Circle) -> dict[str, Any]:
    """A circle as one document, without its members; what is as usual is left out."""
    document: dict[str, Any] = {
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
    if circle.prompts != PROMPTS:
        document["prompts"] = list(circle.prompts)
    if circle.woken is not None:
        document["woken"] = written(circle.woken)
    for name in ("twelve_hours", "told_of_three", "sample"):
        if getattr(circle, name):
            document[name] = True
    return document


def record_document(record: Record, circle: Circle) -> dict[str, Any]:
    """A record as one document; `next` is written with the offset of the circle's zone."""
    document: dict[str, Any] = msgspec.to_builtins(record)
    for made in document["made"]:
        if not made["daily"]:
            del made["daily"]
    for name in ("looked_back", "vitality"):
        if document[name] is None:
            del document[name]
    document["started"] = written(record.started)
    document["ended"] = written(record.ended)
    document["next"] = None if record.next is None else _local(record.next, circle.tz)
    return document


def _seconds(length: timedelta) -> int:
    return int(length / timedelta(seconds=1))


def written(moment: datetime) -> str:
    """A moment as files have it: UTC, whole seconds."""
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _local(moment: datetime, zone: ZoneInfo) -> str:
    try:
        local = moment.astimezone(zone).replace(microsecond=0)
    except OverflowError:
        return written(moment)
    # ISO-8601 has no offsets of seconds, as local time before 1972 may have.
    return written(moment) if (local.utcoffset() or timedelta()).seconds % 60 else local.isoformat()


def circle_in(tables: object) -> Mapping[str, Any]:
    """The one document of the circle itself, of a schema that is known. Raises `Misfit`."""
    document = _only(tables.get("circle") if isinstance(tables, dict) else None)
    schema = document.get("schema")
    if type(schema) is not int or schema < 1:
        raise _foreign()
    if schema > SCHEMA:
        raise Misfit(
            f"was written by a newer circle-tui (schema {schema}; this one knows {SCHEMA})",
            "update circle-tui to open it",
        )
    return document


def sound_records(found: Iterable[Record]) -> tuple[Record, ...]:
    """`found`, oldest first by number, if no id stands for two things. Raises `Misfit`."""
    records = in_order(found)
    unique([record.id for record in records], "sessions")
    unique([made.id for record in records for made in record.made], "commitments")
    return records


def _foreign() -> Misfit:
    return Misfit("holds no circle of circle-tui's", "choose another file")


def _only(table: object) -> Mapping[str, Any]:
    if isinstance(table, dict) and len(table) == 1:
        (document,) = table.values()
        if isinstance(document, dict):
            return document
    raise _foreign()


def documents_in(
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


def typed(document: object, shape: type[_Document], where: str) -> _Document:
    """A document as a value of that shape. Raises `Misfit` that names the place alone."""
    try:
        return msgspec.convert(document, shape)
    except msgspec.ValidationError as error:
        # Only the place: the message itself may quote what stands there.
        at = re.search(r"`\$\.(\w+)[^`]*`$", str(error)) or re.search(r"field `(\w+)`$", str(error))
        raise _amiss(f"{where}, “{at[1]}”" if at else where) from None


def read_circle(document: Mapping[str, Any], members: Sequence[Member]) -> Circle:
    """The circle of a document that `circle_in` gave, with its members. Raises `Misfit`."""
    stored = typed(document, _Circle, "circle")
    if stored.format not in FORMATS:
        raise Misfit(
            "follows a format that this circle-tui does not know",
            "update circle-tui, or correct the format in an editor",
        )
    if not members:
        raise _amiss("members, of whom there are none")
    unique([member.id for member in members], "members")
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
        twelve_hours=stored.twelve_hours,
        prompts=_prompts(stored.prompts),
        woken=None if stored.woken is None else as_utc(stored.woken, "circle, “woken”"),
        told_of_three=stored.told_of_three,
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


def _prompts(stored: tuple[str, str]) -> tuple[str, str]:
    first, second = map(text.clean, stored)
    if not first or not second:
        raise _amiss("circle, “prompts”")
    return first, second


def _wall(written: str) -> datetime:
    try:
        wall = datetime.fromisoformat(written)
    except ValueError:
        raise _amiss("circle, “first”") from None
    if wall.tzinfo is not None:
        raise _amiss("circle, “first”")
    return wall


def read_member(document: Mapping[str, Any], where: str) -> Member:
    stored = typed(document, _Member, where)
    sound([stored.id], where)
    return Member(
        stored.id,
        _name(stored.name, where),
        as_utc(stored.joined, where),
        None if stored.left is None else as_utc(stored.left, where),
        None if stored.away is None else as_utc(stored.away, where),
        stored.forgotten,
    )


def read_record(document: Mapping[str, Any], where: str) -> Record:
    stored = typed({**_OPTIONAL, **document}, Record, where)
    if stored.number < 1 or stored.cycle < 1 or stored.guests < 0:
        raise _amiss(where)
    sound(
        [
            stored.id,
            *stored.order,
            *stored.attendance,
            *([stored.opener] if stored.opener is not None else []),
        ],
        where,
    )
    sound([*stored.reaches_out, *stored.reaches_out.values()], where)
    for made in stored.made:
        sound([made.id, made.member], where)
        sound_due(made.due, f"{where}, “made”")
    for answered in stored.answered:
        sound([answered.id, *([answered.becomes] if answered.becomes is not None else [])], where)
    return structs.replace(
        stored,
        started=as_utc(stored.started, where),
        ended=as_utc(stored.ended, where),
        next=None if stored.next is None else as_utc(stored.next, where),
        made=tuple(structs.replace(made, text=text.clean(made.text)) for made in stored.made),
        answered=tuple(
            structs.replace(answered, got_in_the_way=text.clean(answered.got_in_the_way))
            for answered in stored.answered
        ),
        looked_back=_looked_back(stored.looked_back),
        vitality=_vitality(stored.vitality),
    )


def _looked_back(stored: LookedBack | None) -> LookedBack | None:
    if stored is None:
        return None
    return LookedBack(text.clean(stored.worked), text.clean(stored.change), stored.choice)


def _vitality(stored: Vitality | None) -> Vitality | None:
    if stored is None:
        return None
    answers = {text.clean(asked): text.clean(said) for asked, said in stored.answers.items()}
    return Vitality(text.clean(stored.check), answers)


def as_utc(moment: datetime, where: str) -> datetime:
    """A moment from a file. Raises `Misfit` for one without a zone, or at the edge of time."""
    if moment.tzinfo is None:
        raise _amiss(where)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise _amiss(where) from None


def sound_due(due: str, where: str) -> None:
    """Raises `Misfit` unless a commitment can come up then."""
    if due != "next":
        try:
            date.fromisoformat(due)
        except ValueError:
            raise _amiss(where) from None


def _name(raw: str, where: str) -> str:
    """A name from a file; one that is empty or too wide is not guessed at."""
    try:
        return text.name(raw, "A name")
    except Refused:
        raise _amiss(where) from None


def sound(ids: Iterable[str], where: str) -> None:
    """Raises `Misfit` unless each id can be shown."""
    if not all(each and each == text.clean(each) for each in ids):
        raise _amiss(f"{where}, where an id is empty or cannot be shown")


def unique(ids: Sequence[object], where: str) -> None:
    """Raises `Misfit` where one stands twice."""
    if len(set(ids)) < len(ids):
        raise _amiss(f"{where}, where an id stands twice")
