"""The gathering, by keys: who is here, in which order, and whether the time is enough."""

from pathlib import Path

import pytest

from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.service.clock import ManualClock

from .app_driver import MINUTE, AppDriver, create_circle, run_app


def marks(meeting: Meeting) -> list[str]:
    return [str(person.attendance) for person in meeting.people]


def changed(before: list[str], after: list[str]) -> set[int]:
    return {
        seat for seat, (one, two) in enumerate(zip(before, after, strict=True), 1) if one != two
    }


async def gather(driver: AppDriver) -> None:
    await driver.press("enter")
    assert driver.screen_name == "Gathering"


async def test_space_goes_round_all_the_ways_to_come(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await gather(driver)
        seen = []
        for _ in range(5):
            seen.append(marks(driver.meeting)[0])
            await driver.press("space")
        assert seen == ["present", "late", "excused", "absent", "present"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("keys", "seat"),
    [
        (("space",), 1),
        (("j", "down", "k", "space"), 2),
        (("up", "space"), 5),
        (("3", "3"), 3),
        (("5", "up", "space"), 4),
        (("2", "3", "2", "2"), 2),
        (("2", "down", "2", "2"), 2),
    ],
)
async def test_the_cursor_and_the_seat_numbers_choose_whom_a_mark_is_for(
    folder: Path, clock: ManualClock, keys: tuple[str, ...], seat: int
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await gather(driver)
        before = marks(driver.meeting)
        await driver.press(*keys)
        assert changed(before, marks(driver.meeting)) == {seat}


async def test_the_first_press_of_a_number_only_chooses(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await gather(driver)
        before = marks(driver.meeting)
        await driver.press("1", "2", "1", "down", "2")
        assert marks(driver.meeting) == before


async def test_there_is_no_seat_nine_among_five(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await gather(driver)
        before = driver.meeting
        await driver.press("9", "9")
        assert driver.meeting == before
        assert "9" in driver.flashed


async def test_who_opens_and_why_follows_the_marks(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await gather(driver)
        assert "Maya → Tom → Priya" in driver.text
        assert driver.ring.caption == "Maya opens"
        await driver.press("space")
        assert "Tom → Priya → Lena → Sam → Maya (late)" in driver.text
        assert driver.ring.caption == "Tom opens"
        assert driver.meeting.order_now() == ("m2", "m3", "m4", "m5", "m1")
        reason = driver.meeting.opener_now()
        assert reason is not None
        assert reason.reason.split()[0] in driver.text
        await driver.press("space")
        assert driver.meeting.order_now() == ("m2", "m3", "m4", "m5")


async def test_plus_and_minus_set_the_share_for_everybody(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await gather(driver)
        await driver.press("plus", "plus", "minus")
        assert driver.meeting.share == 9 * MINUTE
        # 5 + 5 × (9 + 1) + 4 = 59.
        assert "10:59" in driver.headline[-1]
        await driver.press("u")
        assert driver.meeting.share == 10 * MINUTE


async def test_the_end_is_the_plans(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await gather(driver)
        assert "10:54" in driver.headline[-1]
        await driver.advance(7 * MINUTE)
        assert "11:01" in driver.headline[-1]


async def test_enter_begins_with_whoever_opens(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await gather(driver)
        await driver.press("space", "space", "enter")
        assert driver.phase is Phase.READY
        assert driver.screen_name == "Share"
        assert driver.speaker == "Tom"


@pytest.mark.full
async def test_twenty_members_can_all_be_reached_with_the_cursor(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, ", ".join(f"Person {number}" for number in range(1, 21)))
    async with run_app(folder, clock, (40, 12)) as driver:
        await gather(driver)
        for number in range(1, 21):
            assert f"Person {number} " in driver.text
            await driver.press("space", "down")
        assert set(marks(driver.meeting)) == {"late"}


@pytest.mark.parametrize("keys", [("x",), ("space", "u", "x"), ("space", "X", "X")])
async def test_one_key_drops_a_gathering_that_was_begun_by_mistake_and_two_where_it_was_marked(
    folder: Path, clock: ManualClock, keys: tuple[str, ...]
) -> None:
    file = create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", *keys[:-1])
        assert driver.screen_name == "Gathering"
        await driver.press(keys[-1])
        assert driver.screen_name == "Home"
        assert driver.flashed == "Gathering dropped. Nothing was recorded."
        assert driver.app.live is None
    assert not file.under_way
    assert not (folder / "harbour.dropped").exists()
