"""The power fails at any moment, and again while the program recovers: nothing is lost."""

import errno
import sqlite3
from pathlib import Path
from random import Random

from circle_tui.store.journal import SQLiteJournal

from .disk_model import EMPTY, FOLDER, Disk, FileContent, NameChange
from .power_cuts import PowerCuts
from .recording_disk import FailureRule

FIRST_SEED = 281
"""This seed gives a life with a whole meeting early in it."""

LIVES, STEPS, DISKS = 8, 150, (10_000, 400, 200)
"""In the full run: how many lives, how many steps each, and how many disks at most per depth."""

SAMPLE = 1, 60, (40, 20, 10)
FAILING_STEPS = 60


def test_a_power_cut_between_any_two_operations_loses_nothing_acknowledged(
    memory_folder: Path, full: bool
) -> None:
    lives, steps, disks = (LIVES, STEPS, DISKS) if full else SAMPLE
    tried = 0
    for seed in range(FIRST_SEED, FIRST_SEED + lives):
        cuts = PowerCuts(memory_folder, Random(seed))
        cuts.cut_power(cuts.record_life(seed, steps), disks)
        assert cuts.faults == [], seed
        tried += sum(cuts.tried)
    assert tried >= (5000 if full else 70)


# Failures that leave something unsynced, followed by a power cut


def test_what_is_acknowledged_after_a_failure_survives_a_power_cut(
    memory_folder: Path, full: bool
) -> None:
    chance = Random(FIRST_SEED)
    operations: list[str] = []
    PowerCuts(memory_folder, chance).record_life(
        FIRST_SEED, FAILING_STEPS, lambda kind, _number: operations.append(kind)
    )
    numbers = range(1, len(operations) + 1)
    for failing in numbers if full else chance.sample(numbers, 4):
        cuts = PowerCuts(memory_folder, chance)
        boundaries = cuts.record_life(FIRST_SEED, FAILING_STEPS, fails_once(failing))
        following = [each for each in boundaries if failing <= each.operations < failing + 12]
        cuts.cut_power(following, (60 if full else 8,))
        assert cuts.faults == [], (failing, operations[failing - 1])


def fails_once(failing: int) -> FailureRule:
    """Let this operation fail, and no other."""
    error = OSError(errno.EIO, "Input/output error")
    return lambda _kind, number: error if number == failing else None


# SQLite is trusted to sync


def test_sqlite_is_configured_to_sync_every_commit(tmp_path: Path) -> None:
    journal = SQLiteJournal(tmp_path / "harbour.live")
    journal.write(0, [("an act",)])
    db = journal._db
    assert isinstance(db, sqlite3.Connection)
    for setting, wanted in {
        "journal_mode": "wal",
        "synchronous": 2,
        "locking_mode": "normal",
        "secure_delete": 1,
    }.items():
        assert db.execute(f"PRAGMA {setting}").fetchone() == (wanted,), setting
    # Every statement commits by itself, so nothing is acknowledged inside a transaction.
    assert db.isolation_level is None
    assert not db.in_transaction
    journal.close()


# The disk model itself


def test_the_model_loses_keeps_or_tears_unsynced_content() -> None:
    disk = EMPTY.with_safe_content(1, b"old").with_safe_name("a", 1).after_write(1, b"newer")
    found = {each.files[1].now for each in disk.possible_after_power_cut(Random(0))}
    assert {b"old", b"newer"} < found
    assert b"ne\0\0\0"[:0] + bytes(5) in found
    assert any(each.startswith(b"ne") and each not in (b"newer", b"new") for each in found)
    (certain,) = disk.after_fsync(1).possible_after_power_cut(Random(0))
    assert certain.files[1] == FileContent(b"newer")


def test_the_model_loses_names_in_any_order_until_their_folder_is_synced() -> None:
    disk = EMPTY.with_safe_content(1, b"one").with_safe_content(2, b"two").with_safe_name("a", 1)
    disk = disk.after_name_change(NameChange(None, "b", 2)).after_name_change(
        NameChange("a", None, 1)
    )
    found = [set(each.names) for each in disk.possible_after_power_cut(Random(0))]
    assert sorted(map(sorted, found)) == [[], ["a"], ["a", "b"], ["b"]]
    (certain,) = disk.after_folder_fsync(".").possible_after_power_cut(Random(0))
    assert set(certain.names) == {"b"}


def test_the_model_loses_a_folder_with_everything_in_it() -> None:
    disk = Disk({1: FileContent(b"one")}, {}, {}).after_name_change(
        NameChange(None, "sessions", -1)
    )
    disk = disk.after_name_change(NameChange(None, "sessions/a", 1)).after_folder_fsync("sessions")
    found = [dict(each.names) for each in disk.possible_after_power_cut(Random(0))]
    assert found == [{}, {"sessions": FOLDER, "sessions/a": 1}]
