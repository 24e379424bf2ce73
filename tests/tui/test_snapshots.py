"""Every screen as a picture, at three sizes: `pytest --full --snapshot-update` takes them
anew.

The pictures are to be looked at; what a screen must do is asserted in the other files.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from circle_tui.core.meeting import commands
from circle_tui.service.clock import ManualClock

from .app_driver import (
    FIVE,
    MINUTE,
    SECOND,
    SIZES,
    AppDriver,
    add_first_meeting,
    create_circle,
    execute_all,
    meeting_under_way,
    run_app,
)
from .screen_states import SCREEN_STATES, create_folder_for, go_to_state


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder under a name that is the same on every machine."""
    monkeypatch.chdir(folder.parent)
    return Path(folder.name)


async def matches(driver: AppDriver, snapshot: SnapshotAssertion) -> bool:
    """Whether the screen is as it was, at all sizes."""
    same = []
    for width, height in SIZES:
        await driver.resize(width, height)
        same.append(driver.app.export_screenshot() == snapshot(name=f"{width}x{height}"))
    return all(same)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "scene", [each for each in SCREEN_STATES if each not in {"share", "resume", "palette"}]
)
async def test_scene(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, scene: str
) -> None:
    create_folder_for(here, clock, scene, FIVE)
    async with run_app(here, clock) as driver:
        await go_to_state(driver, scene)
        assert await matches(driver, snapshot)


async def test_setting_up(here: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    async with run_app(here, clock) as driver:
        await driver.type("Harbour")
        await driver.press("enter")
        await driver.type(FIVE)
        await driver.press("tab", "down")
        assert await matches(driver, snapshot)


@pytest.mark.full
async def test_a_name_refused(here: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    async with run_app(here, clock) as driver:
        await driver.type("Harbour")
        await driver.press("enter")
        await driver.type("Maya, Tom, maya")
        await driver.press("tab", "enter")
        assert await matches(driver, snapshot)


async def test_a_new_home(here: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    create_circle(here, clock)
    clock.move(timedelta(days=-3))
    async with run_app(here, clock) as driver:
        assert await matches(driver, snapshot)


@pytest.mark.full
async def test_more_people_than_fit(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion
) -> None:
    create_circle(here, clock, FIVE + ", Kofi")
    async with run_app(here, clock) as driver:
        await driver.press("enter", "2", "space", "g")
        assert await matches(driver, snapshot)


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_gathering_in_both_looks(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, theme: str
) -> None:
    create_circle(here, clock)
    async with run_app(here, clock) as driver:
        driver.app.theme = f"circle-{theme}"
        await driver.press("enter", "3", "space", "space", "4", "space")
        assert await matches(driver, snapshot)


async def at_second_share(here: Path, clock: ManualClock, **changes: Any) -> None:
    """One has spoken, one passed, one is away; the next one's share is held as it begins."""
    with meeting_under_way(create_circle(here, clock, **changes), clock) as live:
        execute_all(live, (commands.mark_next, "m5"), (commands.mark_next, "m5"), commands.begin)
        execute_all(
            live, commands.start, commands.finish, commands.end_responses, commands.end_turn
        )
        execute_all(live, commands.pass_turn, commands.start, commands.pause)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_ring_in_both_looks(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, theme: str
) -> None:
    await at_second_share(here, clock)
    async with run_app(here, clock) as driver:
        driver.app.theme = f"circle-{theme}"
        await driver.press("space")
        await driver.advance_in_small_steps(5 * MINUTE)
        await driver.advance(timedelta())
        assert await matches(driver, snapshot)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("state", "gone", "keys"),
    [
        ("digits", 187, ("d",)),
        ("last minute", 443, ()),
        ("held", 300, ("space",)),
        ("time up", 480, ()),
        ("overtime", 492, ()),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
async def test_a_share(
    here: Path,
    clock: ManualClock,
    snapshot: SnapshotAssertion,
    state: str,
    gone: int,
    keys: tuple[str, ...],
) -> None:
    await at_second_share(here, clock, overtime=state == "overtime")
    async with run_app(here, clock) as driver:
        await driver.press("space")
        await driver.advance_in_small_steps(timedelta(seconds=gone))
        await driver.press(*keys)
        await driver.advance(timedelta())
        assert await matches(driver, snapshot)


async def test_a_step_of_a_pods_share(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion
) -> None:
    create_circle(here, clock, "Maya, Tom, Priya", format_key="pod")
    async with run_app(here, clock) as driver:
        await driver.press("enter", "enter", "enter")
        await driver.advance_in_small_steps(2 * MINUTE)
        await driver.press("enter")
        assert await matches(driver, snapshot)


@pytest.mark.full
async def test_offered_again(here: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    create_circle(here, clock, "Maya, Tom")
    async with run_app(here, clock) as driver:
        await driver.press("enter", "enter", "p", "p")
        assert await matches(driver, snapshot)


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("twenty", [False, True])
async def test_hard_names_around_the_ring(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, twenty: bool
) -> None:
    names = "[red]Ann, Bob[/], 李小龙, مريم, " + "x" * 40
    crowd = ", ".join(f"Person {number}" for number in range(1, 21))
    create_circle(here, clock, crowd if twenty else names, name="[b]Harbour[/]")
    async with run_app(here, clock) as driver:
        await driver.press("enter", "enter", "enter")
        assert await matches(driver, snapshot)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("made", ["reset", "new"])
async def test_commitments_answered(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, made: str
) -> None:
    file = create_circle(here, clock)
    add_first_meeting(
        file, "I call the client", "I rest on Sunday", "I write one page for the board"
    )
    async with run_app(here, clock) as driver:
        await driver.press("enter", "enter", "enter", "n", "n", "k", "m", "enter", "a")
        if made == "new":
            await driver.press("p", "n")
            await driver.type("I ask for help by Wednesday")
            await driver.press("enter")
        assert await matches(driver, snapshot)


@pytest.mark.full
async def test_a_disk_that_is_full(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    from circle_tui.store.errors import SaveError
    from circle_tui.store.journal import SQLiteJournal

    def refuse(*_: object) -> None:
        raise SaveError("The disk is full: free some space, then try again.")

    create_circle(here, clock)
    async with run_app(here, clock) as driver:
        await driver.press("enter", "enter")
        monkeypatch.setattr(SQLiteJournal, "write", refuse)
        await driver.press("enter")
        assert await matches(driver, snapshot)


@pytest.mark.full
async def test_resuming_with_the_clock_held(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion
) -> None:
    create_circle(here, clock)
    async with run_app(here, clock) as driver:
        await driver.press("enter", "enter", "enter")
        await driver.advance_in_small_steps(3 * MINUTE)
        await driver.press("q", "q")
    clock.move(12 * MINUTE)
    async with run_app(here, clock) as driver:
        assert await matches(driver, snapshot)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("scene", ["home", "share", "close"])
async def test_a_picture_in_readme(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, scene: str
) -> None:
    create_folder_for(here, clock, scene, FIVE, own_commitments=True)
    async with run_app(here, clock, (110, 34)) as driver:
        await go_to_state(driver, scene)
        await driver.advance_in_small_steps(3 * MINUTE)
        # The ring is painted at a full second.
        await driver.advance(SECOND)
        assert driver.app.export_screenshot() == snapshot
