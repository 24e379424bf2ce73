"""A document changed without losing what is unknown here.

Invariant: what a newer version, or a person in an editor, added to a document survives a change
of it.
"""

from typing import Any

_KEYS = ("id", "member", "name")


def merge(stands: Any, was: Any, now: Any) -> Any:
    """`stands`, which held `was`, changed to hold `now`; what `was` does not know of stays."""
    if was == now:
        return stands
    if isinstance(now, dict) and isinstance(was, dict):
        merged = {name: field for name, field in stands.items() if name in now or name not in was}
        for name, field in now.items():
            if name not in was:
                merged[name] = field
            elif name in stands:
                merged[name] = merge(stands[name], was[name], field)
            elif was[name] != field:
                merged[name] = field
        return merged
    named = _key(was, now)
    if named is not None:
        earlier = {held[named]: (each, held) for each, held in zip(stands, was, strict=True)}
        return [merge(*earlier.get(each[named], (each, each)), each) for each in now]
    return now


def _key(*lists: Any) -> str | None:
    """The field that tells things in lists of things apart; None for other lists, or none."""
    for name in _KEYS:
        if all(_is_told_apart(each, name) for each in lists):
            return name
    return None


def _is_told_apart(things: Any, name: str) -> bool:
    if not isinstance(things, list) or not all(isinstance(each, dict) for each in things):
        return False
    keys = {each.get(name) for each in things}
    return len(keys) == len(things) and None not in keys
