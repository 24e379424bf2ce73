"""Converts single values to documents and back, by the kinds of their fields.

Invariant: types are strict. Ids are checked, names and words are cleaned, and moments converted to
UTC, as the annotations from `core.fields` say. No error quotes a document, because it may hold what
people said.
"""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

import msgspec
from msgspec import NODEFAULT, Struct, structs

from circle_tui.core.checked import InvalidIdError, check_id, checked
from circle_tui.core.fields import FieldError
from circle_tui.store.codec.json_text import parse
from circle_tui.store.errors import SchemaError

_Value = TypeVar("_Value")


def invalid_field(where: str) -> SchemaError:
    """The error for a document that does not fit; `where` says which one, and which field."""
    return SchemaError(f"has something wrong in {where}")


# Reading


def convert(document: object, shape: type[_Value], where: str) -> _Value:
    """`document` as a value of `shape`, with its fields cleaned and checked by their kinds.

    Raises `SchemaError` that names `where` and the field.
    """
    try:
        value = msgspec.convert(document, shape)
    except msgspec.ValidationError as error:
        raise invalid_field(_place(error, where)) from None
    return normalize(value, where)


def decode(raw: bytes, shape: type[_Value], where: str) -> _Value:
    """`convert` for a document that is still JSON text. Raises `ValueError` for other text."""
    try:
        value: _Value = _decoder_of(cast(Hashable, shape)).decode(raw)
    except msgspec.ValidationError as error:
        raise invalid_field(_place(error, where)) from None
    except (ValueError, RecursionError):
        return convert(parse(raw), shape, where)
    return normalize(value, where)


def normalize(value: _Value, where: str) -> _Value:
    """`value` with its fields cleaned and checked by their kinds. Raises `SchemaError`."""
    try:
        return checked(value)
    except InvalidIdError:
        raise _invalid_id(where) from None
    except FieldError as error:
        raise invalid_field(f"{where}, “{error.field}”") from None


def _invalid_id(where: str) -> SchemaError:
    return invalid_field(f"{where}, where an id is empty or cannot be shown")


@cache
def _decoder_of(shape: Hashable) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape)


def _place(error: msgspec.ValidationError, where: str) -> str:
    # Only the field, because the message itself may quote the document.
    at = re.search(r"`\$\.(\w+)[^`]*`$", str(error)) or re.search(r"field `(\w+)`$", str(error))
    return f"{where}, “{at[1]}”" if at else where


def check_ids(ids: Iterable[str], where: str) -> None:
    """Raises `SchemaError` unless each id can be shown."""
    try:
        for each in ids:
            check_id(each)
    except InvalidIdError:
        raise _invalid_id(where) from None


def check_unique(ids: Sequence[object], where: str) -> None:
    """Raises `SchemaError` if an id is there twice."""
    if len(set(ids)) < len(ids):
        raise invalid_field(f"{where}, where an id stands twice")


# Writing


class Layout(Struct, frozen=True):
    """How values of one type are written, if not simply field by field.

    A field that is None is left out unless it is in `null`; a field in `sparse` is left out if it
    has its default. Moments in the fields in `local` are written in the circle's zone.
    """

    order: tuple[str, ...] = ()
    null: frozenset[str] = frozenset()
    sparse: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()


def encode(value: Any, layouts: Mapping[Any, Layout], zone: ZoneInfo) -> Any:
    """`value` as JSON types; `zone` is the circle's, for the moments that are written in it."""
    match value:
        case Struct():
            return _encode_struct(value, layouts, zone)
        case Enum():
            return value.value
        case datetime():
            return format_moment(value)
        case date():
            return value.isoformat()
        case tuple():
            return [encode(each, layouts, zone) for each in value]
        case dict():
            return {
                str(encode(key, layouts, zone)): encode(each, layouts, zone)
                for key, each in value.items()
            }
    return value


def _encode_struct(value: Struct, layouts: Mapping[Any, Layout], zone: ZoneInfo) -> dict[str, Any]:
    layout = layouts.get(type(value), Layout())
    document: dict[str, Any] = {}
    config = value.__struct_config__
    if config.tag is not None:
        assert config.tag_field is not None
        document[config.tag_field] = config.tag
    for name in layout.order or value.__struct_fields__:
        field = getattr(value, name)
        if field is None and name not in layout.null:
            continue
        if name in layout.sparse and field == _defaults(type(value))[name]:
            continue
        local = name in layout.local and field is not None
        document[name] = _format_local(field, zone) if local else encode(field, layouts, zone)
    return document


@cache
def _defaults(shape: type[Struct]) -> dict[str, object]:
    return {
        field.name: field.default if field.default_factory is NODEFAULT else field.default_factory()
        for field in structs.fields(shape)
    }


def format_moment(moment: datetime) -> str:
    """A moment as files store it: UTC, whole seconds."""
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _format_local(moment: datetime, zone: ZoneInfo) -> str:
    try:
        local = moment.astimezone(zone).replace(microsecond=0)
    except OverflowError:
        return format_moment(moment)
    offset = local.utcoffset()
    # ISO 8601 cannot write offsets with seconds, which some zones had before 1972.
    return format_moment(moment) if offset is None or offset.seconds % 60 else local.isoformat()
