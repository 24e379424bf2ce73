"""Attendance of very many circles as a folder of Parquet files, of which few change at a time.

Invariant: a circle stands in the part that its id begins with, in two tables; facts that come later
replace their circle whole, and older ones never do. What is remembered from one time to the next is
told by hashes under the key: no path, no size and no date of a file.

    attendance/0f.parquet   a row per member and meeting
    circles/0f.parquet      a row per circle
    parts.json              what was read, and with which options
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
from msgspec import Struct
from pyarrow import compute, parquet

from circle_tui.reports.parquet import CIRCLES, SCHEMA, Names, Options, Row, SortedRows, written
from circle_tui.service.reviews import Reviewed
from circle_tui.store import atomic
from circle_tui.store.attendance_reader import Unread
from circle_tui.store.errors import LoadError, SaveError, save_error, shown
from circle_tui.store.output_file import output_file
from circle_tui.store.read_file import read_file

STATE = "parts.json"

_PREFIX = 2
"""So many characters of an id say in which part its circle stands."""


class _State(Struct):
    """What is remembered: the `files` that were read, by hash, and how far each circle was."""

    schema: int
    options: str
    files: list[str] = []
    circles: dict[str, tuple[int, str]] = {}


class Parts:
    """A folder of parts, to be brought up to date."""

    def __init__(self, folder: Path, key: bytes, options: Options, said: str) -> None:
        """Raises `LoadError`, also for parts that were made with another key or other options."""
        self._folder, self._key, self._options = folder, key, options
        self._state = self._read(self._hash("options", repr(options), said))
        self._known = frozenset(self._state.files)
        self._now: set[str] = set()

    def _read(self, options: str) -> _State:
        path = self._folder / STATE
        try:
            found = msgspec.json.decode(read_file(path), type=_State)
        except FileNotFoundError:
            return _State(1, options)
        except (OSError, msgspec.MsgspecError):
            raise LoadError(
                f"{shown(path)} can't be read: choose another folder, or an empty one."
            ) from None
        if (found.schema, found.options) != (1, options):
            raise LoadError(
                f"{shown(self._folder)} was made with another key or other options: "
                "choose another folder for these."
            )
        return found

    def _hash(self, *parts: str) -> str:
        said = "\0".join(parts).encode("utf-8", "surrogateescape")
        return hashlib.blake2b(said, key=self._key, digest_size=16).hexdigest()

    def is_known(self, path: Path) -> bool:
        """Whether a file was read before and has not changed since; noted for the next time."""
        try:
            status = path.stat()
        except OSError:
            try:
                status = path.parent.stat()
            except OSError:
                return False
        stamp = f"{status.st_ino} {status.st_size} {status.st_mtime_ns}"
        file = self._hash("file", str(path), stamp)
        self._now.add(file)
        return file in self._known

    def update(
        self,
        reviewed: Iterable[Reviewed | Unread],
        names: Names,
        failed: Callable[[Unread], None],
    ) -> int:
        """Bring in what was read anew; how many circles. Raises `SaveError`."""
        sorting, summaries = SortedRows(), dict[str, Row]()
        ages: dict[str, tuple[int, str]] = {}

        def newer(found: Iterable[Reviewed | Unread]) -> Iterable[Reviewed]:
            for each in found:
                if isinstance(each, Unread):
                    continue
                circle, age = names(each)[0], _age(each)
                if age >= self._state.circles.get(circle, (0, "")):
                    ages[circle] = age
                    yield each

        for each in written(newer(reviewed), names, failed, self._options):
            summaries[each.circle] = each.summary
            sorting.add(each)
        self._write(sorting, summaries)
        self._state.circles.update(
            (circle, age) for circle, age in ages.items() if circle in summaries
        )
        self._state.files = sorted(self._now)
        self._state.circles = dict(sorted(self._state.circles.items()))
        with output_file(self._folder / STATE) as file:
            file.write(msgspec.json.encode(self._state))
        return len(summaries)

    def _write(self, sorting: SortedRows, summaries: dict[str, Row]) -> None:
        for table in ("attendance", "circles"):
            try:
                atomic.make_folder(self._folder / table)
            except OSError as error:
                raise save_error(error, self._folder / table) from error
        rows = defaultdict[str, list[Row]](list)
        for circle in sorted(summaries):
            rows[circle[:_PREFIX]].append(summaries[circle])
        batches: list[pa.RecordBatch] = []
        part = ""
        for circle, batch in sorting:
            if circle[:_PREFIX] != part and batches:
                self._replace("attendance", part, pa.Table.from_batches(batches), rows[part])
                batches = []
            part = circle[:_PREFIX]
            batches.append(batch)
        if batches:
            self._replace("attendance", part, pa.Table.from_batches(batches), rows[part])
        for part, found in rows.items():
            self._replace("circles", part, pa.Table.from_pylist(found, CIRCLES), found)

    def _replace(self, table: str, part: str, fresh: pa.Table, rows: list[Row]) -> None:
        """Put `fresh` into a part, in the place of all it has of the circles of `rows`."""
        path = self._folder / table / f"{part}.parquet"
        schema = SCHEMA if table == "attendance" else CIRCLES
        tables = [fresh]
        if path.exists():
            before = _read_part(path, schema)
            of_these = pa.array([row["circle"] for row in rows], pa.string())
            tables.append(before.filter(compute.invert(compute.is_in(before["circle"], of_these))))
        whole = pa.concat_tables(tables)
        # Rows of a circle stay as they are: the place is the second key.
        place = pa.array(range(whole.num_rows), pa.int64())
        keys = pa.table({"circle": whole["circle"], "place": place})
        order = compute.sort_indices(
            keys, sort_keys=[("circle", "ascending"), ("place", "ascending")]
        )
        with output_file(path) as file:
            parquet.write_table(whole.take(order), file, compression="zstd")


def _read_part(path: Path, schema: Any) -> pa.Table:
    """Raises `SaveError` for a part that is none any more."""
    try:
        return parquet.read_table(pa.BufferReader(read_file(path)), schema=schema)
    except (OSError, pa.ArrowException):
        raise SaveError(
            f"{shown(path)} can't be read: remove the folder, and all parts are made anew."
        ) from None


def _age(reviewed: Reviewed) -> tuple[int, str]:
    """How far a circle is in these facts, to be compared."""
    ended = [meeting.ended for meeting in reviewed.review.facts.records]
    last: datetime | None = max(ended, default=None)
    return len(ended), "" if last is None else last.isoformat()
