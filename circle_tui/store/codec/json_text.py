"""The JSON text of a circle's file: parsed, and laid out with one document a line.

Invariant: `parse` gives what the standard library's `json` gives, but mostly faster. The text that
is written is ASCII, so that plain TinyDB reads it in any locale.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

Lines = dict[str, dict[str, bytes] | bytes]
"""A file by table: the JSON text of each document by its key; for a value that is no table, its
JSON text."""

_TABLE_BEGINS = re.compile(rb' ("[^"\\]*"): \{')
_TABLE_ENDS = re.compile(rb" \},?")
_NO_DOCUMENTS = re.compile(rb' ("[^"\\]*"): \{\},?')
_DOCUMENT = re.compile(rb'  ("[^"\\]*"): (\{.*\}),?')


def parse(raw: bytes | str) -> Any:
    """The value of a JSON text; bytes may be UTF-8, UTF-16 or UTF-32, as editors save them.

    Raises `ValueError` for text that is not JSON.
    """
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        # msgspec refuses byte order marks, lone surrogates, and numbers out of range.
        return _parse_with_json(raw)


def _parse_with_json(raw: bytes | str) -> Any:
    import json

    try:
        return json.loads(raw)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def split(raw: bytes) -> Lines | None:
    """The text of each document of a file that `join` wrote; None for any other file.

    The caller has to check that each of the texts is JSON by itself.
    """
    lines: Lines = {}
    table: dict[str, bytes] | None = None
    for line in raw.split(b"\n")[1:-2]:
        if table is not None:
            if found := _DOCUMENT.fullmatch(line):
                table[found[1][1:-1].decode("ascii", "replace")] = found[2]
            elif _TABLE_ENDS.fullmatch(line):
                table = None
            else:
                return None
        elif found := _TABLE_BEGINS.fullmatch(line):
            table = lines[found[1][1:-1].decode("ascii", "replace")] = {}
        elif found := _NO_DOCUMENTS.fullmatch(line):
            lines[found[1][1:-1].decode("ascii", "replace")] = {}
        else:
            return None
    # Only then is every comma and bracket where `join` puts it, and no key is there twice.
    return lines if join(lines) == raw else None


def split_first(raw: bytes, tables: int) -> Lines | None:
    """`split` for the first tables of a file, `tables` in number; `raw` is the file's beginning.

    None if `raw` ends before they do.
    """
    end = -1
    for _ in range(tables):
        end = raw.find(b"\n }", end + 1)
        if end < 0:
            return None
    return split(raw[: end + 3] + b"\n}\n")


def lines_of(tables: Mapping[str, Any]) -> Lines:
    """The text of each document in `tables`. Raises `TypeError` if JSON cannot hold a value."""
    return {
        name: {key: encode_json(document) for key, document in table.items()}
        if isinstance(table, Mapping)
        else encode_json(table)
        for name, table in tables.items()
    }


def encode_json(value: Any) -> bytes:
    """`value` as ASCII JSON on one line. Raises `TypeError` if JSON cannot hold it."""
    # Imported here, because the import takes longer than reading a file, which msgspec does.
    import json

    return json.dumps(value).encode("ascii")


def join(lines: Lines) -> bytes:
    """The text of the whole file, with one document a line."""
    parts: list[bytes] = []
    for name, table in lines.items():
        parts += [b",\n " if parts else b"{\n ", _key(name)]
        if isinstance(table, bytes):
            parts += [b": ", table]
        elif table:
            parts.append(b": {")
            for at, (key, document) in enumerate(table.items()):
                parts += [b",\n  " if at else b"\n  ", _key(key), b": ", document]
            parts.append(b"\n }")
        else:
            parts.append(b": {}")
    return b"".join([*parts, b"\n}\n"])


def _key(key: str) -> bytes:
    return b'"%b"' % key.encode("ascii") if key.isalnum() and key.isascii() else encode_json(key)
