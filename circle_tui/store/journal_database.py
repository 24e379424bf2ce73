"""The SQLite database of a live journal: opening it, and reading its tables.

Invariant: every commit is synced (WAL, `synchronous=FULL`), deleted rows are overwritten in the
file, and a database that is not a journal is never changed.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from circle_tui.core.checked import is_within_years

Acts = tuple[tuple[str, ...], ...]
"""The acts of a meeting, oldest first, each the JSON texts of its events."""

_FOR_WRITERS, _FOR_READERS = 1000, 100
"""Milliseconds to wait for another program that writes, and for one that only reads."""

TABLES = {
    "events": "CREATE TABLE events"
    "(act INTEGER NOT NULL, place INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY(act, place))",
    "pulse": "CREATE TABLE pulse(one INTEGER PRIMARY KEY CHECK(one = 1), moment TEXT NOT NULL)",
}


def joined(acts: Acts, keep: int, more: Sequence[tuple[str, ...]]) -> Acts:
    """The first `keep` of these acts, and `more`. Raises `ValueError` where that makes no sense."""
    if not 0 <= keep <= len(acts):
        raise ValueError(f"{keep} acts cannot be kept of {len(acts)}")
    if not all(more):
        raise ValueError("an act without events")
    return (*acts[:keep], *(tuple(events) for events in more))


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the journal at `path`. Raises `sqlite3.Error`, also if it is no journal."""
    db = sqlite3.connect(
        path, timeout=_FOR_WRITERS / 1000, isolation_level=None, check_same_thread=False
    )
    try:
        # Check first, so that somebody else's database is not changed.
        if not tables_of(db) <= TABLES.keys():
            raise failure("SQLITE_NOTADB")
        try:
            (mode,) = db.execute("PRAGMA journal_mode=WAL").fetchone()
        except sqlite3.OperationalError:
            mode = "none"
        if mode != "wal":
            # A network drive cannot do WAL. A rollback journal is slower, and as safe.
            db.execute("PRAGMA journal_mode=DELETE").fetchall()
        db.execute("PRAGMA synchronous=FULL")
        # Otherwise undone events could be found in free pages of the file.
        db.execute("PRAGMA secure_delete=ON").fetchall()
    except BaseException:
        db.close()
        raise
    return db


def empty_log(db: sqlite3.Connection) -> bool:
    """Move the write-ahead log into the database file and truncate it; whether that was possible.

    It is not while another program is reading. Raises `sqlite3.Error`.
    """
    db.execute(f"PRAGMA busy_timeout={_FOR_READERS}").fetchall()
    try:
        (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.execute(f"PRAGMA busy_timeout={_FOR_WRITERS}").fetchall()
    return not busy


def mark_parked(db: sqlite3.Connection, *, parked: bool) -> None:
    """Note whether the meeting is closed for now, for those who follow it. Raises `sqlite3.Error`.

    It is SQLite's own number for the user, so earlier versions of the program don't mind it.
    """
    db.execute(f"PRAGMA user_version={int(parked)}")


def is_parked(db: sqlite3.Connection) -> bool:
    """Whether the program that last wrote closed the meeting. Raises `sqlite3.Error`."""
    return bool(db.execute("PRAGMA user_version").fetchone()[0])


def failure(name: str) -> sqlite3.Error:
    """An error as SQLite itself would raise it, by its name such as "SQLITE_NOTADB"."""
    error = sqlite3.DatabaseError(name)
    error.sqlite_errorname = name
    return error


def tables_of(db: sqlite3.Connection) -> set[str]:
    """The names of its tables."""
    return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def read_acts(db: sqlite3.Connection) -> tuple[Acts, datetime | None]:
    """All acts, and the last pulse (aware UTC) or None, after a check for damage.

    Raises `sqlite3.Error`, or `ValueError` for content that this program did not write.
    """
    if db.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        raise ValueError("damaged")
    return read_tables(db)


def read_tables(db: sqlite3.Connection) -> tuple[Acts, datetime | None]:
    """What `read_acts` gives, without the check, which takes longer than the rest."""
    tables = tables_of(db)
    acts: list[list[str]] = []
    if "events" in tables:
        for act, place, event in db.execute("SELECT act, place, event FROM events ORDER BY 1, 2"):
            if act == len(acts) and place == 0:
                acts.append([])
            if act != len(acts) - 1 or place != len(acts[-1]) or not isinstance(event, str):
                raise ValueError("out of order")
            acts[-1].append(event)
    pulse = None
    if "pulse" in tables and (row := db.execute("SELECT moment FROM pulse").fetchone()):
        pulse = datetime.fromisoformat(str(row[0])).astimezone(UTC)
        if not is_within_years(pulse):
            raise ValueError("no moment that can be reckoned with")
    return tuple(map(tuple, acts)), pulse


class _Circle(Struct, frozen=True):
    id: str = ""


class _Standing(Struct, frozen=True):
    circle: _Circle = _Circle()


class _Opened(Struct, frozen=True):
    """The part of a meeting's first event that has the circle's id."""

    standing: _Standing = _Standing()


_FIRST_EVENTS = msgspec.json.Decoder(_Opened)


def circle_of(event: str) -> str:
    """The id of the circle that began a meeting with this event; empty if the event has none."""
    try:
        return _FIRST_EVENTS.decode(event).standing.circle.id
    except ValueError:
        # Replaying the events will raise an error with a sentence.
        return ""
