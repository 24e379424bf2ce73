"""A change of screen is painted once, whole, when the new screen is complete."""

from pathlib import Path

import pytest

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.tui.screens.deferred_paint import DeferredPaintScreen
from circle_tui.tui.widgets.footer import Footer

from .app_driver import AppDriver, add_first_meeting, begin_round, create_circle, run_app
from .painting import PaintedTerminal, sit_painted

BYTES_AT_MOST = 7_500
"""A whole picture, with the ring, is 6 to 7 kB."""

_A_LINE = 1000
"""Bytes of the painting of a line or two, at most."""


async def painted(driver: AppDriver, terminal: PaintedTerminal, key: str) -> list[int]:
    """Press a key; the bytes of each painting.

    On a busy machine the screen that is left may paint a line of its own before it goes.
    """
    terminal.paintings.clear()
    await driver.press(key)
    return terminal.paintings


async def test_every_change_of_screen_in_a_turn_is_painted_twice_at_most(
    folder: Path, clock: ManualClock
) -> None:
    add_first_meeting(create_circle(folder, clock), "I call the printer")
    async with sit_painted(folder, clock) as (driver, terminal):
        for key, at in (
            ("enter", "Gathering"),
            ("enter", "Share"),
            ("n", "Responses"),
            ("enter", "Commitments"),
            ("u", "Responses"),
            ("u", "Share"),
            ("n", "Responses"),
            ("enter", "Commitments"),
            ("enter", "Share"),
        ):
            if key == "n" and driver.phase is Phase.READY:
                await driver.press("enter")
            sizes = await painted(driver, terminal, key)
            assert driver.screen_name == at
            assert 1 <= len(sizes) <= 2, (key, at, sizes)
            assert max(sizes) <= BYTES_AT_MOST, (key, at, sizes)
            assert sum(size > _A_LINE for size in sizes) == 1, (key, at, sizes)


async def test_the_change_from_the_closing_to_home_is_painted_twice_at_most(
    folder: Path, clock: ManualClock
) -> None:
    """The closing may say that the record is being written."""
    create_circle(folder, clock)
    async with sit_painted(folder, clock) as (driver, terminal):
        await driver.press("enter", "enter", *("p" * 10), "enter")
        assert driver.screen_name == "Closing"
        assert 1 <= len(await painted(driver, terminal, "enter")) <= 2
        assert driver.screen_name == "Home"


@pytest.mark.sampled(2)
@pytest.mark.parametrize("key", ["c", "v", "p", "s"])
async def test_places_between_meetings_are_painted_twice_at_most_each_way(
    folder: Path, clock: ManualClock, key: str
) -> None:
    create_circle(folder, clock)
    async with sit_painted(folder, clock) as (driver, terminal):
        assert 1 <= len(await painted(driver, terminal, key)) <= 2
        assert driver.screen_name != "Home"
        assert 1 <= len(await painted(driver, terminal, "escape")) <= 2
        assert driver.screen_name == "Home"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["question_mark", "l"])
async def test_what_lies_over_a_screen_and_goes_again_is_painted_whole_three_times_at_most(
    folder: Path, clock: ManualClock, key: str
) -> None:
    create_circle(folder, clock)
    async with sit_painted(folder, clock) as (driver, terminal):
        await driver.press("enter", "enter")
        # A line may be painted once more by itself, as where the search field had the focus.
        whole = [size for size in await painted(driver, terminal, key) if size > _A_LINE]
        assert 1 <= len(whole) <= 3
        assert driver.screen_name != "Share"
        whole = [size for size in await painted(driver, terminal, "escape") if size > _A_LINE]
        assert 1 <= len(whole) <= 3
        assert driver.screen_name == "Share"


async def test_a_key_that_changes_the_screen_it_is_on_is_painted_twice_at_most(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with sit_painted(folder, clock) as (driver, terminal):
        await driver.press("enter", "enter")
        for key in ("enter", "space", "space", "plus", "d"):
            assert 1 <= len(await painted(driver, terminal, key)) <= 2, key


async def test_a_screen_whose_queues_are_never_empty_is_painted_all_the_same(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_circle(folder, clock)
    async with sit_painted(folder, clock) as (driver, terminal):
        monkeypatch.setattr(DeferredPaintScreen, "message_queue_size", 1)
        assert await painted(driver, terminal, "enter")
        assert driver.screen_name == "Gathering"


async def test_a_screen_is_laid_out_for_its_size_without_textuals_classes_for_it(
    folder: Path, clock: ManualClock
) -> None:
    """Textual sets them only after the first layout, and lays out a second time."""
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock, (50, 12)) as driver:
        screen = driver.app.screen
        assert {"-narrow", "-short"} <= screen.classes
        assert not {"-tiny", "-wide", "-tall"} & screen.classes
        await driver.resize(110, 34)
        assert {"-roomy", "-tall"} <= screen.classes
        assert not {"-tiny", "-narrow", "-wide", "-short"} & screen.classes
        await driver.resize(80, 24)
        assert {"-wide", "-tall"} <= screen.classes
        assert not {"-tiny", "-narrow", "-roomy", "-short"} & screen.classes


@pytest.mark.parametrize("over", [(), ("l",), ("question_mark",)], ids=["share", "box", "help"])
async def test_a_screen_is_laid_out_for_every_size_that_the_terminal_takes(
    folder: Path, clock: ManualClock, over: tuple[str, ...]
) -> None:
    """Also where the size does not change the way in which it is laid out."""
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press(*over)
        for size in ((130, 40), (120, 36), (110, 34)):
            await driver.resize(*size)
            footer = driver.app.screen.query_one(Footer).region
            assert (footer.right, footer.bottom) == size
