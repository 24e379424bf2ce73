"""The schema numbers of a circle's file, and the upgrades from older ones.

Invariant: a file with a newer schema is refused.
"""

from collections.abc import Callable
from typing import Any

from circle_tui.store.errors import NewerSchemaError, NotACircleError, SchemaError

SCHEMA = 1

UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""For each older schema, the function that converts its tables to the next schema."""


def check_schema(schema: object) -> int:
    """`schema`, unchanged. Raises `SchemaError` if this version does not know it."""
    if type(schema) is not int or schema < 1:
        raise not_a_circle()
    if schema > SCHEMA:
        raise NewerSchemaError(
            f"was written by a newer circle-tui (schema {schema}; this one knows {SCHEMA})",
            "update circle-tui to open it",
        )
    return schema


def upgrade(tables: dict[str, Any], schema: int) -> dict[str, Any]:
    """`tables` converted from `schema` to the present one; nothing is changed in place."""
    for each in range(schema, SCHEMA):
        tables = UPGRADES[each](tables)
    return tables


def not_a_circle() -> SchemaError:
    """The error for a file that is not a circle's."""
    return NotACircleError("has no circle in it", "choose another file")
