"""Changes of screen: from the key to the last painted frame, and how much is painted on the way.

The bound on their time is 0.6 of what the quickest took before the program was built anew: measured
on two cores in November 2026, changes took 76 to 110 ms, and one of the smallest app took 28.
By turns with a checkout of that version each change is compared with itself: see `OLDER`.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench import circles
from tests.bench.figures import Figure
from tests.bench.pty import Painted, Watched
from tests.bench.start import HOME

ROUNDS = 7

BARE_CHANGE = """
from textual.app import App
from textual.screen import Screen
from textual.widgets import Label

class Page(Screen):
    def compose(self):
        yield Label("ready")

class Bare(App):
    def on_mount(self):
        self.push_screen(Page())
    def on_key(self, event):
        self.switch_screen(Page())

Bare().run()
"""
"""The smallest app that changes its screen at a key."""

AT_MOST = 0.6 * 76 / 28
"""A change of screen ÷ one in the smallest app."""

OLDER = "CIRCLE_TUI_OLDER"
"""Where this names a checkout of an older version, the same is measured there, by turns."""

ONLY_HERE = {"home → contracts"}
"""Changes to a screen that the older version doesn't have."""

KEYS = (
    ("begin → gathering", "\r"),
    ("gathering → share", "\r"),
    (None, "\r"),
    ("finish → responses", "n"),
    ("responses → commitments", "\r"),
    ("undo back", "u"),
    (None, "\r"),
    ("commitments → share", "\r"),
    (None, "p" * 8),
    (None, "\r"),
    ("closing → home", "\r"),
    ("home → contracts", "h"),
    (None, "\x1b"),
    ("home → people", "p"),
)
"""A meeting in which the first one speaks and the others pass; of some keys nothing is measured."""


def measure() -> Iterator[Figure]:
    """Each change as a ratio to one of the smallest app, or to the older version."""
    taken: dict[str, dict[str, list[Painted]]] = {}
    older = os.environ.get(OLDER)
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "made"
        circles.make(made, 26)
        for _ in range(ROUNDS):
            for version in ("ours", older) if older else ("ours",):
                folder = Path(place) / "run"
                shutil.copytree(made, folder)
                environment = {"PYTHONPATH": older} if version == older and older else None
                for name, painted in _through(folder, environment):
                    taken.setdefault(name, {}).setdefault(str(version), []).append(painted)
                shutil.rmtree(folder)
            with Watched("-c", BARE_CHANGE) as smallest:
                smallest.until("ready")
                smallest.mark_paintings()
                bare = [smallest.painted("x") for _ in range(5)]
                taken.setdefault("bare", {}).setdefault("ours", []).extend(bare[1:])
    least = {name: _least(by["ours"]) for name, by in taken.items()}
    smallest_change = least.pop("bare")
    for name, seconds in least.items():
        of = taken[name]["ours"]
        if older and name not in ONLY_HERE:
            ratio = seconds / _least(taken[name][older])
            yield Figure(f"{name}: to the last frame ÷ older version", ratio, 0.6)
        what = f"{name}: to the last frame ÷ a change in the smallest app"
        yield Figure(what, seconds / smallest_change, AT_MOST)
        yield Figure(f"{name}: in milliseconds", seconds * 1000, unit=" ms")
        yield Figure(f"{name}: paintings", max(each.paintings for each in of), 2)
        size = median(each.size for each in of) / 1000
        yield Figure(f"{name}: painted, 110×34", size, 10, unit=" kB")


def _through(folder: Path, environment: dict[str, str] | None) -> Iterator[tuple[str, Painted]]:
    arguments = ("-m", "circle_tui", "--sessions", str(folder))
    with Watched(*arguments, environment=environment, folder=folder) as program:
        program.until(HOME)
        # What is imported after the first frame is there when somebody has read the screen.
        program.rest(1)
        program.mark_paintings()
        for name, key in KEYS:
            # The same key again in a moment counts as one press.
            program.rest(0.45)
            painted = program.painted(key)
            if name is not None:
                yield name, painted


def _least(of: list[Painted]) -> float:
    return min(each.last for each in of)
