"""The footer: it shows what keys do now, and a click on one presses it."""

import asyncio
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from circle_tui.service.clock import ManualClock
from circle_tui.tui.widgets.footer import Footer
from circle_tui.views.view import ActionSpec, AvailableKey, Local, offered

from .app_driver import AppDriver, begin_round, create_circle, run_app
from .review_driver import run_review
from .screen_states import create_folder_for, go_to_state


def footer(driver: AppDriver) -> str:
    return driver.text.splitlines()[-1]


async def click(driver: AppDriver, words: str, height: int = 24) -> None:
    """On the first letter of `words`, in the footer."""
    await driver.pilot.mouse_down(offset=(footer(driver).index(words), height - 1))
    await driver.settle()


async def test_a_key_that_is_clicked_is_pressed(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await click(driver, "Covenant")
        assert driver.screen_name == "Covenant"


async def test_the_place_to_the_right_of_the_keys_is_none_of_them(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (200, 34)) as driver:
        await driver.press("enter")
        keys, _, _ = footer(driver).rpartition("? Help")
        before = driver.meeting
        assert keys.endswith(" " * 9)
        await driver.pilot.mouse_down(offset=(len(keys) - 5, 33))
        await driver.settle()
        assert (driver.screen_name, driver.meeting) == ("Gathering", before)
        await driver.pilot.mouse_down(offset=(197, 33))
        await driver.settle()
        assert driver.screen_name == "Help"


class OneFooter(App[None]):
    """A footer and nothing else: two keys, two more of less weight, and help."""

    def __init__(self, *, only: str = "") -> None:
        super().__init__()
        specs = (
            ActionSpec("start", ("enter",), "Start the share"),
            ActionSpec("help", ("question_mark",), "Help"),
            ActionSpec("pass", ("p",), "Pass"),
            ActionSpec("backdate", ("b",), "Began a minute ago", in_footer=False),
            ActionSpec("digits", ("d",), "Digits", in_footer=False),
            ActionSpec("scroll", ("j",), "Scroll", in_footer=False, in_palette=False),
        )
        self.now = [
            AvailableKey(spec.keys[0], spec.keys[0].replace("question_mark", "?"), action)
            for spec in specs
            for action in offered((spec,), {spec.id: Local.NOWHERE})
        ]

    def compose(self) -> ComposeResult:
        yield Footer(lambda: self.now)


async def look(pilot: Pilot[None], width: int) -> tuple[str, list[str]]:
    """The footer at a width, as text, and what its keys do."""
    await pilot.resize_terminal(width, 3)
    shown = pilot.app.query_one(Footer)
    for _ in range(100):
        await pilot.pause()
        if shown.size.width == width:
            break
    for _ in range(2):
        # Behind what the new size has sent to the footer, and behind what it makes of that.
        passed = asyncio.Event()
        shown.call_later(passed.set)
        await passed.wait()
    return shown.render_line(0).text, [key.does for key in shown.keys]


async def test_help_stands_at_the_right_end_and_lesser_keys_only_where_there_is_room() -> None:
    async with OneFooter().run_test(size=(20, 3)) as pilot:
        for width in (20, 30, 42, 43, 65, 66, 75, 76, 100, 200):
            line, does = await look(pilot, width)
            assert len(line) == width
            assert line.endswith(" ? Help ")
            # 23 + 8 columns for the keys, 8 for help, then 22 and 10 for those of less weight.
            assert does == ["Start the share", "Pass"] + [
                label
                for label, room in (("Began a minute ago", 61), ("Digits", 71))
                if width >= room
            ]
            assert all(label in line for label in does[2:])


async def test_no_key_is_cut_but_on_a_screen_that_has_room_for_none() -> None:
    first, second = " enter Start the share", " p Pass"
    async with OneFooter().run_test(size=(20, 3)) as pilot:
        for width in range(30, 44):
            line, _ = await look(pilot, width)
            both = width >= len(f"{first} {second}") + len(" ? Help ")
            keys = line.removesuffix(" ? Help ").rstrip()
            assert keys == (f"{first} {second}" if both else first)
        line, _ = await look(pilot, 20)
        assert line == f"{first[:12]} ? Help "


async def test_scrolled_keys_are_whole_too(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (33, 12)) as driver:
        shown = driver.app.screen.query_one(Footer)
        labels = {f"{key.shown} {key.does}" for key in shown.keys}
        seen: set[str] = set()
        for _ in range(8):
            line = footer(driver).removesuffix(" ? Help ")
            drawn = {label for label in labels if label in line}
            assert len("".join(drawn).replace(" ", "")) == len(line.replace(" ", ""))
            seen |= drawn
            shown.scroll_relative(x=7, animate=False)
            await driver.settle()
        assert "v Covenant" in seen


async def test_a_screen_can_leave_one_key_alone_in_the_footer(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        before = footer(driver)
        await driver.press("space")
        assert footer(driver).split() == ["space", "Resume"]
        # All other keys work as before.
        await driver.press("d")
        assert driver.flashed
        await driver.press("a")
        assert driver.listening_rule_shown
        await driver.press("escape", "space")
        assert footer(driver) == before


async def test_a_greyed_key_rings_when_it_is_clicked_and_does_nothing(
    folder: Path, clock: ManualClock, bells: list[str]
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        before = driver.meeting
        await click(driver, "Undo")
        assert bells == ["bell"]
        assert driver.meeting == before


async def test_what_has_no_room_is_scrolled_to(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (30, 12)) as driver:
        assert "Quit" not in footer(driver)
        shown = driver.app.screen.query_one(Footer)
        for _ in range(4):
            shown.on_mouse_scroll_down()
            await driver.settle()
        assert footer(driver).endswith("Quit  ? Help ")
        await click(driver, "Quit", 12)
        assert driver.exited


async def test_the_key_under_the_pointer_stands_out(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)

    def grounds(driver: AppDriver) -> list[str]:
        """The words of the footer that stand on a ground of their own."""
        segments = driver.app.screen.query_one(Footer).render_line(0)
        first, *_ = segments
        return [
            text.strip()
            for text, style, _ in segments
            if style and first.style and style.bgcolor != first.style.bgcolor
        ]

    async with run_app(folder, clock) as driver:
        assert grounds(driver) == []
        await driver.pilot.hover(offset=(footer(driver).index("People"), 23))
        await driver.settle()
        assert grounds(driver) == ["p", "People"]
        await driver.pilot.hover(offset=(3, 3))
        await driver.settle()
        assert grounds(driver) == []


async def test_the_footer_is_drawn_again_only_if_it_has_changed(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "2")
        before = driver.app.screen.query_one(Footer).keys
        await driver.press("down")
        driver.app.screen.refresh_bindings()
        await driver.settle()
        assert driver.app.screen.query_one(Footer).keys is before
        await driver.press("space")
        now = {key.does: key.enabled for key in driver.app.screen.query_one(Footer).keys}
        assert now["Undo"]
        assert not {key.does: key.enabled for key in before}["Undo"]


async def test_keys_of_a_screen_that_lies_below_another_are_not_shown(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        below = driver.app.screen.query_one(Footer)
        before = below.keys
        for over in ("l", "question_mark", "colon"):
            await driver.press(over)
            assert below.keys == ()
            await driver.press("escape")
            assert below.keys == before


async def test_what_lies_above_a_screen_has_the_key_for_help_at_the_right_end_too(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock, (40, 12)) as driver:
        ends = {"l": "? Help", "colon": "f1 Help", "question_mark": "? Close"}
        for over, end in ends.items():
            await driver.press(over)
            assert driver.text.splitlines()[-1].endswith(f"{end} "), over
            await driver.press("escape")


@pytest.mark.parametrize("way", [("colon", "f1"), ("l", "question_mark")], ids=["palette", "box"])
async def test_help_opens_from_what_lies_above_a_screen(
    folder: Path, clock: ManualClock, way: tuple[str, str]
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        at = driver.screen_name
        over, help_key = way
        await driver.press(over, help_key)
        assert driver.screen_name == "Help"
        assert ("Choose by seat" in driver.text) is (over == "l")
        await driver.press(help_key)
        assert driver.screen_name == ("Arrivals" if over == "l" else at)


async def test_what_help_about_a_box_runs_is_done_in_the_box(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("l", "question_mark", *"seat", "enter")
        assert driver.screen_name == "Arrivals"
        assert "› ● Maya" in driver.text


@pytest.mark.parametrize(
    ("scene", "keys"),
    [
        ("typing", ()),
        ("date", ()),
        ("home", ("c", "e")),
        ("home", ("v", "w", "e")),
        ("home", ("p", "n")),
        ("home", ("s", "enter")),
        ("home", ("b", "d")),
        ("on paper", ("up", "up", "d")),
        ("passing up", ("n",)),
        ("contract line", ()),
        ("contract look back", ()),
        ("reviewing", ("c",)),
        ("dispute", ("1", "enter")),
    ],
    ids=str,
)
async def test_while_words_are_typed_the_footer_begins_with_how_to_save_and_to_cancel(
    folder: Path, clock: ManualClock, scene: str, keys: tuple[str, ...]
) -> None:
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, scene)
        await driver.press(*keys)
        assert driver.prompt_open
        assert footer(driver).startswith(" enter Save  esc Cancel ")
        assert footer(driver).rstrip().endswith("f1 Help")
        await driver.resize(40, 12)
        assert footer(driver).startswith(" enter Save  esc Cancel ")


async def test_the_reason_for_a_miss_is_saved_or_the_miss_undone(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "why")
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, "why")
        assert footer(driver).startswith(" enter Save  esc Undo ")
        await click(driver, "Undo")
        assert not driver.prompt_open
        assert driver.turn.missed is None


async def test_what_is_typed_is_saved_and_cancelled_by_clicks(
    folder: Path, clock: ManualClock
) -> None:
    create_folder_for(folder, clock, "typing")
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, "typing")
        await driver.type("I rest")
        await click(driver, "Save")
        assert not driver.prompt_open
        assert "I rest" in driver.text
        # What stands above the keys can be clicked as well.
        for words, promised in (("Enter saves", 2), ("Esc cancels", 2)):
            await driver.press("n")
            await driver.type("I walk")
            row = driver.text.splitlines()[-2]
            await driver.pilot.click(offset=(row.index(words), 22))
            await driver.settle()
            assert not driver.prompt_open
            assert len(driver.meeting.made) == promised


async def test_while_a_question_of_the_review_is_answered_nothing_is_saved(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_review(folder, clock=clock) as driver:
        await driver.press("d")
        assert driver.prompt_open
        assert footer(driver).startswith(" enter Continue  esc Cancel ")
