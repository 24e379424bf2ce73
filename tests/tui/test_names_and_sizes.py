"""People's own words at their worst, and terminals at their smallest and largest."""

import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len

from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .app_driver import add_first_meeting, create_circle, run_app
from .screen_states import SCREEN_STATES, create_folder_for, go_to_state

HOSTILE = (
    "[red]Ann",
    "Bob[/]",
    "[@click=app.quit]x",
    "👩‍🚀 Ida ❤️",
    "مريم العربية",
    "李小龙",
    "x" * 40,
    "漢" * 20,
    "$primary {x} %s \\[b]",
    "e\u0301\u0323 Zoë",
)
"""Names that a careless screen would take for markup, or could not measure."""

WORDS = "[link=file:///]see[/link] [b]bold[/b] \\ 漢字 ❤️ مريم [/] " + "w" * 60

SIZES = (
    (1, 1), (4, 2), (20, 5), (40, 12), (59, 19), (60, 20), (80, 24), (110, 34), (300, 100),
)  # fmt: skip

STEPS = (
    "enter", "space", "space", "space", "space", "enter", "enter", "d", "l", "escape",
    "question_mark", "escape", "n", "t", "w", "m", "enter", "a", "enter", "p", "p", "p", "p", "p",
)  # fmt: skip
"""Keys that lead through every screen of a meeting."""


def hostile(folder: Path, clock: ManualClock, name: str) -> CircleFile:
    """A circle of such people, who have promised such words."""
    file = create_circle(folder, clock, f"{name}, Tom, Priya", name=name)
    add_first_meeting(file, WORDS)
    return file


def letters(text: str) -> str:
    """What can be compared of a text: a terminal's cells may hold parts of a cluster."""
    kept = unicodedata.normalize("NFC", text)
    return "".join(each for each in kept if unicodedata.category(each)[0] in "LNPS")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", HOSTILE)
async def test_a_name_is_shown_as_it_is_on_every_screen(
    folder: Path, clock: ManualClock, name: str
) -> None:
    hostile(folder, clock, name)
    start = letters(name)[:6]
    seen = set()
    async with run_app(folder, clock) as driver:
        for key in ("", *STEPS):
            if key:
                await driver.press(key)
            assert not driver.exited
            shown = driver.text
            assert all(cell_len(line) <= 80 for line in shown.splitlines())
            if start in letters(shown):
                seen.add(driver.screen_name)
        assert seen - {"Help"} == {
            "Home", "Gathering", "Share", "Arrivals", "Responses", "Commitments", "Closing"
        }  # fmt: skip


@pytest.mark.full
async def test_a_circle_of_nothing_but_such_people_meets_in_a_small_terminal(
    folder: Path, clock: ManualClock
) -> None:
    add_first_meeting(create_circle(folder, clock, ", ".join(HOSTILE), name="[/red]"), WORDS)
    async with run_app(folder, clock, (40, 12)) as driver:
        for key in ("escape", *STEPS, *["p"] * 14):
            await driver.press(key)
            assert not driver.exited
            assert all(cell_len(line) <= 40 for line in driver.text.splitlines())
        assert driver.screen_name == "Closing"


@pytest.mark.full
async def test_a_name_with_an_action_in_it_does_nothing_when_clicked(
    folder: Path, clock: ManualClock
) -> None:
    hostile(folder, clock, "[@click=app.quit]x")
    async with run_app(folder, clock) as driver:
        for key in ("", "enter"):
            if key:
                await driver.press(key)
            for row, line in enumerate(driver.text.splitlines()):
                if "[@click" in line:
                    await driver.pilot.click(offset=(line.index("[@click") + 18, row))
                    await driver.settle()
        assert not driver.exited


async def test_control_characters_never_reach_the_screen(folder: Path, clock: ManualClock) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        await driver.paste("Har\x1b[31mbour\u202e\x07\x9b")
        await driver.press("enter")
        await driver.paste("Ma\x00ya, T\u202eom\x1b]0-x\x07")
        await driver.press("tab", "enter")
        assert driver.screen_name == "Gathering"
        assert [person.name for person in driver.meeting.people] == ["Maya", "Tom]0-x"]
        shown = driver.text.replace("\n", "")
        assert not any(unicodedata.category(each) in {"Cc", "Cf"} for each in shown)


async def test_the_palette_closes_where_it_has_no_room(folder: Path, clock: ManualClock) -> None:
    create_folder_for(folder, clock, "palette")
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, "palette")
        await driver.resize(4, 2)
        assert driver.screen_name == "Share"
        await driver.press(":")
        assert driver.screen_name == "Share"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "scene",
    [
        # A page of the guide is long.
        pytest.param(each, marks=pytest.mark.full if each == "guide" else ())
        for each in SCREEN_STATES
        if each != "palette"
    ],
)
async def test_every_size_comes_and_goes_in_the_middle_of_every_screen(
    folder: Path, clock: ManualClock, scene: str, full: bool
) -> None:
    """A sample tries every third of them."""
    sizes = SIZES if full else SIZES[len(scene) % 3 :: 3]
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, scene)
        at, before = driver.screen_name, driver.text
        for width, height in (*sizes, (80, 24)):
            await driver.resize(width, height)
            shown = driver.text
            lines = shown.split("\n")
            assert len(lines) == height
            assert all(cell_len(line) <= width for line in lines)
            assert driver.screen_name == at
        assert shown == before


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "size", [(1, 1), pytest.param((4, 2), marks=pytest.mark.full), (20, 5)], ids=str
)
async def test_a_whole_meeting_can_be_held_however_small_the_terminal(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    create_circle(folder, clock, "Maya, Tom")
    async with run_app(folder, clock, size) as driver:
        await driver.press("enter", "enter")
        for _ in range(2):
            await driver.press("enter", "d", "space", "space", "n", "n", "n")
            await driver.type("I rest")
            await driver.press("enter", "enter")
        await driver.press("enter", "enter")
        assert driver.screen_name == "Home"
    (record,) = CircleFile(folder / "harbour.json").read().records
    assert [made.text for made in record.made] == ["I rest", "I rest"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("scene", ["home", "closing"])
async def test_five_columns_come_to_rest_too(folder: Path, clock: ManualClock, scene: str) -> None:
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, scene)
        await driver.resize(5, 2)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "size",
    [(40, 12), (60, 20), *(pytest.param(size, marks=pytest.mark.full) for size in SIZES[6:8])],
    ids=str,
)
async def test_twenty_people_find_room(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    create_circle(folder, clock, ", ".join(f"Person {number}" for number in range(1, 21)))
    async with run_app(folder, clock, size) as driver:
        await driver.press("enter", "enter", "enter", "l", *["down"] * 20, "enter", "n", *"tttt")
        assert driver.meeting.person("m20").attendance == "left early"
        await driver.press("enter", "enter")
        assert driver.speaker == "Person 20"
        assert "Person 20" in driver.text


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(59, 19), (40, 12), (20, 5)], ids=str)
async def test_where_there_is_no_room_for_a_ring_who_speaks_and_how_long_stay(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    create_circle(folder, clock, digits=True)
    async with run_app(folder, clock, size) as driver:
        await driver.press("enter", "enter", "enter")
        shown = driver.text
        assert "Maya" in shown
        assert "8:00" in shown or "███" in shown
