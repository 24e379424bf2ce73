"""Lines in and out: what arrives when, what a line means, and how wide it is."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from circle_tui.core import text
from circle_tui.core.contracts.contract import Way
from circle_tui.plain.guide_reader import sections
from circle_tui.plain.line_input import End, FileInput, Line
from circle_tui.plain.line_output import WIDTH, LineOutput, wrapped
from circle_tui.plain.spoken import sentence
from circle_tui.store.guide_pages import guide_pages
from circle_tui.views import line_by_line

from .listener import Wait, listen
from .walks import FIVE, WHOLE_MEETING, judged, sample

WALKS: dict[str, Callable[[Path], list[str]]] = {
    "a meeting": lambda folder: listen(
        folder, *WHOLE_MEETING,
        "?", "c", "2", "esc", "v", "w", "esc", "p", "1", "f", "esc", "s", "?", "3", "esc",
        "b", "x", "esc", "r", "?", "esc", "guide", "1", "", "esc", "esc", "o", "?", "esc", "q",
    ),
    "interruptions": lambda folder: listen(
        folder, *FIVE, "?", "g", "f", "+", "2 space", "", "?", "a", "v", "b", "", Wait(500), "?",
        "space", "?", "settings", "?", "8", "enter", "x" * 300, "esc", "esc", "space", "n",
    ),
    "the sample": lambda folder: sample(
        folder, "?", "c", "1", "enter", "tab", "v", "h", "esc", "esc", "r", "3", "e", "?", "esc",
    ),
    **{
        f"{way} contract": lambda folder, way=way: judged(
            folder, way, "h", "?", "enter", "?", "j", "?", "1", "?", "esc", "esc", "g", "q"
        )
        for way in (Way.GRADED, Way.REVIEWED, Way.PANEL)
    },
    "long names": lambda folder: listen(
        folder, "é" * 39, ", ".join(f"{'W' * 36}{letter}" for letter in "abcdefgh"), "", "?", "",
        "", "n", "?", "home", "?", "p", "2", "l", "s", "esc", "q",
    ),
    "wide names": lambda folder: listen(
        folder, "里" * 19, ", ".join(f"{'漢' * 15}{letter}" for letter in "abcde"), "", "", "", "n",
        "t", "t", "end", "n", "字" * 130, "", "home", "c", "e", "q",
    ),
}  # fmt: skip


@pytest.mark.sampled(3)
@pytest.mark.parametrize("walk", WALKS)
def test_no_line_is_wider_than_76_columns_or_drawn(tmp_path: Path, walk: str) -> None:
    heard = [line for line in WALKS[walk](tmp_path) if not line.startswith("> ")]
    assert len(heard) > 30
    for line in heard:
        assert text.cell_width(line) <= WIDTH, line
        assert line.isprintable(), line
        assert not re.search(r"[\u2190-\u21ff\u2500-\u25ff·›]", line), line
        assert line == line.strip() != "", line
        assert ", ," not in line, line


def test_every_page_of_the_guide_can_be_heard() -> None:
    for page in guide_pages():
        lines = [
            part for section in sections(page.text) for each in section for part in wrapped(each)
        ]
        assert lines
        for line in lines:
            assert text.cell_width(line) <= WIDTH, line
            assert not line.startswith(("|", "#", "```")), line


def test_a_word_too_long_for_a_line_goes_on_in_the_next() -> None:
    assert wrapped("a" * 80) == ["a" * 76, "a" * 4]
    assert wrapped("one two", 5) == ["one", "two"]


def test_a_narrow_display_gets_narrow_lines() -> None:
    said: list[str] = []
    LineOutput(said.append, 40).say("Just listen. Then “Thank you”, or “What did you notice?”")
    assert all(len(line) <= 40 for line in "".join(said).splitlines())


def test_what_a_screen_draws_is_not_said() -> None:
    assert sentence("Enter saves · Esc cancels") == "Enter saves. Esc cancels"
    assert sentence("↑ ↓ choose · Enter saves · Esc cancels") == "Enter saves. Esc cancels"
    assert sentence("Space: here → late → excused.") == "Space: here, late, excused."
    assert sentence("● ◉ ○   meeting 2 of 3") == "meeting 2 of 3"


def read_all(written: bytes) -> list[Line | End | None]:
    """What comes through a pipe with these bytes, to its end."""
    reading, writing = os.pipe()
    os.write(writing, written)
    os.close(writing)
    lines = FileInput(reading, "utf-8")
    lines.begin()
    found: list[Line | End | None] = []
    while not found or not isinstance(found[-1], End):
        found.append(lines.next(20))
        assert found[-1] is not None
    os.close(reading)
    return found


def words(written: bytes) -> list[str | None]:
    return [each.words for each in read_all(written) if isinstance(each, Line)]


def test_lines_of_a_pipe_come_with_their_moment_and_then_the_end() -> None:
    found = read_all(b"begin\nstart\r\n\nfin")
    assert [each.words for each in found if isinstance(each, Line)] == ["begin", "start", "", "fin"]
    assert found[-1] == End(0)


def test_bytes_that_are_no_text_are_a_line_without_words() -> None:
    assert words(b"\xff\xfe\nMaya\n") == [None, "Maya"]


def test_a_line_without_end_takes_no_memory_without_end() -> None:
    (line,) = words(b"x" * 60_000)
    assert line is not None
    assert len(line) <= 16_384


def test_a_signal_ends_the_input() -> None:
    reading, writing = os.pipe()
    lines = FileInput(reading, "utf-8")
    lines.end(143)
    assert lines.next(20) == End(143)
    for each in (reading, writing):
        os.close(each)


def test_nothing_comes_while_nothing_is_typed() -> None:
    assert FileInput(0, "utf-8").next(0.001) is None


PLAIN_RUN = """
import sys
from pathlib import Path
from tests.plain.walks import evening
heard = evening(Path(sys.argv[1]), "p", "s", "c", "r", "guide", "1", "q")
assert any("speaks" in line for line in heard)
import circle_tui.plain.run
loaded = {name.partition(".")[0] for name in sys.modules}
print(sorted(loaded & {"textual", "rich", "pyte"}))
"""


def test_nothing_of_textual_is_ever_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "circles"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", PLAIN_RUN.replace("from tests.plain.walks import evening", WITHOUT),
         str(folder)],
        capture_output=True, encoding="utf-8", check=False, timeout=120, cwd=Path.cwd(),
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


WITHOUT = """
from tests.plain.listener import Wait, listen
def evening(folder, *typed):
    return listen(folder, "Harbour", "Maya, Tom", "", "", "", Wait(300), "", "t", "", "p", "p",
                  "", "", *typed)
"""


def test_the_first_line_says_how_it_goes_on(tmp_path: Path) -> None:
    assert listen(tmp_path)[0] == line_by_line.MODE
