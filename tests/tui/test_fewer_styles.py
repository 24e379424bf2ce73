"""What is written to a terminal says no style twice, and every cell looks as it would have."""

import random

import pyte
import pytest
from rich.style import Style

from circle_tui.tui.app import CircleApp
from circle_tui.tui.fewer_styles import with_fewer_styles

WIDTH, HEIGHT = 40, 6
STYLES = [
    Style(),
    Style(color="#e69f00", bgcolor="#0a0c10"),
    Style(color="#e69f00", bgcolor="#0a0c10", bold=True),
    Style(color="#b4bac4", bgcolor="#0a0c10"),
    Style(color="#b4bac4", bgcolor="#14181f", italic=True),
    Style(color="color(130)", bgcolor="bright_blue"),
    Style(color="red", reverse=True),
    Style(color="#f5f5f2", bgcolor="#0a0c10", underline=True),
    Style(bgcolor="#0a0c10"),
    Style(strike=True, dim=True),
]
TEXTS = [" ", "   ", "Ada", "█▌", " ● ", "⣀"]


def cells(written: str) -> list[list[tuple[object, ...]]]:
    """What a terminal shows; the colour of a blank's text isn't seen, nor are its thick strokes."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    pyte.Stream(screen).feed(written)
    rows = []
    for y in range(HEIGHT):
        row = []
        for x in range(WIDTH):
            cell = screen.buffer[y][x]
            looks = (cell.data, cell.bg, cell.underscore, cell.reverse, cell.strikethrough)
            seen = cell.data.strip() or cell.reverse or cell.underscore or cell.strikethrough
            row.append((*looks, cell.fg, cell.bold, cell.italics) if seen else looks)
        rows.append(row)
    return rows


def painting(seed: int) -> str:
    """Rows of runs as rich writes them, with moves in between."""
    chance = random.Random(seed)
    written = []
    for row in range(HEIGHT):
        written.append(f"\x1b[{row + 1};1H")
        room = WIDTH
        while room > 3:
            text = chance.choice(TEXTS)
            room -= len(text)
            written.append(chance.choice(STYLES).render(text))
            if chance.random() < 0.1:
                written.append("\x1b[K")
        if row < HEIGHT - 1:
            written.append("\r\n")
    return "".join(written)


@pytest.mark.sampled(12)
@pytest.mark.parametrize("seed", range(40))
def test_every_cell_looks_as_it_would_have(seed: int) -> None:
    whole = painting(seed)
    less = with_fewer_styles(whole)
    assert cells(less) == cells(whole)
    assert len(less) < len(whole)


def test_a_style_that_holds_already_is_not_said_again() -> None:
    style = Style(color="#e69f00", bgcolor="#0a0c10")
    whole = f"{style.render('Ada')}\x1b[2;1H{style.render('Ben')}"
    begin = "\x1b[38;2;230;159;0;48;2;10;12;16m"
    assert with_fewer_styles(whole) == f"{begin}Ada\x1b[2;1HBen\x1b[0m"


def test_blanks_take_the_colour_of_the_text_before_them() -> None:
    one = Style(color="#e69f00", bgcolor="#0a0c10")
    other = Style(color="#b4bac4", bgcolor="#0a0c10")
    less = with_fewer_styles(one.render("Ada") + other.render("    ") + one.render("Ben"))
    assert less.count("\x1b[") == 2  # the style before "Ada", and the reset at the end


def test_what_erases_has_the_style_that_it_would_have_had() -> None:
    style = Style(color="#e69f00", bgcolor="#0a0c10")
    less = with_fewer_styles(f"{style.render('Ada')}\x1b[2J{style.render('Ben')}")
    assert "Ada\x1b[0m\x1b[2J" in less


@pytest.mark.parametrize("data", ["", "plain", "\x1b[?2026h", "\x1b[58;5;3mAda\x1b[0m"])
def test_what_it_does_not_know_stays_as_it_is(data: str) -> None:
    assert with_fewer_styles(data) == data


@pytest.mark.parametrize("seed", range(3))
def test_each_write_ends_without_a_style(seed: int) -> None:
    less = with_fewer_styles(painting(seed) + STYLES[1].render("Ada"))
    assert less.endswith("\x1b[0m")


def test_the_terminals_driver_writes_so(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    written: list[str] = []
    driver = CircleApp(tmp_path).get_driver_class()  # type: ignore[arg-type]
    base = driver.__mro__[2]
    monkeypatch.setattr(base, "write", lambda _self, data: written.append(data))
    ours = driver.__new__(driver)
    ours.write(STYLES[1].render("Ada") + STYLES[1].render("Ben"))
    assert written == [STYLES[1].render("AdaBen")]
