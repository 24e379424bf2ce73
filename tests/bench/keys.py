"""From a key to what it paints, through a synced write of the journal."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import circles
from tests.bench.figures import Figure
from tests.bench.growth import GATHERED, READY, SHARING
from tests.bench.pty import BARE, Watched
from tests.bench.start import HOME

ROUNDS, KEYS = 12, 100
HELD = ("On hold", "Just listen")
"""What space does in a running share, by turns: the key that must be there at once."""

BARE_WITH_WRITE = """
import os, tempfile
journal = tempfile.TemporaryFile(dir="FOLDER", buffering=0)
""" + BARE.replace(
    "        self.count += 1\n",
    "        self.count += 1\n        journal.write(b'x' * 200)\n        os.fsync(journal)\n",
)
"""The smallest app that writes 200 bytes to the same disk and syncs them before it paints."""


def measure() -> Iterator[Figure]:
    took: dict[str, list[float]] = {"ours": [], "bare": [], "bare with write": []}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sessions"
        circles.make(folder, 26)
        with (
            Watched("-m", "circle_tui", "--sessions", str(folder)) as program,
            Watched("-c", BARE) as smallest,
            Watched("-c", BARE_WITH_WRITE.replace("FOLDER", str(folder))) as writing,
        ):
            program.until(HOME)
            program.through(GATHERED, READY, SHARING)
            for each in (smallest, writing):
                each.until("ready")
            for at in range(ROUNDS):
                took["ours"] += (program.key(" ", HELD[key % 2]) for key in range(KEYS))
                for name, each in (("bare", smallest), ("bare with write", writing)):
                    first = at * KEYS + 1
                    numbers = range(first, first + KEYS)
                    took[name] += (each.key("x", f"{number:05}") for number in numbers)
    what = f"key to frame, through a synced write, {ROUNDS * KEYS} keys: %s ÷ %s"
    for which in (50, 99):
        ours, bare, writing_bare = (percentile(each, which) for each in took.values())
        name = f"{which}th percentile"
        yield Figure(what % (name, "the smallest app with such a write"), ours / writing_bare, 1.5)
        yield Figure(what % (name, "the smallest app without"), ours / bare)
        yield Figure(f"the same, {name}, in milliseconds", ours * 1000, unit=" ms")


def percentile(values: list[float], which: int) -> float:
    """By nearest rank: the least value that `which` in a hundred do not exceed."""
    return sorted(values)[-(-len(values) * which // 100) - 1]
