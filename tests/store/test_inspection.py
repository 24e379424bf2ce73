"""Checking whether a folder's files are healthy, and restoring a file from its backup."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.references import CirclePart
from circle_tui.core.circle.state import CheckIn, CircleState, Win
from circle_tui.core.errors import CircleError
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec import file_contents
from circle_tui.store.inspection import FindingKind, inspect, repair
from circle_tui.store.output_file import output_file
from tests.core.meetings import START, record

SLUG = "harbour.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a circle that has met, and the circle's backup."""
    circle = make_circle("Harbour", "Ana, Ben", "pod", zone="UTC", now=START)
    file = CircleFile.create(tmp_path, circle)
    file.add(record(1))
    return tmp_path


def findings(folder: Path) -> set[tuple[str, FindingKind]]:
    return {(each.path.name, each.kind) for each in inspect(folder)}


def problems(folder: Path) -> set[tuple[str, FindingKind]]:
    """The findings other than that the circle is healthy."""
    return findings(folder) - {(SLUG, FindingKind.HEALTHY)}


def snapshot(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        path.name: (path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns)
        for path in folder.iterdir()
    }


def test_a_healthy_circle_is_reported_as_healthy_and_nothing_is_changed(folder: Path) -> None:
    before = snapshot(folder)
    (healthy,) = inspect(folder)
    assert (healthy.kind, healthy.meetings, healthy.problem) == (FindingKind.HEALTHY, 1, False)
    assert snapshot(folder) == before


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def make_other_json(path: Path) -> None:
    path.write_text('{"a": 1}')


