"""What stands behind a name on a row stays where it is, however a terminal draws the name."""

import re
import unicodedata
from collections.abc import Callable

import pytest
from rich.cells import cell_len

from circle_tui.core import text
from circle_tui.tui.app import CircleApp
from circle_tui.tui.safe_widths import with_safe_widths

EMOJI = {
    "👨‍👩‍👧": "👨",
    "🇩🇪": "DE",
    "☀️": "☀ ",
    "👍🏽": "👍",
    "1️⃣": "1 ",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": "🏴",
    "🧑‍🚀": "🧑",
    "✈️": "✈ ",
}
PLAIN = ("王伟", "محمد", "Zoë", "שלמה", "Жанна", "e\u0301", "한나", "⣿⣿", "●○")


def by_character(character: str) -> int:
    """As a terminal that knows of no clusters counts."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def as_rich(character: str) -> int:
    """As a terminal counts that gives no cell to a vowel sign."""
    return cell_len("a" + character) - 1


def screen_row(data: str, width_of: Callable[[str], int]) -> str:
    """The row that a terminal of 40 columns shows; what is drawn over half a sign is a blank."""
    row, at, left = ["stale"] * 41, 1, data
    while left:
        if left.startswith("\x1b["):
            code, left = left[2:], ""
            end = next(place for place, each in enumerate(code) if each.isalpha())
            code, kind, left = code[:end], code[end], code[end + 1 :]
            at = int(code.split(";")[-1]) if kind in "HG" else at
            continue
        character, left = left[0], left[1:]
        cells = width_of(character)
        for place in range(cells):
            row[at + place] = "" if place else character
        at += cells
    return "|".join(row[20:30])


@pytest.mark.parametrize("name", [*EMOJI, *PLAIN, "प्रिया", "ப்ரியா", "☰ Yi"])
def test_what_stands_behind_a_name_stays_in_its_column(name: str) -> None:
    blanks = " " * (17 - cell_len(name))
    for style in ("", "\x1b[0m\x1b[2m"):
        data = f"\x1b[3;2H\x1b[1m○ {name}{style}{blanks}here\x1b[0m      "
        for width_of in (by_character, as_rich):
            shown = screen_row(with_safe_widths(data), width_of)
            assert shown == " |h|e|r|e| | | | | ", (style, width_of)


@pytest.mark.parametrize("alone", ["\u3164\uffa0", "\u3164", "\u1160", "\u093f", "\u0bbe\u0bcd"])
@pytest.mark.parametrize("before", ["", "प", "\x1b[7mप\x1b[0m"])
@pytest.mark.parametrize("behind", ["", "  ", " x", "\x1b[1m y\x1b[0m"])
def test_signs_without_a_base_move_nothing_and_come_to_an_end(
    alone: str, before: str, behind: str
) -> None:
    # A cursor on a letter parts it from its vowel sign; a paste may begin with a blank letter.
    cells = cell_len(re.sub("\x1b\\[\\d+m", "", before + behind))
    row = f"{before}\x1b[1m{alone}{behind}\x1b[0m{' ' * (18 - cells)}here      "
    data = with_safe_widths(f"\x1b[3;2H{row}")
    for width_of in (by_character, as_rich):
        assert screen_row(data, width_of) == "h|e|r|e| | | | | | "


@pytest.mark.parametrize(("name", "shown"), EMOJI.items())
def test_an_emoji_of_several_characters_is_shown_as_one_that_every_terminal_knows(
    name: str, shown: str
) -> None:
    assert with_safe_widths(f"\x1b[1;1H{name}!") == f"\x1b[1;1H{shown}!"
    assert cell_len(shown) == cell_len(name) == text.cell_width(name)


@pytest.mark.parametrize("name", PLAIN)
def test_any_other_name_is_written_as_it_is(name: str) -> None:
    assert with_safe_widths(f"\x1b[1;1H{name}!") == f"\x1b[1;1H{name}!"


def test_where_the_cursor_is_not_known_it_is_not_moved() -> None:
    assert with_safe_widths("प्रिया") == "प्रिया"
    assert with_safe_widths("\x1b[1;1Ha\x1b[Kप्रिया") == "\x1b[1;1Ha\x1b[Kप्रिया"


def test_the_app_writes_by_it(tmp_path: object) -> None:
    app = CircleApp.__new__(CircleApp)
    assert app.get_driver_class().__name__ == "SafeWidthDriver"
