"""The start in a folder of many circles against the start with one: its first picture, and its end.

The file that is read last has a circle whose name comes first, so that its row is in sight, under
the cursor, as soon as it is there: with it every row is.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import circles
from tests.bench.figures import Figure, least
from tests.bench.start import HOME, first_frame

CIRCLES = 200
ROUNDS = 7
LAST = "Aaltje"
"""The circle in the file that is read last."""


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as place:
        one, many = Path(place) / "one", Path(place) / "many"
        circles.make(one, 26)
        make(many)
        picture, rows, home = least(
            lambda: first_frame("Which circle?", "-m", "circle_tui", "--sessions", str(many)),
            lambda: first_frame(f"Enter opens {LAST}", "-m", "circle_tui", "--sessions", str(many)),
            lambda: first_frame(HOME, "-m", "circle_tui", "--sessions", str(one)),
            rounds=ROUNDS,
        )
    what = f"start with {CIRCLES} circles, "
    yield Figure(f"{what}to the first picture ÷ start to home", picture / home)
    yield Figure(f"{what}to their last row ÷ start to home", rows / home, 1.3)


def make(folder: Path) -> None:
    """Many circles with equal contents, but for the name of the last."""
    file = circles.make(folder, 26)
    content, own = file.path.read_bytes(), file.read().circle.id.encode()
    file.path.unlink()
    for number in range(CIRCLES):
        # Files with one id would be copies of one circle.
        other = content.replace(own, b"%s-%d" % (own, number))
        (folder / f"bench-{number:04}.json").write_bytes(other)
    last = other.replace(b'"name": "Bench"', b'"name": "%s"' % LAST.encode(), 1)
    (folder / f"bench-{CIRCLES - 1:04}.json").write_bytes(last)
