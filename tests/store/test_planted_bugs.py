"""The harness proves itself: each fault that is planted is found, and none where none is."""

from pathlib import Path
from random import Random

import pytest

from .planted import PLANTED
from .power import Cuts

SEED, STEPS, DISKS = 281, 23, (150, 150)
"""A short life with a whole meeting in it."""


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_is_found(
    quick: Path, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    plant, does = PLANTED[planted]
    plant(monkeypatch)
    cuts = Cuts(quick, Random(SEED))
    cuts.cut(cuts.season(SEED, STEPS), DISKS, until=does)
    assert any(each.startswith(does) for each in cuts.wrong), cuts.tried


def test_without_a_planted_fault_nothing_is_found(quick: Path, full: bool) -> None:
    cuts = Cuts(quick, Random(SEED))
    cuts.cut(cuts.season(SEED, STEPS), DISKS if full else (40, 20))
    assert cuts.wrong == []
