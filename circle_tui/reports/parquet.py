"""Attendance as Parquet for an organisation: a row per member and meeting, and a row per circle.

Invariant: the tables have attendance and dates, but nothing that a member said, no time zone and no
path. Without names a circle and a member are an id each, the same in every export made with the
same key. Circles are in the order of their ids, and rows in the order of what is written, so that
neither a file's place nor a seat shows through. No circle is counted twice.

Only this module knows pyarrow, which is not always there.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.ipc
from pyarrow import parquet

from circle_tui.core.attendance.facts import Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import Review
from circle_tui.core.attendance.roster import Attendee, order_of, people
from circle_tui.core.circle.circle import CircleFacts
from circle_tui.core.ids import MemberId
from circle_tui.service.reviews import CircleReview
from circle_tui.store.attendance_reader import UnreadableFile
from circle_tui.store.codec.values import format_moment
from circle_tui.store.errors import clean_path
from circle_tui.store.scratch import SortedPieces, scratch_database

_MOMENT = pa.timestamp("us", tz="UTC")

SCHEMA = pa.schema(
    {
        "circle": pa.string(),
        "format": pa.string(),
        "cycle": pa.int64(),
        "meeting": pa.int64(),
        "started": _MOMENT,
        "member": pa.string(),
        "attendance": pa.string(),
        "came": pa.bool_(),
        "guests": pa.int64(),
        "planned": _MOMENT,
        "cancelled": _MOMENT,
        "rebooked": _MOMENT,
        "within_48_hours": pa.bool_(),
    }
)
"""A held meeting fills the columns from `meeting` to `guests`, in one row per expected member, or
in one row without a member if it expected nobody. A cancelled meeting has one row, with the columns
from `planned` on."""

CIRCLES = pa.schema(
    {
        "circle": pa.string(),
        "format": pa.string(),
        "rhythm": pa.string(),
        "members": pa.int64(),
        "state": pa.string(),
        "last_met": _MOMENT,
        "next": _MOMENT,
        "choices": pa.list_(pa.string()),
    }
)
"""A row for each circle, also one that never met. `choices` are those at its cycles' ends."""

_BATCHES_AT_ONCE = 500
"""A batch takes kilobytes even for one row, so that many small ones become one."""

_ROWS_PER_GROUP = 50_000
"""The size of a row group. One group per circle would make the file slow to read."""

Row = dict[str, object]
Names = Callable[[CircleReview], tuple[str, Callable[[Attendee], str]]]
"""Gives the name of a review's circle in the file, and a function for its members' names."""


def anonymous_names(key: bytes) -> Names:
    """Ids that are the same in every export with `key` and cannot be traced back without it."""

    def name(*parts: bytes) -> str:
        # No part can contain a zero byte, so different parts never give the same input.
        return hashlib.blake2b(b"\0".join(parts), key=key, digest_size=16).hexdigest()

    def names(reviewed: CircleReview) -> tuple[str, Callable[[Attendee], str]]:
        circle = _identity(reviewed)
        return name(*circle), lambda person: name(*circle, person.id.encode())

    return names


def _identity(reviewed: CircleReview) -> tuple[bytes, bytes]:
    """What stays the same of a circle; without an id, as long as its file keeps its name."""
    if reviewed.review.circle.id:
        return b"id", reviewed.review.circle.id.encode()
    return os.fsencode(reviewed.slug or reviewed.path.stem), _since(reviewed.review.circle)


def _since(circle: CircleFacts) -> bytes:
    """Since when there is a circle; seats move, and members are renamed, but not their ids."""
    first = min(circle.members, key=lambda member: member.id, default=None)
    return b"" if first is None else format_moment(first.joined).encode()


def real_names() -> Names:
    """The real names; equal names are followed by the path or id that tells them apart."""
    taken: dict[str, Path] = {}

    def names(reviewed: CircleReview) -> tuple[str, Callable[[Attendee], str]]:
        circle = reviewed.review.circle
        circle_name = circle.name
        if taken.setdefault(circle_name, reviewed.path) != reviewed.path:
            circle_name = f"{circle_name} ({clean_path(reviewed.path)})"
        often = Counter(member.name for member in circle.members)
        return (
            circle_name,
            lambda person: (
                f"{person.name} ({person.id})" if often[person.name] > 1 else person.name
            ),
        )

    return names


class Options(NamedTuple):
    """What is left out: `dates` is "week" or "month" for nothing finer, None for moments.

    Circles of fewer than `at_least` people are not written at all.
    """

    dates: str | None = None
    at_least: int = 0


_AS_USUAL = Options()


class CircleRows(NamedTuple):
    """One circle as it is written: its id or name, its rows, and its row among circles."""

    circle: str
    attendance: pa.RecordBatch
    summary: pa.RecordBatch


def pack(each: CircleRows) -> bytes:
    """The rows of a circle as bytes, for `unpack`; equal rows are equal bytes."""
    raw = each.attendance.serialize()
    packed = pa.compress(raw, codec="lz4", asbytes=True)
    return msgspec.msgpack.encode((raw.size, packed, each.summary.serialize().to_pybytes()))


def unpack(packed: bytes) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """The rows of a circle, and its row among circles."""
    size, rows, summary = msgspec.msgpack.decode(packed, type=tuple[int, bytes, bytes])
    raw = pa.decompress(rows, decompressed_size=size, codec="lz4")
    return (
        pa.ipc.read_record_batch(raw, SCHEMA),
        pa.ipc.read_record_batch(pa.py_buffer(summary), CIRCLES),
    )


