"""The live journal keeps every act that it acknowledged."""

import os
import sqlite3
import stat
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle_tui.store import atomic
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.store.journal import Journal, SQLiteJournal
from circle_tui.store.memory_journal import MemoryJournal

NOW = datetime(2026, 3, 5, 10, 0, 4, 250_000, tzinfo=UTC)


def acts(*names: str) -> tuple[tuple[str, ...], ...]:
    return tuple((f'{{"{name}": 1}}', f'{{"{name}": 2}}') for name in names)


@pytest.fixture(params=["memory", "sqlite"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Journal:
    return (
        MemoryJournal() if request.param == "memory" else SQLiteJournal(tmp_path / "harbour.live")
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "harbour.live"


WRITES_ON = """
import sys
from pathlib import Path
from circle_tui.store.journal import SQLiteJournal
journal = SQLiteJournal(Path(sys.argv[1]))
turn = 0
while True:
    journal.write(turn, [(f"{turn}.0", "x" * (turn * 7919 % 9000))])
    turn += 1
    print(turn, flush=True)
"""


# The file and the in-memory journal


def test_a_journal_begins_with_nothing(journal: Journal) -> None:
    assert journal.load() == ((), None)


def test_acts_are_loaded_in_the_order_they_were_written(journal: Journal) -> None:
    for number, name in enumerate("abc"):
        journal.write(number, acts(name))
    assert journal.load() == (acts("a", "b", "c"), None)


def test_an_act_is_undone_by_keeping_fewer_acts(journal: Journal) -> None:
    journal.write(0, acts("a", "b", "c"))
    journal.write(2, [])
    assert journal.load()[0] == acts("a", "b")
    journal.write(1, acts("d"))
    assert journal.load()[0] == acts("a", "d")
    journal.write(0, [])
    assert journal.load()[0] == ()


def test_the_last_pulse_is_stored_in_utc(journal: Journal) -> None:
    journal.write(0, acts("a"))
    journal.pulse(NOW)
    later = (NOW + timedelta(seconds=9)).astimezone(timezone(timedelta(hours=5)))
    journal.pulse(later)
    journal.write(1, acts("b"))
    loaded, pulse = journal.load()
    assert loaded == acts("a", "b")
    assert pulse == later
    assert pulse is not None
    assert pulse.utcoffset() == timedelta(0)


def test_a_pulse_without_a_meeting_writes_nothing(journal: Journal) -> None:
    journal.pulse(NOW)
    assert journal.load() == ((), None)


def test_removing_a_journal_leaves_nothing_and_can_be_repeated(journal: Journal) -> None:
    journal.write(0, acts("a"))
    journal.pulse(NOW)
    for _ in range(2):
        journal.remove()
        assert journal.load() == ((), None)
    journal.write(0, acts("b"))
    assert journal.load() == (acts("b"), None)


def test_after_a_journal_was_set_aside_a_new_one_can_begin(journal: Journal) -> None:
    journal.write(0, acts("a"))
    journal.set_aside()
    assert journal.load() == ((), None)
    assert journal.set_aside() is None
    journal.write(0, acts("b"))
    assert journal.load()[0] == acts("b")


def test_a_closed_journal_can_be_used_again(journal: Journal) -> None:
    journal.write(0, acts("a"))
    journal.close()
    journal.close()
    journal.write(1, acts("b"))
    assert journal.load()[0] == acts("a", "b")


@pytest.mark.parametrize(("keep", "more"), [(2, []), (-1, []), (1, [()])])
def test_a_write_with_impossible_arguments_is_refused(
    journal: Journal, keep: int, more: list[tuple[str, ...]]
) -> None:
    journal.write(0, acts("a"))
    with pytest.raises(ValueError, match="act"):
        journal.write(keep, more)
    assert journal.load()[0] == acts("a")


def test_both_journals_know_whether_they_exist(path: Path) -> None:
    for journal in (MemoryJournal(), SQLiteJournal(path)):
        assert not journal.exists()
        journal.write(0, acts("a"))
        assert journal.exists()
        journal.remove()
        assert not journal.exists()


@given(
    steps=st.lists(
        st.tuples(
            st.integers(0, 5),
            st.lists(
                st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=3)
            ),
        ),
        max_size=6,
    )
)
def test_both_journals_hold_the_same_after_any_writes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, list[list[str]]]]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "harbour.live"
    memory, sqlite = MemoryJournal(), SQLiteJournal(path)
    for keep, more in steps:
        kept = min(keep, len(memory.load()[0]))
        for each in (memory, sqlite):
            each.write(kept, [tuple(events) for events in more])
    sqlite.close()
    assert SQLiteJournal(path).load() == memory.load() == sqlite.load()
    sqlite.close()


# The file journal


def test_the_first_write_creates_the_file(path: Path) -> None:
    journal = SQLiteJournal(path)
    journal.load()
    journal.pulse(NOW)
    journal.remove()
    assert list(path.parent.iterdir()) == []
    journal.write(0, [])
    assert path.exists()


def test_only_the_owner_can_read_the_files_whatever_the_umask(path: Path) -> None:
    journal = SQLiteJournal(path)
    before = os.umask(0)
    try:
        journal.write(0, acts("a"))
    finally:
        os.umask(before)
    found = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert found == dict.fromkeys(("harbour.live", "harbour.live-shm", "harbour.live-wal"), 0o600)
    journal.close()


def test_every_commit_is_synced_and_so_is_the_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(atomic, "sync_folder", synced.append)
    journal = SQLiteJournal(path)
    journal.write(0, acts("a"))
    assert synced == [path.parent]
    db = journal._db
    assert db is not None
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    journal.close()


