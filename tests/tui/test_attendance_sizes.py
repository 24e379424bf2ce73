"""One circle's review in terminals of all sizes: what has no room is said."""

import re
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from circle_tui.service.clock import ManualClock

from .app_driver import AppDriver
from .past_meetings import circle_that_met
from .review_driver import circle_with_every_attendance, run_review


async def test_the_grid_says_what_it_left_out(folder: Path, clock: ManualClock) -> None:
    people = ", ".join(f"Person {letter}" for letter in "ABCDEFGH")
    circle_that_met(folder, clock, 13, members=people)
    async with run_review(folder, clock=clock, size=(40, 14)) as driver:
        assert "Person A" in driver.text
        assert "← 4 meetings · ↓ 6 members" in driver.text
        await driver.press(*["left"] * 9, "down")
        assert re.search("← 3 → 1 meetings · ↑ 1 ↓ [45] members", driver.text)
        await driver.press("home")
        assert "→ 4 meetings" in driver.text
        await driver.press("down", "down", "down", "down", "down", "down", "down")
        assert "Person H" in driver.text
        assert "Person A" not in driver.text


def seen(driver: AppDriver) -> None:
    """All members and meetings are in view, or a line says how many are not."""
    lines = [line.strip(" │") for line in driver.text.splitlines()]
    members = sum(line.startswith("P") for line in lines)
    heads = [line.split() for line in lines if re.fullmatch(r"\d+(\s+\d+)*", line)]
    said = [line for line in lines if re.match(r"[←→↑↓] ?\d", line)]
    hidden = dict(re.findall(r"([←→↑↓]) ?(\d+)", " ".join(said)))

    def beyond(*signs: str) -> int:
        return sum(int(hidden.get(sign, 0)) for sign in signs)

    assert members >= 1, driver.text
    assert members + beyond("↑", "↓") == 8, driver.text
    assert len(heads[0]) + beyond("←", "→") == 13, driver.text


WIDTHS, HEIGHTS = (20, 23, 30, 40, 59, 60, 75, 80, 100, 140), (*range(8, 26), 34, 50)


async def test_at_every_size_the_grid_says_what_has_no_room(
    folder: Path, clock: ManualClock, full: bool
) -> None:
    circle_that_met(folder, clock, 13, members=", ".join(f"P{letter}" for letter in "ABCDEFGH"))
    sizes = [(width, height) for width in WIDTHS for height in HEIGHTS]
    chosen = sizes if full else Random(4).sample(sizes, 5)
    async with run_review(folder, clock=clock) as driver:
        for width, height in [(60, 20), (100, 8), (30, 8), (20, 8), *chosen]:
            await driver.resize(width, height)
            seen(driver)
        await driver.press("down", "down", "home", "right", "d")
        for width, height in [(60, 20), (40, 12), *chosen]:
            if width >= 40 and height >= 12:
                await driver.resize(width, height)
                seen(driver)


@pytest.mark.full
async def test_the_legend_gives_way_first_and_then_the_circles_sentences(
    folder: Path, clock: ManualClock, full: bool
) -> None:
    circle_that_met(folder, clock, 13, members=", ".join(f"P{letter}" for letter in "ABCDEFGH"))
    lost = []
    async with run_review(folder, clock=clock, size=(60, 34)) as driver:
        for height in range(34, 6, -1 if full else -3):
            await driver.resize(60, height)
            signs = ("● present", "Meetings held:", "Meeting 13,", "came ")
            lost.append(tuple(sign in driver.text for sign in signs))
        assert lost[0] == (True, True, True, True)
        assert lost[-1][:2] == (False, False)
        # At how many lines less each of them is not there any more.
        legend, circle, meeting, counts = (
            [*(each[which] for each in lost), False].index(False) for which in range(4)
        )
        assert legend < circle <= counts <= meeting


@pytest.mark.full
async def test_the_legend_gives_way_where_that_shows_everybody(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 6, members=", ".join(f"P{letter}" for letter in "ABCDEFGHIJKL"))
    shown = []
    async with run_review(folder, clock=clock, size=(110, 34)) as driver:
        for height in range(36, 22, -1):
            await driver.resize(110, height)
            shown.append(("PL" in driver.text, "● present" in driver.text))
    # With a line less the legend goes, and nobody with it.
    assert shown[:1] == [(True, True)]
    assert (True, False) in shown
    assert (False, True) not in shown[: shown.index((True, False))]


async def test_what_is_said_of_the_circle_has_a_place_at_every_height(
    folder: Path, clock: ManualClock
) -> None:
    circle_that_met(folder, clock, 6, members=", ".join(f"P{letter}" for letter in "ABCDEFGHIJKL"))
    async with run_review(folder, clock=clock) as driver:
        for height in (10, 16, 20, 24, 30, 40):
            await driver.resize(80, height)
            said = driver.text
            assert "Meetings held:" in said or "penings" in said, said


async def test_the_count_of_a_short_cycle_can_be_read(folder: Path, clock: ManualClock) -> None:
    circle_that_met(folder, clock, 3, cycle=1)
    async with run_review(folder, clock=clock, size=(30, 14)) as driver:
        assert driver.text.splitlines()[1].split()[:2] == ["5/5", "5/5"]


@pytest.mark.full
async def test_every_size_comes_and_goes(folder: Path, clock: ManualClock) -> None:
    file = circle_with_every_attendance(folder, clock)
    state = file.read()
    file.save(replace(state, circle=replace(state.circle, name="漢" * 20)))
    async with run_review(folder, clock=clock) as driver:
        before = driver.text
        for width, height in ((1, 1), (4, 2), (5, 2), (20, 5), (40, 12), (300, 100), (80, 24)):
            await driver.resize(width, height)
            assert len(driver.text.split("\n")) == height
        assert driver.text == before
