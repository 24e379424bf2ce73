"""A journal of which something is missing: it is said, and nothing is taken away."""

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
    """A circle as it is left by a program that was killed in its meeting."""
    file = CircleFile.create(tmp_path / "before", circle)
    service = CircleService(file, CLOCK)
    service.begin()
    for member in ("m1", "m2", "m3"):
        service.execute(commands.mark, member, "late")
    shutil.copytree(tmp_path / "before", tmp_path / "killed")
    service.close()
    return CircleFile(tmp_path / "killed" / file.path.name)


def log_of(file: CircleFile) -> Path:
    return Path(f"{file.journal_path}-wal")


def cut(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])


def test_a_whole_log_is_no_cut_one(killed: CircleFile) -> None:
    assert not log_is_cut_off(killed.journal_path)
    service = CircleService(killed, CLOCK)
    live = service.resume()
    assert live is not None
    assert not live.cut_off
    assert live.acts == 4
    service.close()


def test_a_log_whose_end_is_missing_is_gone_on_with_and_said(killed: CircleFile) -> None:
    cut(log_of(killed), log_of(killed).stat().st_size - 1)
    service = CircleService(killed, CLOCK)
    live = service.resume()
    assert live is not None
    assert live.cut_off
    assert live.acts == 3
    service.close()


def test_a_log_with_a_damaged_page_is_cut_off_there(killed: CircleFile) -> None:
    raw = bytearray(log_of(killed).read_bytes())
    raw[-3000] ^= 1
    log_of(killed).write_bytes(raw)
    assert log_is_cut_off(killed.journal_path)


def test_what_is_left_over_of_an_earlier_log_is_nothing_that_is_missing(
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
def test_a_journal_with_nothing_left_in_it_is_said_and_stays(
    killed: CircleFile, index_too: bool
) -> None:
    log_of(killed).unlink()
    if index_too:
        Path(f"{killed.journal_path}-shm").unlink()
    is_said_and_can_be_set_aside(killed, "has nothing in it any more")


def test_an_empty_journal_beside_its_log_is_said_and_keeps_the_log(killed: CircleFile) -> None:
    cut(killed.journal_path, 0)
    log = log_of(killed).read_bytes()
    is_said_and_can_be_set_aside(killed, "is empty, though its log")
    assert Path(f"{killed.dropped_path}-wal").read_bytes() == log


def test_an_empty_journal_beside_nothing_is_said_too(killed: CircleFile) -> None:
    cut(killed.journal_path, 0)
    log_of(killed).unlink()
    is_said_and_can_be_set_aside(killed, "has nothing in it any more")


def is_said_and_can_be_set_aside(file: CircleFile, said: str) -> None:
    service = CircleService(file, CLOCK)
    for _ in range(2):
        with pytest.raises(LoadError, match=f"{said}.* set aside") as refused:
            service.resume()
        assert is_one_sentence(str(refused.value))
        assert file.under_way
    service.set_aside()
    assert file.dropped_path.exists()
    assert service.resume() is None
    service.begin()
    service.close()


@pytest.mark.parametrize("what", ["a folder", "a link"])
def test_a_journal_that_is_no_file_is_said(tmp_path: Path, circle: Circle, what: str) -> None:
    file = CircleFile.create(tmp_path, circle)
    if what == "a folder":
        file.journal_path.mkdir()
    else:
        file.journal_path.symlink_to(tmp_path / "elsewhere")
    service = CircleService(file, CLOCK)
    with pytest.raises(LoadError, match="which no meeting can be in: move it away"):
        service.resume()
    service.close()
    assert not (tmp_path / "elsewhere").exists()
