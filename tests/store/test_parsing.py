"""What a circle's file says does not depend on which of two parsers reads it."""

import json
import math
import random
from collections.abc import Callable
from typing import Any

import pytest

from circle_tui.store.parsing import parse

SEEDS = (
    b'{"a": [1, 2.5, -0, -0.0, 1e5, 12345678901234567890123, "x\\u00e9\\n", null, true], "a": 3}',
    b"[1e400, 0.1, 9007199254740993, 18446744073709551616, -9223372036854775809, NaN, -Infinity]",
    '["\\ud83d\\ude00", "\\ud83d", "é漢"]'.encode(),
    b'{"sessions": {"1": {"text": "hi", "made": [{"id": "c1"}]}}, "circle": {"1": {"schema": 1}}}',
)
LETTERS = b'\x00\x01\x1f\x7f\x80\xff\t\n "\\0123456789-+.eE{}[],:truefalsnulINdDcC/u'


def outcome(read: Callable[[bytes], Any], raw: bytes) -> str:
    """What is read, told apart to the last bit, or that nothing is."""
    try:
        said = read(raw)
    except ValueError:
        return "no JSON"
    return repr(said)


def spoilt(chance: random.Random) -> bytes:
    """A file with a few bytes put in, taken out or changed."""
    raw = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(raw))
        raw[at : at + chance.randint(0, 1)] = bytes(
            [chance.choice(LETTERS)] if chance.random() < 0.7 else []
        )
    return bytes(raw)


def test_a_file_spoilt_anyhow_says_what_the_standard_library_reads_in_it(full: bool) -> None:
    chance = random.Random(5)
    for _ in range(500_000 if full else 10_000):
        raw = spoilt(chance)
        assert outcome(parse, raw) == outcome(json.loads, raw), raw


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_any_utf_that_an_editor_saves_is_read(encoding: str) -> None:
    assert parse('{"name": "Zoë 漢"}'.encode(encoding)) == {"name": "Zoë 漢"}


def test_a_number_beyond_all_is_what_it_always_was() -> None:
    assert parse(b"1e999") == math.inf


def test_what_is_nested_too_deeply_is_no_json() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        parse(b"[" * 200_000)
