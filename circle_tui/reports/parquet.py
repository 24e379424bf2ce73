"""Attendance as one Parquet file for an organisation: one row per member and meeting.

Invariant: the file has attendance and dates, but nothing that a member said, no time zone and no
path. Without names a circle and a member are an id each, the same in every export made
with the same key as long as the circle's file keeps its name. No circle is counted twice. Rows
are in the order of what is written, so that no seat shows through. Of a circle that was written
its path and when it began are kept, and nothing else.

Only this module knows pyarrow, which is not always there.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from pyarrow import parquet

from circle_tui.core.attendance.facts import Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import Cycle
from circle_tui.core.attendance.roster import Attendee, order_of, people
from circle_tui.core.circle.circle import CircleFacts
from circle_tui.service.reviews import Reviewed
from circle_tui.store.attendance_reader import Unread
from circle_tui.store.codec.values import format_moment
from circle_tui.store.errors import shown

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

_ROWS_PER_GROUP = 50_000
"""The size of a row group. One group per circle would make the file slow to read."""

Row = dict[str, object]
Names = Callable[[Reviewed], tuple[str, Callable[[Attendee], str]]]
"""Gives the name of a review's circle in the file, and a function for its members' names."""


def anonymous_names(key: bytes) -> Names:
    """Ids that are the same in every export with `key` and cannot be traced back without it."""

    def name(*parts: bytes) -> str:
        # No part can contain a zero byte, so different parts never give the same input.
        return hashlib.blake2b(b"\0".join(parts), key=key, digest_size=16).hexdigest()

    def names(reviewed: Reviewed) -> tuple[str, Callable[[Attendee], str]]:
        circle = _identity(reviewed)
        return name(*circle), lambda person: name(*circle, person.id.encode())

    return names


def _identity(reviewed: Reviewed) -> tuple[bytes, bytes]:
    """What stays the same of a circle, and in every copy of its file under the same name."""
    return os.fsencode(reviewed.slug or reviewed.path.stem), _since(reviewed.review.circle)


def _since(circle: CircleFacts) -> bytes:
    """Since when there is a circle; seats move, and members are renamed, but not their ids."""
    first = min(circle.members, key=lambda member: member.id, default=None)
    return b"" if first is None else format_moment(first.joined).encode()


def real_names() -> Names:
    """The real names; equal names are followed by the path or id that tells them apart."""
    taken: dict[str, Path] = {}

    def names(reviewed: Reviewed) -> tuple[str, Callable[[Attendee], str]]:
        circle = reviewed.review.circle
        circle_name = circle.name
        if taken.setdefault(circle_name, reviewed.path) != reviewed.path:
            circle_name = f"{circle_name} ({shown(reviewed.path)})"
        often = Counter(member.name for member in circle.members)
        return (
            circle_name,
            lambda person: (
                f"{person.name} ({person.id})" if often[person.name] > 1 else person.name
            ),
        )

    return names


def write(
    reviewed: Iterable[Reviewed | Unread],
    names: Names,
    file: BinaryIO,
    failed: Callable[[Unread], None],
) -> int:
    """Write the facts of each circle into `file` and return the number of circles.

    Files that could not be read are skipped. A circle that cannot be written is skipped as well,
    and passed to `failed`.
    """
    circles = 0
    with parquet.ParquetWriter(file, SCHEMA, compression="zstd") as writer:
        waiting = _RowBuffer(writer)
        for result in reviewed:
            if isinstance(result, Unread):
                continue
            try:
                waiting.add(pa.RecordBatch.from_pylist(list(_rows(result, names)), SCHEMA))
                circles += 1
            except (OverflowError, pa.ArrowInvalid):
                failed(Unread(result.path, "it holds a number that is too large"))
        waiting.write()
    return circles


class _RowBuffer:
    """Collects rows until they fill a row group."""

    def __init__(self, writer: parquet.ParquetWriter) -> None:
        self._writer = writer
        self._batches: list[pa.RecordBatch] = []
        self._rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Add the rows of a circle."""
        self._batches.append(batch)
        self._rows += batch.num_rows
        if self._rows >= _ROWS_PER_GROUP:
            self.write()

    def write(self) -> None:
        """Write the collected rows."""
        if self._rows:
            self._writer.write_table(pa.Table.from_batches(self._batches))
        self._batches, self._rows = [], 0


def _rows(reviewed: Reviewed, names: Names) -> Iterator[Row]:
    review = reviewed.review
    circle, call = names(reviewed)
    everybody = sorted((call(person), person.id) for person in people(review, order_of(seats=True)))
    for cycle in review.cycles:
        begins = {"circle": circle, "format": review.circle.format, "cycle": cycle.number}
        for row in _of_cycle(cycle, everybody):
            yield {**begins, **row}


def _of_cycle(cycle: Cycle, everybody: list[tuple[str, str]]) -> Iterator[Row]:
    for meeting in cycle.meetings:
        if isinstance(meeting, Cancelled):
            yield _cancelled(meeting)
        else:
            yield from _held(meeting, everybody)


def _held(meeting: HeldMeeting, everybody: list[tuple[str, str]]) -> Iterator[Row]:
    begins = {"meeting": meeting.number, "started": meeting.started, "guests": meeting.guests}
    if not meeting.attendance:
        yield begins
    for member_name, member in everybody:
        attendance = meeting.attendance.get(member)
        if attendance is not None:
            yield {
                **begins,
                "member": member_name,
                "attendance": str(attendance),
                "came": attendance.attended,
            }


def _cancelled(cancelled: Cancelled) -> Row:
    return {
        "planned": cancelled.planned,
        "cancelled": cancelled.at,
        "rebooked": cancelled.rebooked,
        "within_48_hours": cancelled.within_48_hours,
    }
