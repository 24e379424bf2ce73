"""Functions for `Words` fields: cleaning, emptying, forgetting, and leaving them out of exports.

Invariant: no type of value is mentioned here. A new field that is marked as words is cleaned,
forgotten and left out without any other code.
"""

from collections.abc import Hashable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from msgspec import Struct, inspect, structs

from circle_tui.core import text
from circle_tui.core.fields import OWNER, WORDS_KINDS, Changer, kind_of

_Value = TypeVar("_Value")
_Owners = Mapping[str, frozenset[str]]


_clean = Changer(dict.fromkeys(WORDS_KINDS, text.clean))


def cleaned(value: _Value) -> _Value:
    """`value` with its words cleaned; the same object if they are clean already."""
    changed: _Value = _clean(value)
    return changed


_without = Changer(dict.fromkeys(WORDS_KINDS, lambda _said: ""))


def without_words(value: _Value) -> _Value:
    """`value` with every field of words empty; names, ids, moments and codes stay."""
    changed: _Value = _without(value)
    return changed


# Whose words they are


def forget(value: _Value, owners: _Owners) -> _Value:
    """`value` without anything in it that belongs to the `owners`.

    `owners` has ids by kind of owner: under "member" the members to forget, under "commitment" all
    of their commitments. A value that they wrote about somebody else stays, without their words.
    """
    shape = cast(Hashable, type(value))
    blank = _blank_words(shape) if _is_author(value, owners) else {}
    changes = {}
    for name in value.__struct_fields__:  # type: ignore[attr-defined]
        before = getattr(value, name)
        after = (
            blank[name]
            if name in blank
            else _forget_in(before, owners, owners.get(_key_owners(shape).get(name, ""), ()))
        )
        if after is not before:
            changes[name] = after
    return structs.replace(value, **changes) if changes else value  # type: ignore[type-var]


def _forget_in(held: Any, owners: _Owners, keys: frozenset[str] | tuple[()]) -> Any:
    """`held`, the content of a field, without what belongs to the owners or is under `keys`."""
    match held:
        case Struct():
            return None if _belongs(held, owners) else forget(held, owners)
        case tuple():
            stay = [_forget_in(each, owners, ()) for each in held if not _belongs(each, owners)]
            same = len(stay) == len(held) and all(a is b for a, b in zip(stay, held, strict=True))
            return held if same else tuple(stay)
        case dict():
            entries = {
                key: _forget_in(each, owners, ())
                for key, each in held.items()
                if key not in keys and not _belongs(each, owners)
            }
            return held if entries == held else entries
    return held


def _is_author(value: Any, owners: _Owners) -> bool:
    return any(
        getattr(value, name) in owners.get("member", ())
        for name, owner in _owner_fields(cast(Hashable, type(value))).items()
        if owner == "author"
    )


@cache
def _blank_words(shape: Any) -> dict[str, Any]:
    """The fields with one member's words in a type, each with its empty content."""
    return {
        name: _nothing(info)
        for name, info in _fields(shape)
        if "words" in map(kind_of, _parts(info))
    }


def _nothing(info: inspect.Type) -> Any:
    match info:
        case inspect.UnionType():
            return None
        case inspect.DictType():
            return {}
        case inspect.VarTupleType():
            return ()
    return ""


def _belongs(value: Any, owners: _Owners) -> bool:
    return isinstance(value, Struct) and any(
        getattr(value, name) in owners.get(owner, ())
        for name, owner in _owner_fields(type(value)).items()
    )


@cache
def _owner_fields(shape: Any) -> dict[str, str]:
    """The fields that name the owner of a value, and the kind of owner in each."""
    return {name: owner for name, info in _fields(shape) if (owner := _owner(info)) is not None}


@cache
def _key_owners(shape: Any) -> dict[str, str]:
    """The fields whose keys name the owner of each entry, and the kind of owner in each."""
    return {
        name: owner
        for name, info in _fields(shape)
        if isinstance(info, inspect.DictType) and (owner := _owner(info.key_type)) is not None
    }


def _owner(info: inspect.Type) -> str | None:
    if isinstance(info, inspect.UnionType):
        return next(filter(None, map(_owner, info.types)), None)
    extra = info.extra if isinstance(info, inspect.Metadata) else None
    return None if extra is None else extra.get(OWNER)


@cache
def _fields(shape: Any) -> list[tuple[str, inspect.Type]]:
    info = inspect.type_info(shape)
    assert isinstance(info, inspect.StructType)
    return [(field.name, field.type) for field in info.fields]


def _parts(info: inspect.Type) -> Iterator[inspect.Type]:
    """A type and the types it is composed of, without the fields of structs."""
    yield info
    match info:
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            yield from _parts(item)
        case inspect.TupleType(item_types=types) | inspect.UnionType(types=types):
            for each in types:
                yield from _parts(each)
        case inspect.DictType(key_type=keys, value_type=values):
            yield from _parts(keys)
            yield from _parts(values)


# Exports


def facts_in(document: Any, shape: Any) -> Any:
    """The part of a document that may be exported: the fields of `shape` that hold no words.

    A text is exported only if its field is marked as an id, a name, a moment or a known code.
    Fields that `shape` does not declare are left out. Names are kept; the caller decides about
    those.
    """
    return _facts_in(document, inspect.type_info(shape))


def _facts_in(document: Any, info: inspect.Type) -> Any:
    match info, document:
        case inspect.Metadata(type=inner), _:
            return _facts_in(document, inner)
        case inspect.StructType(cls=shape), dict():
            return {
                name: _facts_in(document[name], field)
                for name, field in _fields(shape)
                if name in document and all(map(_may_leave, _marked_parts(field)))
            }
        case (
            inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item),
            list() | tuple(),
        ):
            return [_facts_in(each, item) for each in document]
        case inspect.DictType(value_type=values), dict():
            return {key: _facts_in(each, values) for key, each in document.items()}
        case inspect.UnionType(types=types), (dict() | list() | tuple()):
            (one,) = (each for each in types if not isinstance(each, inspect.NoneType))
            return _facts_in(document, one)
    # Unknown content is not exported.
    return None if isinstance(document, dict | list | tuple) else document


def _may_leave(info: inspect.Type) -> bool:
    kind = kind_of(info)
    return kind not in WORDS_KINDS and not (kind is None and isinstance(info, inspect.StrType))


def _marked_parts(info: inspect.Type) -> Iterator[inspect.Type]:
    """`_parts`, without the text inside a marked type, because the mark says what it holds."""
    match info:
        case inspect.Metadata(type=inner) if kind_of(info) is None:
            yield from _marked_parts(inner)
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            yield from _marked_parts(item)
        case inspect.TupleType(item_types=types) | inspect.UnionType(types=types):
            for each in types:
                yield from _marked_parts(each)
        case inspect.DictType(key_type=keys, value_type=values):
            yield from _marked_parts(keys)
            yield from _marked_parts(values)
        case _:
            yield info