def test_removing_a_journal_deletes_all_its_files(path: Path) -> None:
    journal = SQLiteJournal(path)
    journal.write(0, acts("a"))
    journal.remove()
    assert list(path.parent.iterdir()) == []


def test_the_journal_is_deleted_before_its_log(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = SQLiteJournal(path)
    journal.write(0, acts("a"))
    gone: list[str] = []
    monkeypatch.setattr(Path, "unlink", lambda self, missing_ok=False: gone.append(self.name))
    journal.remove()
    assert gone[0] == "harbour.live"


def test_a_new_journal_ignores_a_log_left_by_a_removed_one(
    path: Path, start_python: Callable[..., subprocess.Popen[str]]
) -> None:
    killed = start_python(WRITES_ON, path)
    assert killed.stdout is not None
    killed.stdout.readline()
    killed.kill()
    killed.wait()
    assert Path(f"{path}-wal").exists()
    path.unlink()
    journal = SQLiteJournal(path)
    journal.write(0, acts("a"))
    assert journal.load()[0] == acts("a")
    journal.close()


def test_undone_acts_are_erased_from_the_file(path: Path) -> None:
    journal = SQLiteJournal(path)
    journal.write(0, [("a secret that was a slip",), ("said",)])
    journal.write(0, [("said",)])
    dropped = journal.set_aside()
    assert dropped is not None
    assert b"said" in dropped.read_bytes()
    assert b"secret" not in dropped.read_bytes()


def test_setting_aside_leaves_one_file_and_replaces_an_earlier_one(path: Path) -> None:
    for name in ("first", "second"):
        journal = SQLiteJournal(path)
        journal.write(0, acts(name))
        dropped = journal.set_aside()
        assert dropped == path.parent / "harbour.dropped"
        assert list(path.parent.iterdir()) == [dropped]
    # Bytes 18 and 19 of an SQLite file are 2 where reading it needs a log beside it.
    assert dropped.read_bytes()[18:20] == b"\x01\x01"
    back = SQLiteJournal(dropped)
    assert back.load()[0] == acts("second")
    back.close()


def test_the_journal_of_a_killed_program_is_set_aside_with_its_log(
    path: Path, start_python: Callable[..., subprocess.Popen[str]]
) -> None:
    killed = start_python(WRITES_ON, path)
    assert killed.stdout is not None
    for _ in range(5):
        killed.stdout.readline()
    killed.kill()
    killed.wait()
    dropped = SQLiteJournal(path).set_aside()
    assert dropped is not None
    assert list(path.parent.iterdir()) == [dropped]
    back = SQLiteJournal(dropped)
    assert len(back.load()[0]) >= 4
    back.close()


@pytest.mark.parametrize(
    "content",
    [b"no database" * 200, b"SQLite format 3\0" + b"\xff" * 4096],
    ids=["foreign", "torn"],
)
def test_the_error_for_a_damaged_journal_offers_to_set_it_aside_and_that_works(
    path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    journal = SQLiteJournal(path)
    with pytest.raises(LoadError, match=r"harbour\.live is damaged.* set it aside"):
        journal.load()
    with pytest.raises(SaveError):
        journal.write(0, acts("a"))
    assert path.read_bytes() == content
    dropped = journal.set_aside()
    assert dropped is not None
    assert dropped.read_bytes() == content
    journal.write(0, acts("a"))
    journal.close()


def test_another_programs_database_is_not_changed(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE bookmarks(a)")
    db.close()
    before = path.read_bytes()
    journal = SQLiteJournal(path)
    with pytest.raises(LoadError, match="isn't a circle-tui file"):
        journal.load()
    with pytest.raises(SaveError, match="isn't a circle-tui file"):
        journal.write(0, acts("a"))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET act = 7 WHERE act = 1",
        "DELETE FROM events WHERE place = 0",
        "UPDATE events SET event = x'ff'",
        "UPDATE events SET event = CAST(x'ff' AS TEXT)",
        "UPDATE pulse SET moment = 'noon'",
        "DROP TABLE events; CREATE TABLE events(other)",
    ],
)
def test_a_journal_with_unexpected_content_is_refused(path: Path, change: str) -> None:
    journal = SQLiteJournal(path)
    journal.write(0, acts("a", "b"))
    journal.pulse(NOW)
    journal.close()
    db = sqlite3.connect(path)
    db.executescript(change)
    db.close()
    with pytest.raises(LoadError, match="set it aside"):
        journal.load()


def test_a_folder_in_the_journals_place_is_refused(path: Path) -> None:
    path.mkdir()
    with pytest.raises(LoadError):
        SQLiteJournal(path).load()
    with pytest.raises(SaveError):
        SQLiteJournal(path).write(0, acts("a"))


def test_an_empty_file_holds_no_acts(path: Path) -> None:
    path.touch()
    journal = SQLiteJournal(path)
    assert journal.load() == ((), None)
    journal.write(0, acts("a"))
    assert journal.load()[0] == acts("a")
    journal.close()


def test_a_pulse_waits_while_another_thread_removes_the_journal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise it could make the file anew, and the meeting would seem to be under way."""
    journal = SQLiteJournal(path)
    journal.write(0, acts("a"))
    sync_folder = atomic.sync_folder
    pulse = threading.Thread(target=journal.pulse, args=(NOW,))

    def pulse_meanwhile(folder: Path) -> None:
        pulse.start()
        # What another thread could get now, a pulse would get as well.
        free: list[bool] = []
        probe = threading.Thread(
            target=lambda: free.append(journal.one_at_a_time.acquire(blocking=False))
        )
        probe.start()
        probe.join()
        assert free == [False]
        sync_folder(folder)

    monkeypatch.setattr(atomic, "sync_folder", pulse_meanwhile)
    journal.remove()
    pulse.join()
    assert not journal.exists()
    assert list(path.parent.iterdir()) == []
