"""The guide in the app: its pages are chosen in the help, read and left again."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text
from textual.widgets import Markdown

from circle_tui.service.clock import ManualClock
from circle_tui.store.guide_pages import guide_pages
from circle_tui.tui.screens.help import HelpScreen
from circle_tui.tui.widgets.guide_table import FittedTable, cells_of, styled
from circle_tui.views.help import HelpLine

from .app_driver import SIZES, AppDriver, begin_round, create_circle, run_app

TITLES = [page.title for page in guide_pages()]


def chosen_line(driver: AppDriver) -> HelpLine | None:
    """The line of the help that the cursor is on."""
    screen = driver.app.screen
    assert isinstance(screen, HelpScreen)
    return screen.help_view.chosen


async def scroll_to(driver: AppDriver, words: str, key: str) -> None:
    """Press a key until the words can be seen; the longest page has fewer than 60 screenfuls."""
    for _ in range(60):
        if words in driver.text:
            return
        await driver.press(key)
    raise AssertionError(f"{words} cannot be reached")


async def open_page(driver: AppDriver, title: str) -> None:
    """From any screen, by keys alone."""
    await driver.press("question_mark")
    await driver.type_without_waiting(f"guide {title}")
    chosen = chosen_line(driver)
    assert chosen is not None
    assert chosen.means == title
    await driver.press("enter")
    assert driver.screen_name == "Guide"


async def click(driver: AppDriver, words: str) -> None:
    rows = driver.text.splitlines()
    row = next(row for row, line in enumerate(rows) if words in line)
    await driver.pilot.click(offset=(rows[row].index(words), row))
    await driver.settle()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", SIZES[1:], ids=str)
async def test_arrows_reach_every_line_of_the_help_and_show_it(
    folder: Path, clock: ManualClock, size: tuple[int, int], full: bool
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, size) as driver:
        await driver.press("question_mark")
        screen = driver.app.screen
        assert isinstance(screen, HelpScreen)
        lines = [line for section in screen.help_view.sections for line in section.lines]
        assert chosen_line(driver) is None
        for line in lines if full else lines[:3]:
            await driver.press("down")
            assert chosen_line(driver) == line
            (row,) = (row for row in driver.text.splitlines() if "›" in row)
            assert line.means[:12] in row
        await driver.press("end")
        assert chosen_line(driver) == lines[-1]
        assert "›" in driver.text
        await driver.press("home", "up")
        assert chosen_line(driver) is None
        assert "Keys that work now" in driver.text


@pytest.mark.parametrize(
    "size", [(40, 12), pytest.param((110, 34), marks=pytest.mark.full)], ids=str
)
async def test_every_page_is_read_to_its_end_at_every_size(
    folder: Path, clock: ManualClock, size: tuple[int, int], full: bool
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, size) as driver:
        await open_page(driver, TITLES[0])
        pages = guide_pages()
        for page in pages if full else pages[:1]:
            assert page.title in driver.text
            await driver.press("end")
            words = re.sub(r"\]\([^)]*\)", "", page.text)
            assert re.findall(r"[A-Za-z]{3,}", words)[-1] in driver.text
            await driver.press("right")
        assert driver.headline[1] == TITLES[-1 if full else 1]


@pytest.mark.full
async def test_a_page_scrolls_by_lines_and_by_screenfuls(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await open_page(driver, "The practice")
        body = driver.app.screen.query_one("#page")
        for key, at in (
            ("down", 1), ("j", 2), ("up", 1), ("pagedown", 20), ("space", 39), ("pageup", 20),
            ("home", 0), ("end", body.max_scroll_y),
        ):  # fmt: skip
            await driver.press(key)
            assert body.scroll_y == at, key


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["escape", "q", "question_mark", "f1"])
async def test_the_way_back_leads_through_the_help_to_the_screen_it_was_opened_from(
    folder: Path, clock: ManualClock, key: str
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        await open_page(driver, "Promises")
        await driver.press("right", key)
        assert driver.screen_name == "Help"
        assert "› Promises" in driver.text
        await driver.press("escape", "escape")
        assert driver.screen_name == "Gathering"


async def test_a_link_opens_another_page_at_its_heading_and_esc_comes_back_to_the_same_line(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await open_page(driver, "For leads")
        await scroll_to(driver, "a picture of", "pagedown")
        before = driver.text
        await click(driver, "a picture of")
        assert driver.headline[1] == "Attendance"
        assert "For an organisation" in "".join(driver.text.splitlines()[2:5])
        await driver.press("escape")
        assert driver.text == before
        await driver.press("escape")
        assert driver.screen_name == "Help"


@pytest.mark.full
async def test_another_page_forgets_which_links_were_followed(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await open_page(driver, "The practice")
        await driver.press("end")
        await scroll_to(driver, "Attendance gives", "pageup")
        await click(driver, "Attendance gives")
        assert driver.headline[1] == "Attendance"
        await driver.press("left", "escape")
        assert driver.screen_name == "Help"


@pytest.mark.full
async def test_a_link_to_anything_but_the_guide_opens_nothing(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        monkeypatch.setattr(driver.app, "open_url", opened.append)
        await open_page(driver, "Speed")
        before = driver.text
        markdown = driver.app.screen.query_one(Markdown)
        for href in ("https://example.org/", "/etc/passwd", "nowhere.md"):
            markdown.post_message(Markdown.LinkClicked(markdown, href))
            await driver.settle()
            assert driver.text == before
    assert opened == []


@pytest.mark.full
async def test_a_title_in_the_help_is_opened_by_a_click(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("question_mark", "s", "p")
        await click(driver, "Speed")
        assert driver.headline == (
            "The guide",
            "Speed",
            f"page {TITLES.index('Speed') + 1} of {len(TITLES)}",
        )


async def test_help_without_a_guide_still_shows_the_keys(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("circle_tui.store.guide_pages.guide_pages", lambda: ())
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("question_mark", "end")
        assert "The guide" not in driver.text
        await driver.press("home", "up", "enter")
        assert driver.screen_name == "Home"


async def test_a_share_goes_on_while_somebody_reads(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        before = driver.remaining
        await open_page(driver, "Speed")
        await driver.advance_in_small_steps(before / 2)
        assert driver.screen_name == "Guide"
        assert driver.remaining == before / 2
        await driver.press("escape", "escape", "escape", "n")
        assert driver.screen_name == "Responses"


def test_what_draws_markdown_is_loaded_with_the_first_page_only() -> None:
    asked = (
        "import sys, circle_tui.tui.app, circle_tui.tui.screens.help\n"
        "print(sorted({'markdown_it', 'textual.widgets._markdown'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# Tables


TABLE = """| key | what it does |
|---|---|
| `enter` | Begin the meeting |
| `U` `ctrl+y` | Redo |
"""


def drawn(source: str, width: int) -> list[str]:
    head, *rows = ([styled(cell, "bold") for cell in cells] for cells in cells_of(source))
    console = Console(width=width, color_system=None)
    lines = console.render_lines(FittedTable(head, rows), console.options.update(width=width))
    return ["".join(segment.text for segment in line).rstrip() for line in lines]


def test_a_table_has_its_columns_beside_each_other_where_there_is_room() -> None:
    assert drawn(TABLE, 60) == [
        "key        what it does",
        "────────────────────────────",
        "enter      Begin the meeting",
        "U ctrl+y   Redo",
    ]


def test_a_cell_is_wrapped_between_words_where_there_is_less() -> None:
    assert drawn(TABLE, 24) == [
        "key        what it does",
        "────────────────────────",
        "enter      Begin the",
        "           meeting",
        "U ctrl+y   Redo",
    ]


def test_each_row_is_a_list_where_a_word_would_have_to_be_cut() -> None:
    assert drawn(TABLE, 14) == ["enter", "  Begin the", "  meeting", "U ctrl+y", "  Redo"]


def test_in_a_list_the_heads_say_what_is_what_if_there_are_more_than_two() -> None:
    table = "| what | from | to |\n|---|---|---|\n| guests | none | nine |\n"
    assert drawn(table, 12) == ["guests", "  from: none", "  to: nine"]


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "width",
    range(1, 120, 7),
)
def test_every_table_of_the_guide_keeps_within_its_width_and_loses_no_word(width: int) -> None:
    tables = [part for page in guide_pages() for part in page.text.split("\n\n") if part[0] == "|"]
    assert len(tables) > 30
    for table in tables:
        lines = drawn(table, width)
        assert all(Text(line).cell_len <= width for line in lines)
        _, *rows = cells_of(table.replace("`", ""))
        words = {word for row in rows for cell in row for word in cell.split()}
        if max(map(len, words)) + 2 <= width:
            assert words <= set(" ".join(lines).split())
