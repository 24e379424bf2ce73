"""A document changed without losing what is unknown here.

Invariant: what a newer version, or a person in an editor, added to a document survives a change
of it.
"""

from typing import Any


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
    earlier = _by_id(stands, was)
    if earlier:
        return [merge(*earlier.get(each["id"], (each, each)), each) for each in now]
    return now


def _by_id(stands: Any, was: Any) -> dict[str, tuple[Any, Any]]:
    """Of a list of things with ids: how each of them stands, and what it held."""
    if not isinstance(was, list) or not all(isinstance(each, dict) for each in was):
        return {}
    pairs = {held["id"]: (each, held) for each, held in zip(stands, was, strict=True)}
    return pairs if len(pairs) == len(was) else {}
