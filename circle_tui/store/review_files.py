"""The files that a review reads, in their order, and which of them are copies of one circle.

Invariant: of several files of a circle only the newest is to be read, and the others are named. The
list is kept in a scratch database, so that memory does not grow with the number of circles.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from circle_tui.core.attendance.copies import Origin, same_circles
from circle_tui.store import circle_paths
from circle_tui.store.attendance_reader import UnreadableFile
from circle_tui.store.copies import OlderCopy, origin_of, sort_out, whole_origin_of

_FILE = """
CREATE TABLE file(
    place INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    inode TEXT UNIQUE,
    circle TEXT,
    beginning BLOB,
    slug TEXT NOT NULL DEFAULT '',
    is_copy INTEGER NOT NULL DEFAULT 0,
    reason TEXT
)
"""
"""`circle` is an id, "" without one, and null if the file cannot be read. `beginning` is a digest
of what identifies a circle without an id. `reason` says why a file is not to be read."""

_ADD = "INSERT OR IGNORE INTO file(path, inode, circle, reason) VALUES (?, ?, ?, ?)"

_RELATED = """
CREATE TABLE related AS SELECT place FROM file WHERE circle IN (
    SELECT circle FROM file WHERE circle = '' OR beginning IN (
        SELECT beginning FROM file WHERE circle = ''
    )
)
"""
"""The files without an id, and those that they may be copies of."""

_SEVERAL = """
CREATE TABLE several AS SELECT circle FROM file
WHERE circle IS NOT NULL AND place NOT IN related
GROUP BY circle HAVING count(*) > 1
"""
"""The ids that several files have."""


class Listed(NamedTuple):
    """A file, and the name of its circle's plainest file if it has several; else empty."""

    path: Path
    slug: str


class ReviewFiles:
    """The files that `paths` name."""

    def __init__(self, db: sqlite3.Connection, paths: Iterable[Path]) -> None:
        """Finds them all. `db` is a scratch database."""
        self._db = db
        db.execute(_FILE)
        for found in circle_paths.find(paths):
            if isinstance(found, UnreadableFile):
                self._add(found)
                continue
            inode: str | None = f"{found.inode[0]:x} {found.inode[1]:x}"
            if self._has(inode):
                continue
            for place in circle_paths.entries_of(found.path):
                self._add(place, inode)
                # All places in a bundle are in one file.
                inode = None
        self._mark_copies()

    def __len__(self) -> int:
        (number,) = self._db.execute("SELECT count(*) FROM file").fetchone()
        return int(number)

    def __iter__(self) -> Iterator[Listed | UnreadableFile]:
        """All of them in order, with the reason for each that is not to be read."""
        for path, slug, is_copy, reason in self._db.execute(
            "SELECT path, slug, is_copy, reason FROM file ORDER BY place"
        ):
            where = Path(os.fsdecode(path))
            if reason is None:
                yield Listed(where, slug)
            else:
                yield (OlderCopy if is_copy else UnreadableFile)(where, reason)

    def to_read(self) -> Iterator[Path]:
        """Those that are to be read, in order."""
        to_read = "SELECT path FROM file WHERE reason IS NULL ORDER BY place"
        for (path,) in self._db.execute(to_read):
            yield Path(os.fsdecode(path))

    def _has(self, inode: str | None) -> bool:
        found = self._db.execute("SELECT 1 FROM file WHERE inode = ?", (inode,))
        return found.fetchone() is not None

    def _add(self, file: Path | UnreadableFile, inode: str | None = None) -> None:
        if isinstance(file, UnreadableFile):
            self._db.execute(_ADD, (os.fsencode(file.path), inode, None, file.reason))
            return
        origin = origin_of(file)
        circle = None if origin is None else origin.id
        self._db.execute(_ADD, (os.fsencode(file), inode, circle, None))

    def _mark_copies(self) -> None:
        if len(self) < 2:
            return
        self._db.execute("CREATE INDEX by_circle ON file(circle)")
        if self._db.execute("SELECT 1 FROM file WHERE circle = ''").fetchone() is not None:
            self._compare_beginnings()
        self._db.execute(_RELATED)
        self._db.execute(_SEVERAL)
        for places in self._of_one_circle():
            marks = ", ".join("?" * len(places))
            found = self._db.execute(f"SELECT path FROM file WHERE place IN ({marks})", places)
            for copies in sort_out([Path(os.fsdecode(path)) for (path,) in found.fetchall()]):
                self._db.execute(
                    "UPDATE file SET slug = ? WHERE path = ?",
                    (copies.slug, os.fsencode(copies.newest)),
                )
                self._db.executemany(
                    "UPDATE file SET is_copy = 1, reason = ? WHERE path = ?",
                    [(copy.reason, os.fsencode(copy.path)) for copy in copies.left_out],
                )

    def _compare_beginnings(self) -> None:
        """Without an id only all of a circle's beginning tells which it is: read it of all."""
        self._db.execute("CREATE INDEX by_beginning ON file(beginning)")
        readable = (
            "SELECT place, path FROM file WHERE circle IS NOT NULL AND place > ? "
            "ORDER BY place LIMIT 1"
        )
        place = 0
        while (row := self._db.execute(readable, (place,)).fetchone()) is not None:
            place, path = row
            origin = whole_origin_of(Path(os.fsdecode(path)))
            circle, beginning = (None, None) if origin is None else (origin.id, _digest(origin))
            self._db.execute(
                "UPDATE file SET circle = ?, beginning = ? WHERE place = ?",
                (circle, beginning, place),
            )

    def _of_one_circle(self) -> Iterator[list[int]]:
        """The places of several files that seem to be of one circle."""
        related = self._db.execute(
            "SELECT place, circle, beginning FROM file WHERE place IN related ORDER BY place"
        ).fetchall()
        origins = [Origin(circle, beginning) for _, circle, beginning in related]
        for group in same_circles(origins):
            if len(group) > 1:
                yield [related[at][0] for at in group]
        for (circle,) in self._db.execute("SELECT circle FROM several"):
            found = self._db.execute("SELECT place FROM file WHERE circle = ?", (circle,))
            yield [place for (place,) in found.fetchall()]


def _digest(origin: Origin) -> bytes:
    return sha256(repr(origin.beginning).encode("utf-8", "surrogatepass")).digest()
