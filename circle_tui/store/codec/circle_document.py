"""The circle's own document: its settings, without its members.

Invariant: `CircleDocument` has no field of words, so reading attendance decodes none. Lengths are
in whole seconds.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, structs

from circle_tui.core.checked import is_within_years
from circle_tui.core.circle import schedule
from circle_tui.core.circle.circle import (
    FORMATS,
    JUDGED_A_MONTH,
    PROMPTS,
    Circle,
    CircleFacts,
    Member,
    Rhythm,
)
from circle_tui.core.fields import Code, Id, Moment, Name, SharedWords
from circle_tui.store.codec.schema import SCHEMA
from circle_tui.store.codec.values import check_unique, format_moment, invalid_field
from circle_tui.store.errors import SchemaError

_Seconds = Annotated[int, Meta(ge=1, le=24 * 60 * 60)]


class _Rhythm(Struct):
    every: Annotated[int, Meta(ge=1, le=1000)]
    unit: Literal["day", "week", "month"]


class CircleDocument(Struct):
    """The circle's document without its words."""

    schema: int
    name: Name
    format: Code
    share_seconds: _Seconds
    length_seconds: _Seconds
    response_seconds: Annotated[int, Meta(ge=0, le=60 * 60)]
    rhythm: _Rhythm
    cycle: Annotated[int, Meta(ge=1, le=10_000)]
    first: Code
    zone: Code
    digits: bool = False
    bell: bool = False
    overtime: bool = False
    twelve_hours: bool = False
    woken: Moment | None = None
    told_of_three: bool = False
    sample: bool = False
    id: Id | None = None


class WordedCircleDocument(CircleDocument):
    """The circle's whole document, with the circle's own wording."""

    prompts: tuple[SharedWords, SharedWords] = PROMPTS
    judged_a_month: Annotated[int, Meta(ge=1, le=20)] = JUDGED_A_MONTH
    passes_up: bool = False


def encode_circle(circle: Circle) -> dict[str, Any]:
    """The circle's document; optional fields that have their default are left out."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        **({"id": circle.id} if circle.id else {}),
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
    if circle.judged_a_month != JUDGED_A_MONTH:
        document["judged_a_month"] = circle.judged_a_month
    if circle.woken is not None:
        document["woken"] = format_moment(circle.woken)
    for name in ("twelve_hours", "passes_up", "told_of_three", "sample"):
        if getattr(circle, name):
            document[name] = True
    return document


def _seconds(length: timedelta) -> int:
    return int(length / timedelta(seconds=1))


def circle_of(document: WordedCircleDocument, members: Sequence[Member]) -> Circle:
    """The circle of a document, with its members. Raises `SchemaError`."""
    if not all(document.prompts):
        raise invalid_field("circle, “prompts”")
    facts = circle_facts_of(document, members)
    return Circle(
        **structs.asdict(facts),
        prompts=document.prompts,
        judged_a_month=document.judged_a_month,
        passes_up=document.passes_up,
    )


def circle_facts_of(document: CircleDocument, members: Sequence[Member]) -> CircleFacts:
    """The circle of a document without its words, with its members. Raises `SchemaError`."""
    if document.format not in FORMATS:
        raise SchemaError(
            "uses a format that this circle-tui doesn't know",
            "update circle-tui, or correct the format in an editor",
        )
    if not members:
        raise invalid_field("members, because there are none")
    check_unique([member.id for member in members], "members")
    circle = CircleFacts(
        name=document.name,
        format=document.format,
        length=timedelta(seconds=document.length_seconds),
        share=timedelta(seconds=document.share_seconds),
        response=timedelta(seconds=document.response_seconds),
        rhythm=Rhythm(document.rhythm.every, document.rhythm.unit),
        cycle=document.cycle,
        first=_wall_time(document.first),
        zone=document.zone,
        members=tuple(members),
        digits=document.digits,
        bell=document.bell,
        overtime=document.overtime,
        twelve_hours=document.twelve_hours,
        woken=document.woken,
        told_of_three=document.told_of_three,
        sample=document.sample,
        id=document.id or "",
    )
    zone_named(document.zone)
    try:
        schedule.moment(circle, circle.first)
    except (ValueError, OverflowError):
        raise invalid_field("circle, “first”") from None
    return circle


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name. Raises `SchemaError`."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise invalid_field("circle, “zone”") from None


def _wall_time(written: str) -> datetime:
    try:
        wall = datetime.fromisoformat(written)
    except ValueError:
        raise invalid_field("circle, “first”") from None
    if wall.tzinfo is not None or not is_within_years(wall):
        raise invalid_field("circle, “first”")
    return wall
