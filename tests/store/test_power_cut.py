"""The power goes at any moment, and again while the program recovers: nothing is lost."""

import errno
import sqlite3
from pathlib import Path
from random import Random

from circle_tui.store.journal import SQLiteJournal

from .disks import EMPTY, FOLDER, Bytes, Disk, Renamed
from .power import Cuts
from .recorder import Fails

FIRST_SEED = 281
"""A life with a whole meeting early in it."""

SEASONS, STEPS, DISKS = 8, 150, (10_000, 400, 200)
"""How many lives, how long, and how many disks of each depth at most: the whole count."""

SAMPLE = 1, 60, (40, 20, 10)
FAILING_STEPS = 60


def test_a_power_cut_at_any_boundary_loses_nothing_acknowledged(quick: Path, full: bool) -> None:
    seasons, steps, disks = (SEASONS, STEPS, DISKS) if full else SAMPLE
    tried = 0
    for seed in range(FIRST_SEED, FIRST_SEED + seasons):
        cuts = Cuts(quick, Random(seed))
        cuts.cut(cuts.season(seed, steps), disks)
        assert cuts.wrong == [], seed
        tried += sum(cuts.tried)
    assert tried >= (5000 if full else 70)


# Failures that leave something unsynced, and then the power goes


def test_what_is_acknowledged_after_a_failure_survives_a_power_cut(quick: Path, full: bool) -> None:
    chance = Random(FIRST_SEED)
    operations: list[str] = []
    Cuts(quick, chance).season(
        FIRST_SEED, FAILING_STEPS, lambda kind, _number: operations.append(kind)
    )
    numbers = range(1, len(operations) + 1)
    for failing in numbers if full else chance.sample(numbers, 6):
        cuts = Cuts(quick, chance)
        moments = cuts.season(FIRST_SEED, FAILING_STEPS, fails_once(failing))
        soon = [each for each in moments if failing <= each.operations < failing + 12]
        cuts.cut(soon, (60 if full else 8,))
        assert cuts.wrong == [], (failing, operations[failing - 1])


def fails_once(failing: int) -> Fails:
    """That operation fails, and no other."""
    error = OSError(errno.EIO, "Input/output error")
    return lambda _kind, number: error if number == failing else None


# What is taken at its word


def test_sqlite_is_asked_for_what_it_is_taken_at_its_word_for(tmp_path: Path) -> None:
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
    # Nothing is acknowledged in the middle of a transaction.
    assert db.isolation_level is None
    assert not db.in_transaction
    journal.close()


# The model itself


def test_the_model_loses_keeps_and_tears_what_was_not_synced() -> None:
    disk = EMPTY.settled(1, b"old").named_for_sure("a", 1).written(1, b"newer")
    found = {each.files[1].now for each in disk.after_a_power_cut(Random(0))}
    assert {b"old", b"newer"} < found
    assert b"ne\0\0\0"[:0] + bytes(5) in found
    assert any(each.startswith(b"ne") and each not in (b"newer", b"new") for each in found)
    (sure,) = disk.synced(1).after_a_power_cut(Random(0))
    assert sure.files[1] == Bytes(b"newer")


def test_the_model_loses_names_in_any_order_until_their_folder_is_synced() -> None:
    disk = EMPTY.settled(1, b"one").settled(2, b"two").named_for_sure("a", 1)
    disk = disk.renamed(Renamed(None, "b", 2)).renamed(Renamed("a", None, 1))
    found = [set(each.names) for each in disk.after_a_power_cut(Random(0))]
    assert sorted(map(sorted, found)) == [[], ["a"], ["a", "b"], ["b"]]
    (sure,) = disk.folder_synced(".").after_a_power_cut(Random(0))
    assert set(sure.names) == {"b"}


def test_the_model_loses_a_folder_with_everything_in_it() -> None:
    disk = Disk({1: Bytes(b"one")}, {}, {}).renamed(Renamed(None, "sessions", -1))
    disk = disk.renamed(Renamed(None, "sessions/a", 1)).folder_synced("sessions")
    found = [dict(each.names) for each in disk.after_a_power_cut(Random(0))]
    assert found == [{}, {"sessions": FOLDER, "sessions/a": 1}]
