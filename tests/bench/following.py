"""From a key in the meeting to a second terminal and to a page, and what it costs to follow.

Invariant: the moments are when bytes had come, so a slow reader on this side counts, too.
"""

import re
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench import circles
from tests.bench.figures import Figure
from tests.bench.growth import GATHERED
from tests.bench.keys import percentile
from tests.bench.pty import BARE, PATIENCE, Watched, cpu_seconds_of
from tests.bench.start import HOME

KEYS = 100
IDLE = 20.0
"""Seconds of a held meeting over which processor time is compared."""
_NOT_TWICE = 0.5
"""Seconds after which the same key is no longer taken for one that came twice."""
_RUNS = "next: "
"""What stands below the speaker's name while the clock runs."""


class PageReader:
    """The stream of a page, read as it comes."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            (sys.executable, "-m", "circle_tui", "--sessions", str(folder), "page"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        url = urlsplit(self._process.stdout.readline().strip())
        self._connection = socket.create_connection((url.hostname, url.port))
        request = f"GET {url.path}events HTTP/1.0\r\nHost: {url.netloc}\r\n\r\n"
        self._connection.sendall(request.encode())
        self._seen = b""

    def forget(self) -> None:
        """Read what has come already, and forget it."""
        while select.select([self._connection], [], [], 0)[0]:
            self._connection.recv(1 << 16)
        self._seen = b""

    def speaker(self) -> str:
        """The name that the page says large."""
        self.until('"caption"')
        found = re.search(r'"large":"(\w+)"', self._seen.decode())
        assert found is not None, self._seen
        return found[1]

    def until(self, words: str) -> float:
        """When these words came, in seconds of `perf_counter`."""
        while words.encode() not in self._seen:
            if not select.select([self._connection], [], [], PATIENCE)[0]:
                raise RuntimeError(f"{words!r} never came")
            self._seen += self._connection.recv(1 << 16)
        return time.perf_counter()

    @property
    def cpu_seconds(self) -> float:
        """Seconds of processor that the page has had."""
        return cpu_seconds_of(self._process.pid)

    def end(self) -> None:
        """End the page."""
        self._connection.close()
        self._process.kill()
        self._process.wait()


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sessions"
        circles.make(folder, 26)
        at = ("-m", "circle_tui", "--sessions", str(folder))
        with Watched(*at) as program, Watched("-c", BARE) as smallest:
            program.until(HOME)
            for words in (GATHERED, "when", "Just listen"):
                program.key("\r", words)
                program.rest(_NOT_TWICE)
            smallest.until("ready")
            with Watched(*at, "watch") as second:
                second.until("watching")
                page = PageReader(folder)
                try:
                    yield from _latencies(program, second, page)
                    with Watched(*at, "watch", "--plain") as lines:
                        lines.until("watching")
                        yield from _idle(program, second, page, smallest, lines)
                finally:
                    page.end()


def _latencies(program: Watched, second: Watched, page: PageReader) -> Iterator[Figure]:
    took: dict[str, list[float]] = {"second terminal": [], "page": []}
    speaker = page.speaker()
    for number in range(KEYS):
        holds = number % 2 == 0
        program.rest(_NOT_TWICE)
        second.rest()
        page.forget()
        second.raw.clear()
        second.began = began = time.perf_counter()
        program.press(" ")
        took["second terminal"].append(second.until(speaker if holds else _RUNS))
        took["page"].append(page.until("HOLD" if holds else _RUNS) - began)
    for (where, values), bound in zip(took.items(), (0.2, 0.3), strict=True):
        for which, promised in ((50, None), (95, bound)):
            what = f"key to the {where}, {KEYS} keys, {which}th percentile"
            yield Figure(what, percentile(values, which), promised, " s")


def _idle(
    program: Watched, second: Watched, page: PageReader, smallest: Watched, lines: Watched
) -> Iterator[Figure]:
    program.press(" ")
    second.rest(1.0)
    began = time.perf_counter()
    before = [each.cpu_seconds for each in (second, page, smallest, lines)]
    smallest.listen(IDLE)
    took = time.perf_counter() - began
    watch, served, bare, heard = (
        (each.cpu_seconds - start) / took * 100
        for each, start in zip((second, page, smallest, lines), before, strict=True)
    )
    yield Figure("a second terminal on hold, of a core", watch, None, " %")
    yield Figure("the same, beyond an idle Textual app", watch - bare, 0.5, " %")
    yield Figure("the same line by line", heard, 0.5, " %")
    yield Figure("a page with one viewer on hold, of a core", served, 0.5, " %")
