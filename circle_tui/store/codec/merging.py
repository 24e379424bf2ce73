"""Changes a document without losing fields that this version does not know.

Invariant: what a newer version, or a person in an editor, added to a document survives a change
of it.
"""

from typing import Any

_KEYS = ("id", "member", "name")


def merge(stored: Any, before: Any, after: Any) -> Any:
    """`stored` with the change from `before` to `after` applied to it.

    `before` and `after` have only fields that this version knows; other fields of `stored` stay.
    """
    if before == after:
        return stored
    if isinstance(after, dict) and isinstance(before, dict):
        merged = {
            name: field for name, field in stored.items() if name in after or name not in before
        }
        for name, field in after.items():
            if name not in before:
                merged[name] = field
            elif name in stored:
                merged[name] = merge(stored[name], before[name], field)
            elif before[name] != field:
                merged[name] = field
        return merged
    key = _key(before, after)
    if key is not None:
        earlier = {item[key]: (each, item) for each, item in zip(stored, before, strict=True)}
        return [merge(*earlier.get(each[key], (each, each)), each) for each in after]
    return after


def _key(*lists: Any) -> str | None:
    """The field that identifies the items in all of `lists`; None if there is no such field."""
    for name in _KEYS:
        if all(_is_key_of(name, items) for items in lists):
            return name
    return None


def _is_key_of(name: str, items: Any) -> bool:
    """Whether each of `items` is a dict with a value of its own in the field `name`."""
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        return False
    keys = {each.get(name) for each in items}
    return len(keys) == len(items) and None not in keys
