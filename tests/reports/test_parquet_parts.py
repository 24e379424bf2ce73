"""Many circles in parts: the same rows as in one file, and only what changed is written anew."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from msgspec.structs import replace
from pyarrow import dataset
from pyarrow import parquet as arrow

import circle_tui
from circle_tui.core.circle.state import CircleState
from circle_tui.reports import command
from circle_tui.reports.command import Export
from circle_tui.service.clock import ManualClock
from circle_tui.store.codec.file_contents import encode
from tests.core.meetings import START, circle_of, record

KEY = b"k" * 32
MANY = 30


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "export_key", lambda: KEY)


def keep(folder: Path, number: int, meetings: int, name: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    circle = replace(circle_of(2), id=f"{number:032}")
    records = tuple(record(each) for each in range(1, meetings + 1))
    path = folder / (name or f"circle-{number}.json")
    path.write_bytes(encode(CircleState(circle=circle, records=records)).to_bytes())
    return path


@pytest.fixture
def circles(tmp_path: Path) -> Path:
    for number in range(MANY):
        keep(tmp_path / "circles", number, number % 3)
    return tmp_path / "circles"


def into(folder: Path, *paths: Path, **how: Any) -> int:
    return command.export_into(paths, folder, ManualClock(START), Export(**how))


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
    assert command.export([circles], goal, ManualClock(START)) == 0
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
    keep(circles, 4, 5)
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
    older = keep(tmp_path / "mailed", 5, 1, "circle (1).json")
    assert into(folder, older) == 0
    assert rows(folder, "attendance") == whole
    keep(tmp_path / "mailed", 5, 4, older.name)
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


def test_what_is_remembered_tells_no_file_and_no_circle(circles: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    into(folder, circles)
    said = (folder / "parts.json").read_text()
    assert "circle-" not in said
    for number in range(MANY):
        assert f"{number:032}" not in said
    for path in circles.iterdir():
        assert str(path.stat().st_mtime_ns) not in said


def test_damage_is_one_line(
    circles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "parts"
    into(folder, circles)
    for path in (folder / "attendance").iterdir():
        path.write_bytes(b"torn")
    keep(circles, 1, 7)
    assert into(folder, circles) == 1
    assert "remove the folder" in capsys.readouterr().err
    (folder / "parts.json").write_bytes(b"torn")
    assert into(folder, circles) == 1
    assert "parts.json can't be read" in capsys.readouterr().err


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


def test_a_folder_without_circles_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert into(tmp_path / "parts", tmp_path / "empty") == 1
    assert not (tmp_path / "parts").exists()
