"""A live meeting belongs to one circle, whatever the files around it are called."""

import shutil
from pathlib import Path

import pytest
from msgspec import structs

from circle_tui.core.circle.circle import Circle
from circle_tui.core.meeting import commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.store.journal import SQLiteJournal
from tests.hostile_text import is_one_sentence

from .conftest import NOW

CLOCK = ManualClock(NOW)
OPENED = '{"type":"MeetingOpened","standing":{"circle":{"name":"Harbour"%s}}}'


def parked(folder: Path, circle: Circle) -> CircleFile:
    """A circle with a parked meeting."""
    file = CircleFile.create(folder, circle)
    service = CircleService(file, CLOCK)
    service.begin()
    service.execute(commands.mark, "m1", "late")
    service.close()
    assert file.under_way
    return file


def test_a_journal_beside_another_circles_file_is_refused_and_kept(
    tmp_path: Path, circle: Circle
) -> None:
    mine = parked(tmp_path / "mine", circle)
    other = CircleFile.create(tmp_path / "other", structs.replace(circle, id="another"))
    shutil.copyfile(mine.journal_path, other.journal_path)
    before = other.journal_path.read_bytes()
    service = CircleService(other, CLOCK)
    with pytest.raises(LoadError, match="belongs to another circle: put it beside") as refused:
        service.resume()
    assert is_one_sentence(str(refused.value))
    assert other.journal_path.read_bytes() == before
    service.close()
    service = CircleService(mine, CLOCK)
    assert service.resume() is not None
    service.close()


def test_a_meeting_is_resumed_after_its_file_and_journal_were_renamed(
    tmp_path: Path, circle: Circle
) -> None:
    file = parked(tmp_path, circle)
    moved = CircleFile(file.path.rename(tmp_path / "quay.json"))
    file.journal_path.rename(moved.journal_path)
    service = CircleService(moved, CLOCK)
    assert service.resume() is not None
    service.close()


@pytest.mark.parametrize(
    ("first", "loads"),
    [
        (OPENED % ',"id":"mine"', True),
        (OPENED % ',"id":"other"', False),
        # The first event has no circle id: it is from an old version, or cannot be read.
        (OPENED % "", True),
        ('{"type":"Odd"}', True),
        ("no JSON", True),
    ],
)
def test_the_first_event_of_a_journal_says_which_circle_it_belongs_to(
    tmp_path: Path, first: str, loads: bool
) -> None:
    path = tmp_path / "harbour.live"
    SQLiteJournal(path).write(0, [(first,), ("more",)])
    for circle_id, expected in (("mine", loads), ("", True)):
        journal = SQLiteJournal(path, circle_id)
        if expected:
            assert journal.load()[0] == ((first,), ("more",))
        else:
            with pytest.raises(LoadError, match="another circle"):
                journal.load()
        journal.close()


def test_circles_with_dots_in_their_file_names_share_no_files(tmp_path: Path) -> None:
    def link_to(name: str) -> CircleFile:
        (tmp_path / name).touch()
        link = tmp_path / f"link-{name}.json"
        link.symlink_to(name)
        return CircleFile(link)

    files = [link_to(name) for name in ("team.v1", "team.v2", "team.json", "team.json.json")]
    for beside in ("journal_path", "lock_path"):
        assert len({getattr(file, beside) for file in files}) == len(files)
    assert CircleFile(tmp_path / "team.json").journal_path == tmp_path / "team.live"
    assert CircleFile(tmp_path / "team.2026.json").lock_path == tmp_path / "team.2026.lock"
