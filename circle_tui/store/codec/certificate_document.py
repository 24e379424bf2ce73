"""A certificate of continuity as JSON.

Invariant: it is told from a circle's file by how it begins, and a newer schema is never guessed at.
No error quotes the document.
"""

import re
from typing import Any

from msgspec import Struct, ValidationError, convert, to_builtins

from circle_tui.core.checked import checked
from circle_tui.core.circle.certificate import AttendedMeeting, Certificate, OtherLink
from circle_tui.core.fields import FieldError, Id, Moment, Name
from circle_tui.store.codec.json_text import encode_json, parse
from circle_tui.store.codec.values import format_moment, invalid_field
from circle_tui.store.errors import SchemaError

SCHEMA = 1

_BEGINS = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"certificate"\s*:')


class _Heading(Struct):
    circle: Name
    member: Name
    place: Id
    made: Moment


def is_certificate(raw: bytes) -> bool:
    """Whether a file, or the beginning of one, is a certificate, as far as can be told."""
    return _BEGINS.match(raw) is not None


def encode_certificate(found: Certificate) -> bytes:
    """The whole file, a link a line."""
    heading = {
        "schema": SCHEMA,
        "circle": found.circle,
        "member": found.member,
        "place": found.place,
        "made": format_moment(found.made),
    }
    links = b",\n  ".join(encode_json(_document(each)) for each in found.chain)
    return b'{\n "certificate": %b,\n "chain": [\n  %b\n ]\n}\n' % (encode_json(heading), links)


def _document(link: AttendedMeeting | OtherLink) -> dict[str, Any]:
    document: dict[str, Any] = to_builtins(link)
    return document


def decode_certificate(raw: bytes) -> Certificate:
    """The certificate in a file. Raises `SchemaError`, or `ValueError` if it is not JSON."""
    document = parse(raw)
    heading = document.get("certificate") if isinstance(document, dict) else None
    chain = document.get("chain") if isinstance(document, dict) else None
    if not isinstance(heading, dict) or not isinstance(chain, list):
        raise invalid_field("its heading")
    schema = heading.get("schema")
    if type(schema) is int and schema > SCHEMA:
        raise SchemaError(
            f"is a certificate from a newer circle-tui (schema {schema}; this one knows {SCHEMA})",
            "update circle-tui to verify it",
        )
    if schema != SCHEMA:
        raise invalid_field("its heading")
    try:
        known = checked(convert(heading, _Heading))
    except (ValidationError, FieldError):
        raise invalid_field("its heading") from None
    return Certificate(
        circle=known.circle,
        member=known.member,
        place=known.place,
        made=known.made,
        chain=tuple(_link(each, at) for at, each in enumerate(chain, 1)),
    )


def _link(document: object, at: int) -> AttendedMeeting | OtherLink:
    try:
        if isinstance(document, dict) and "digest" in document:
            return checked(convert(document, OtherLink))
        return checked(convert(document, AttendedMeeting))
    except (ValidationError, FieldError):
        raise invalid_field(f"its chain, link {at}") from None
