"""A temporary database for sorting or comparing what may not fit into memory.

Invariant: it has no name on the disk, and vanishes when this program ends, however it ends.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from circle_tui.store.errors import save_error


@contextmanager
def scratch_database() -> Iterator[sqlite3.Connection]:
    """An empty database, which may be used by one thread after the other.

    Raises `SaveError` for whatever SQLite cannot do, as when the disk is full.
    """
    try:
        with closing(sqlite3.connect("", isolation_level=None, check_same_thread=False)) as db:
            # Nothing is ever rolled back or read again after a crash.
            db.execute("PRAGMA journal_mode=OFF").fetchall()
            yield db
    except sqlite3.Error as error:
        raise save_error(error, Path(tempfile.gettempdir(), "circle-tui")) from error


class SortedPieces:
    """Pieces of bytes, sorted by their names; pieces of one name in the order they were added."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Uses a scratch database."""
        self._db = db
        db.execute("CREATE TABLE piece(place INTEGER PRIMARY KEY, name TEXT, content BLOB)")

    def add(self, name: str, content: bytes) -> None:
        """Add a piece."""
        self._db.execute("INSERT INTO piece(name, content) VALUES (?, ?)", (name, content))

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        # An index is sorted, and not the pieces themselves.
        self._db.execute("CREATE INDEX IF NOT EXISTS by_name ON piece(name, place)")
        yield from self._db.execute(
            "SELECT name, content FROM piece INDEXED BY by_name ORDER BY name, place"
        )
