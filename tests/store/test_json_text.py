"""A circle's file is read alike by the fast parser and by the standard library."""

import json
import math
import random
from collections.abc import Callable
from typing import Any

import pytest

from circle_tui.store.codec.json_text import join, lines_of, parse, split

SEEDS = (
    b'{"a": [1, 2.5, -0, -0.0, 1e5, 12345678901234567890123, "x\\u00e9\\n", null, true], "a": 3}',
    b"[1e400, 0.1, 9007199254740993, 18446744073709551616, -9223372036854775809, NaN, -Infinity]",
    '["\\ud83d\\ude00", "\\ud83d", "é漢"]'.encode(),
    b'{"sessions": {"1": {"text": "hi", "made": [{"id": "c1"}]}}, "circle": {"1": {"schema": 1}}}',
)
LETTERS = b'\x00\x01\x1f\x7f\x80\xff\t\n "\\0123456789-+.eE{}[],:truefalsnulINdDcC/u'


def outcome(read: Callable[[bytes], Any], raw: bytes) -> str:
    """What is read, as exact text, or None if reading fails."""
    try:
        said = read(raw)
    except ValueError:
        return "no JSON"
    return repr(said)


def damaged_file(chance: random.Random) -> bytes:
    """A file with a few bytes inserted, deleted or changed."""
    raw = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(raw))
        raw[at : at + chance.randint(0, 1)] = bytes(
            [chance.choice(LETTERS)] if chance.random() < 0.7 else []
        )
    return bytes(raw)


def test_a_damaged_file_is_read_as_the_standard_library_reads_it(full: bool) -> None:
    chance = random.Random(5)
    for _ in range(500_000 if full else 10_000):
        raw = damaged_file(chance)
        assert outcome(parse, raw) == outcome(json.loads, raw), raw


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_any_unicode_encoding_an_editor_may_use_is_read(encoding: str) -> None:
    assert parse('{"name": "Zoë 漢"}'.encode(encoding)) == {"name": "Zoë 漢"}


def test_a_number_too_large_for_a_float_is_read_as_infinity() -> None:
    assert parse(b"1e999") == math.inf


def test_json_that_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        parse(b"[" * 200_000)


# One document per line


def random_text(chance: random.Random) -> str:
    return chance.choice(["hi", 'a"b', "\\", "é", "}, ", "\n", '  "1": {', " }", ""])


def random_tables(chance: random.Random) -> dict[str, Any]:
    """Tables as a newer version might have them: with any names, keys and fields."""

    def document() -> dict[str, Any]:
        return {random_text(chance): random_text(chance), "list": [1, {"a": None}]}

    tables: dict[str, Any] = {}
    odd = chance.random() < 0.2
    names = ["circle", "members", "sessions", "_default", *(['odd "name"', "naïve"] * odd)]
    for name in chance.sample(names, 3):
        keys = chance.sample(["1", "2", "30", "words as key", *(['quo"te'] * odd)], 2)
        tables[name] = {key: document() for key in keys}
    if chance.random() < 0.3:
        tables["mood"] = chance.choice([3, None, [1], "text"])
    return tables


def test_joined_documents_are_valid_json_and_can_be_split_again() -> None:
    chance = random.Random(7)
    found = 0
    for _ in range(2000):
        tables = random_tables(chance)
        lines = lines_of(tables)
        raw = join(lines)
        assert json.loads(raw) == tables
        again = split(raw)
        assert again in (None, lines), raw
        found += again is not None
    assert found > 200


def test_a_file_of_any_layout_is_split_correctly_or_not_at_all(full: bool) -> None:
    chance = random.Random(11)
    found = 0
    for _ in range(200_000 if full else 5_000):
        raw = bytearray(join(lines_of(random_tables(chance))))
        for _ in range(chance.randint(0, 2)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.randint(0, 2)] = chance.choice(
                [b"\n", b" ", b"", b",", b"}", b"{", b'"', b'  "1": {}', b',\n  "2": {', b"\\"]
            )
        lines = split(bytes(raw))
        if lines is None:
            continue
        found += 1
        try:
            documents = {name: each_parsed(table) for name, table in lines.items()}
        except ValueError:
            continue
        assert json.loads(bytes(raw)) == documents
    assert found > 100


def each_parsed(table: dict[str, bytes] | bytes) -> dict[str, Any]:
    assert isinstance(table, dict)
    return {key: parse(line) for key, line in table.items()}
