"""A folder of circles with a canary wherever there are words.

Invariant: what may be read of a circle's file is listed here once; all else is words, and so is
every field that nobody knows.
"""

import json
import sqlite3
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.record import (
    CommitmentResult,
    MeetingRecord,
    NewCommitment,
    Outcome,
    Reset,
)
from circle_tui.store.codec.file_contents import encode
from tests.core.meetings import START
from tests.store.full_state import full_history

CANARY = "kanarienvogel"
FACTS = {
    "circle": "schema id name format share_seconds length_seconds response_seconds rhythm cycle "
    "first zone digits bell overtime twelve_hours woken told_of_three sample",
    "members": "id name joined left away forgotten",
    "sessions": "id number cycle started ended opener attendance guests next",
    "cancelled": "id cycle planned at rebooked rebooked_at",
    "trades": "week member sent received",
}
"""What may be read, table by table; and how a cycle was chosen to go on."""

FREE_TEXT_FACTS = {
    ("circle", "id"),
    ("circle", "name"),
    ("members", "id"),
    ("members", "name"),
    ("sessions", "id"),
    ("sessions", "opener"),
    ("cancelled", "id"),
    ("trades", "member"),
}
"""Facts that may be any text, as people and things are called."""

NOW = START.replace(year=2027)
Tables = dict[str, Any]


def is_fact(table: str, field: str) -> bool:
    return field in FACTS.get(table, "").split()


def complete_tables() -> Tables:
    """A file with two of everything, and every field in use."""
    found: Tables = json.loads(_complete_file())
    return found


@cache
def _complete_file() -> bytes:

    def record_of(number: int) -> MeetingRecord:
        return MeetingRecord(
            id=f"meeting-{number}",
            number=number,
            cycle=1,
            started=START,
            ended=START,
            opener="m2",
            order=("m2", "m1"),
            attendance={"m1": Attendance.LATE, "m2": Attendance.PRESENT},
            made=(NewCommitment(f"c{number}", "m2", "words"),),
            answered=(CommitmentResult("c0", Outcome.MISSED, "words", Reset.LET_GO),),
            reaches_out={"m3": "m1"},
        )

    circle = make_circle("Harbour", "Ana, Ben, Cleo", "pod", zone="UTC", now=START)
    return encode(full_history(circle, record_of)).to_bytes()


def with_canaries(value: Any) -> Any:
    """The same shape, with a canary for every word, and one key more that is a canary."""
    match value:
        case str():
            return f"{CANARY} {value}"
        case list():
            return [with_canaries(each) for each in value]
        case dict():
            return {**{key: with_canaries(each) for key, each in value.items()}, CANARY: CANARY}
    return value


def tables_with_canaries() -> Tables:
    """`whole`, with a canary in all that is no fact."""
    found: Tables = json.loads(_canaried_file())
    return found


@cache
def _canaried_file() -> str:
    found = complete_tables()
    for table, documents in found.items():
        for document in documents.values():
            for field, value in document.items():
                if not is_fact(table, field):
                    document[field] = with_canaries(value)
            if document.get("looked_back"):
                document["looked_back"]["choice"] = CycleChoice.REDESIGN
            document[f"{CANARY} field"] = [CANARY, {CANARY: CANARY}]
    return json.dumps({**found, f"{CANARY} table": {"1": {CANARY: CANARY}}})


def leaf_paths(value: Any, *at: str) -> Iterator[tuple[str, ...]]:
    """The way to everything inside that holds nothing else."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaf_paths(each, *at, key)
    else:
        yield at


def replace_at(at: tuple[str, ...], what: Any = CANARY) -> Tables:
    """`planted`, with something else in this place."""
    found = tables_with_canaries()
    inner = found
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = what
    return found


def damaged_tables() -> Iterator[Tables]:
    """Files with a canary where something else belongs: a moment, a number, a whole table."""
    for at in leaf_paths(complete_tables()):
        table, _, field, *_ = at
        if is_fact(table, field) and (table, field) not in FREE_TEXT_FACTS:
            yield replace_at(at)
    yield replace_at(("sessions", "2", "looked_back", "choice"))
    for table, documents in complete_tables().items():
        yield replace_at((table,))
        yield replace_at((table, "1"))
        for field in documents["1"]:
            if (table, field) not in FREE_TEXT_FACTS:
                yield replace_at((table, "1", field))


def tables_with_wrong_words() -> Iterator[Tables]:
    """Files in which the facts are right, and words are no words."""
    for at in leaf_paths(tables_with_canaries()):
        table, _, field, *_ = at
        if not is_fact(table, field) and at[-1] != "choice":
            yield replace_at(at, 7)
            yield replace_at(at[:3], {"7": [7]} if field != "looked_back" else None)


def with_own_id(found: Tables, number: int) -> Tables:
    """The same tables as another circle, where they hold one; else they would be copies of one."""
    circle = found["circle"]
    if isinstance(circle, dict) and isinstance(circle["1"], dict):
        circle["1"]["id"] = f"{number:032}"
    return found


def truncated_files() -> Iterator[bytes]:
    """Files that end, or are no text any more, just behind a canary."""
    raw, bird = json.dumps(tables_with_canaries()).encode(), CANARY.encode()
    ends = [at + len(bird) for at in range(len(raw)) if raw.startswith(bird, at)]
    for end in ends:
        for rest in (b"", b'"}', b"\xff" + raw[end:], b"\\ud83d" + raw[end:], b"\\q" + raw[end:]):
            yield raw[:end] + rest


def fill_folder(folder: Path, *, every: int = 1) -> Path:
    """A circle that is whole, all that lies beside it, and damage of every kind.

    With `every`, only every so many of the damaged files is there.
    """
    (folder / "a.json").write_text(json.dumps(tables_with_canaries()))
    (folder / "a.json.bak").write_text(CANARY)
    for name in ("a.live", "a.dropped"):
        journal = sqlite3.connect(folder / name)
        with journal:
            journal.execute("CREATE TABLE events (said)")
            journal.execute("INSERT INTO events VALUES (?)", (CANARY,))
        journal.close()
    for number, found in islice(enumerate(damaged_tables()), None, None, every):
        (folder / f"invalid-{number}.json").write_text(json.dumps(with_own_id(found, number)))
    for number, raw in islice(enumerate(truncated_files()), None, None, every):
        own = raw.replace(b'"schema": 1,', b'"schema": 1, "id": "torn-%d",' % number)
        (folder / f"torn-{number}.json").write_bytes(own)
    return folder
