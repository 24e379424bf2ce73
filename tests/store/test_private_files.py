"""A file that all users can read is restricted to its owner; a group's rights are left alone."""

import stat
from pathlib import Path

import pytest
from msgspec import structs

from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store import sidecars
from circle_tui.store.circle_file import CircleFile

from .conftest import NOW

MODES = [(0o644, 0o600), (0o666, 0o600), (0o604, 0o600), (0o640, 0o640), (0o660, 0o660)]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(("mode_before", "mode_after"), MODES)
def test_opening_a_circle_takes_read_access_from_other_users(
    tmp_path: Path, circle: Circle, mode_before: int, mode_after: int
) -> None:
    file = CircleFile.create(tmp_path, circle)
    file.save(CircleState(circle=structs.replace(file.read().circle, bell=True)))
    service = CircleService(file, ManualClock(NOW))
    service.begin()
    service.execute(commands.mark, "m1", "late")
    service.close()
    whole_file = (file.path, sidecars.backup_of(file.path), file.journal_path)
    for path in whole_file:
        path.chmod(mode_before)
    CircleService(CircleFile(file.path), ManualClock(NOW)).close()
    assert [mode(path) for path in whole_file] == [mode_after] * 3


@pytest.mark.parametrize(("mode_before", "mode_after"), MODES)
def test_writing_takes_read_access_from_other_users_if_the_file_was_replaced(
    tmp_path: Path, circle: Circle, mode_before: int, mode_after: int
) -> None:
    file = CircleFile.create(tmp_path, circle)
    state = file.read()
    file.path.chmod(mode_before)
    file.save(CircleState(circle=structs.replace(state.circle, bell=True)))
    assert mode(file.path) == mode_after


def test_reading_changes_no_permissions_and_neither_does_a_link_to_another_folder(
    tmp_path: Path, circle: Circle
) -> None:
    file = CircleFile.create(tmp_path, circle)
    file.path.chmod(0o644)
    CircleFile(file.path).read()
    assert mode(file.path) == 0o644
    precious = tmp_path / "precious"
    precious.touch()
    precious.chmod(0o644)
    sidecars.backup_of(file.path).symlink_to(precious)
    CircleService(file, ManualClock(NOW)).close()
    assert mode(precious) == 0o644
    assert mode(file.path) == 0o600
