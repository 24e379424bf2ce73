"""Many circles in parts: the same rows as in one file, and only what changed is written anew."""

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from msgspec.structs import replace
from pyarrow import dataset
from pyarrow import parquet as arrow

import circle_tui
from circle_tui.core.attendance.figures import ALL_DATES
from circle_tui.core.circle.state import CircleState
from circle_tui.reports import command, parquet, parquet_parts
from circle_tui.reports.command import Export
from circle_tui.service.clock import ManualClock
from circle_tui.store.codec.file_contents import encode
from circle_tui.store.parts_folder import PartsFolder
from tests.core.meetings import START, circle_of, record

KEY = b"k" * 32
MANY = 9


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "export_key", lambda: KEY)


def write_circle(folder: Path, number: int, meetings: int, name: str = "", people: int = 2) -> Path:
    folder.mkdir(exist_ok=True)
    circle = replace(circle_of(people), id=f"{number:032}")
    records = tuple(record(each) for each in range(1, meetings + 1))
    path = folder / (name or f"circle-{number}.json")
    path.write_bytes(encode(CircleState(circle=circle, records=records)).to_bytes())
    return path


@pytest.fixture
def circles(tmp_path: Path) -> Path:
    for number in range(MANY):
        write_circle(tmp_path / "circles", number, number % 3)
    return tmp_path / "circles"


LATER = datetime.now(UTC) + timedelta(days=1)
"""Files that were written before this are settled."""


def into(folder: Path, *paths: Path, now: datetime = LATER, **how: Any) -> int:
    return command.export_into(paths, folder, ManualClock(now), Export(**how))


def parts(folder: Path) -> dict[str, tuple[int, int]]:
    """Each part with what tells whether it was written anew."""
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*.parquet")
    }


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found = dataset.dataset(folder / table).to_table().to_pylist()
    return sorted(found, key=lambda row: str(sorted(row.items(), key=str)))


def test_parts_hold_what_one_file_holds(circles: Path, tmp_path: Path) -> None:
    assert into(tmp_path / "parts", circles) == 0
    goal = tmp_path / "one.parquet"
    assert command.write_export([circles], goal, ManualClock(START)) == 0
    for table, one in (("attendance", goal), ("circles", goal.with_suffix(".circles.parquet"))):
        whole = arrow.read_table(one).to_pylist()
        assert rows(tmp_path / "parts", table) == sorted(
            whole, key=lambda row: str(sorted(row.items(), key=str))
        )
    assert len(rows(tmp_path / "parts", "circles")) == MANY


