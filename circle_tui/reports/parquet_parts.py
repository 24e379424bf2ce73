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

import msgspec
import pyarrow as pa
from msgspec import Struct
from pyarrow import parquet

from circle_tui.reports.parquet import (
    CIRCLES,
    SCHEMA,
    Names,
    Options,
    is_too_small,
    pack,
    unpack,
    written,
)
from circle_tui.service.reviews import Reviewed
from circle_tui.store import atomic
from circle_tui.store.attendance_reader import Unread
from circle_tui.store.circle_paths import Found
from circle_tui.store.copies import Copy, modified
from circle_tui.store.errors import LoadError, SaveError, save_error, shown
from circle_tui.store.lock import CircleLock, LockedError
from circle_tui.store.output_file import output_file
from circle_tui.store.read_file import read_file
from circle_tui.store.scratch import SortedPieces, scratch_database

MANIFEST = "parts.manifest"
_LOCK = ".parts.lock"
_TABLES = {"attendance": SCHEMA, "circles": CIRCLES}

_SCHEMA = 2

_PREFIX = 2
"""So many characters of an id say in which part its circle stands."""

_SETTLED = 2
"""Seconds. A file that was written more recently is read again the next time, because a clock of a
disk may be too coarse to tell one more change from it."""

_SALT = 16
"""So many characters of a sealed age are its salt."""

_EPOCH, _TICK = datetime(1, 1, 1, tzinfo=UTC), timedelta(microseconds=1)

_Age = tuple[int, int, int]
"""How far a circle is in its facts: meetings, when the last one ended, when they were saved."""


class _Circle(Struct, array_like=True):
    """A circle as it was written: how far it was, sealed, and a digest of its rows."""

    age: str
    digest: str


class _Manifest(Struct):
    """What is remembered: a stamp for each file by its path, and the circles by their ids."""

    schema: int
    options: str
    files: dict[str, str] = {}
    circles: dict[str, _Circle] = {}


@contextmanager
def parts_in(folder: Path, key: bytes, options: Options, said: str) -> Iterator["Parts"]:
    """The parts in a folder, which nobody else brings up to date meanwhile.

    Raises `SaveError`, and `LoadError` also for parts of another key or of other options.
    """
    try:
        atomic.make_folder(folder)
    except OSError as error:
        raise save_error(error, folder / MANIFEST) from error
    lock = CircleLock(folder / _LOCK)
    try:
        lock.acquire()
    except LockedError:
        raise SaveError(
            f"Another export is writing into {shown(folder)}: wait until it's done, then try again."
        ) from None
    try:
        yield Parts(folder, key, options, said)
    finally:
        lock.release()


