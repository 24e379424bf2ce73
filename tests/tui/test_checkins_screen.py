"""What members write between two meetings, by keys."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.circle import checkins, membership
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .app_driver import ANY_SIZE, create_circle, run_app

LONG = "It goes well, " + "and better than I thought " * 20


@pytest.fixture
def file(folder: Path, clock: ManualClock) -> CircleFile:
    """A movement pod of three before its first meeting; Tom has written."""
    file = create_circle(folder, clock, "Maya, Tom, Lena", format_key="movement-pod")
    file.save(checkins.check_in(file.read(), clock.now(), "m2", "It is hard."))
    clock.move(timedelta(days=1))
    return file


def written(file: CircleFile) -> list[tuple[str, str]]:
    return [(each.member, each.text) for each in file.read().checkins]


async def test_everybody_is_there_with_what_they_wrote_since_the_last_meeting(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("i")
        assert driver.screen_name == "CheckIns"
        places = [driver.text.index(each) for each in ("1 Maya", "2 Tom   It is hard.", "3 Lena")]
        assert places == sorted(places)
        await driver.press("down")
        assert "Thursday 5 March" in driver.text
        await driver.press("escape")
        assert driver.screen_name == "Home"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["n", "enter"])
async def test_the_chosen_member_writes_and_undo_takes_it_back(
    file: CircleFile, folder: Path, clock: ManualClock, key: str
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("i", "3", key)
        await driver.type_without_waiting("I did 3 of 4, n and q. It goes.")
        await driver.press("enter")
        assert written(file) == [("m2", "It is hard."), ("m3", "I did 3 of 4, n and q. It goes.")]
        assert not driver.prompt_open
        assert driver.flashed == "Saved for the next gathering."
        assert "Friday 6 March" in driver.text
        await driver.press("u")
        assert written(file) == [("m2", "It is hard.")]


async def test_nothing_typed_and_too_much_are_refused_and_esc_leaves(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("i", "n", "enter")
        assert "needs a few words" in driver.flashed
        await driver.paste("x" * 601)
        await driver.press("enter")
        assert "600 fit here" in driver.flashed
        assert driver.prompt_open
        await driver.press("escape")
        assert not driver.prompt_open
        assert driver.screen_name == "CheckIns"
    assert written(file) == [("m2", "It is hard.")]


async def test_while_words_are_typed_the_member_stays_chosen(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("i", "n", "down", "down")
        await driver.type_without_waiting("Mine.")
        await driver.press("enter")
    assert written(file)[-1] == ("m1", "Mine.")


async def test_who_left_is_not_listed_and_a_seat_that_does_not_exist_is_reported(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    file.save(membership.leave(file.read(), clock.now(), "m3"))
    async with run_app(folder, clock) as driver:
        await driver.press("i")
        assert "Lena" not in driver.text
        await driver.press("3")
        assert driver.flashed == "There's no seat 3."


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", ANY_SIZE)
async def test_checkins_are_drawn_at_every_size_with_words_like_markup(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    file = create_circle(folder, clock, "Ann[/], [red]Bo[/red], 山田", format_key="movement-pod")
    state = checkins.check_in(file.read(), clock.now(), "m1", "[@click=app.quit]Well[/] " * 9)
    file.save(state)
    async with run_app(folder, clock, size) as driver:
        await driver.press("i", "down", "down", "up", "n", "escape", "1", "right", "left")
        await driver.resize(80, 24)
        assert re.search(r"Ann\[/\] +\[@click=app.quit\]Well\[/\]", driver.text)


async def test_on_a_small_screen_all_the_words_can_be_read(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    file.save(checkins.check_in(file.read(), clock.now(), "m1", f"{LONG}and so on to the END."))
    async with run_app(folder, clock, (40, 12)) as driver:
        await driver.press("i")
        assert "END" not in driver.text
        await driver.press(*["right"] * 8)
        assert "END" in driver.text
        await driver.press("down", "up")
        assert "It goes well" in driver.text.split("Friday")[-1]


@pytest.mark.full
async def test_checkins_are_drawn_in_the_same_place_whatever_was_shown_before(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("i")
        before = driver.text
        await driver.press("escape", "enter")
        assert driver.screen_name == "Gathering"
        await driver.press("escape", "i")
        assert driver.text == before


async def test_help_tells_of_the_seats_in_one_line(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("i", "question_mark")
        assert driver.screen_name == "Help"
        now = driver.text.split("The guide")[0]
        assert now.count("seat") == 1
        assert re.search("1…9 +Choose by seat", now)
