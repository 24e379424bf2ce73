"""A file that everybody may read is made its owner's alone; a group's rights are a decision."""

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


@pytest.mark.parametrize(("came", "then"), MODES)
def test_a_circle_that_came_readable_for_everybody_is_mended_as_it_is_opened(
    tmp_path: Path, circle: Circle, came: int, then: int
) -> None:
    file = CircleFile.create(tmp_path, circle)
    file.save(CircleState(circle=structs.replace(file.read().circle, bell=True)))
    service = CircleService(file, ManualClock(NOW))
    service.begin()
    service.execute(commands.mark, "m1", "late")
    service.close()
    all_of_it = (file.path, sidecars.backup_of(file.path), file.journal_path)
    for path in all_of_it:
        path.chmod(came)
    CircleService(CircleFile(file.path), ManualClock(NOW)).close()
    assert [mode(path) for path in all_of_it] == [then] * 3


@pytest.mark.parametrize(("came", "then"), MODES)
def test_one_that_comes_while_the_circle_is_open_is_mended_as_it_is_written(
    tmp_path: Path, circle: Circle, came: int, then: int
) -> None:
    file = CircleFile.create(tmp_path, circle)
    state = file.read()
    file.path.chmod(came)
    file.save(CircleState(circle=structs.replace(state.circle, bell=True)))
    assert mode(file.path) == then


def test_looking_mends_nothing_and_a_link_is_not_followed_to_anybody_elses(
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
