"""What was taken back is in no file of the folder, whoever else has the journal open."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from circle_tui.core.circle.circle import Circle
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.journal import SQLiteJournal

from .conftest import NOW

SAID = "a canary sang of it"
CANARY = SAID.encode()


def holding(folder: Path, words: bytes = CANARY) -> list[str]:
    """The names of the files that have these words in them."""
    return sorted(path.name for path in folder.iterdir() if words in path.read_bytes())


@pytest.fixture
def service(tmp_path: Path, circle: Circle) -> Iterator[CircleService]:
    """A meeting in which somebody is asked what they commit to."""
    service = CircleService(CircleFile.create(tmp_path, circle), ManualClock(NOW))
    service.begin()
    for command in (commands.begin, commands.start, commands.finish, commands.end_responses):
        service.execute(command)
    yield service
    service.close()


@contextmanager
def opened_elsewhere(path: Path, *, reading: bool) -> Iterator[None]:
    """Another program has the journal open; `reading` is whether in the middle of a reading."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)) as db:
        if reading:
            db.execute("BEGIN")
        db.execute("SELECT * FROM events").fetchall()
        yield


def test_words_that_are_undone_are_gone_at_once(service: CircleService, tmp_path: Path) -> None:
    service.execute(commands.promise, SAID)
    assert holding(tmp_path)
    service.undo()
    assert holding(tmp_path) == []
    service.execute(commands.promise, "another song")
    assert holding(tmp_path) == []
    assert holding(tmp_path, b"another song")


def test_long_words_that_take_many_pages_are_gone_at_once(tmp_path: Path) -> None:
    path = tmp_path / "harbour.live"
    journal = SQLiteJournal(path)
    journal.write(0, [("first",), *((f"{SAID} {each} " * 500,) for each in range(20))])
    journal.write(1, [("other",)])
    assert holding(tmp_path) == []
    assert journal.load()[0] == (("first",), ("other",))
    journal.close()


def test_words_that_are_undone_are_gone_while_another_program_has_the_journal_open(
    service: CircleService, tmp_path: Path
) -> None:
    with opened_elsewhere(service.file.journal_path, reading=False):
        service.execute(commands.promise, SAID)
        service.undo()
        assert holding(tmp_path) == []
        service.close()
        assert holding(tmp_path) == []


def test_where_another_program_reads_just_then_the_next_pulse_makes_up_for_it(
    service: CircleService, tmp_path: Path
) -> None:
    service.execute(commands.promise, SAID)
    assert service.live is not None
    with opened_elsewhere(service.file.journal_path, reading=True):
        service.undo()
        assert service.live.trouble is None
        assert holding(tmp_path) == ["harbour.live-wal"]
    service.live._journal.pulse(NOW)
    assert holding(tmp_path) == []


def test_where_another_program_reads_to_the_end_closing_makes_up_for_it(
    service: CircleService, tmp_path: Path
) -> None:
    service.execute(commands.promise, SAID)
    with opened_elsewhere(service.file.journal_path, reading=True):
        service.undo()
    with opened_elsewhere(service.file.journal_path, reading=False):
        service.close()
        assert holding(tmp_path) == []


def test_a_log_left_by_whoever_died_after_an_undo_is_emptied_when_the_meeting_goes_on(
    tmp_path: Path,
) -> None:
    path, died = tmp_path / "harbour.live", tmp_path / "died"
    journal = SQLiteJournal(path)
    journal.write(0, [("first",), (SAID,)])
    with opened_elsewhere(path, reading=True):
        journal.write(1, [("second",)])
        died.mkdir()
        for tail in ("", "-wal"):
            shutil.copyfile(f"{path}{tail}", died / f"harbour.live{tail}")
    journal.close()
    assert holding(died) == ["harbour.live-wal"]
    again = SQLiteJournal(died / "harbour.live")
    assert again.load()[0] == (("first",), ("second",))
    assert holding(died) == []
    again.close()


def test_what_was_undone_is_neither_in_a_dropped_meeting_nor_beside_a_saved_one(
    service: CircleService, tmp_path: Path
) -> None:
    service.execute(commands.promise, SAID)
    service.undo()
    service.drop()
    assert (tmp_path / "harbour.dropped").exists()
    assert holding(tmp_path) == []
    service.begin()
    for command in (commands.begin, commands.start, commands.finish, commands.end_responses):
        service.execute(command)
    service.execute(commands.promise, SAID)
    service.undo()
    service.execute(closing_commands.close_as_it_stands)
    service.finish()
    assert service.state.records
    assert holding(tmp_path) == []


def test_what_was_undone_is_gone_from_the_disk_of_another_process(tmp_path: Path) -> None:
    """As in the test before, where SQLite itself cannot know of this process's other handles."""
    path = tmp_path / "harbour.live"
    journal = SQLiteJournal(path)
    journal.write(0, [("first",), (SAID,)])
    follower = (
        "import sqlite3, sys; db = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True);"
        "print(len(db.execute('SELECT * FROM events').fetchall()), flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", follower, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "2\n"
        journal.write(1, [])
        assert holding(tmp_path) == []
        journal.close()
        assert holding(tmp_path) == []
        process.communicate("\n", timeout=10)
