"""Parquet files to test with, written in memory and read back."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pyarrow import parquet as arrow

from circle_tui.core.attendance.facts import Attendance, AttendanceFacts
from circle_tui.core.attendance.figures import review
from circle_tui.core.circle.circle import Member
from circle_tui.reports import parquet
from circle_tui.service.reviews import CircleReview
from circle_tui.store.attendance_reader import UnreadableFile
from tests.core.meetings import START, circle_of, history_of, record

KEY = b"k" * 32
PRESENT, LATE, LEFT_EARLY, EXCUSED, ABSENT = Attendance


def reviewed(facts: AttendanceFacts, path: Path | str = "circles/harbour.json") -> CircleReview:
    return CircleReview(Path(path), review(facts, START))


def write(
    *each: CircleReview | UnreadableFile,
    names: parquet.Names | None = None,
    failed: Callable[[UnreadableFile], object] = lambda unread: pytest.fail(str(unread)),
) -> bytes:
    file = io.BytesIO()
    parquet.write_parquet(each, names or parquet.anonymous_names(KEY), file, failed)  # type: ignore[arg-type]
    return file.getvalue()


def rows(*each: CircleReview | UnreadableFile, **more: Any) -> list[dict[str, Any]]:
    return arrow.read_table(io.BytesIO(write(*each, **more))).to_pylist()


def met_once(*people: str, name: str = "Harbour") -> AttendanceFacts:
    """A circle of people who all came to one meeting, in this order of seats."""
    members = tuple(Member(f"m{len(person)}", person, START) for person in people)
    met = record(1, attendance={member.id: PRESENT for member in members})
    return history_of([met], replace(circle_of(), name=name, members=members))


def ids(
    facts: AttendanceFacts, key: bytes = KEY, path: str = "harbour.json"
) -> set[tuple[str, str]]:
    found = rows(reviewed(facts, path), names=parquet.anonymous_names(key))
    return {(row["circle"], row["member"]) for row in found}
