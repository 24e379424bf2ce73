"""Attendance of very many circles as a folder of Parquet files, of which few change at a time.

Invariant: a circle stands in the part that its id begins with, in two tables; facts that come later
replace their circle whole, and older ones never do. What is remembered from one time to the next is
told by hashes under the key: no path, no size, no date and no moment of a meeting.

    attendance/0f.parquet   a row per member and meeting
    circles/0f.parquet      a row per circle
    parts.manifest          what was read, and with which options
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from circle_tui.reports.parquet import (
    CIRCLES,
    SCHEMA,
    Names,
    Options,
    circle_rows,
    is_too_small,
    pack,
    unpack,
)
from circle_tui.service.reviews import CircleReview
from circle_tui.store.attendance_reader import UnreadableFile
from circle_tui.store.circle_paths import FoundFile
from circle_tui.store.copies import OlderCopy, modified
from circle_tui.store.parts_folder import KnownCircle, PartsFolder, locked_folder, part_of
from circle_tui.store.scratch import SortedPieces, scratch_database

_TABLES = {"attendance": SCHEMA, "circles": CIRCLES}

_SETTLED = 2
"""Seconds. A file that was written more recently is read again the next time, because a clock of a
disk may be too coarse to tell one more change from it."""

_SALT = 16
"""So many characters of a sealed age are its salt."""

_EPOCH, _TICK = datetime(1, 1, 1, tzinfo=UTC), timedelta(microseconds=1)

_Age = tuple[int, int, int]
"""How far a circle is in its facts: meetings, when the last one ended, when they were saved."""


@contextmanager
def parts_in(folder: Path, key: bytes, options: Options, said: str) -> Iterator["Parts"]:
    """The parts in a folder, which nobody else brings up to date meanwhile.

    Raises `SaveError`, and `LoadError` also for parts of another key or of other options.
    """
    with locked_folder(folder):
        yield Parts(folder, key, options, said)


class Parts:
    """A folder of parts, to be brought up to date."""

    def __init__(self, folder: Path, key: bytes, options: Options, said: str) -> None:
        """Raises `LoadError`."""
        self._folder, self._options = PartsFolder(folder, _TABLES), options
        # To begin a hash with a key takes longer than all that follows, and there are many.
        self._keyed = {size: hashlib.blake2b(key=key, digest_size=size) for size in (16, 24)}
        self._manifest = self._folder.load(self._hash("options", repr(options), said))
        self._read: dict[Path, tuple[str, str]] = {}
        """The hashes of the paths and stamps of files that are read now."""

    def is_known(self, found: FoundFile, now: datetime) -> bool:
        """Whether a file was read before and has not changed since; if not, it is being read."""
        status = found.status
        stamp = f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
        path, stamp = self._hash("file", found.name), self._hash("stamp", stamp)
        if self._manifest.files.get(path) == stamp:
            return True
        self._manifest.files.pop(path, None)
        if max(status.st_mtime, status.st_ctime) < now.timestamp() - _SETTLED:
            self._read[found.path] = path, stamp
        return False

    def update(
        self,
        reviewed: Iterable[CircleReview | UnreadableFile],
        names: Names,
        failed: Callable[[UnreadableFile], None],
    ) -> None:
        """Bring in what was read anew. Raises `SaveError`."""
        ages: dict[str, _Age] = {}
        too_small: set[str] = set()

        def fail(unread: UnreadableFile) -> None:
            self._forget(unread)
            failed(unread)

        with scratch_database() as db:
            fresh = SortedPieces(db)
            newer = self._newer(reviewed, names, ages, too_small)
            for each in circle_rows(newer, names, fail, self._options):
                packed = pack(each)
                circle = self._circle(each.circle, ages[each.circle], packed)
                before = self._manifest.circles.get(each.circle)
                self._manifest.circles[each.circle] = circle
                if before is None or before.digest != circle.digest:
                    fresh.add(each.circle, packed)
            for gone in too_small:
                # What was told of it before goes.
                if self._manifest.circles.pop(gone, None) is not None:
                    fresh.add(gone, b"")
            self._write(fresh)
        self._manifest.files.update(self._read.values())
        self._folder.save(self._manifest)

    def _newer(
        self,
        reviewed: Iterable[CircleReview | UnreadableFile],
        names: Names,
        ages: dict[str, _Age],
        too_small: set[str],
    ) -> Iterator[CircleReview]:
        """Those that are not older than what stands in the parts; `ages` and `too_small` fill."""
        for each in reviewed:
            if isinstance(each, UnreadableFile):
                self._forget(each)
                continue
            circle, age = names(each)[0], _age(each)
            before = self._manifest.circles.get(circle)
            if before is not None and age < self._unsealed(circle, before.age):
                continue
            if is_too_small(each, self._options):
                too_small.add(circle)
                continue
            ages[circle] = age
            yield each

    def _forget(self, unread: UnreadableFile) -> None:
        """Let a file be read, and its trouble be said, the next time as well."""
        if not isinstance(unread, OlderCopy):
            for path in (unread.path, unread.path.parent):
                self._read.pop(path, None)

    def _write(self, fresh: SortedPieces) -> None:
        """Put circles into their parts, in the place of all that is there of them."""
        for part, found in groupby(fresh, key=lambda piece: part_of(piece[0])):
            pieces = dict(found)
            circles = [unpack(packed) for packed in pieces.values() if packed]
            for place, table in enumerate(_TABLES):
                self._replace(table, part, [each[place] for each in circles], pieces.keys())

    def _replace(self, table: str, part: str, fresh: list[pa.RecordBatch], of: Set[str]) -> None:
        """Put `fresh` rows into a part, in the place of all rows `of` these circles."""
        kept = [(circle, rows) for circle, rows in self._rows_of(table, part) if circle not in of]
        kept += [
            (batch["circle"][0].as_py(), pa.Table.from_batches([batch]))
            for batch in fresh
            if batch.num_rows
        ]
        kept.sort(key=itemgetter(0))
        empty = _TABLES[table].empty_table()
        with self._folder.writing(table, part) as file:
            whole = pa.concat_tables([empty, *(rows for _, rows in kept)])
            parquet.write_table(whole, file, compression="zstd")

    def _rows_of(self, table: str, part: str) -> Iterator[tuple[str, pa.Table]]:
        """The rows of each circle in a part, in their order. Raises `LoadError`."""
        if (raw := self._folder.read(table, part)) is None:
            return
        try:
            found = parquet.ParquetFile(pa.BufferReader(raw)).read(use_threads=False)
        except (OSError, pa.ArrowException):
            raise self._folder.unreadable(table, part) from None
        if found.schema != _TABLES[table]:
            raise self._folder.unreadable(table, part)
        first = 0
        for circle, rows in groupby(found["circle"].to_pylist()):
            number = sum(1 for _ in rows)
            yield circle, found.slice(first, number)
            first += number

    def _circle(self, circle: str, age: _Age, packed: bytes) -> KnownCircle:
        salt = secrets.token_hex(_SALT // 2)
        plain = int.from_bytes(b"".join(each.to_bytes(8, "big") for each in age), "big")
        sealed = f"{salt}{plain ^ self._mask(circle, salt):048x}"
        digest = self._keyed[16].copy()
        digest.update(packed)
        return KnownCircle(sealed, digest.hexdigest())

    def _unsealed(self, circle: str, sealed: str) -> _Age:
        plain = int(sealed[_SALT:], 16) ^ self._mask(circle, sealed[:_SALT])
        raw = plain.to_bytes(24, "big")
        meetings, ended, saved = (int.from_bytes(raw[at : at + 8], "big") for at in (0, 8, 16))
        return meetings, ended, saved

    def _mask(self, circle: str, salt: str) -> int:
        """What hides an age from everybody without the key; no two ages have the same."""
        return int(self._hash("age", circle, salt, size=24), 16)

    def _hash(self, *parts: str, size: int = 16) -> str:
        hashing = self._keyed[size].copy()
        hashing.update(os.fsencode("\0".join(parts)))
        return hashing.hexdigest()


def _age(reviewed: CircleReview) -> _Age:
    """How far a circle is in these facts, as `core.attendance.copies` compares copies."""
    ended = [meeting.ended for meeting in reviewed.review.facts.records]
    saved = reviewed.made or modified(reviewed.path)
    return len(ended), _ticks(max(ended, default=_EPOCH)), _ticks(saved)


def _ticks(moment: datetime) -> int:
    return max(0, (moment - _EPOCH) // _TICK)
