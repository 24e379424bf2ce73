"""The heading of the facts that a circle hands to its lead: whose they are, and from when.

Invariant: facts are no circle's file, and are told from one by how they begin. A newer schema is
never guessed at.
"""

import re
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from circle_tui.core.checked import checked
from circle_tui.core.fields import Code, FieldError, IdOrNone, Moment
from circle_tui.store.codec.values import format_moment, invalid_field
from circle_tui.store.errors import SchemaError

SCHEMA = 1
"""The schema of the heading. The tables below it say theirs as a circle's file does."""

_BEGINS = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"facts"\s*:\s*\{')


class Heading(Struct, frozen=True, kw_only=True):
    """Whose facts these are, and from when; `last_meeting` is its number, 0 for none.

    `people` is what the circle chose to show of its members: "names", "initials" or "seats".
    """

    schema: int
    made: Moment
    circle: IdOrNone = ""
    last_meeting: Annotated[int, Meta(ge=0)] = 0
    people: Code = "names"


class _File(Struct):
    facts: Heading
    tables: msgspec.Raw


class _Schema(Struct):
    schema: int


class _Kind(Struct):
    facts: _Schema


_FILES = msgspec.json.Decoder(_File)
_KINDS = msgspec.json.Decoder(_Kind)


def is_facts(raw: bytes) -> bool:
    """Whether a file, or the beginning of one, is of facts, as far as can be told."""
    return _BEGINS.match(raw) is not None


def new_heading(circle: str, made: datetime, last_meeting: int, people: str) -> dict[str, Any]:
    """The document of a heading."""
    return {
        "schema": SCHEMA,
        "made": format_moment(made),
        "circle": circle,
        "last_meeting": last_meeting,
        "people": people,
    }


def decode_facts(raw: bytes) -> tuple[Heading, bytes]:
    """The heading of facts, and their tables as JSON. Raises `SchemaError`, `ValueError`."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        stored = _FILES.decode(raw)
        if _check_schema(stored.facts.schema) == SCHEMA:
            return checked(stored.facts), bytes(stored.tables)
    except FieldError:
        pass
    except msgspec.ValidationError:
        _check_schema(_schema_of(raw))
    raise invalid_field("its heading") from None


def _schema_of(raw: bytes) -> int:
    try:
        return _KINDS.decode(raw).facts.schema
    except msgspec.ValidationError:
        raise SchemaError("has no circle-tui facts in it", "choose another file") from None


def _check_schema(schema: int) -> int:
    if schema > SCHEMA:
        raise SchemaError(
            f"has facts from a newer circle-tui in it (schema {schema}; this one knows {SCHEMA})",
            "update circle-tui to review them",
        )
    return schema


def not_the_circle() -> SchemaError:
    """The error for facts that were to be opened as a circle."""
    return SchemaError(
        "has a circle's facts for its lead in it, and not the circle",
        "circle-tui review shows them; open the circle's own file instead",
    )
