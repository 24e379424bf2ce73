"""The Linux console: every sign that is ever shown has a form that its fonts hold."""

import html
import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len

from circle_tui.tui.app import CircleApp
from circle_tui.tui.console_signs import CONSOLE_SIGNS
from circle_tui.views.grid import SHADES
from circle_tui.views.ring import SeatState

ARROWS = "←↑→↓▲"
"""Console fonts have them at places that code page 437 gives to control characters."""


def in_console_fonts(text: str) -> bool:
    try:
        "".join(each for each in text if each not in ARROWS).encode("cp437")
    except UnicodeEncodeError:
        return False
    return True


def test_every_sign_in_the_pictures_has_a_form_that_console_fonts_hold() -> None:
    pictures = Path(__file__).parent.joinpath("__snapshots__").rglob("*.svg")
    shown = {each for path in pictures for each in html.unescape(path.read_text())}
    signs = {each for each in shown if unicodedata.category(each)[0] not in "LMC"}
    assert {"●", "╭", "…"} <= signs
    assert [each for each in signs if not in_console_fonts(each.translate(CONSOLE_SIGNS))] == []


def test_each_form_takes_one_cell_and_every_dot_pattern_has_one() -> None:
    for sign, form in CONSOLE_SIGNS.items():
        assert in_console_fonts(str(form))
        assert cell_len(str(form)) == cell_len(chr(sign)) == 1
    assert all(0x2800 + dots in CONSOLE_SIGNS for dots in range(256))
    assert "⠀⠛⣤⡇⢸⣿⠡".translate(CONSOLE_SIGNS) == " ▀▄▌▐█▒"


def test_states_of_seats_stay_apart_and_names_stay_as_they_are() -> None:
    seats = [state.value.translate(CONSOLE_SIGNS) for state in SeatState]
    assert len(set(seats)) == len(seats)
    assert len(SHADES) == 9
    attendance = "●◐◑○·-×↻↷".translate(CONSOLE_SIGNS)
    assert len(set(attendance)) == len(attendance)
    assert "Zoë Łuczak 李".translate(CONSOLE_SIGNS) == "Zoë Łuczak 李"


@pytest.mark.parametrize(("term", "is_console"), [("linux", True), ("xterm-256color", False)])
def test_the_terminal_says_whether_it_is_a_console(
    term: str, is_console: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.platform", "linux")
    driver = CircleApp(tmp_path).driver_class
    names = {each.__name__ for each in driver.__mro__}
    assert ("ConsoleDriver" in names) is is_console
