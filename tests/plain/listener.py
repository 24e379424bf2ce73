"""Somebody who types lines and hears what is said, on a clock that moves only while they wait."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from circle_tui.plain.line_input import End, Line
from circle_tui.plain.line_output import LineOutput
from circle_tui.plain.session import Session
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

NOW = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
_A_BREATH = 2.0
"""Seconds between hearing a line and typing the next."""


class Wait(float):
    """So many seconds in which nobody types."""


class Ahead(str):
    """A line that was typed together with the one before, before anything was said to that."""

    __slots__ = ()


class NotText:
    """Bytes that aren't text."""


class Meanwhile(NamedTuple):
    """Something that happens elsewhere while nobody types; it stands among what is heard."""

    name: str
    does: Callable[[], object]


Typed = str | Wait | Ahead | NotText | Meanwhile


class TypedLines:
    """Lines from a list; time passes while they are waited for."""

    def __init__(self, clock: ManualClock, typed: Iterator[Typed]) -> None:
        self.clock = clock
        self._began = clock.moment
        self._typed = typed
        self._next: tuple[float, str | Meanwhile | None] | None = None
        self._last = 0.0
        self.on_line: Callable[[str], object] = lambda line: None

    def time(self) -> float:
        return (self.clock.moment - self._began).total_seconds()

    def _look(self) -> None:
        if self._next is not None:
            return
        at = self.time() + _A_BREATH
        for each in self._typed:
            if isinstance(each, Wait):
                at += each
            elif isinstance(each, Ahead):
                self._next = (self._last, str(each))
                return
            else:
                self._next = (at, None if isinstance(each, NotText) else each)
                return
        self._next = (at, "\x04")

    def next(self, timeout: float | None) -> Line | End | None:
        self._look()
        assert self._next is not None
        at, words = self._next
        wait = max(at - self.time(), 0.0)
        if timeout is not None and wait > timeout:
            self.clock.move(timedelta(seconds=max(timeout, 0.01)))
            return None
        self.clock.move(timedelta(seconds=wait))
        self._next, self._last = None, at
        if isinstance(words, Meanwhile):
            self.on_line(words.name)
            words.does()
            return None
        if words == "\x04":
            return End(0)
        self.on_line("(not text)" if words is None else words)
        return Line(words, at)


def listen(
    folder: Path,
    *typed: Typed,
    clock: ManualClock | None = None,
    demo: float | None = None,
    watched: CircleFile | None = None,
) -> list[str]:
    """Type these lines; everything that is said, with each typed line after "> "."""
    clock = clock or ManualClock(NOW)
    lines = TypedLines(clock, iter(typed))
    heard: list[str] = []

    def write(written: str) -> None:
        heard.extend(written.removesuffix("\n").split("\n"))

    lines.on_line = lambda line: heard.append(f"> {line}")
    session = Session(lines, LineOutput(write), folder, clock, demo_speed=demo, watched=watched)
    try:
        session.run()
    finally:
        session.flow.let_go()
    return heard


def after(heard: list[str], typed: str, time: int = 1) -> list[str]:
    """What was said to a typed line, the `time`th time that it was typed."""
    at = -1
    for _ in range(time):
        at = heard.index(f"> {typed}", at + 1)
    answers = heard[at + 1 :]
    ends = next((n for n, line in enumerate(answers) if line.startswith("> ")), len(answers))
    return answers[:ends]
