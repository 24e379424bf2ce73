"""The power-cut trials find each planted bug, and report nothing where none is planted."""

from pathlib import Path
from random import Random

import pytest

from .planted_bugs import PLANTED_BUGS
from .power_cuts import PowerCuts

SEED, STEPS, DISKS = 281, 23, (150, 150)
"""A short life with a whole meeting in it."""


@pytest.mark.sampled(2)
@pytest.mark.parametrize("bug", PLANTED_BUGS)
def test_a_planted_bug_is_found(
    memory_folder: Path, monkeypatch: pytest.MonkeyPatch, bug: str
) -> None:
    plant_bug, fault = PLANTED_BUGS[bug]
    plant_bug(monkeypatch)
    cuts = PowerCuts(memory_folder, Random(SEED))
    cuts.cut_power(cuts.record_life(SEED, STEPS), DISKS, stop_at=fault)
    assert any(each.startswith(fault) for each in cuts.faults), cuts.tried


@pytest.mark.full
def test_without_a_planted_bug_no_fault_is_found(memory_folder: Path, full: bool) -> None:
    cuts = PowerCuts(memory_folder, Random(SEED))
    cuts.cut_power(cuts.record_life(SEED, STEPS), DISKS if full else (40, 20))
    assert cuts.faults == []
