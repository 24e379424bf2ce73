"""What a long state costs: the same acts in circles that have met 0, 26, 260, 2,600 times.

And how long the screen stands still at most while the last of them closes a meeting.
"""

import math
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import circles, stalls
from tests.bench.figures import Figure
from tests.bench.pty import Watched
from tests.bench.start import HOME

MEETINGS = (0, 26, 260, 2600)
ROUNDS = 5
GATHERED = "Who is here"
READY = "when you're ready"
SHARING = "Just listen"
"""Words that only the gathering has, who is about to speak, and a running share."""


def measure() -> Iterator[Figure]:
    taken: dict[str, dict[int, list[float]]] = {}
    stands: list[float] = []
    with tempfile.TemporaryDirectory() as place:
        made = {number: Path(place) / str(number) for number in MEETINGS}
        for number, folder in made.items():
            circles.make(folder, number)
        for _ in range(ROUNDS):
            for number, folder in made.items():
                with _copied(folder) as run:
                    for act, seconds in _through(run):
                        taken.setdefault(act, {}).setdefault(number, []).append(seconds)
            with _copied(made[MEETINGS[-1]]) as run:
                stands.append(_longest_stall(run))
    least = {act: {number: min(each) for number, each in of.items()} for act, of in taken.items()}
    opening = least["start to home"]
    yield Figure("opening a circle of 260 meetings ÷ an empty one", opening[260] / opening[0], 1.3)
    what = f"the screen stands still while a meeting closes after {MEETINGS[-1]:,} others, at most"
    yield Figure(what, max(stands) * 1000, 50, unit=" ms")
    for act, of in least.items():
        said = ", ".join(f"{of[number] * 1000:.0f}" for number in MEETINGS)
        what = f"{act}, ms after 0, 26, 260, 2,600 meetings: {said}; exponent"
        yield Figure(what, _exponent({number: of[number] for number in MEETINGS if number}))


def _through(folder: Path) -> Iterator[tuple[str, float]]:
    """A whole meeting in which everybody passes, timed where the file has a part in it."""
    with Watched("-m", "circle_tui", "--sessions", str(folder)) as program:
        yield "start to home", program.until(HOME)
        yield "home to gathering", program.key("\r", GATHERED)
        _to_the_end(program)
        yield "closing, kept, and home", program.key("\r", HOME)


def _to_the_end(program: Watched) -> None:
    """From the gathering to the last step of the closing; everybody passes."""
    program.through(READY)
    # Typed ahead: of what stays the same from turn to turn nothing is drawn that could be
    # waited for.
    program.key("p" * 10, "works for everyone")
    program.through("One word each")
    program.rest(0.45)


def _longest_stall(folder: Path) -> float:
    """The longest step of the event loop, in seconds, from the last key of a meeting to home."""
    noted = folder / "stalls"
    environment = {stalls.NOTED_IN: str(noted)}
    arguments = ("-c", stalls.PROGRAM, "--sessions", str(folder))
    with Watched(*arguments, environment=environment) as program:
        program.until(HOME)
        program.key("\r", GATHERED)
        _to_the_end(program)
        stalls.begin(noted)
        program.key("\r", HOME)
        program.rest(0.5)
        return max(each.stood for each in stalls.noted(noted))


@contextmanager
def _copied(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        yield Path(shutil.copytree(folder, Path(place) / "run"))


def _exponent(of: dict[int, float]) -> float:
    """The slope of a line through the logarithms: 0 where it does not grow, 1 where in step."""
    points = [(math.log(number), math.log(seconds)) for number, seconds in of.items()]
    middle = [sum(each) / len(points) for each in zip(*points, strict=True)]
    across = sum((x - middle[0]) ** 2 for x, _ in points)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in points) / across
