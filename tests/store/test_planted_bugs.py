"""The harness proves itself: each fault that is planted is found, and none where none is."""

from pathlib import Path
from random import Random

import pytest

from .planted import PLANTED
from .power import Cuts

SEED = 0
SEASONS = (20, (40, 150)), (130, (400, 1000))
"""How many steps, and how many disks of each depth; the second where the first was too short."""


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_is_found(
    quick: Path, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    plant, does = PLANTED[planted]
    plant(monkeypatch)
    cuts = Cuts(quick, Random(SEED))
    for steps, disks in SEASONS:
        cuts.cut(cuts.season(SEED, steps), disks, until=does)
        if any(each.startswith(does) for each in cuts.wrong):
            return
    pytest.fail(f"nothing {does} on {cuts.tried} disks")


def test_where_nothing_is_planted_nothing_is_found(quick: Path, full: bool) -> None:
    cuts = Cuts(quick, Random(SEED))
    steps, disks = SEASONS[full]
    cuts.cut(cuts.season(SEED, steps), disks)
    assert cuts.wrong == []
