"""What members write between two meetings, by keys."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.circle import checkins, membership
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .sitting import SIZES, make, sit

LONG = "It goes well, " + "and better than I thought " * 20


@pytest.fixture
def file(folder: Path, clock: ManualClock) -> CircleFile:
    """A movement pod of three before its first meeting; Tom has written."""
    file = make(folder, clock, "Maya, Tom, Lena", format_key="movement-pod")
    file.save(checkins.check_in(file.read(), clock.now(), "m2", "It is hard."))
    clock.move(timedelta(days=1))
    return file


def written(file: CircleFile) -> list[tuple[str, str]]:
    return [(each.member, each.text) for each in file.read().checkins]


async def test_everybody_is_there_with_what_they_wrote_since_the_last_meeting(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("i")
        assert sitting.at == "CheckIns"
        places = [sitting.text.index(each) for each in ("1 Maya", "2 Tom: It is hard.", "3 Lena")]
        assert places == sorted(places)
        await sitting.press("down")
        assert "Thursday 5 March" in sitting.text
        await sitting.press("escape")
        assert sitting.at == "Home"


@pytest.mark.parametrize("key", ["n", "enter"])
async def test_the_chosen_member_writes_and_undo_takes_it_back(
    file: CircleFile, folder: Path, clock: ManualClock, key: str
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("i", "3", key)
        await sitting.burst("I did 3 of 4, n and q. It goes.")
        await sitting.press("enter")
        assert written(file) == [("m2", "It is hard."), ("m3", "I did 3 of 4, n and q. It goes.")]
        assert not sitting.asking
        assert sitting.said == "It is kept for the next gathering."
        assert "Friday 6 March" in sitting.text
        await sitting.press("u")
        assert written(file) == [("m2", "It is hard.")]


async def test_nothing_typed_and_too_much_are_refused_and_esc_leaves(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("i", "n", "enter")
        assert "needs words" in sitting.said
        await sitting.paste("x" * 601)
        await sitting.press("enter")
        assert "600 fit here" in sitting.said
        assert sitting.asking
        await sitting.press("escape")
        assert not sitting.asking
        assert sitting.at == "CheckIns"
    assert written(file) == [("m2", "It is hard.")]


async def test_while_words_are_typed_the_member_stays_chosen(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("i", "n", "down", "down")
        await sitting.burst("Mine.")
        await sitting.press("enter")
    assert written(file)[-1] == ("m1", "Mine.")


async def test_who_left_is_not_there_and_a_seat_that_is_none_is_said(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    file.save(membership.leave(file.read(), clock.now(), "m3"))
    async with sit(folder, clock) as sitting:
        await sitting.press("i")
        assert "Lena" not in sitting.text
        await sitting.press("3")
        assert sitting.said == "There is no seat 3."


@pytest.mark.parametrize("size", [*SIZES, (20, 6), (3, 2), (1, 1)])
async def test_it_stands_at_every_size_with_words_like_markup(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    file = make(folder, clock, "Ann[/], [red]Bo[/red], 山田", format_key="movement-pod")
    state = checkins.check_in(file.read(), clock.now(), "m1", "[@click=app.quit]Well[/] " * 9)
    file.save(state)
    async with sit(folder, clock, size) as sitting:
        await sitting.press("i", "down", "down", "up", "n", "escape", "1", "right", "left")
        await sitting.resize(80, 24)
        assert "Ann[/]: [@click=app.quit]Well[/]" in sitting.text


async def test_on_a_small_screen_all_the_words_can_be_read(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    file.save(checkins.check_in(file.read(), clock.now(), "m1", f"{LONG}and so on to the END."))
    async with sit(folder, clock, (40, 12)) as sitting:
        await sitting.press("i")
        assert "END" not in sitting.text
        await sitting.press(*["right"] * 8)
        assert "END" in sitting.text
        await sitting.press("down", "up")
        assert "It goes well" in sitting.text.split("Friday")[-1]


async def test_it_stands_where_it_stood_whatever_was_shown_before(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("i")
        before = sitting.text
        await sitting.press("escape", "enter")
        assert sitting.at == "Gathering"
        await sitting.press("escape", "i")
        assert sitting.text == before


async def test_help_tells_of_the_seats_in_one_line(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("i", "question_mark")
        assert sitting.at == "Help"
        assert sitting.text.count("seat") == 1
        assert "1…9  Choose by seat" in sitting.text
