"""kill -9 at any moment of any meeting, and of what comes between them: nothing is lost."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

import circle_tui

from .remains import Memory, judged
from .seasons import FIRST, NOTHING, Picture

if os.name != "posix":
    pytest.skip("there is no kill -9 here", allow_module_level=True)

KILLS = 2000
SAMPLE = 60
LIVES = 40
"""How often one circle's program is killed before another circle is begun."""

Die = Callable[..., list[list[Any]]]


@pytest.fixture
def die() -> Iterator[Die]:
    """Let a child of the forge live a season, and kill it; what it said."""
    forge = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("mortal.py")],
        env={**os.environ, "PYTHONPATH": str(Path(circle_tui.__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def die(**order: object) -> list[list[Any]]:
        assert forge.stdin is not None
        assert forge.stdout is not None
        forge.stdin.write(f"{json.dumps(order)}\n")
        forge.stdin.flush()
        said: list[list[Any]] = json.loads(forge.stdout.readline())
        return said

    yield die
    forge.communicate()


def heard(said: list[list[Any]], memory: Memory) -> None:
    """Let `memory` be what the child's messages were."""
    for _, what, *about in said:
        if what == "failed":
            memory.failed(*about)
        else:
            getattr(memory, what)(*(Picture(history, tuple(acts)) for history, acts in about))


def test_a_killed_program_loses_nothing_acknowledged_and_doubles_nothing(
    quick: Path, die: Die, full: bool
) -> None:
    chance = Random(5)
    acknowledged = 0
    for kill in range(KILLS if full else SAMPLE):
        folder = quick / f"{kill // LIVES}" / "sessions"
        if kill % LIVES == 0:
            shutil.rmtree(quick / f"{kill // LIVES - 1}", ignore_errors=True)
            memory, now = Memory(NOTHING), FIRST
        said = die(
            folder=str(folder),
            seed=chance.randrange(1 << 32),
            now=now.isoformat(),
            acts=chance.choice((0, chance.randrange(20), chance.randrange(100))),
            then=chance.random() * 0.008,
        )
        heard(said, memory)
        # Past whatever the child may have done without a word.
        now = (datetime.fromisoformat(said[-1][0]) if said else now) + timedelta(minutes=1)
        acknowledged += sum(what == "done" for _, what, *_ in said)
        assert memory.troubles == []
        assert memory.wrong == [], kill
        # In a copy: the next child is to find it as it was left, and to be killed repairing it.
        copy = quick / "copy"
        if folder.exists():
            shutil.copytree(folder, copy)
        assert judged(copy, Memory(*memory.possible), now) is None, kill
        shutil.rmtree(copy)
    assert acknowledged > 3 * kill
