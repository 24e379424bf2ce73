"""From a key to the painted frame, through a synced write of the journal."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import circles
from tests.bench.figures import Figure
from tests.bench.pty import BARE, Watched
from tests.bench.start import HOME

ROUNDS, KEYS = 12, 100
HELD = ("Held", "speaking")
"""What space does in a running share, by turns: the key that must be there at once."""


def measure() -> Iterator[Figure]:
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sessions"
        circles.make(folder, 26)
        with (
            Watched("-m", "circle_tui", "--sessions", str(folder)) as program,
            Watched("-c", BARE) as smallest,
        ):
            program.until(HOME)
            for words in ("Ana", "when", "speaking"):
                program.key("\r", words)
            smallest.until("ready")
            pressed = 0
            for _ in range(ROUNDS):
                took = [program.key(" ", HELD[at % 2]) for at in range(KEYS)]
                ours.append(percentile(took, 99))
                took = []
                for _ in range(KEYS):
                    pressed += 1
                    took.append(smallest.key("x", f"{pressed:05}"))
                bare.append(percentile(took, 99))
    yield Figure(
        "key to frame through a synced write ÷ bare app, 99th of 100", min(ours) / min(bare), 1.5
    )
    yield Figure("the same, in milliseconds", min(ours) * 1000, unit=" ms")


def percentile(values: list[float], which: int) -> float:
    """By nearest rank: the least value that `which` in a hundred do not exceed."""
    return sorted(values)[-(-len(values) * which // 100) - 1]
