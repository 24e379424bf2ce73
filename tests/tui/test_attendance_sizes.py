"""One circle's review in terminals of all sizes: what has no room is said."""

import re
from pathlib import Path
from random import Random

from msgspec.structs import replace

from circle_tui.service.clock import ManualClock

from .held import met
from .reviewing import harbour, look
from .sitting import Sitting


async def test_it_says_what_it_left_out(folder: Path, clock: ManualClock) -> None:
    people = ", ".join(f"Person {letter}" for letter in "ABCDEFGH")
    met(folder, clock, 13, members=people)
    async with look(folder, clock=clock, size=(40, 14)) as sitting:
        assert "Person A" in sitting.text
        assert "← 4 meetings · ↓ 5 members" in sitting.text
        await sitting.press(*["left"] * 9, "down")
        assert re.search("← 3 → 1 meetings · ↑ 1 ↓ [34] members", sitting.text)
        await sitting.press("home")
        assert "→ 4 meetings" in sitting.text
        await sitting.press("down", "down", "down", "down", "down", "down", "down")
        assert "Person H" in sitting.text
        assert "Person A" not in sitting.text


def seen(sitting: Sitting) -> None:
    """All members and meetings are in view, or a line says how many are not."""
    lines = [line.strip() for line in sitting.text.splitlines()]
    members = sum(line.startswith("P") for line in lines)
    heads = [line.split() for line in lines if re.fullmatch(r"\d+(\s+\d+)*", line)]
    said = [line for line in lines if re.match(r"[←→↑↓] ?\d", line)]
    hidden = dict(re.findall(r"([←→↑↓]) ?(\d+)", " ".join(said)))

    def beyond(*signs: str) -> int:
        return sum(int(hidden.get(sign, 0)) for sign in signs)

    assert members >= 1, sitting.text
    assert members + beyond("↑", "↓") == 8, sitting.text
    assert len(heads[0]) + beyond("←", "→") == 13, sitting.text


WIDTHS, HEIGHTS = (20, 23, 30, 40, 59, 60, 75, 80, 100, 140), (*range(8, 26), 34, 50)


async def test_at_every_size_what_has_no_room_is_said(
    folder: Path, clock: ManualClock, full: bool
) -> None:
    met(folder, clock, 13, members=", ".join(f"P{letter}" for letter in "ABCDEFGH"))
    sizes = [(width, height) for width in WIDTHS for height in HEIGHTS]
    chosen = sizes if full else Random(4).sample(sizes, 15)
    async with look(folder, clock=clock) as sitting:
        for width, height in [(60, 20), (100, 8), (30, 8), (20, 8), *chosen]:
            await sitting.resize(width, height)
            seen(sitting)
        await sitting.press("down", "down", "home", "right", "d")
        for width, height in [(60, 20), (40, 12), *chosen]:
            if width >= 40 and height >= 12:
                await sitting.resize(width, height)
                seen(sitting)


async def test_the_legend_gives_way_first_and_then_the_circles_sentences(
    folder: Path, clock: ManualClock
) -> None:
    met(folder, clock, 13, members=", ".join(f"P{letter}" for letter in "ABCDEFGH"))
    lost = []
    async with look(folder, clock=clock, size=(60, 34)) as sitting:
        for height in range(34, 6, -1):
            await sitting.resize(60, height)
            signs = ("● present", "Meetings held:", "Meeting 13,", "came ")
            lost.append(tuple(sign in sitting.text for sign in signs))
        assert lost[0] == (True, True, True, True)
        assert lost[-1][:2] == (False, False)
        # At how many lines less each of them is not there any more.
        legend, circle, meeting, counts = (
            [*(each[which] for each in lost), False].index(False) for which in range(4)
        )
        assert legend < circle <= counts <= meeting


async def test_the_count_of_a_short_cycle_can_be_read(folder: Path, clock: ManualClock) -> None:
    met(folder, clock, 3, cycle=1)
    async with look(folder, clock=clock, size=(30, 14)) as sitting:
        assert sitting.text.splitlines()[1].split()[:2] == ["5/5", "5/5"]


async def test_every_size_comes_and_goes(folder: Path, clock: ManualClock) -> None:
    file = harbour(folder, clock)
    state = file.read()
    file.save(replace(state, circle=replace(state.circle, name="漢" * 20)))
    async with look(folder, clock=clock) as sitting:
        before = sitting.text
        for width, height in ((1, 1), (4, 2), (5, 2), (20, 5), (40, 12), (300, 100), (80, 24)):
            await sitting.resize(width, height)
            assert len(sitting.text.split("\n")) == height
        assert sitting.text == before
