"""Every screen as a picture, at three sizes: `pytest --snapshot-update` takes them anew.

The pictures are to be looked at; what a screen must do is asserted in the other files.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from circle_tui.core.meeting import commands
from circle_tui.service.clock import ManualClock

from .scenes import SCENES, enact, lay_out
from .sitting import FIVE, MINUTE, SIZES, Sitting, make, meeting, past, sit, taken


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder under a name that is the same on every machine."""
    monkeypatch.chdir(folder.parent)
    return Path(folder.name)


async def matches(sitting: Sitting, snapshot: SnapshotAssertion) -> bool:
    """Whether the screen is as it was, at all sizes."""
    same = []
    for width, height in SIZES:
        await sitting.resize(width, height)
        same.append(sitting.app.export_screenshot() == snapshot(name=f"{width}x{height}"))
    return all(same)


@pytest.mark.parametrize(
    "scene", [each for each in SCENES if each not in {"share", "resume", "palette"}]
)
async def test_scene(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, scene: str
) -> None:
    lay_out(here, clock, scene, FIVE)
    async with sit(here, clock) as sitting:
        await enact(sitting, scene)
        assert await matches(sitting, snapshot)


async def test_setting_up(here: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    async with sit(here, clock) as sitting:
        await sitting.type("Harbour")
        await sitting.press("enter")
        await sitting.type(FIVE)
        await sitting.press("tab", "down")
        assert await matches(sitting, snapshot)


async def test_a_name_refused(here: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    async with sit(here, clock) as sitting:
        await sitting.type("Harbour")
        await sitting.press("enter")
        await sitting.type("Maya, Tom, maya")
        await sitting.press("tab", "enter")
        assert await matches(sitting, snapshot)


async def test_a_new_home(here: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    make(here, clock)
    clock.move(timedelta(days=-3))
    async with sit(here, clock) as sitting:
        assert await matches(sitting, snapshot)


async def test_more_people_than_fit(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion
) -> None:
    make(here, clock, FIVE + ", Kofi")
    async with sit(here, clock) as sitting:
        await sitting.press("enter", "2", "space", "g")
        assert await matches(sitting, snapshot)


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_gathering_in_both_looks(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, theme: str
) -> None:
    make(here, clock)
    async with sit(here, clock) as sitting:
        sitting.app.theme = f"circle-{theme}"
        await sitting.press("enter", "3", "space", "space", "4", "space")
        assert await matches(sitting, snapshot)


async def at_second_share(here: Path, clock: ManualClock, **changes: Any) -> None:
    """One has spoken, one passed, one is away; the next one's share is held as it begins."""
    with meeting(make(here, clock, **changes), clock) as live:
        taken(live, (commands.mark_next, "m5"), (commands.mark_next, "m5"), commands.begin)
        taken(live, commands.start, commands.finish, commands.end_responses, commands.end_turn)
        taken(live, commands.pass_turn, commands.start, commands.hold)


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_ring_in_both_looks(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, theme: str
) -> None:
    await at_second_share(here, clock)
    async with sit(here, clock) as sitting:
        sitting.app.theme = f"circle-{theme}"
        await sitting.press("space")
        await sitting.tick(5 * MINUTE)
        await sitting.later(timedelta())
        assert await matches(sitting, snapshot)


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
    async with sit(here, clock) as sitting:
        await sitting.press("space")
        await sitting.tick(timedelta(seconds=gone))
        await sitting.press(*keys)
        await sitting.later(timedelta())
        assert await matches(sitting, snapshot)


async def test_a_step_of_a_pods_share(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion
) -> None:
    make(here, clock, "Maya, Tom, Priya", format_key="pod")
    async with sit(here, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        await sitting.tick(2 * MINUTE)
        await sitting.press("enter")
        assert await matches(sitting, snapshot)


async def test_offered_again(here: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    make(here, clock, "Maya, Tom")
    async with sit(here, clock) as sitting:
        await sitting.press("enter", "enter", "p", "p")
        assert await matches(sitting, snapshot)


@pytest.mark.parametrize("twenty", [False, True])
async def test_hard_names_around_the_ring(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, twenty: bool
) -> None:
    names = "[red]Ann, Bob[/], 李小龙, مريم, " + "x" * 40
    crowd = ", ".join(f"Person {number}" for number in range(1, 21))
    make(here, clock, crowd if twenty else names, name="[b]Harbour[/]")
    async with sit(here, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        assert await matches(sitting, snapshot)


@pytest.mark.parametrize("made", ["reset", "new"])
async def test_commitments_answered(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, made: str
) -> None:
    file = make(here, clock)
    past(file, "I call the client", "I rest on Sunday", "I write one page for the board")
    async with sit(here, clock) as sitting:
        await sitting.press("enter", "enter", "enter", "n", "n", "k", "m", "enter", "a")
        if made == "new":
            await sitting.press("p", "n")
            await sitting.type("I ask for help by Wednesday")
            await sitting.press("enter")
        assert await matches(sitting, snapshot)


async def test_a_disk_that_is_full(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    from circle_tui.store.errors import SaveError
    from circle_tui.store.journal import SQLiteJournal

    def refuse(*_: object) -> None:
        raise SaveError("The disk is full: make room on it, then try again.")

    make(here, clock)
    async with sit(here, clock) as sitting:
        await sitting.press("enter", "enter")
        monkeypatch.setattr(SQLiteJournal, "write", refuse)
        await sitting.press("enter")
        assert await matches(sitting, snapshot)


async def test_resuming_with_the_clock_held(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion
) -> None:
    make(here, clock)
    async with sit(here, clock) as sitting:
        await sitting.press("enter", "enter", "enter")
        await sitting.tick(3 * MINUTE)
        await sitting.press("q")
    clock.move(12 * MINUTE)
    async with sit(here, clock) as sitting:
        assert await matches(sitting, snapshot)


async def test_the_picture_in_readme(
    here: Path, clock: ManualClock, snapshot: SnapshotAssertion
) -> None:
    lay_out(here, clock, "share", FIVE)
    async with sit(here, clock, (110, 34)) as sitting:
        await enact(sitting, "share")
        clock.move(3 * MINUTE)
        await sitting.press("d")
        assert sitting.app.export_screenshot() == snapshot
