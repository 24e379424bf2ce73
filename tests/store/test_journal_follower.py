"""Another program can follow a journal without disturbing the program that writes it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from circle_tui.store.journal import SQLiteJournal
from circle_tui.store.journal_follower import JournalFollower

NOW = datetime(2026, 3, 5, 10, 0, 4, tzinfo=UTC)
ONE, TWO, THREE = ('{"one": 1}',), ('{"two": 1}', '{"two": 2}'), ('{"three": 1}',)

WRITES_AND_WAITS = """
import sys
from pathlib import Path
from circle_tui.store.journal import SQLiteJournal
journal = SQLiteJournal(Path(sys.argv[1]))
journal.write(0, [('{"one": 1}',), ('{"two": 1}', '{"two": 2}')])
print("written", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(memory_folder: Path) -> Path:
    return memory_folder / "harbour.live"


@pytest.fixture
def journal(path: Path) -> Iterator[SQLiteJournal]:
    journal = SQLiteJournal(path)
    yield journal
    journal.close()


@pytest.fixture
def follower(path: Path) -> Iterator[JournalFollower]:
    follower = JournalFollower(path)
    yield follower
    follower.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_without_a_journal_the_follower_sees_nothing_and_creates_no_file(
    follower: JournalFollower, path: Path
) -> None:
    assert not follower.poll()
    assert follower.acts == ()
    assert names(path.parent) == set()


def test_each_act_is_seen_once_at_the_next_look(
    follower: JournalFollower, journal: SQLiteJournal
) -> None:
    for number, act in enumerate((ONE, TWO, THREE)):
        journal.write(number, [act])
        assert follower.poll()
        assert follower.acts == (ONE, TWO, THREE)[: number + 1]
        assert not follower.poll()


def test_an_act_that_is_undone_is_gone_at_the_next_look(
    follower: JournalFollower, journal: SQLiteJournal
) -> None:
    journal.write(0, [ONE, TWO])
    follower.poll()
    journal.write(1, [])
    assert follower.poll()
    assert follower.acts == (ONE,)
    journal.write(1, [THREE])
    assert follower.poll()
    assert follower.acts == (ONE, THREE)


def test_a_pulse_is_seen_and_the_acts_stay_the_same_object(
    follower: JournalFollower, journal: SQLiteJournal
) -> None:
    journal.write(0, [ONE])
    follower.poll()
    acts = follower.acts
    journal.pulse(NOW)
    assert follower.poll()
    assert follower.pulse == NOW
    assert follower.acts is acts


def test_a_meeting_counts_as_parked_until_it_is_continued(
    follower: JournalFollower, journal: SQLiteJournal
) -> None:
    journal.write(0, [ONE])
    follower.poll()
    assert not follower.parked
    journal.close()
    assert follower.poll()
    assert follower.parked
    assert follower.acts == (ONE,)
    journal.load()
    journal.pulse(NOW)
    assert follower.poll()
    assert not follower.parked


def test_looking_at_a_journal_does_not_park_it(journal: SQLiteJournal, path: Path) -> None:
    journal.write(0, [ONE])
    for _ in range(2):
        reader = JournalFollower(path)
        assert reader.poll()
        assert not reader.parked
        reader.close()


@pytest.mark.parametrize("end", ["remove", "set_aside"])
def test_a_meeting_that_ends_is_gone_at_the_next_look(
    follower: JournalFollower, journal: SQLiteJournal, end: str
) -> None:
    journal.write(0, [ONE])
    follower.poll()
    getattr(journal, end)()
    assert follower.poll()
    assert follower.acts == ()
    assert follower.is_new


def test_the_next_meeting_is_seen_while_the_follower_still_has_the_last_one_open(
    follower: JournalFollower, journal: SQLiteJournal
) -> None:
    journal.write(0, [ONE])
    follower.poll()
    journal.remove()
    journal.write(0, [TWO])
    assert follower.poll()
    assert follower.acts == (TWO,)
    assert follower.is_new
    journal.write(1, [THREE])
    assert follower.poll()
    assert not follower.is_new


def test_an_empty_file_counts_as_a_meeting_about_to_begin(
    follower: JournalFollower, journal: SQLiteJournal, path: Path
) -> None:
    path.touch(0o600)
    assert not follower.poll()
    journal.write(0, [ONE])
    assert follower.poll()
    assert follower.acts == (ONE,)


def test_a_damaged_journal_is_reported_as_damaged_until_it_is_deleted(
    follower: JournalFollower, path: Path
) -> None:
    path.write_bytes(b"no meeting at all " * 300)
    assert follower.poll()
    assert follower.damaged
    assert not follower.poll()
    path.unlink()
    assert follower.poll()
    assert not follower.damaged


def test_following_a_parked_journal_creates_no_other_files(
    follower: JournalFollower, journal: SQLiteJournal, path: Path
) -> None:
    journal.write(0, [ONE])
    journal.close()
    before = path.read_bytes()
    assert follower.poll()
    assert follower.acts == (ONE,)
    assert names(path.parent) == {path.name}
    assert path.read_bytes() == before
    # Once a program opens it again, it can be followed again.
    journal.load()
    journal.write(1, [TWO])
    assert follower.poll()
    assert follower.acts == (ONE, TWO)


def test_undone_words_are_erased_even_if_the_journal_was_followed_while_it_closed(
    follower: JournalFollower, journal: SQLiteJournal, path: Path
) -> None:
    journal.write(0, [ONE])
    follower.poll()
    journal.write(1, [('{"said": "kanarienvogel"}',)])
    follower.poll()
    journal.write(1, [])
    follower.poll()
    journal.close()
    left = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert b"kanarienvogel" not in left


def test_a_journal_without_a_write_ahead_log_can_be_followed(
    follower: JournalFollower, path: Path
) -> None:
    """As on a network drive, where SQLite works without a write-ahead log."""
    import sqlite3

    db = sqlite3.connect(path, isolation_level=None)
    db.execute("CREATE TABLE events(act INTEGER, place INTEGER, event TEXT)")
    for act in range(2):
        db.execute("INSERT INTO events VALUES (?, 0, ?)", (act, f'{{"{act}": 1}}'))
        assert follower.poll()
        assert len(follower.acts) == act + 1
    db.close()


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX systems do")
def test_acts_written_by_a_killed_program_can_still_be_followed(
    follower: JournalFollower, path: Path
) -> None:
    start_python = subprocess.Popen(
        (sys.executable, "-c", WRITES_AND_WAITS, str(path)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert start_python.stdout is not None
    assert start_python.stdin is not None
    start_python.stdout.readline()
    assert follower.poll()
    start_python.send_signal(signal.SIGKILL)
    start_python.wait()
    start_python.stdout.close()
    start_python.stdin.close()
    assert not follower.poll()
    assert follower.acts == (ONE, TWO)
    assert not follower.parked
    # Another program continues the meeting.
    journal = SQLiteJournal(path)
    journal.load()
    journal.write(2, [THREE])
    assert follower.poll()
    assert follower.acts == (ONE, TWO, THREE)
    journal.close()
