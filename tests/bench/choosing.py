"""The start in a folder of many circles, up to their last row, against the start with one."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import circles
from tests.bench.figures import Figure, least
from tests.bench.start import HOME, first_frame

CIRCLES = 200
ROUNDS = 7


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as place:
        one, many = Path(place) / "one", Path(place) / "many"
        file = circles.make(one, 26)
        content, own = file.path.read_bytes(), file.read().circle.id.encode()
        many.mkdir()
        for number in range(CIRCLES):
            # Files with one id would be copies of one circle.
            other = content.replace(own, b"%s-%d" % (own, number))
            (many / f"bench-{number}.json").write_bytes(other)
        choice, home = least(
            lambda: first_frame("Which circle?", "-m", "circle_tui", "--sessions", str(many)),
            lambda: first_frame(HOME, "-m", "circle_tui", "--sessions", str(one)),
            rounds=ROUNDS,
        )
    yield Figure(f"start to the choice of {CIRCLES} circles ÷ start to home", choice / home, 1.3)
