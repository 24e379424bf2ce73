"""How far a long reading has come is said where somebody waits, and gone afterwards."""

import io
from datetime import UTC, datetime, timedelta

import pyte

from circle_tui.reports.progress import Progress
from circle_tui.service.clock import ManualClock


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def clock() -> ManualClock:
    return ManualClock(datetime(2026, 3, 5, 10, 0, tzinfo=UTC))


def shown(terminal: Terminal) -> str:
    screen = pyte.Screen(80, 2)
    pyte.Stream(screen).feed(terminal.getvalue())
    return screen.display[0].rstrip()


def test_half_a_second_says_nothing() -> None:
    terminal, time = Terminal(), clock()
    progress = Progress(terminal, time)
    time.move(timedelta(seconds=0.4))
    progress(1, 2)
    progress.clear()
    assert terminal.getvalue() == ""


def test_after_half_a_second_it_says_how_far_it_is_and_then_nothing_is_left() -> None:
    terminal, time = Terminal(), clock()
    progress = Progress(terminal, time)
    time.move(timedelta(seconds=0.6))
    progress(120, 1000)
    assert shown(terminal) == "reading: 120 of 1000"
    time.move(timedelta(seconds=0.2))
    progress(999, 1000)
    assert shown(terminal) == "reading: 999 of 1000"
    progress.clear()
    assert shown(terminal) == ""
    said = terminal.getvalue()
    assert said.endswith("\r")
    progress.clear()
    assert terminal.getvalue() == said


def test_progress_is_not_drawn_for_every_file() -> None:
    terminal, time = Terminal(), clock()
    progress = Progress(terminal, time)
    time.move(timedelta(seconds=1))
    for done in range(1000):
        progress(done, 1000)
    assert terminal.getvalue().count("reading") == 1


def test_without_a_terminal_no_progress_is_written() -> None:
    stream, time = io.StringIO(), clock()
    for where in (stream, None):
        progress = Progress(where, time)
        time.move(timedelta(seconds=9))
        progress(1, 2)
        progress.clear()
    assert stream.getvalue() == ""
