"""The fields of words that a type of value may hold, at any depth."""

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec import inspect

from circle_tui.core.fields import WORDS_KINDS, kind_of
from circle_tui.core.words import _fields, _key_owners, _owner_fields, _parts


class Field(NamedTuple):
    """A field, by the names of its struct type (`shape`) and of the field."""

    shape: str
    name: str


def words_in(shape: type) -> frozenset[Field]:
    """The fields of words in values of a type, and in all that these may hold."""
    return frozenset(
        Field(each.__name__, name)
        for each in _shapes(inspect.type_info(shape))
        for name, info in _fields(each)
        if any(kind_of(part) in WORDS_KINDS for part in _parts(info))
    )


def words_without_owner(shape: type) -> frozenset[Field]:
    """Fields of one member's words in values without an owner, which `forget` could not delete.

    Values that are only in values with an owner do not count, because they are deleted with these.
    """
    return frozenset(
        Field(each.__name__, name)
        for each in _shapes(inspect.type_info(shape), passes=lambda each: not _owner_fields(each))
        for name, info in _fields(each)
        if any(kind_of(part) == "words" for part in _parts(info))
        and not _owner_fields(each)
        and name not in _key_owners(each)
    )


def _shapes(info: inspect.Type, passes: Callable[[Any], bool] = lambda _shape: True) -> set[Any]:
    """All struct types that a value of this type may have in it, including its own.

    The fields of a type for which `passes` is false are not searched.
    """
    found: set[Any] = set()
    coming = [info]
    while coming:
        for part in _parts(coming.pop()):
            if isinstance(part, inspect.StructType) and part.cls not in found:
                found.add(part.cls)
                if passes(part.cls):
                    coming += [field for _, field in _fields(part.cls)]
    return found
