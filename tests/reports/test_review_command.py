"""The review without a screen: what goes where, and with which exit status."""

import codecs
import io
import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.figures import ALL_DATES
from circle_tui.core.circle.state import CircleState
from circle_tui.reports import command
from circle_tui.reports.command import FORMS
from circle_tui.service.clock import ManualClock
from circle_tui.store import atomic
from circle_tui.store.codec.file_contents import encode
from circle_tui.store.errors import SaveError

from . import sample_facts
from .sample_facts import NOW


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two circles, and between them a file that is torn."""
    folder = tmp_path / "circles"
    folder.mkdir()
    for name in ("harbour", "zoo"):
        circle = replace(sample_facts.circle(), id=f"{name:x>32}")
        state = CircleState(circle=circle, cancelled=sample_facts.facts().cancelled)
        atomic.create_file(folder / f"{name}.json", encode(state).to_bytes())
    (folder / "torn.json").write_bytes(b'{"circle')
    return folder


def review(folder: Path, form: str = "json", **said: Any) -> int:
    return command.write_review([folder], form, ALL_DATES, ManualClock(NOW), **said)


@pytest.mark.parametrize("form", FORMS)
def test_a_file_gets_what_stdout_would_and_is_silent(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert review(folder, form) == 1
    to_stdout = capsys.readouterr()
    output = tmp_path / "out"
    assert review(folder, form, output=output) == 1
    to_file = capsys.readouterr()
    assert to_file.out == ""
    # A spreadsheet is told by its first bytes that a file is UTF-8; a pipe has none of them.
    mark = codecs.BOM_UTF8 if form == "csv" else b""
    assert output.read_bytes() == mark + to_stdout.out.encode()
    assert "\ufeff" not in to_stdout.out
    torn = folder / "torn.json"
    assert to_file.err == to_stdout.err == (f"circle-tui: {torn} couldn't be read: it's damaged.\n")


@pytest.mark.parametrize("form", FORMS)
def test_where_all_can_be_read_all_is_fine(
    folder: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    (folder / "torn.json").unlink()
    assert review(folder, form) == 0
    assert capsys.readouterr().err == ""


def test_an_empty_folder_and_a_missing_one_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert review(tmp_path, "text") == 1
    said = capsys.readouterr()
    assert said.out == "Who came.\n\nNo circle was found.\n"
    assert said.err == ("circle-tui: No circle was found: name a file or a folder with circles.\n")
    assert review(tmp_path / "gone") == 1
    assert "there's nothing with that name" in capsys.readouterr().err


def test_members_come_by_seat_where_that_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = []
    for seats in (False, True):
        review(folder / "zoo.json", seats=seats)
        circle = json.loads(capsys.readouterr().out)["circles"][0]
        names.append([each["name"] for each in circle["members"]])
    assert names == [["Ana", "Chloé", "Dev"], ["Chloé", "Ana", "Dev"]]


@pytest.mark.parametrize("name", ["harbour.json", "torn.json"])
def test_a_file_that_is_read_is_not_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert review(folder, output=folder / name) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[-1] == (f"circle-tui: {folder / name} is a circle's own file: choose another name.")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_missing_folder_for_the_file_is_reported_before_anything_is_read(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert review(folder, output=tmp_path / "gone" / "out") == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("circle-tui: There's no folder")


class Stream(io.TextIOWrapper):
    """Stdout that does as it is told."""

    def __init__(self, fails: BaseException | None = None, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding="ascii")
        self._fails = fails
        self._terminal = terminal

    def write(self, said: str) -> int:
        if self._fails is not None:
            raise self._fails
        return super().write(said)

    def isatty(self) -> bool:
        return self._terminal

    @property
    def said(self) -> bytes:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()


@pytest.mark.parametrize("form", ["json", "svg"])
def test_programs_get_utf_8_whatever_the_terminal_speaks(
    folder: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(sys, "stdout", Stream())
    review(folder, form)
    assert "Chloé" in sys.stdout.said.decode()  # type: ignore[attr-defined]


def test_a_terminal_that_lacks_a_letter_shows_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Stream())
    assert review(folder, "text") == 1
    assert b"Chlo?" in sys.stdout.said  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fails", "status", "said"),
    [
        (BrokenPipeError(), 141, ""),
        (KeyboardInterrupt(), 130, "circle-tui: stopped.\n"),
        (
            OSError(28, "No space left on device"),
            1,
            "circle-tui: The disk is full: free some space, then try again.\n",
        ),
        (
            OSError(5, "Input/output error"),
            1,
            "circle-tui: stdout couldn't be written (Input/output error): "
            "check the disk, then try again.\n",
        ),
    ],
)
def test_where_writing_ends_early_it_ends_in_order(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fails: BaseException,
    status: int,
    said: str,
) -> None:
    monkeypatch.setattr(sys, "stdout", Stream(fails))
    assert review(folder / "zoo.json") == status
    assert capsys.readouterr().err == said


def test_without_any_stdout_a_file_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert review(folder) == 1
    assert "give a file with -o" in capsys.readouterr().err


def test_a_failure_is_reported_without_the_control_characters_of_a_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path) -> NoReturn:
        raise SaveError(f"{path} couldn't be written: the disk is full.")

    (folder / "torn.json").unlink()
    monkeypatch.setattr(command, "output_file", full)
    assert review(folder, output=Path("a\x1b[2Jb\u202e\x07")) == 1
    said = capsys.readouterr().err
    assert said.endswith("couldn't be written: the disk is full.\n")
    assert not {"\x1b", "\x07", "\u202e"} & set(said)


def test_ctrl_c_while_a_file_is_written_leaves_none(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stopped(*_arguments: object) -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    monkeypatch.setitem(FORMS, "svg", stopped)
    assert review(folder, "svg", output=tmp_path / "out") == 130
    assert capsys.readouterr().err == "circle-tui: stopped, and nothing was written.\n"
    assert list(tmp_path.iterdir()) == [folder]


class SlowClock(ManualClock):
    """Every look at it takes a second."""

    def now(self) -> Any:
        self.move(timedelta(seconds=1))
        return super().now()


def test_progress_is_shown_on_a_terminal_and_gone_before_anything_else_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdout, stderr = Stream(), Stream(terminal=True)
    monkeypatch.setattr(sys, "stdout", stdout)
    monkeypatch.setattr(sys, "stderr", stderr)
    command.write_review([folder], "text", ALL_DATES, SlowClock(NOW))
    blanks = " " * len("reading: 1 of 3")
    torn = folder / "torn.json"
    assert stderr.said.decode() == (
        f"\rreading: 1 of 3\r{blanks}\r"
        f"circle-tui: {torn} couldn't be read: it's damaged.\n"
        f"\rreading: 2 of 3\rreading: 3 of 3\r{blanks}\r"
    )
    assert b"\r" not in stdout.said


def test_progress_does_not_stand_in_the_middle_of_what_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stderr = Stream(terminal=True)
    monkeypatch.setattr(sys, "stdout", Stream(terminal=True))
    monkeypatch.setattr(sys, "stderr", stderr)
    command.write_review([folder], "text", ALL_DATES, SlowClock(NOW))
    assert b"\r" not in stderr.said


@pytest.mark.parametrize("form", FORMS)
def test_a_copy_is_named_in_a_line_and_is_no_trouble(
    folder: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    (folder / "torn.json").unlink()
    review(folder, form)
    alone = capsys.readouterr()
    copy = folder / "zoo.sync-conflict-20260401-101112-ABCDEFG.json"
    copy.write_bytes((folder / "zoo.json").read_bytes())
    assert review(folder, form) == 0
    beside = capsys.readouterr()
    assert beside.out == alone.out
    (line,) = beside.err.splitlines()
    assert line.startswith(f"circle-tui: {copy} was left out: it is a copy of zoo.json, saved on ")
