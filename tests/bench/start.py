"""From the command to the first painted frame."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import circles
from tests.bench.figures import Figure, least, timed
from tests.bench.pty import BARE, WITHOUT_GARBAGE_COLLECTION, Watched

HOME = "Open commitments"
"""What only home says."""


def first_frame(
    words: str, *arguments: str, folder: Path | None = None, circles: Path | None = None
) -> float:
    """The seconds from the start of a program to the frame with these words.

    `circles` is the folder for circles as it is chosen once and for all, so that the command has no
    arguments, which is how most people start it.
    """
    environment = None if circles is None else {"CIRCLE_SESSIONS": str(circles)}
    with Watched(*arguments, environment=environment, folder=folder) as program:
        return program.until(words)


def to_home(folder: Path) -> float:
    """The seconds of processor from the start of the program to home."""
    with Watched("-m", "circle_tui", "--sessions", str(folder)) as program:
        program.until(HOME)
        return program.cpu_seconds


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sessions"
        circles.make(folder, 26)
        home, bare, without = least(
            lambda: first_frame(HOME, "-m", "circle_tui", circles=folder),
            lambda: first_frame("ready", "-c", BARE),
            lambda: first_frame("ready", "-c", f"{WITHOUT_GARBAGE_COLLECTION}\n{BARE}"),
            rounds=15,
        )
        what = "start to home ÷ start of the smallest Textual app"
        yield Figure(what, home / bare, 1.25)
        yield Figure(f"{what} without garbage collection, as ours", home / without)
    with tempfile.TemporaryDirectory() as place:
        folders = Path(place) / "none", Path(place) / "fifty"
        files = [circles.make(folder, 26) for folder in folders]
        circles.make_contracts(files[1], 50)
        # By the processor's time: that of a clock differs by more from one start to the next.
        none, fifty = least(*(lambda at=at: to_home(at) for at in folders), rounds=15)  # type: ignore[misc]
        yield Figure("start to home with 50 contracts ÷ without", fifty / none, 1.05)
    nothing, *said = least(
        *(
            timed(lambda command=command: subprocess.run(command, capture_output=True, check=True))  # type: ignore[misc]
            for command in (
                (sys.executable, "-c", "pass"),
                (sys.executable, "-m", "circle_tui", "--version"),
                (sys.executable, "-m", "circle_tui", "--help"),
            )
        ),
        rounds=15,
    )
    for option, taken in zip(("--version", "--help"), said, strict=True):
        yield Figure(f"`circle-tui {option}` ÷ `python -c pass`", taken / nothing, 4)