@pytest.mark.parametrize("damage", [cut_off, empty, make_other_json])
def test_a_damaged_file_is_restored_from_its_backup_and_the_damaged_one_is_kept(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    path, backup = folder / SLUG, (folder / f"{SLUG}.bak").read_bytes()
    damage(path)
    damaged = path.read_bytes()
    assert findings(folder) == {(SLUG, FindingKind.REPAIRABLE)}
    done = repair(path)
    assert path.read_bytes() == backup
    if damaged:
        assert done.kept == folder / f"{SLUG}.damaged"
        assert done.kept.read_bytes() == damaged
        assert problems(folder) == {(f"{SLUG}.damaged", FindingKind.KEPT_DAMAGED)}
    # At a second repair, the file kept by the first one is still there.
    cut_off(path)
    assert repair(path).kept != done.kept or not damaged


def test_a_file_of_a_newer_version_is_never_replaced(folder: Path) -> None:
    path = folder / SLUG
    newer = path.read_bytes().replace(b'"schema": 1', b'"schema": 99')
    path.write_bytes(newer)
    assert findings(folder) == {(SLUG, FindingKind.UNREADABLE)}
    with pytest.raises(CircleError):
        repair(path)
    assert path.read_bytes() == newer


def test_a_healthy_file_is_never_replaced(folder: Path) -> None:
    before = snapshot(folder)
    with pytest.raises(CircleError, match="run it again"):
        repair(folder / SLUG)
    assert {name: each for name, each in snapshot(folder).items() if name != "harbour.lock"} == {
        name: each for name, each in before.items() if name != "harbour.lock"
    }


def test_without_a_healthy_backup_nothing_is_restored(folder: Path) -> None:
    for name in (SLUG, f"{SLUG}.bak"):
        cut_off(folder / name)
    assert findings(folder) == {
        (SLUG, FindingKind.UNREADABLE),
        (f"{SLUG}.bak", FindingKind.BACKUP_DAMAGED),
    }


def test_nothing_is_restored_while_another_program_has_the_circle_open(folder: Path) -> None:
    service = CircleService(CircleFile(folder / SLUG), ManualClock(START))
    cut_off(folder / SLUG)
    damaged = (folder / SLUG).read_bytes()
    try:
        with pytest.raises(CircleError, match="is open"):
            repair(folder / SLUG)
    finally:
        service.close()
    assert (folder / SLUG).read_bytes() == damaged


def test_through_a_link_the_target_is_restored(folder: Path, tmp_path: Path) -> None:
    real = folder / "kept" / "team.v1"
    real.parent.mkdir()
    shutil.move(folder / SLUG, real)
    shutil.move(folder / f"{SLUG}.bak", real.with_name("team.v1.bak"))
    (folder / SLUG).symlink_to(real)
    cut_off(real)
    repair(folder / SLUG)
    assert (folder / SLUG).is_symlink()
    assert findings(folder) == {(SLUG, FindingKind.HEALTHY)}


def test_inspecting_a_live_meeting_does_not_change_it(folder: Path) -> None:
    service = CircleService(CircleFile(folder / SLUG), ManualClock(START))
    live = service.begin()
    from circle_tui.core.meeting import commands

    live.execute(commands.welcome_guest)
    before = snapshot(folder)
    assert problems(folder) == {("harbour.live", FindingKind.UNDER_WAY)}
    assert snapshot(folder) == before
    service.close()
    (folder / "harbour.live").write_bytes(b"no meeting at all" * 100)
    assert ("harbour.live", FindingKind.JOURNAL_DAMAGED) in findings(folder)


def test_the_other_files_of_a_circle_are_explained(folder: Path) -> None:
    (folder / "harbour.dropped").write_text("x")
    (folder / f"{SLUG}.missing").write_text("x")
    (folder / "pier.json.bak").write_text("x")
    (folder / f".{SLUG}.0a1b.tmp").write_text("x")
    for path in folder.iterdir():
        path.chmod(0o600)
    assert problems(folder) == {
        ("harbour.dropped", FindingKind.SET_ASIDE),
        (f"{SLUG}.missing", FindingKind.OLDER_BROUGHT_BACK),
        ("pier.json.bak", FindingKind.BACKUP_ALONE),
        (f".{SLUG}.0a1b.tmp", FindingKind.LEFTOVER),
    }


def test_files_that_all_users_can_read_are_reported(folder: Path) -> None:
    (folder / f"{SLUG}.bak").chmod(0o644)
    assert problems(folder) == {(f"{SLUG}.bak", FindingKind.OPEN_TO_OTHERS)}


def test_a_file_that_holds_no_circle_is_told_from_a_damaged_one(folder: Path) -> None:
    (folder / "notes.json").write_text('{"notes": []}')
    (folder / "torn.json").write_text('{"circle": {')
    (folder / "torn.json").chmod(0o600)
    assert problems(folder) == {
        ("notes.json", FindingKind.FOREIGN),
        ("torn.json", FindingKind.UNREADABLE),
    }
    (folder / "notes.json.bak").write_bytes((folder / SLUG).read_bytes())
    (folder / "notes.json.bak").chmod(0o600)
    (folder / "notes.json").chmod(0o600)
    assert ("notes.json", FindingKind.REPAIRABLE) in problems(folder)


def test_a_folder_in_which_nothing_can_be_written_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuse(path: Path, mode: int) -> bool:
        asked.append((path, mode))
        return False

    monkeypatch.setattr("circle_tui.store.inspection.os.access", refuse)
    assert problems(folder) == {(folder.name, FindingKind.FOLDER_READ_ONLY)}
    assert asked == [(folder, os.W_OK | os.X_OK)]


def test_a_copy_of_a_circle_is_reported(folder: Path) -> None:
    shutil.copy(folder / f"{SLUG}.bak", folder / "harbour (copy).json")
    os.chmod(folder / "harbour (copy).json", 0o600)  # noqa: PTH101
    (copy,) = [each for each in inspect(folder) if each.kind is FindingKind.COPY]
    assert "harbour (copy).json is a copy" in copy.sentence


def test_references_to_missing_members_and_commitments_are_reported_with_their_place(
    folder: Path,
) -> None:
    state = CircleFile(folder / SLUG).read()
    broken = CircleState(
        circle=state.circle,
        records=(record(1, opener="m9"),),
        wins=(Win("c77", START.date()),),
        checkins=(CheckIn(id="i1", member="m8", at=START, text="secret"),),
    )
    (folder / SLUG).write_bytes(file_contents.encode(broken).to_bytes())
    (one,) = [each for each in inspect(folder) if each.kind is FindingKind.DANGLING]
    assert one.where == (CirclePart.MEETINGS, CirclePart.WINS, CirclePart.CHECKINS)
    assert "secret" not in repr(one)


def test_forgetting_a_member_deletes_the_file_that_a_repair_kept(folder: Path) -> None:
    from circle_tui.core.circle import membership

    cut_off(folder / SLUG)
    repair(folder / SLUG)
    kept = folder / f"{SLUG}.damaged"
    assert kept.exists()
    with pytest.raises(CircleError, match="own file"), output_file(kept) as file:
        file.write(b"x")
    service = CircleService(CircleFile(folder / SLUG), ManualClock(START))
    service.execute(membership.leave, "m2")
    service.execute(membership.forget, "m2", "Ben")
    service.close()
    assert not kept.exists()