def write_parquet(
    reviewed: Iterable[CircleReview | UnreadableFile],
    names: Names,
    file: BinaryIO,
    failed: Callable[[UnreadableFile], None],
    circles: BinaryIO | None = None,
    options: Options = _AS_USUAL,
) -> int:
    """Write the facts of each circle into `file` and return the number of circles.

    Into `circles` goes the table with a row for each. Files that could not be read are skipped. A
    circle that cannot be written is skipped as well, and passed to `failed`.
    """
    number = 0
    with scratch_database() as db:
        sorting = SortedPieces(db)
        for each in circle_rows(reviewed, names, failed, options):
            sorting.add(each.circle, pack(each))
            number += 1
        with _Writer(file, SCHEMA) as rows, _Writer(circles, CIRCLES) as of_circles:
            for _, packed in sorting:
                batch, summary = unpack(packed)
                rows.add(batch)
                of_circles.add(summary)
    return number


def circle_rows(
    reviewed: Iterable[CircleReview | UnreadableFile],
    names: Names,
    failed: Callable[[UnreadableFile], None],
    options: Options,
) -> Iterator[CircleRows]:
    """Each circle that is to be written, in the order in which they are read."""
    for result in reviewed:
        if isinstance(result, UnreadableFile) or is_too_small(result, options):
            continue
        circle, call = names(result)
        try:
            rows: Iterable[Row] = _rows(result, circle, call)
            summary = _summary(result.review, circle)
            if options.dates is not None:
                rows = (_coarse(row, options.dates, result) for row in rows)
                summary = _coarse(summary, options.dates, result)
            attendance = pa.RecordBatch.from_pylist(list(rows), SCHEMA)
            yield CircleRows(circle, attendance, pa.RecordBatch.from_pylist([summary], CIRCLES))
        except (OverflowError, pa.ArrowInvalid):
            failed(UnreadableFile(result.path, "it holds a number that is too large"))


def is_too_small(reviewed: CircleReview, options: Options) -> bool:
    """Whether a circle has so few people that nothing is to be told of it."""
    return len(reviewed.review.members) < options.at_least


def _coarse(row: Row, unit: str, reviewed: CircleReview) -> Row:
    """`row` with the first day of the week or month for each moment."""
    circle = reviewed.review.circle
    return {
        name: _beginning(circle.day(cell), unit) if isinstance(cell, datetime) else cell
        for name, cell in row.items()
    }


def _beginning(day: date, unit: str) -> datetime:
    first = day.replace(day=1) if unit == "month" else day - timedelta(days=day.weekday())
    return datetime(first.year, first.month, first.day, tzinfo=UTC)


def _summary(review: Review, circle: str) -> Row:
    records = review.facts.records
    ends = [meeting.looked_back for meeting in records if meeting.looked_back is not None]
    return {
        "circle": circle,
        "format": review.circle.format,
        "rhythm": str(review.circle.rhythm),
        "members": sum(member.expected for member in review.circle.members),
        "state": _state(review),
        "last_met": records[-1].started if records else None,
        "next": review.next,
        "choices": [str(end.choice) for end in ends],
    }


def _state(review: Review) -> str:
    if not review.circle.preset.meets:
        return "trading"
    if review.resting:
        return "resting"
    return "meeting" if review.facts.records else "new"


class _Writer:
    """Writes a table, in groups of rows; none into None."""

    def __init__(self, file: BinaryIO | None, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = None
        if file is not None:
            self._writer = parquet.ParquetWriter(file, schema, compression="zstd")
        self._tables: list[pa.Table] = []
        self._batches: list[pa.RecordBatch] = []
        self._rows = 0

    def __enter__(self) -> "_Writer":
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if self._writer is not None:
            if failed is None:
                self._write()
            self._writer.close()

    def add(self, batch: pa.RecordBatch) -> None:
        """Add the rows of a circle."""
        if self._writer is None:
            return
        self._batches.append(batch)
        self._rows += batch.num_rows
        if len(self._batches) >= _BATCHES_AT_ONCE:
            self._combine()
        if self._rows >= _ROWS_PER_GROUP:
            self._write()

    def _combine(self) -> None:
        whole = pa.Table.from_batches(self._batches, self._schema)
        self._tables.append(whole.combine_chunks())
        self._batches = []

    def _write(self) -> None:
        self._combine()
        if self._rows and self._writer is not None:
            self._writer.write_table(pa.concat_tables(self._tables))
        self._tables, self._rows = [], 0


def _rows(reviewed: CircleReview, circle: str, call: Callable[[Attendee], str]) -> Iterator[Row]:
    review = reviewed.review
    everybody = sorted((call(person), person.id) for person in people(review, order_of(seats=True)))
    for cycle in review.cycles:
        begins = {"circle": circle, "format": review.circle.format, "cycle": cycle.number}
        for meeting in cycle.meetings:
            if isinstance(meeting, Cancelled):
                yield {**begins, **_cancelled(meeting)}
            else:
                yield from _held(begins, meeting, everybody)


def _held(
    begins: Row, meeting: HeldMeeting, everybody: list[tuple[str, MemberId]]
) -> Iterator[Row]:
    begins = {
        **begins,
        "meeting": meeting.number,
        "started": meeting.started,
        "guests": meeting.guests,
    }
    if not meeting.attendance:
        yield begins
    for member_name, member in everybody:
        attendance = meeting.attendance.get(member)
        if attendance is not None:
            yield {
                **begins,
                "member": member_name,
                "attendance": attendance.value,
                "came": attendance.attended,
            }


def _cancelled(cancelled: Cancelled) -> Row:
    return {
        "planned": cancelled.planned,
        "cancelled": cancelled.at,
        "rebooked": cancelled.rebooked,
        "within_48_hours": cancelled.within_48_hours,
    }
