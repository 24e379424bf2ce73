"""Undone words are erased from every file in the folder, even if another program reads them."""

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


def files_containing(folder: Path, words: bytes = CANARY) -> list[str]:
    """The names of the files that contain these words."""
    return sorted(path.name for path in folder.iterdir() if words in path.read_bytes())


@pytest.fixture
def service(tmp_path: Path, circle: Circle) -> Iterator[CircleService]:
    """A meeting at the point where a member is asked for commitments."""
    service = CircleService(CircleFile.create(tmp_path, circle), ManualClock(NOW))
    service.begin()
    for command in (commands.begin, commands.start, commands.finish, commands.end_responses):
        service.execute(command)
    yield service
    service.close()


@contextmanager
def open_in_another_program(path: Path, *, reading: bool) -> Iterator[None]:
    """Another program has the journal open; with `reading` it is in the middle of reading it."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)) as db:
        if reading:
            db.execute("BEGIN")
        db.execute("SELECT * FROM events").fetchall()
        yield


def test_undone_words_are_erased_at_once(service: CircleService, tmp_path: Path) -> None:
    service.execute(commands.promise, SAID)
    assert files_containing(tmp_path)
    service.undo()
    assert files_containing(tmp_path) == []
    service.execute(commands.promise, "another song")
    assert files_containing(tmp_path) == []
    assert files_containing(tmp_path, b"another song")


def test_undone_words_that_fill_many_pages_are_erased_at_once(tmp_path: Path) -> None:
    path = tmp_path / "harbour.live"
    journal = SQLiteJournal(path)
    journal.write(0, [("first",), *((f"{SAID} {each} " * 500,) for each in range(20))])
    journal.write(1, [("other",)])
    assert files_containing(tmp_path) == []
    assert journal.load()[0] == (("first",), ("other",))
    journal.close()


def test_undone_words_are_erased_while_another_program_has_the_journal_open(
    service: CircleService, tmp_path: Path
) -> None:
    with open_in_another_program(service.file.journal_path, reading=False):
        service.execute(commands.promise, SAID)
        service.undo()
        assert files_containing(tmp_path) == []
        service.close()
        assert files_containing(tmp_path) == []


def test_if_another_program_is_reading_undone_words_are_erased_at_the_next_pulse(
    service: CircleService, tmp_path: Path
) -> None:
    service.execute(commands.promise, SAID)
    assert service.live is not None
    with open_in_another_program(service.file.journal_path, reading=True):
        service.undo()
        assert service.live.trouble is None
        assert files_containing(tmp_path) == ["harbour.live-wal"]
    service.live._journal.pulse(NOW)
    assert files_containing(tmp_path) == []


def test_if_another_program_reads_throughout_undone_words_are_erased_at_closing(
    service: CircleService, tmp_path: Path
) -> None:
    service.execute(commands.promise, SAID)
    with open_in_another_program(service.file.journal_path, reading=True):
        service.undo()
    with open_in_another_program(service.file.journal_path, reading=False):
        service.close()
        assert files_containing(tmp_path) == []


def test_a_log_left_by_a_kill_after_an_undo_is_emptied_when_the_meeting_is_resumed(
    tmp_path: Path,
) -> None:
    path, died = tmp_path / "harbour.live", tmp_path / "died"
    journal = SQLiteJournal(path)
    journal.write(0, [("first",), (SAID,)])
    with open_in_another_program(path, reading=True):
        journal.write(1, [("second",)])
        died.mkdir()
        for tail in ("", "-wal"):
            shutil.copyfile(f"{path}{tail}", died / f"harbour.live{tail}")
    journal.close()
    assert files_containing(died) == ["harbour.live-wal"]
    again = SQLiteJournal(died / "harbour.live")
    assert again.load()[0] == (("first",), ("second",))
    assert files_containing(died) == []
    again.close()


def test_undone_words_are_neither_in_a_dropped_meeting_nor_beside_a_saved_one(
    service: CircleService, tmp_path: Path
) -> None:
    service.execute(commands.promise, SAID)
    service.undo()
    service.drop()
    assert (tmp_path / "harbour.dropped").exists()
    assert files_containing(tmp_path) == []
    service.begin()
    for command in (commands.begin, commands.start, commands.finish, commands.end_responses):
        service.execute(command)
    service.execute(commands.promise, SAID)
    service.undo()
    service.execute(closing_commands.close_as_it_stands)
    service.finish()
    assert service.state.records
    assert files_containing(tmp_path) == []


def test_undone_words_are_erased_while_another_process_has_the_journal_open(tmp_path: Path) -> None:
    """Like the test above, but SQLite here cannot know of the other program's handles."""
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
        assert files_containing(tmp_path) == []
        journal.close()
        assert files_containing(tmp_path) == []
        process.communicate("\n", timeout=10)
