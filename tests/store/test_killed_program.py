"""Kill -9 at any moment of a meeting, and between meetings: nothing is lost.

On a real disk: in memory an fsync takes no time, and the moments that matter are too short to hit.
"""

import os
from pathlib import Path
from random import Random

import pytest

if os.name != "posix":
    pytest.skip("there is no kill -9 here", allow_module_level=True)

from .kill_rounds import KillRounds, child_killer


def test_a_killed_program_loses_nothing_acknowledged_and_doubles_nothing(
    tmp_path: Path, full: bool
) -> None:
    rounds = KillRounds(tmp_path, Random(5))
    with child_killer() as kill_child:
        rounds.run(kill_child, 2000 if full else 8)
    assert rounds.faults == []
    assert rounds.failures == []
    assert rounds.acknowledged > 3 * rounds.killed


def test_a_program_killed_while_the_disk_is_full_loses_nothing_acknowledged(
    tmp_path: Path, full: bool
) -> None:
    rounds = KillRounds(tmp_path, Random(6), disk_fills_up=True)
    with child_killer() as kill_child:
        rounds.run(kill_child, 500 if full else 3)
    assert rounds.faults == []
    assert rounds.failures != []
    assert not any("set it aside" in sentence for sentence in rounds.failures)
    assert rounds.acknowledged > rounds.killed