class Parts:
    """A folder of parts, to be brought up to date."""

    def __init__(self, folder: Path, key: bytes, options: Options, said: str) -> None:
        """Raises `LoadError`."""
        self._folder, self._key, self._options = folder, key, options
        # To begin a hash with a key takes longer than all that follows, and there are many.
        self._keyed = {size: hashlib.blake2b(key=key, digest_size=size) for size in (16, 24)}
        self._manifest = _read_manifest(folder, self._hash("options", repr(options), said))
        self._read: dict[Path, tuple[str, str]] = {}
        """The hashes of the paths and stamps of files that are read now."""
        if not (folder / MANIFEST).exists():
            # Before any part, so that one run that is killed doesn't stop the next.
            self._save()

    def is_known(self, found: Found, now: datetime) -> bool:
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
        reviewed: Iterable[Reviewed | Unread],
        names: Names,
        failed: Callable[[Unread], None],
    ) -> None:
        """Bring in what was read anew. Raises `SaveError`."""
        ages: dict[str, _Age] = {}
        too_small: set[str] = set()

        def fail(unread: Unread) -> None:
            self._forget(unread)
            failed(unread)

        with scratch_database() as db:
            fresh = SortedPieces(db)
            newer = self._newer(reviewed, names, ages, too_small)
            for each in written(newer, names, fail, self._options):
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
        self._save()

    def _save(self) -> None:
        """Raises `SaveError`."""
        # Sorted, so that no order of files or circles shows through.
        self._manifest.files = dict(sorted(self._manifest.files.items()))
        self._manifest.circles = dict(sorted(self._manifest.circles.items()))
        with output_file(self._folder / MANIFEST) as file:
            file.write(msgspec.json.encode(self._manifest))

    def _newer(
        self,
        reviewed: Iterable[Reviewed | Unread],
        names: Names,
        ages: dict[str, _Age],
        too_small: set[str],
    ) -> Iterator[Reviewed]:
        """Those that are not older than what stands in the parts; `ages` and `too_small` fill."""
        for each in reviewed:
            if isinstance(each, Unread):
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

    def _forget(self, unread: Unread) -> None:
        """Let a file be read, and its trouble be said, the next time as well."""
        if not isinstance(unread, Copy):
            for path in (unread.path, unread.path.parent):
                self._read.pop(path, None)

    def _write(self, fresh: SortedPieces) -> None:
        """Put circles into their parts, in the place of all that is there of them."""
        for part, found in groupby(fresh, key=lambda piece: piece[0][:_PREFIX]):
            pieces = dict(found)
            circles = [unpack(packed) for packed in pieces.values() if packed]
            for place, (table, schema) in enumerate(_TABLES.items()):
                self._replace(
                    self._folder / table / f"{part}.parquet",
                    schema,
                    [each[place] for each in circles],
                    pieces.keys(),
                )

    def _replace(
        self, path: Path, schema: pa.Schema, fresh: list[pa.RecordBatch], of: Set[str]
    ) -> None:
        """Put `fresh` rows into a part, in the place of all rows `of` these circles."""
        kept = [(circle, rows) for circle, rows in _rows_of(path, schema) if circle not in of]
        kept += [
            (batch["circle"][0].as_py(), pa.Table.from_batches([batch]))
            for batch in fresh
            if batch.num_rows
        ]
        kept.sort(key=itemgetter(0))
        try:
            atomic.make_folder(path.parent)
        except OSError as error:
            raise save_error(error, path) from error
        with output_file(path) as file:
            whole = pa.concat_tables([schema.empty_table(), *(rows for _, rows in kept)])
            parquet.write_table(whole, file, compression="zstd")

    def _circle(self, circle: str, age: _Age, packed: bytes) -> _Circle:
        salt = secrets.token_hex(_SALT // 2)
        plain = int.from_bytes(b"".join(each.to_bytes(8, "big") for each in age), "big")
        sealed = f"{salt}{plain ^ self._mask(circle, salt):048x}"
        return _Circle(sealed, hashlib.blake2b(packed, key=self._key, digest_size=16).hexdigest())

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


def _read_manifest(folder: Path, options: str) -> _Manifest:
    """Raises `LoadError`."""
    path = folder / MANIFEST
    try:
        found = msgspec.json.decode(read_file(path), type=_Manifest)
    except FileNotFoundError:
        if any((folder / table).exists() for table in _TABLES):
            raise LoadError(
                f"{shown(path)} is missing, and without it nobody knows what's in the parts: "
                "choose another folder, or an empty one."
            ) from None
        return _Manifest(_SCHEMA, options)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise LoadError(
            f"{shown(path)} can't be read: choose another folder, or an empty one."
        ) from None
    if (found.schema, found.options) != (_SCHEMA, options):
        raise LoadError(
            f"{shown(folder)} was made with another key or other options: "
            "choose another folder for these."
        )
    for part in {circle[:_PREFIX] for circle in found.circles}:
        for table in _TABLES:
            if not os.path.lexists(part_file := folder / table / f"{part}.parquet"):
                raise _lost(part_file, "is missing")
    return found


def _rows_of(path: Path, schema: pa.Schema) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each circle in a part, in their order. Raises `LoadError`."""
    try:
        table = parquet.ParquetFile(pa.BufferReader(read_file(path))).read(use_threads=False)
        if table.schema != schema:
            raise _lost(path, "can't be read")
        first = 0
        for circle, rows in groupby(table["circle"].to_pylist()):
            number = sum(1 for _ in rows)
            yield circle, table.slice(first, number)
            first += number
    except FileNotFoundError:
        return
    except (OSError, pa.ArrowException):
        raise _lost(path, "can't be read") from None


def _lost(path: Path, what: str) -> LoadError:
    return LoadError(f"{shown(path)} {what}: remove the folder, and all parts will be made again.")


def _age(reviewed: Reviewed) -> _Age:
    """How far a circle is in these facts, as `core.attendance.copies` compares copies."""
    ended = [meeting.ended for meeting in reviewed.review.facts.records]
    saved = reviewed.made or modified(reviewed.path)
    return len(ended), _ticks(max(ended, default=_EPOCH)), _ticks(saved)


def _ticks(moment: datetime) -> int:
    return max(0, (moment - _EPOCH) // _TICK)
