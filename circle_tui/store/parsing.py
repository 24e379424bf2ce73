"""What a circle's JSON file says.

Invariant: the same as the standard library's `json` says, value for value; only sooner where it
can be.
"""

from typing import Any

import msgspec


def parse(raw: bytes | str) -> Any:
    """What a JSON file says; bytes may be in whichever UTF an editor saved them.

    Raises `ValueError` for what is no JSON.
    """
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        # What `msgspec` is too strict for: byte order marks, lone surrogates, numbers beyond all.
        return _parse_as_ever(raw)


def _parse_as_ever(raw: bytes | str) -> Any:
    import json

    try:
        return json.loads(raw)
    except RecursionError:
        raise ValueError("nested too deeply") from None
