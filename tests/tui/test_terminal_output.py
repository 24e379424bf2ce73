"""Drawing on the terminal: all of it, or told once that it cannot be."""

import os
import threading

import pytest

from circle_tui.tui.terminal_output import TerminalOutput


def test_everything_is_drawn_also_where_the_terminal_takes_a_little_at_a_time() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    told: list[OSError] = []
    output = TerminalOutput(writing, "utf-8", told.append)
    output.write("ü" * 200_000)
    output.write("!")

    def draw() -> None:
        output.flush()
        os.close(writing)

    thread = threading.Thread(target=draw)
    thread.start()
    with os.fdopen(reading, encoding="utf-8") as terminal:
        assert terminal.read() == "ü" * 200_000 + "!"
    thread.join()
    assert told == []


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1"])
def test_a_letter_that_the_terminal_lacks_is_a_question_mark(encoding: str) -> None:
    reading, writing = os.pipe()
    output = TerminalOutput(writing, encoding, lambda error: None)
    output.write("a漢b")
    output.flush()
    assert os.read(reading, 10) == b"a?b"
    os.close(reading)
    os.close(writing)


def test_a_terminal_that_is_gone_is_told_once_and_raises_nothing() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    told: list[OSError] = []
    output = TerminalOutput(writing, "utf-8", told.append)
    for _ in range(3):
        output.write("x")
        output.flush()
    os.close(writing)
    assert [type(each) for each in told] == [BrokenPipeError]
