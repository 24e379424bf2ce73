"""kill -9 at any moment of any meeting, and of what comes between them: nothing is lost.

On a real disk: in memory an fsync takes no time, and the moments that matter are too short to hit.
"""

import os
from pathlib import Path
from random import Random

import pytest

if os.name != "posix":
    pytest.skip("there is no kill -9 here", allow_module_level=True)

from .kills import Kills, mortals


def test_a_killed_program_loses_nothing_acknowledged_and_doubles_nothing(
    tmp_path: Path, full: bool
) -> None:
    kills = Kills(tmp_path, Random(5))
    with mortals() as die:
        kills.kill(die, 2000 if full else 25)
    assert kills.wrong == []
    assert kills.troubles == []
    assert kills.acknowledged > 3 * kills.killed


def test_a_program_killed_while_the_disk_is_full_loses_nothing_acknowledged(
    tmp_path: Path, full: bool
) -> None:
    kills = Kills(tmp_path, Random(6), narrow=True)
    with mortals() as die:
        kills.kill(die, 500 if full else 10)
    assert kills.wrong == []
    assert kills.troubles != []
    assert not any("set aside" in sentence for sentence in kills.troubles)
    assert kills.acknowledged > kills.killed
