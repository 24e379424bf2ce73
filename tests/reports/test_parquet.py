"""The Parquet file says who came and when, as attendance is defined, and nothing else."""

import io
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pyarrow import parquet as arrow

import circle_tui
from circle_tui.core.attendance.facts import AttendanceFacts, Cancelled
from circle_tui.core.attendance.figures import AttendanceCount
from circle_tui.reports import command, parquet
from circle_tui.service.clock import ManualClock
from circle_tui.service.reviews import CircleReview
from circle_tui.store.attendance_reader import UnreadableFile
from tests.core.meetings import START, circle_of, history_of, record
from tests.store.histories import HISTORIES

from .parquet_files import (
    ABSENT,
    EXCUSED,
    KEY,
    LATE,
    LEFT_EARLY,
    PRESENT,
    met_once,
    reviewed,
    rows,
    write,
)

PAGE = Path(circle_tui.__file__).parent / "guide" / "attendance.md"
HOUR = timedelta(hours=1)


def asked(folder: Path, written: bytes) -> list[tuple[Any, ...]]:
    """What DuckDB answers to the query that the guide shows."""
    (folder / "attendance.parquet").write_bytes(written)
    (shown,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    with duckdb.connect() as db:
        db.execute("SET file_search_path = ?", [str(folder)])
        return db.execute(shown).fetchall()


def at_number(number: int) -> datetime:
    """When a meeting of `record` begins."""
    return START + timedelta(weeks=2 * (number - 1))


# What stands in it


def test_there_is_a_row_for_each_member_and_meeting_and_one_for_each_that_was_cancelled() -> None:
    meetings = [
        record(1, attendance={"m1": PRESENT, "m2": LATE, "m3": LEFT_EARLY}, guests=2),
        record(2, attendance={"m1": EXCUSED, "m3": ABSENT}, cycle=2),
        record(3, attendance={}, cycle=2),
    ]
    cancelled = Cancelled(
        id="x1",
        cycle=2,
        planned=at_number(2) + HOUR,
        at=at_number(2) - HOUR,
        rebooked=at_number(4),
        rebooked_at=at_number(2) + HOUR,
    )
    facts = replace(history_of(meetings, circle_of(3)), cancelled=(cancelled,))
    found = rows(reviewed(facts), names=parquet.real_names())

    def row(cycle: int, **said: object) -> dict[str, object]:
        begins = {"circle": "Thursday", "format": "peer-circle", "cycle": cycle}
        return {**dict.fromkeys(parquet.SCHEMA.names), **begins, **said}

    first = {"meeting": 1, "started": at_number(1), "guests": 2}
    second = {"meeting": 2, "started": at_number(2), "guests": 0}
    assert found == [
        row(1, **first, member="Ada", attendance="present", came=True),
        row(1, **first, member="Ben", attendance="late", came=True),
        row(1, **first, member="Cleo", attendance="left early", came=True),
        row(2, **second, member="Ada", attendance="excused", came=False),
        row(2, **second, member="Cleo", attendance="absent", came=False),
        row(
            2,
            planned=cancelled.planned,
            cancelled=cancelled.at,
            rebooked=cancelled.rebooked,
            within_48_hours=True,
        ),
        row(2, meeting=3, started=at_number(3), guests=0),
    ]


def test_nothing_stands_in_it_but_who_came_and_when() -> None:
    assert parquet.SCHEMA.names == [
        "circle",
        "format",
        "cycle",
        "meeting",
        "started",
        "member",
        "attendance",
        "came",
        "guests",
        "planned",
        "cancelled",
        "rebooked",
        "within_48_hours",
    ]


def test_somebody_whom_only_a_meeting_knows_has_a_row() -> None:
    met = record(1, attendance={"m1": PRESENT, "m9": ABSENT})
    found = rows(reviewed(history_of([met], circle_of(2))), names=parquet.real_names())
    assert [row["member"] for row in found] == ["Ada", "m9"]


def test_a_circle_that_has_not_met_yet_has_no_row_and_the_file_can_be_read() -> None:
    assert rows(reviewed(history_of())) == []


# The definition


def by_definition(each: CircleReview, name: str) -> Iterator[tuple[object, ...]]:
    for cycle in each.review.cycles:
        yield name, cycle.number, *cycle.attendance, cycle.attendance.ratio


def check_the_query(folder: Path, several: list[AttendanceFacts]) -> None:
    found = [
        reviewed(replace(facts, circle=replace(facts.circle, id=f"id-{at}")), f"{at}.json")
        for at, facts in enumerate(several)
    ]
    names = parquet.anonymous_names(KEY)
    defined = [row for each in found for row in by_definition(each, names(each)[0])]
    answered = asked(folder, write(*found))
    assert len(answered) == len(defined)
    for one, expected in zip(answered, sorted(defined), strict=True):
        assert one[:4] == expected[:4]
        assert one[4] == pytest.approx(expected[4])


def test_the_query_in_the_guide_gives_attendance_as_it_is_defined(
    tmp_path: Path, full: bool
) -> None:
    # Not shrunk: to make a whole state smaller takes minutes, and it is printed either way.
    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=300 if full else 3,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(several=st.lists(HISTORIES, min_size=1, max_size=4))
    def check(several: list[AttendanceFacts]) -> None:
        check_the_query(tmp_path, several)

    check()


def test_a_cycle_in_which_nobody_met_has_no_attendance(tmp_path: Path) -> None:
    cancelled = Cancelled(id="x1", cycle=1, planned=START, at=START)
    facts = replace(history_of(), cancelled=(cancelled,))
    ((_, cycle, came, expected, share),) = asked(tmp_path, write(reviewed(facts)))
    assert (cycle, AttendanceCount(came, expected), share) == (1, AttendanceCount(0, 0), None)


# Many circles


def test_a_circle_without_anybody_is_no_trouble() -> None:
    nobody = replace(history_of(), circle=replace(circle_of(), members=()))
    assert rows(reviewed(nobody)) == []


def test_circles_come_one_at_a_time_and_are_written_in_groups(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    several = [reviewed(met_once("A", "Bo"), f"{at}.json") for at in range(40)]
    whole = rows(*several)
    monkeypatch.setattr(parquet, "_ROWS_PER_GROUP", 4)
    file = io.BytesIO()
    assert parquet.write_parquet(several, parquet.anonymous_names(KEY), file, pytest.fail) == 40
    assert arrow.ParquetFile(file).num_row_groups == 20
    assert arrow.read_table(file).to_pylist() == whole


# Circles, dates, and small ones


def tables(*each: CircleReview, **more: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    file, circles = io.BytesIO(), io.BytesIO()
    options = parquet.Options(**more)
    naming = parquet.anonymous_names(KEY)
    parquet.write_parquet(each, naming, file, pytest.fail, circles, options)
    read = [arrow.read_table(io.BytesIO(one.getvalue())).to_pylist() for one in (file, circles)]
    return read[0], read[1]


def test_each_circle_has_a_row_also_one_that_never_met() -> None:
    met, new = reviewed(met_once("A", "Bo"), "a.json"), reviewed(history_of(), "b.json")
    attendance, circles = tables(met, new)
    assert {row["circle"] for row in attendance} < {row["circle"] for row in circles}
    assert [row["circle"] for row in circles] == sorted(row["circle"] for row in circles)
    (one,) = (row for row in circles if row["state"] == "meeting")
    (other,) = (row for row in circles if row["state"] == "new")
    assert (one["members"], one["last_met"], one["choices"]) == (2, START, [])
    assert (other["last_met"], other["next"]) == (None, START)


@pytest.mark.parametrize(
    ("dates", "first"),
    [("week", datetime(2026, 3, 2, tzinfo=UTC)), ("month", datetime(2026, 3, 1, tzinfo=UTC))],
)
def test_dates_can_be_made_coarse(dates: str, first: datetime) -> None:
    attendance, circles = tables(reviewed(met_once("A", "Bo")), dates=dates)
    assert {row["started"] for row in attendance} == {first}
    assert circles[0]["last_met"] == first
    assert all(
        cell.hour == 0
        for row in (*attendance, *circles)
        for cell in row.values()
        if isinstance(cell, datetime)
    )


def test_small_circles_can_be_left_out_of_both_tables() -> None:
    small, large = reviewed(met_once("A", "Bo"), "a.json"), reviewed(met_once("A", "Bo", "Cee"))
    attendance, circles = tables(small, large, at_least=3)
    assert len(circles) == 1
    assert len(attendance) == 3


def test_a_number_that_is_too_large_is_one_line_and_the_others_are_written() -> None:
    huge = met_once("A", "Bo")
    huge = replace(huge, records=(replace(huge.records[0], guests=2**63),))
    failed: list[UnreadableFile] = []
    found = rows(
        reviewed(huge, "huge.json"),
        UnreadableFile(Path("torn.json"), "it's damaged"),
        reviewed(met_once("A", "Bo")),
        failed=failed.append,
    )
    assert len(found) == 2
    assert list(map(str, failed)) == [
        "huge.json couldn't be read: it holds a number that is too large."
    ]


# The command's own part


@pytest.fixture
def goal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(command, "export_key", lambda: KEY)
    return tmp_path / "attendance.parquet"


def export(goal: Path, *paths: Path) -> int:
    return command.write_export(paths, goal, ManualClock(datetime(2026, 3, 5, tzinfo=UTC)))


def test_stopped_in_the_middle_it_writes_nothing(
    goal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def reviews(*_: object) -> Iterator[CircleReview]:
        yield reviewed(met_once("A", "Bo"))
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "reviews", reviews)
    goal.write_bytes(b"before")
    assert export(goal) == 130
    assert capsys.readouterr() == ("", "circle-tui: stopped, and nothing was written.\n")
    assert [(path, path.read_bytes()) for path in goal.parent.iterdir()] == [(goal, b"before")]


def test_where_no_circle_can_be_read_nothing_takes_the_place_of_what_was_there(
    goal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    goal.write_bytes(b"before")
    assert export(goal, goal.parent / "circles") == 1
    assert goal.read_bytes() == b"before"
    first, last = capsys.readouterr().err.splitlines()
    assert "there's nothing with that name" in first
    assert last == "circle-tui: No circle could be read, so nothing was written."


def test_only_its_owner_can_read_it(goal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = reviewed(met_once("A", "Bo"))
    monkeypatch.setattr(command, "reviews", lambda *_: iter([one]))
    assert export(goal) == 0
    assert stat.S_IMODE(goal.stat().st_mode) == 0o600
    assert arrow.read_table(goal).num_rows == 2
