"""A program in a pseudo-terminal, watched by its bytes alone, so that watching costs next to none.

Invariant: nothing is drawn here; a moment is when the bytes of some words had come.
"""

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

PATIENCE = 60.0

BARE = """
from textual.app import App
from textual.widgets import Label

class Bare(App):
    count = 0
    def compose(self):
        yield Label("ready")
    def on_key(self, event):
        self.count += 1
        self.query_one(Label).update(f"{self.count:05}", layout=False)

Bare().run()
"""
"""The smallest app there is, that can do something at a key."""

WITHOUT_GARBAGE_COLLECTION = "import gc; gc.disable()"
"""To stand before another program: as `circle-tui` has it until its first frame."""

_SYNCHRONIZED = b"\x1b[?2026;2$y"
"""A terminal's answer that it can hold back what is drawn until a painting is over."""
_PAINTED = b"\x1b[?2026l"
"""The end of a painting, for such a terminal."""


def cpu_seconds_of(process: int) -> float:
    """Seconds of processor that all threads of a running process have had."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[0]) for each in tasks) / 1e9


class Painted(NamedTuple):
    """What a key led to, until nothing more was painted."""

    last: float
    """Seconds to the last byte."""
    paintings: int
    size: int
    """Bytes of all paintings."""


class Watched:
    """One run of a program."""

    def __init__(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        rows: int = 34,
        columns: int = 110,
    ) -> None:
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        kept = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "TZ": "UTC"}
        inherited = {
            name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ
        }
        self.raw = bytearray()
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            (sys.executable, *arguments),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**inherited, **kept, **(environment or {})},
            cwd=folder,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> "Watched":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        os.close(self._master)

    def until(self, words: str) -> float:
        """Wait for words that come from now on; the seconds since `began`."""
        sought, seen = words.encode(), len(self.raw)
        # A countdown paints every second, so that the time between two bytes is never long.
        ends = time.perf_counter() + PATIENCE
        while (at := self.raw.find(sought, max(seen - len(sought), 0))) < 0:
            seen = len(self.raw)
            if not self._read(max(ends - time.perf_counter(), 0)):
                raise RuntimeError(f"{words!r} never came: {bytes(self.raw[-2000:])!r}")
        taken = time.perf_counter() - self.began
        del self.raw[: at + len(sought)]
        return taken

    def through(self, *words: str) -> None:
        """Press enter, and wait for the first of these words; again for the next, and so on."""
        for each in words:
            # The same key again in a moment counts as one press.
            self.rest(0.45)
            self.key("\r", each)

    def key(self, key: str, words: str) -> float:
        """The seconds from a key to the frame with these words."""
        self.rest()
        self.raw.clear()
        self.began = time.perf_counter()
        os.write(self._master, key.encode())
        return self.until(words)

    def press(self, key: str) -> None:
        """Press a key, and don't wait for what it does."""
        os.write(self._master, key.encode())

    def mark_paintings(self) -> None:
        """Have the program mark the end of each painting from now on."""
        os.write(self._master, _SYNCHRONIZED)
        self.rest(0.3)

    def painted(self, key: str, quiet: float = 0.2) -> Painted:
        """Press a key, and wait until nothing is painted any more for `quiet` seconds.

        `mark_paintings` must have been called before.
        """
        self.rest(quiet)
        self.raw.clear()
        began = last = time.perf_counter()
        os.write(self._master, key.encode())
        # On a busy machine the picture may come long after the first bytes, which may be others.
        while _PAINTED not in self.raw:
            if not self._read(PATIENCE):
                raise RuntimeError(f"nothing was painted at {key!r}")
        last = time.perf_counter()
        while self._read(quiet):
            last = time.perf_counter()
        return Painted(last - began, self.raw.count(_PAINTED), len(self.raw))

    def rest(self, quiet: float = 0.03) -> None:
        """Wait until nothing more is drawn."""
        while self._read(quiet):
            pass

    def listen(self, seconds: float) -> tuple[int, int]:
        """So many bytes, in so many bursts, in these seconds."""
        until = time.perf_counter() + seconds
        size = bursts = 0
        last = 0.0
        while (left := until - time.perf_counter()) > 0:
            before = len(self.raw)
            if self._read(left):
                size += len(self.raw) - before
                bursts += time.perf_counter() - last > 0.005
                last = time.perf_counter()
        return size, bursts

    @property
    def cpu_seconds(self) -> float:
        """Seconds of processor that it has had."""
        return cpu_seconds_of(self._process.pid)

    def _read(self, timeout: float) -> bool:
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            self.raw += os.read(self._master, 1 << 16)
        except OSError:
            return False
        return True
