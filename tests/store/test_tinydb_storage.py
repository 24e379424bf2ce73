"""Compare TinyDB's own storage with ours, on the same random seeds.

`pytest tests/store/test_tinydb_storage.py --full -n0 -s` prints the comparison.
"""

import os
from pathlib import Path
from random import Random

import pytest

from circle_tui.store import atomic, storage

from . import tinydb_storage
from .kill_rounds import KillRounds, child_killer
from .power_cuts import PowerCuts

if os.name != "posix":
    pytest.skip("there is no kill -9 here", allow_module_level=True)

SEED = 5
STEPS = 150


def kill_rounds(folder: Path, count: int, *, plain_tinydb: bool) -> KillRounds:
    rounds = KillRounds(folder, Random(SEED), plain_tinydb=plain_tinydb)
    with child_killer() as kill_child:
        rounds.run(kill_child, count)
    return rounds


def cut_power(folder: Path, count: int) -> PowerCuts:
    cuts = PowerCuts(folder, Random(SEED))
    seeds = range(1 + count // 400)
    cuts.cut_power(
        [boundary for seed in seeds for boundary in cuts.record_life(seed, STEPS)], (count,)
    )
    return cuts


@pytest.mark.full
def test_tinydbs_own_storage_loses_circles_where_ours_loses_nothing(
    tmp_path: Path,
    memory_folder: Path,
    full: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    count, disks = (2000, 2000) if full else (2, 20)
    ours = kill_rounds(tmp_path, count, plain_tinydb=False), cut_power(memory_folder, disks)
    monkeypatch.setattr(storage, "AtomicJSONStorage", storage.AtomicJSONStorage)
    monkeypatch.setattr(atomic, "create_file", atomic.create_file)
    tinydb_storage.replace_our_storage()
    theirs = kill_rounds(tmp_path, count, plain_tinydb=True), cut_power(memory_folder, disks)
    with capsys.disabled():
        if full:
            print(table({"circle-tui's storage": ours, "TinyDB's own": theirs}))  # noqa: T201
    assert (ours[0].faults, ours[1].faults) == ([], [])
    assert len(theirs[1].faults) > disks / 50
    # The few kills of a sample may all miss the moments that matter.
    assert theirs[0].faults or not full


def table(trials: dict[str, tuple[KillRounds, PowerCuts]]) -> str:
    """How often a circle was lost or unreadable, as a Markdown table."""
    rows = ["", "| a circle lost or unreadable after | kill -9 | a power cut |", "|---|---|---|"]
    for name, (rounds, cuts) in trials.items():
        after = (
            f"{len(rounds.faults):,} of {rounds.killed:,}",
            f"{len(cuts.faults):,} of {cuts.tried[0]:,}",
        )
        rows.append(f"| {name} | {' | '.join(after)} |")
    return "\n".join(rows)
