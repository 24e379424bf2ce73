"""Whether files are well, and the version before brought back."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.references import Where
from circle_tui.core.circle.state import CheckIn, CircleState, Win
from circle_tui.core.errors import CircleError
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec import file_contents
from circle_tui.store.inspection import Found, inspect, repair
from circle_tui.store.output_file import output_file
from tests.core.meetings import START, record

SLUG = "harbour.json"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with one circle that has met, and its version before."""
    circle = make_circle("Harbour", "Ana, Ben", "pod", zone="UTC", now=START)
    file = CircleFile.create(tmp_path, circle)
    file.add(record(1))
    return tmp_path


def found(folder: Path) -> set[tuple[str, Found]]:
    return {(each.path.name, each.found) for each in inspect(folder)}


def others(folder: Path) -> set[tuple[str, Found]]:
    """What is found besides that the circle is well."""
    return found(folder) - {(SLUG, Found.WELL)}


def snapshot(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        path.name: (path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns)
        for path in folder.iterdir()
    }


def test_a_circle_that_is_well_is_said_to_be_so_and_nothing_is_touched(place: Path) -> None:
    before = snapshot(place)
    (well,) = inspect(place)
    assert (well.found, well.meetings, well.problem) == (Found.WELL, 1, False)
    assert snapshot(place) == before


def tear(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def make_other_json(path: Path) -> None:
    path.write_text('{"a": 1}')


@pytest.mark.parametrize("damage", [tear, empty, make_other_json])
def test_damage_is_mended_from_the_version_before_and_what_was_there_is_kept(
    place: Path, damage: Callable[[Path], None]
) -> None:
    path, backup = place / SLUG, (place / f"{SLUG}.bak").read_bytes()
    damage(path)
    damaged = path.read_bytes()
    assert found(place) == {(SLUG, Found.REPAIRABLE)}
    done = repair(path)
    assert path.read_bytes() == backup
    if damaged:
        assert done.kept == place / f"{SLUG}.damaged"
        assert done.kept.read_bytes() == damaged
        assert others(place) == {(f"{SLUG}.damaged", Found.KEPT_DAMAGED)}
    # A second time, what the first one kept is kept too.
    tear(path)
    assert repair(path).kept != done.kept or not damaged


def test_a_file_of_a_newer_version_is_never_replaced(place: Path) -> None:
    path = place / SLUG
    newer = path.read_bytes().replace(b'"schema": 1', b'"schema": 99')
    path.write_bytes(newer)
    assert found(place) == {(SLUG, Found.UNREADABLE)}
    with pytest.raises(CircleError):
        repair(path)
    assert path.read_bytes() == newer


def test_a_file_that_is_well_is_never_replaced(place: Path) -> None:
    before = snapshot(place)
    with pytest.raises(CircleError, match="look again"):
        repair(place / SLUG)
    assert {name: each for name, each in snapshot(place).items() if name != "harbour.lock"} == {
        name: each for name, each in before.items() if name != "harbour.lock"
    }


def test_without_a_good_version_before_there_is_nothing_to_bring_back(place: Path) -> None:
    for name in (SLUG, f"{SLUG}.bak"):
        tear(place / name)
    assert found(place) == {
        (SLUG, Found.UNREADABLE),
        (f"{SLUG}.bak", Found.BACKUP_DAMAGED),
    }


def test_while_another_program_has_it_open_nothing_is_mended(place: Path) -> None:
    service = CircleService(CircleFile(place / SLUG), ManualClock(START))
    tear(place / SLUG)
    damaged = (place / SLUG).read_bytes()
    try:
        with pytest.raises(CircleError, match="is open"):
            repair(place / SLUG)
    finally:
        service.close()
    assert (place / SLUG).read_bytes() == damaged


def test_through_a_link_the_file_behind_it_is_mended(place: Path, tmp_path: Path) -> None:
    real = place / "kept" / "team.v1"
    real.parent.mkdir()
    shutil.move(place / SLUG, real)
    shutil.move(place / f"{SLUG}.bak", real.with_name("team.v1.bak"))
    (place / SLUG).symlink_to(real)
    tear(real)
    repair(place / SLUG)
    assert (place / SLUG).is_symlink()
    assert found(place) == {(SLUG, Found.WELL)}


def test_a_live_meeting_is_read_and_left_as_it_is(place: Path) -> None:
    service = CircleService(CircleFile(place / SLUG), ManualClock(START))
    live = service.begin()
    from circle_tui.core.meeting import commands

    live.execute(commands.welcome_guest)
    before = snapshot(place)
    assert others(place) == {("harbour.live", Found.UNDER_WAY)}
    assert snapshot(place) == before
    service.close()
    (place / "harbour.live").write_bytes(b"no meeting at all" * 100)
    assert ("harbour.live", Found.JOURNAL_DAMAGED) in found(place)


def test_what_lies_beside_a_circle_is_explained(place: Path) -> None:
    (place / "harbour.dropped").write_text("x")
    (place / f"{SLUG}.missing").write_text("x")
    (place / "pier.json.bak").write_text("x")
    (place / f".{SLUG}.0a1b.tmp").write_text("x")
    for path in place.iterdir():
        path.chmod(0o600)
    assert others(place) == {
        ("harbour.dropped", Found.SET_ASIDE),
        (f"{SLUG}.missing", Found.OLDER_BROUGHT_BACK),
        ("pier.json.bak", Found.BACKUP_ALONE),
        (f".{SLUG}.0a1b.tmp", Found.LEFTOVER),
    }


def test_files_that_everybody_can_read_are_found(place: Path) -> None:
    (place / f"{SLUG}.bak").chmod(0o644)
    assert others(place) == {(f"{SLUG}.bak", Found.OPEN_TO_OTHERS)}


def test_a_copy_is_named(place: Path) -> None:
    shutil.copy(place / f"{SLUG}.bak", place / "harbour (copy).json")
    os.chmod(place / "harbour (copy).json", 0o600)  # noqa: PTH101
    (copy,) = [each for each in inspect(place) if each.found is Found.COPY]
    assert "harbour (copy).json is a copy" in copy.sentence


def test_members_and_commitments_that_are_not_there_are_named_by_their_place(place: Path) -> None:
    state = CircleFile(place / SLUG).read()
    broken = CircleState(
        circle=state.circle,
        records=(record(1, opener="m9"),),
        wins=(Win("c77", START.date()),),
        checkins=(CheckIn(id="i1", member="m8", at=START, text="secret"),),
    )
    (place / SLUG).write_bytes(file_contents.encode(broken).to_bytes())
    (one,) = [each for each in inspect(place) if each.found is Found.DANGLING]
    assert one.where == (Where.MEETINGS, Where.WINS, Where.CHECKINS)
    assert "secret" not in repr(one)


def test_forgetting_deletes_what_a_repair_has_kept(place: Path) -> None:
    from circle_tui.core.circle import membership

    tear(place / SLUG)
    repair(place / SLUG)
    kept = place / f"{SLUG}.damaged"
    assert kept.exists()
    with pytest.raises(CircleError, match="own file"), output_file(kept) as file:
        file.write(b"x")
    service = CircleService(CircleFile(place / SLUG), ManualClock(START))
    service.execute(membership.leave, "m2")
    service.execute(membership.forget, "m2", "Ben")
    service.close()
    assert not kept.exists()
