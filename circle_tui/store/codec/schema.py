"""Which schemas of a circle's file are known, and how an older one becomes the present one.

Invariant: a newer schema is never guessed at.
"""

from collections.abc import Callable
from typing import Any

from circle_tui.store.errors import SchemaError

SCHEMA = 1

UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""For each schema before the present one: what makes a file of it one of the next schema."""


def check_schema(schema: object) -> int:
    """The schema, if it is one that is known. Raises `SchemaError`."""
    if type(schema) is not int or schema < 1:
        raise not_a_circle()
    if schema > SCHEMA:
        raise SchemaError(
            f"was written by a newer circle-tui (schema {schema}; this one knows {SCHEMA})",
            "update circle-tui to open it",
        )
    return schema


def upgrade(tables: dict[str, Any], schema: int) -> dict[str, Any]:
    """`tables` of a known `schema`, as the present schema has them; nothing is changed in place."""
    for each in range(schema, SCHEMA):
        tables = UPGRADES[each](tables)
    return tables


def not_a_circle() -> SchemaError:
    """The error for a file that is somebody else's."""
    return SchemaError("holds no circle of circle-tui's", "choose another file")
