"""A journal that was cut off: the program reports it, and deletes nothing."""

import shutil
from pathlib import Path

import pytest

from circle_tui.core.circle.circle import Circle
from circle_tui.core.meeting import commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.store.write_ahead_log import log_is_cut_off
from tests.hostile_text import is_one_sentence

from .conftest import NOW

CLOCK = ManualClock(NOW)


@pytest.fixture
def killed(tmp_path: Path, circle: Circle) -> CircleFile:
    """A circle as a program leaves it that was killed during a meeting."""
    file = CircleFile.create(tmp_path / "before", circle)
    service = CircleService(file, CLOCK)
    service.begin()
    for member in ("m1", "m2", "m3"):
        service.execute(commands.mark, member, "late")
    shutil.copytree(tmp_path / "before", tmp_path / "killed")
    service.close()
    return CircleFile(tmp_path / "killed" / file.path.name)


def log_path(file: CircleFile) -> Path:
    return Path(f"{file.journal_path}-wal")


def cut(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])


def test_a_complete_log_is_not_reported_as_cut_off(killed: CircleFile) -> None:
    assert not log_is_cut_off(killed.journal_path)
    service = CircleService(killed, CLOCK)
    live = service.resume()
    assert live is not None
    assert not live.cut_off
    assert live.acts == 4
    service.close()


def test_a_meeting_whose_log_lost_its_end_is_continued_and_the_loss_is_reported(
    killed: CircleFile,
) -> None:
    cut(log_path(killed), log_path(killed).stat().st_size - 1)
    service = CircleService(killed, CLOCK)
    live = service.resume()
    assert live is not None
    assert live.cut_off
    assert live.acts == 3
    service.close()


def test_a_log_counts_as_cut_off_at_a_damaged_page(killed: CircleFile) -> None:
    raw = bytearray(log_path(killed).read_bytes())
    raw[-3000] ^= 1
    log_path(killed).write_bytes(raw)
    assert log_is_cut_off(killed.journal_path)


def test_remains_of_an_earlier_log_do_not_count_as_a_loss(
    killed: CircleFile,
) -> None:
    service = CircleService(killed, CLOCK)
    service.resume()
    service.undo()
    assert not log_is_cut_off(killed.journal_path)
    service.execute(commands.mark, "m1", "absent")
    assert not log_is_cut_off(killed.journal_path)
    service.close()


@pytest.mark.parametrize("index_too", [True, False])
def test_a_journal_that_lost_everything_is_reported_and_not_deleted(
    killed: CircleFile, index_too: bool
) -> None:
    log_path(killed).unlink()
    if index_too:
        Path(f"{killed.journal_path}-shm").unlink()
    check_that_it_is_refused_and_can_be_set_aside(killed, "is empty now")


def test_an_empty_journal_beside_its_log_is_reported_and_the_log_is_kept(
    killed: CircleFile,
) -> None:
    cut(killed.journal_path, 0)
    log = log_path(killed).read_bytes()
    check_that_it_is_refused_and_can_be_set_aside(killed, "is empty, but its log")
    assert Path(f"{killed.dropped_path}-wal").read_bytes() == log


def test_an_empty_journal_without_a_log_is_reported(killed: CircleFile) -> None:
    cut(killed.journal_path, 0)
    log_path(killed).unlink()
    check_that_it_is_refused_and_can_be_set_aside(killed, "is empty now")


def check_that_it_is_refused_and_can_be_set_aside(file: CircleFile, said: str) -> None:
    service = CircleService(file, CLOCK)
    for _ in range(2):
        with pytest.raises(LoadError, match=f"{said}.* set it aside") as refused:
            service.resume()
        assert is_one_sentence(str(refused.value))
        assert file.under_way
    service.set_aside()
    assert file.dropped_path.exists()
    assert service.resume() is None
    service.begin()
    service.close()


@pytest.mark.parametrize("what", ["a folder", "a link"])
def test_something_other_than_a_file_in_the_journals_place_is_reported(
    tmp_path: Path, circle: Circle, what: str
) -> None:
    file = CircleFile.create(tmp_path, circle)
    if what == "a folder":
        file.journal_path.mkdir()
    else:
        file.journal_path.symlink_to(tmp_path / "elsewhere")
    service = CircleService(file, CLOCK)
    with pytest.raises(LoadError, match="so it can't be a meeting: move it away"):
        service.resume()
    service.close()
    assert not (tmp_path / "elsewhere").exists()
