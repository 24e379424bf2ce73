"""Lines as they are typed or come through a pipe, each with the moment at which it arrived.

Invariant: a thread reads ahead, so that a line's moment is that of its arrival, also while nobody
waits for it. Bytes that aren't text never end the program.
"""

import os
import threading
import time
from queue import Empty, SimpleQueue
from typing import NamedTuple, Protocol

_LONGEST = 16_384
"""Bytes of a line that are kept; what is longer is no sentence."""

_AHEAD = 2_000
"""Lines that are read ahead at most."""


class Line(NamedTuple):
    """One line without its end; `words` is None where its bytes aren't text."""

    words: str | None
    arrived: float
    """In seconds of `LineInput.time`."""


class End(NamedTuple):
    """The input has ended, or a signal came; `status` is the exit status that it means."""

    status: int


class LineInput(Protocol):
    """Where lines come from."""

    def time(self) -> float:
        """The present moment, in seconds from any beginning."""
        ...

    def next(self, timeout: float | None) -> Line | End | None:
        """The next line; None if none comes within `timeout` seconds."""
        ...


class FileInput:
    """Lines from a file descriptor."""

    def __init__(self, descriptor: int, encoding: str) -> None:
        self._descriptor, self._encoding = descriptor, encoding
        # The one queue into which a signal's handler may put something at any time.
        self._came: SimpleQueue[Line | End] = SimpleQueue()
        self._room = threading.Semaphore(_AHEAD)

    def begin(self) -> None:
        """Begin to read."""
        threading.Thread(target=self._read, daemon=True).start()

    def time(self) -> float:
        """The present moment, in seconds from any beginning."""
        return time.monotonic()

    def next(self, timeout: float | None) -> Line | End | None:
        """The next line; None if none comes within `timeout` seconds."""
        try:
            came = self._came.get(timeout=timeout)
        except Empty:
            return None
        self._room.release()
        return came

    def end(self, status: int) -> None:
        """End the input from a signal's handler."""
        self._came.put(End(status))

    def _read(self) -> None:
        begun, terminal = b"", os.isatty(self._descriptor)
        while True:
            try:
                # Not by way of `sys.stdin`, whose lock a thread must not hold at the end.
                read = os.read(self._descriptor, 4096)
            except OSError:
                read = b""
            arrived = self.time()
            *whole, begun = (begun + read).split(b"\n")
            for line in whole:
                self._put(line, arrived)
            begun = begun[:_LONGEST]
            if read:
                continue
            if begun and not terminal:
                self._put(begun, arrived)
            self._room.acquire()
            self._came.put(End(0))
            return

    def _put(self, line: bytes, arrived: float) -> None:
        self._room.acquire()
        try:
            words: str | None = line[:_LONGEST].rstrip(b"\r").decode(self._encoding)
        except UnicodeDecodeError:
            words = None
        self._came.put(Line(words, arrived))