def test_only_parts_whose_facts_changed_are_written_anew(circles: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    assert into(folder, circles) == 0
    before = parts(folder)
    assert into(folder, circles) == 0
    assert parts(folder) == before
    write_circle(circles, 4, 5)
    assert into(folder, circles) == 0
    changed = {name for name, stamp in parts(folder).items() if stamp != before[name]}
    assert {name.split("/")[0] for name in changed} == {"attendance", "circles"}
    assert len(changed) == 2
    meetings = [row["meeting"] for row in rows(folder, "attendance")]
    assert meetings.count(5) == 2


def test_late_facts_replace_their_circle_whole_and_older_ones_never_do(
    circles: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "parts"
    assert into(folder, circles) == 0
    whole = rows(folder, "attendance")
    older = write_circle(tmp_path / "mailed", 5, 1, "circle (1).json")
    assert into(folder, older) == 0
    assert rows(folder, "attendance") == whole
    write_circle(tmp_path / "mailed", 5, 4, older.name)
    assert into(folder, older) == 0
    # Two people at two more meetings; and nobody else's rows went.
    assert len(rows(folder, "attendance")) == len(whole) + 4


def test_another_key_and_other_options_are_refused(
    circles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "parts"
    assert into(folder, circles) == 0
    before = parts(folder)
    assert into(folder, circles, dates="week") == 1
    assert "another key or other options" in capsys.readouterr().err
    (tmp_path / "other.key").write_text("ab" * 32)
    assert into(folder, circles, key=tmp_path / "other.key") == 1
    assert parts(folder) == before


def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the circles' files that are opened from now on."""
    names: list[str] = []
    real = os.open

    def note(path: Any, *more: Any, **how: Any) -> int:
        if str(path).endswith(".json"):
            names.append(Path(path).name)
        return real(path, *more, **how)

    monkeypatch.setattr(os, "open", note)
    return names


def test_files_that_did_not_change_are_not_even_opened(
    circles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "parts"
    assert into(folder, circles) == 0
    write_circle(circles, 4, 5)
    names = opened(monkeypatch)
    assert into(folder, circles) == 0
    assert set(names) == {"circle-4.json"}


@pytest.mark.parametrize("stays", ["size", "size and time"])
def test_a_change_is_seen_whatever_else_stays(circles: Path, tmp_path: Path, stays: str) -> None:
    folder, path = tmp_path / "parts", circles / "circle-4.json"
    assert into(folder, circles) == 0
    before, status = rows(folder, "attendance"), path.stat()
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b'"present"', b'"excused"', 1))
    if stays == "size and time":
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert into(folder, circles) == 0
    assert rows(folder, "attendance") != before


def test_a_file_that_was_just_written_is_read_again_for_a_clock_may_be_coarse(
    circles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, path = tmp_path / "parts", circles / "circle-4.json"
    just_now = datetime.fromtimestamp(path.stat().st_mtime + 1, UTC)
    assert into(folder, circles, now=just_now) == 0
    names = opened(monkeypatch)
    assert into(folder, circles, now=just_now) == 0
    assert "circle-4.json" in names


def test_a_change_of_words_alone_writes_no_part_anew(circles: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    assert into(folder, circles) == 0
    before = parts(folder)
    path = circles / "circle-4.json"
    path.write_bytes(path.read_bytes().replace(b'"4"', b'"4"', 1) + b"\n")
    assert into(folder, circles) == 0
    assert parts(folder) == before


def test_a_file_that_cannot_be_read_is_reported_every_time(
    circles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (circles / "torn.json").write_bytes(b"{")
    for _ in range(2):
        assert into(tmp_path / "parts", circles) == 1
        assert "torn.json couldn't be read" in capsys.readouterr().err


def test_the_older_of_two_files_with_as_many_meetings_never_comes_in_later(
    circles: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "parts"
    path = write_circle(circles, 4, 2)
    assert into(folder, circles) == 0
    whole = rows(folder, "attendance")
    copy = circles / "circle-4 (1).json"
    copy.write_bytes(path.read_bytes().replace(b'"present"', b'"excused"', 1))
    os.utime(copy, (0, 0))
    assert into(folder, circles) == 0
    assert rows(folder, "attendance") == whole


def test_a_circle_that_became_too_small_is_told_of_no_more(circles: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    for number in range(MANY):
        write_circle(circles, number, 2, people=3)
    assert into(folder, circles, at_least=3) == 0
    write_circle(circles, 4, 3)
    assert into(folder, circles, at_least=3) == 0
    for table in ("attendance", "circles"):
        assert len({row["circle"] for row in rows(folder, table)}) == MANY - 1


def test_a_run_that_was_killed_is_brought_to_its_end_by_the_next(
    circles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "parts"
    write_circle(tmp_path / "first", 1, 1)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(PartsFolder, "save", killed)
        assert into(folder, circles) == 130
    with monkeypatch.context() as patch:
        save, saved = PartsFolder.save, []
        patch.setattr(
            PartsFolder,
            "save",
            lambda *parts: killed() if saved else saved.append(save(*parts)),
        )
        assert into(folder, circles) == 130
    assert parts(folder)
    assert into(folder, circles) == 0
    assert len(rows(folder, "circles")) == MANY
    assert {row["circle"] for row in rows(folder, "attendance")} < {
        row["circle"] for row in rows(folder, "circles")
    }


def test_each_folder_is_listed_once(
    circles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (circles / "later").mkdir()
    listed: list[str] = []
    listdir = os.listdir

    def counted(place: str) -> list[str]:
        listed.append(str(place))
        return listdir(place)

    monkeypatch.setattr(os, "listdir", counted)
    assert into(tmp_path / "parts", circles) == 0
    inside = [place for place in listed if place.startswith(str(circles))]
    assert sorted(inside) == [str(circles), str(circles / "later")]


def test_two_runs_at_once_are_one_line(
    circles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "parts"
    assert into(folder, circles) == 0
    options = parquet.Options(None, 0)
    with parquet_parts.parts_in(folder, KEY, options, repr(ALL_DATES)):
        assert into(folder, circles) == 1
    assert "Another export is writing into" in capsys.readouterr().err


def test_a_part_that_is_gone_is_reported_rather_than_left_out(
    circles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "parts"
    assert into(folder, circles) == 0
    next((folder / "circles").iterdir()).unlink()
    assert into(folder, circles) == 1
    assert "is missing: remove the folder" in capsys.readouterr().err
    (folder / "parts.manifest").unlink()
    assert into(folder, circles) == 1
    assert "without it nobody knows what's in the parts" in capsys.readouterr().err


def test_what_is_remembered_tells_no_file_no_circle_and_no_moment(
    circles: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "parts"
    into(folder, circles)
    said = (folder / "parts.manifest").read_text()
    assert "circle-" not in said
    for number in range(MANY):
        assert f"{number:032}" not in said
    for path in circles.iterdir():
        assert str(path.stat().st_mtime_ns) not in said
    assert str(START.year) not in re.findall(r'"(\d{4})-', said)
    # Circles that are as far as each other don't look it, nor does one that stayed as it was.
    manifest = json.loads(said)
    ages = [age for age, _ in manifest["circles"].values()]
    assert len(set(ages)) == len({age[16:] for age in ages}) == MANY
    assert all(set(age) <= set("0123456789abcdef") for age in ages)
    # Neither files nor circles stand in an order that tells of anything.
    assert list(manifest["files"]) == sorted(manifest["files"])
    assert list(manifest["circles"]) == sorted(manifest["circles"])


def test_damage_is_one_line(
    circles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "parts"
    into(folder, circles)
    for path in (folder / "attendance").iterdir():
        path.write_bytes(b"torn")
    write_circle(circles, 1, 7)
    assert into(folder, circles) == 1
    assert "remove the folder" in capsys.readouterr().err
    (folder / "parts.manifest").write_bytes(b"torn")
    assert into(folder, circles) == 1
    assert "parts.manifest can't be read" in capsys.readouterr().err


def test_duckdb_reads_the_parts(circles: Path, tmp_path: Path) -> None:
    into(tmp_path / "parts", circles)
    with duckdb.connect() as db:
        db.execute("SET file_search_path = ?", [str(tmp_path)])
        (found,) = db.execute("SELECT count(*) FROM 'parts/attendance/*.parquet'").fetchall()
    assert found == (len(rows(tmp_path / "parts", "attendance")),)


def test_the_query_for_polars_in_the_guide_gives_attendance(
    circles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    polars = pytest.importorskip("polars")
    into(tmp_path / "parts", circles)
    monkeypatch.chdir(tmp_path)
    page = (Path(circle_tui.__file__).parent / "guide" / "attendance.md").read_text("utf-8")
    shown, _ = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    found = eval(shown, {"polars": polars})
    assert found.height == len(
        {(row["circle"], row["cycle"]) for row in rows(tmp_path / "parts", "attendance")}
    )
    assert set(found["attendance"].to_list()) == {1.0}


def test_a_folder_without_circles_is_reported(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert into(tmp_path / "parts", tmp_path / "empty") == 1
    assert not (tmp_path / "parts").exists()
