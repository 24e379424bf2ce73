"""How a circle and its records look as documents, and what a document must be to become one.

Invariant: what is read is data from outside. Types are strict; ids are clean, unique and not
empty; names and words go through `core.text`; missing optional fields get their defaults; unknown
fields are passed over here, and left where they are by whoever writes. What these functions
write, they read. Times are ISO-8601 with whole seconds, lengths whole seconds.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct

from circle_tui.core import text
from circle_tui.core.circle import schedule
from circle_tui.core.circle.circle import FORMATS, PROMPTS, Circle, Member, Rhythm
from circle_tui.core.errors import RuleError

SCHEMA = 1

_Document = TypeVar("_Document")
_Seconds = Annotated[int, Meta(ge=1, le=24 * 60 * 60)]
_Moment = Annotated[datetime, Meta(tz=True)]


class SchemaError(Exception):
    """These tables are no circle. `str()` goes on from the file's name, up to the advice.

    `advice` is what to do, or None where an earlier version may help.
    """

    def __init__(self, what: str, advice: str | None = None) -> None:
        super().__init__(what)
        self.advice = advice


class _Rhythm(Struct):
    every: Annotated[int, Meta(ge=1, le=1000)]
    unit: Literal["day", "week", "month"]


class CircleDocument(Struct):
    """The circle's own document, as it has to be, without the words it has chosen."""

    schema: int
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
    woken: _Moment | None = None
    told_of_three: bool = False
    sample: bool = False


class _WordedCircleDocument(CircleDocument):
    prompts: tuple[str, str] = PROMPTS


class MemberDocument(Struct):
    """A member's document, as it has to be."""

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


def _seconds(length: timedelta) -> int:
    return int(length / timedelta(seconds=1))


def written(moment: datetime) -> str:
    """A moment as files have it: UTC, whole seconds."""
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def circle_in(tables: object) -> Mapping[str, Any]:
    """The one document of the circle itself, of a schema that is known. Raises `SchemaError`."""
    document = _only(tables.get("circle") if isinstance(tables, dict) else None)
    schema = document.get("schema")
    check_schema(schema)
    return document


def check_schema(schema: object) -> None:
    """Raises `SchemaError` unless this is a schema that is known."""
    if type(schema) is not int or schema < 1:
        raise foreign()
    if schema > SCHEMA:
        raise SchemaError(
            f"was written by a newer circle-tui (schema {schema}; this one knows {SCHEMA})",
            "update circle-tui to open it",
        )


def foreign() -> SchemaError:
    """The answer to a file that is somebody else's."""
    return SchemaError("holds no circle of circle-tui's", "choose another file")


def _only(table: object) -> Mapping[str, Any]:
    if isinstance(table, dict) and len(table) == 1:
        (document,) = table.values()
        if isinstance(document, dict):
            return document
    raise foreign()


def documents_in(
    tables: Mapping[str, Any], name: str
) -> tuple[tuple[Mapping[str, Any], ...], tuple[str, ...]]:
    """The documents of a table in the order of the file, and where each of them stands."""
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise amiss(name)
    for key, document in table.items():
        # TinyDB would fold "1" and "01" into one, and lose a document.
        if not re.fullmatch("[1-9][0-9]{0,17}", key) or not isinstance(document, dict):
            raise amiss(name)
    return tuple(table.values()), tuple(f"{name}, document {key}" for key in table)


def amiss(where: str) -> SchemaError:
    """The answer to a document that is not what it should be; `where` says which."""
    return SchemaError(f"has something amiss in {where}")


def typed(document: object, shape: type[_Document], where: str) -> _Document:
    """A document as a value of that shape. Raises `SchemaError` that names the place alone."""
    try:
        return msgspec.convert(document, shape)
    except msgspec.ValidationError as error:
        # Only the place: the message itself may quote what stands there.
        at = re.search(r"`\$\.(\w+)[^`]*`$", str(error)) or re.search(r"field `(\w+)`$", str(error))
        raise amiss(f"{where}, “{at[1]}”" if at else where) from None


def read_circle(document: Mapping[str, Any], members: Sequence[Member]) -> Circle:
    """The circle of a document that `circle_in` gave, with its members. Raises `SchemaError`."""
    stored = typed(document, _WordedCircleDocument, "circle")
    return circle_of(stored, members, _prompts(stored.prompts))


def circle_of(
    stored: CircleDocument, members: Sequence[Member], prompts: tuple[str, str] = PROMPTS
) -> Circle:
    """The circle that a document says, with its members. Raises `SchemaError`."""
    if stored.format not in FORMATS:
        raise SchemaError(
            "follows a format that this circle-tui does not know",
            "update circle-tui, or correct the format in an editor",
        )
    if not members:
        raise amiss("members, of whom there are none")
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
        prompts=prompts,
        woken=None if stored.woken is None else as_utc(stored.woken, "circle, “woken”"),
        told_of_three=stored.told_of_three,
        sample=stored.sample,
    )
    try:
        ZoneInfo(stored.zone)
    except (KeyError, ValueError, OSError):
        raise amiss("circle, “zone”") from None
    try:
        schedule.moment(circle, circle.first)
    except (ValueError, OverflowError):
        raise amiss("circle, “first”") from None
    return circle


def _prompts(stored: tuple[str, str]) -> tuple[str, str]:
    first, second = map(text.clean, stored)
    if not first or not second:
        raise amiss("circle, “prompts”")
    return first, second


def _wall(written: str) -> datetime:
    try:
        wall = datetime.fromisoformat(written)
    except ValueError:
        raise amiss("circle, “first”") from None
    if wall.tzinfo is not None:
        raise amiss("circle, “first”")
    return wall


def read_member(document: Mapping[str, Any], where: str) -> Member:
    """The member of a document. Raises `SchemaError`."""
    return require_member(typed(document, MemberDocument, where), where)


def require_member(stored: MemberDocument, where: str) -> Member:
    """The member that a document says. Raises `SchemaError`."""
    sound([stored.id], where)
    return Member(
        stored.id,
        _name(stored.name, where),
        as_utc(stored.joined, where),
        None if stored.left is None else as_utc(stored.left, where),
        None if stored.away is None else as_utc(stored.away, where),
        stored.forgotten,
    )


def as_utc(moment: datetime, where: str) -> datetime:
    """A moment from a file. Raises `SchemaError` for one without a zone, or at the edge of time."""
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise amiss(where)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise amiss(where) from None


def sound_due(due: str, where: str) -> None:
    """Raises `SchemaError` unless a commitment can come up then."""
    if due != "next":
        try:
            date.fromisoformat(due)
        except ValueError:
            raise amiss(where) from None


def _name(raw: str, where: str) -> str:
    """A name from a file; one that is empty or too wide is not guessed at."""
    try:
        return text.name(raw, "A name")
    except RuleError:
        raise amiss(where) from None


def sound(ids: Iterable[str], where: str) -> None:
    """Raises `SchemaError` unless each id can be shown."""
    for each in ids:
        if not each or each != text.clean(each):
            raise amiss(f"{where}, where an id is empty or cannot be shown")


def unique(ids: Sequence[object], where: str) -> None:
    """Raises `SchemaError` where one stands twice."""
    if len(set(ids)) < len(ids):
        raise amiss(f"{where}, where an id stands twice")
