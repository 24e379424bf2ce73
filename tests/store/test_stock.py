"""What becomes of a circle with TinyDB's own storage in the place of ours, on the same seeds.

`pytest tests/store/test_stock.py --full -n0 -s` prints the comparison.
"""

import os
from pathlib import Path
from random import Random

import pytest

from circle_tui.store import atomic, storage

from . import stock
from .kills import Kills, mortals
from .power import Cuts

if os.name != "posix":
    pytest.skip("there is no kill -9 here", allow_module_level=True)

SEED = 5
STEPS = 150


def killed(folder: Path, count: int, *, stock: bool) -> Kills:
    kills = Kills(folder, Random(SEED), stock=stock)
    with mortals() as die:
        kills.kill(die, count)
    return kills


def cut(folder: Path, count: int) -> Cuts:
    cuts = Cuts(folder, Random(SEED))
    seasons = range(1 + count // 400)
    cuts.cut([moment for seed in seasons for moment in cuts.season(seed, STEPS)], (count,))
    return cuts


def test_tinydbs_own_storage_loses_circles_where_ours_loses_nothing(
    tmp_path: Path,
    quick: Path,
    full: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    count, disks = (2000, 2000) if full else (8, 40)
    ours = killed(tmp_path, count, stock=False), cut(quick, disks)
    monkeypatch.setattr(storage, "AtomicJSONStorage", storage.AtomicJSONStorage)
    monkeypatch.setattr(atomic, "create_file", atomic.create_file)
    stock.use()
    theirs = killed(tmp_path, count, stock=True), cut(quick, disks)
    with capsys.disabled():
        if full:
            print(table({"circle-tui's storage": ours, "TinyDB's own": theirs}))  # noqa: T201
    assert (ours[0].wrong, ours[1].wrong) == ([], [])
    assert len(theirs[1].wrong) > disks / 50
    # So few kills as a sample has may all miss the moments that matter.
    assert theirs[0].wrong or not full


def table(found: dict[str, tuple[Kills, Cuts]]) -> str:
    """How often a circle was lost or unreadable."""
    rows = ["", "| a circle lost or unreadable after | kill -9 | a power cut |", "|---|---|---|"]
    for name, (kills, cuts) in found.items():
        after = (
            f"{len(kills.wrong):,} of {kills.killed:,}",
            f"{len(cuts.wrong):,} of {cuts.tried[0]:,}",
        )
        rows.append(f"| {name} | {' | '.join(after)} |")
    return "\n".join(rows)
