"""The members on their screen: joining, leaving, being away, seats; and forgetting, asked twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui import messages
from circle_tui.views.view import Request

from .app_driver import (
    SIZES,
    AppDriver,
    create_circle,
    execute_all,
    folder_contents,
    meeting_under_way,
    run_app,
)
from .past_meetings import run_closing, run_to_closing


def state(folder: Path) -> CircleState:
    return CircleFile(folder / "harbour.json").read()


def names(folder: Path) -> list[str]:
    return [member.name for member in state(folder).circle.members]


def expected(folder: Path) -> list[str]:
    return [member.name for member in state(folder).active]


def line_of(driver: AppDriver, name: str) -> str:
    """The row that somebody has on the screen."""
    lines = (line.strip() for line in driver.text.splitlines())
    return next(line.strip("│ ") for line in lines if name in line and line.startswith("│"))


async def test_the_members_stand_in_seat_order_with_their_state(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    clock.move(timedelta(days=300))
    async with run_app(folder, clock) as driver:
        await driver.press("p")
        assert driver.screen_name == "People"
        assert line_of(driver, "Maya") == "› 1 Maya   here since 5 March"
        await driver.press("2", "a", "3", "l")
        assert line_of(driver, "Tom") == "Tom    away since 30 December"
        assert line_of(driver, "Lena") == "›   Lena   left 30 December"
        assert line_of(driver, "Sam") == "3 Sam    here since 5 March"
        clock.move(timedelta(days=30))
        await driver.press("escape", "p")
        assert "away since 30 December 2026" in line_of(driver, "Tom")


async def test_somebody_joins_by_name(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("p", "n")
        await driver.type_without_waiting("tom")
        await driver.press("enter")
        assert "taken" in driver.flashed
        assert driver.prompt_value == "tom"
        await driver.type_without_waiting("as")
        await driver.press("enter")
        assert names(folder)[-1] == "tomas"
        assert line_of(driver, "tomas").startswith("› 6")
        assert not driver.prompt_open
        await driver.press("escape")
        assert "6 people" in driver.text


async def test_letters_are_letters_while_a_name_is_typed(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("p", "n")
        await driver.type_without_waiting("falruJK<>12")
        assert driver.prompt_value == "falruJK<>12"
        await driver.press("up", "escape")
        assert not driver.prompt_open
        assert line_of(driver, "Maya").startswith("›")
        assert len(names(folder)) == 5


async def test_a_name_is_never_read_as_markup(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("p", "r")
        assert driver.prompt_value == "Maya"
        # The name is selected: what is typed takes its place.
        await driver.type_without_waiting("[/][red]")
        await driver.press("enter")
        assert "[/][red]" in driver.text
        await driver.press("f")
        assert "Forget [/][red]?" in driver.text
        await driver.press("f")
        assert "To forget [/][red] for good" in driver.text


async def test_away_and_back_are_one_key(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("p", "2", "a")
        assert expected(folder) == ["Maya", "Priya", "Lena", "Sam"]
        assert "a Back" in driver.text
        await driver.press("a")
        assert len(expected(folder)) == 5
        assert "a Away" in driver.text
        await driver.press("l")
        assert "Tom has left" in driver.flashed
        await driver.press("l")
        assert driver.flashed == "Tom has left already."
        await driver.press("a")
        assert len(expected(folder)) == 5
        await driver.press("u", "u", "u")
        assert expected(folder) == ["Maya", "Priya", "Lena", "Sam"]


@pytest.mark.full
async def test_who_is_away_is_not_at_the_gathering_and_not_absent_from_the_record(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("p", "1", "a", "escape", "enter")
        assert driver.screen_name == "Gathering"
        assert "Maya" not in driver.text
        await driver.press("escape")
    with meeting_under_way(file, clock) as live:
        run_to_closing(live, clock)
        run_closing(live)
        live.finish()
    (record,) = state(folder).records
    assert set(record.attendance) == {"m2", "m3", "m4", "m5"}


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("up", "down"), [("<", ">"), ("K", "J"), ("shift+up", "shift+down")])
async def test_seats_are_moved_and_the_cursor_goes_along(
    folder: Path, clock: ManualClock, up: str, down: str
) -> None:
    keys = {"<": "less_than_sign", ">": "greater_than_sign"}
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("p", "2", keys.get(down, down))
        assert names(folder) == ["Maya", "Priya", "Tom", "Lena", "Sam"]
        assert line_of(driver, "Tom").startswith("› 3")
        await driver.press(*[keys.get(up, up)] * 3)
        assert driver.flashed == "There's no seat beyond that one."
        assert names(folder) == ["Tom", "Maya", "Priya", "Lena", "Sam"]
        await driver.press("u")
        assert names(folder) == ["Maya", "Tom", "Priya", "Lena", "Sam"]


async def test_the_last_one_here_stays_and_it_says_why(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock, "Maya, Tom")
    async with run_app(folder, clock) as driver:
        await driver.press("p", "1", "l", "1")
        for key in ("l", "a"):
            await driver.press(key)
            assert "Tom is the last one here" in driver.flashed
        await driver.press("f")
        assert "delete the circle's files" in driver.flashed
        assert expected(folder) == ["Tom"]


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", SIZES)
async def test_twenty_people_and_any_size(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    create_circle(folder, clock, ", ".join(f"Person {number}" for number in range(1, 21)))
    async with run_app(folder, clock, size) as driver:
        await driver.press("p", "9", "down", "down")
        assert "› 11 Person 11" in driver.text
        await driver.press("up", "a", "n")
        await driver.type_without_waiting("One more")
        await driver.press("enter")
        assert "holds 20" in driver.flashed
        await driver.press("escape", "k", "k", "f")
        await driver.resize(20, 5)
        await driver.press("f")
        await driver.resize(1, 1)
        await driver.press("escape", "0", "9")


# Forgetting


@pytest.fixture
def spoken(folder: Path, clock: ManualClock) -> CircleFile:
    """Two meetings in which everybody promised something of their own; one more set aside."""
    file = create_circle(folder, clock)
    for _ in range(2):
        with meeting_under_way(file, clock) as live:
            execute_all(live, commands.begin)
            for name in ("maya", "tom", "priya", "lena", "sam"):
                clock.move(timedelta(minutes=1))
                execute_all(live, commands.start, commands.finish, commands.end_responses)
                turn = live.meeting.turn
                assert turn is not None
                for each in live.meeting.open_commitments_of(turn.member):
                    live.execute(commands.answer, each.id, Outcome.MISSED)
                    live.execute(commands.say_what_got_in_the_way, f"hindrance of {turn.member}")
                    live.execute(commands.reset, Reset.SMALLER, f"less of {turn.member}")
                live.execute(commands.promise, f"promise of {turn.member}, {name} first")
                live.execute(commands.end_turn)
            run_closing(live)
            live.finish()
        clock.move(timedelta(weeks=2))
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin, commands.start, commands.finish, commands.end_responses)
        live.execute(commands.promise, "promise of m3 and m1")
        live.drop()
    return file


def holding(folder: Path, words: str) -> set[str]:
    """The files of the folder, all of them, in which `words` stand."""
    return {path.name for path in folder.iterdir() if words.encode() in path.read_bytes()}


async def test_forgetting_is_asked_twice_and_then_none_of_their_words_is_left(
    folder: Path, clock: ManualClock, spoken: CircleFile
) -> None:
    assert holding(folder, "of m3") == {"harbour.json", "harbour.json.bak", "harbour.dropped"}
    async with run_app(folder, clock) as driver:
        await driver.press("p", "3", "f")
        for words in ("Forget Priya?", "can't be undone", "backup", "without a name"):
            assert words in " ".join(driver.text.split())
        await driver.press("f")
        assert driver.prompt_open
        await driver.type_without_waiting("priya")
        await driver.press("enter")
        assert driver.flashed.startswith("Forgotten.")
        assert line_of(driver, "Someone").endswith("forgotten")
        await driver.press("u")
        assert driver.flashed == "There's nothing to undo."
        await driver.press("escape", "c", "escape", "p", "2", "a", "q")
    for words in ("of m3", "Priya"):
        assert holding(folder, words) == set()
    for words in ("promise of m2", "hindrance of m2", "less of m2"):
        assert "harbour.json" in holding(folder, words)
    records = state(folder).records
    assert [record.attendance["m3"] for record in records] == ["present", "present"]


async def test_forgetting_leaves_no_words_that_somebody_had_begun_to_type(
    folder: Path, clock: ManualClock, spoken: CircleFile
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("p", "n")
        await driver.type("Priya and her sister")
        await driver.press("escape", "3", "f", "f")
        await driver.type("priya")
        await driver.press("enter")
        assert driver.flashed.startswith("Forgotten.")
        await driver.press("n")
        assert driver.prompt_value == ""


@pytest.mark.sampled(1)
@pytest.mark.parametrize("first", [(), ("f",), ("f", "f")], ids=" ".join)
async def test_no_single_key_forgets_anybody(
    folder: Path, clock: ManualClock, spoken: CircleFile, first: tuple[str, ...]
) -> None:
    before = folder_contents(folder)
    async with run_app(folder, clock) as driver:
        for key in ("f", "enter", "space", "y", "escape", "d", "x", "delete"):
            await driver.press("p", "3", *first, key, "escape", "escape", "escape")
            assert driver.screen_name == "Home"
        await driver.press("p", "3", "f", "f", *"maya", "enter")
        assert "Type “Priya”" in driver.flashed
    assert folder_contents(folder) == before


async def test_what_is_said_of_a_key_is_gone_where_the_key_does_something(
    folder: Path, clock: ManualClock, spoken: CircleFile
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("p", "2", "f", "r")
        assert driver.flashed.startswith("“r” does nothing here")
        await driver.press("escape")
        assert "does nothing here" not in driver.text


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["escape", "u"])
async def test_the_question_can_be_left_and_nothing_has_happened(
    folder: Path, clock: ManualClock, spoken: CircleFile, key: str
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("p", "2", "a", "f", "n", "l", "r", "a", "1", key)
        assert "Forget" not in driver.text.replace("f Forget", "")
        assert line_of(driver, "Tom").startswith("›   Tom")
        assert driver.screen_name == "People"
    assert len(names(folder)) == 5


async def test_forgetting_waits_for_the_meeting_that_is_under_way(
    folder: Path, clock: ManualClock, spoken: CircleFile
) -> None:
    with meeting_under_way(spoken, clock) as live:
        execute_all(live, commands.begin)
    async with run_app(folder, clock) as driver:
        await driver.press("l", "escape")
        driver.app.post_message(messages.Requested(Request.HOME))
        await driver.settle()
        assert driver.screen_name == "Home"
        await driver.press("p", "3", "f")
        assert "End it first" in driver.flashed
        assert "Forget Priya?" not in driver.text
        await driver.press("r")
        await driver.type_without_waiting("Priyana")
        await driver.press("enter")
        assert names(folder)[2] == "Priyana"


async def test_where_nothing_can_be_written_nobody_is_forgotten(
    folder: Path, clock: ManualClock, spoken: CircleFile
) -> None:
    other = CircleService(spoken, clock)
    before = folder_contents(folder)
    async with run_app(folder, clock) as driver:
        await driver.press("p", "3", "f", "f")
        assert not driver.prompt_open
        assert driver.flashed
    assert folder_contents(folder) == before
    other.close()


# The mouse


async def test_somebody_is_chosen_by_a_click_on_their_row_or_their_seat(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press("p")
        for beginning in ("3 Priya", "● Sam"):
            lines = driver.text.splitlines()
            y = next(at for at, line in enumerate(lines) if beginning in line)
            await driver.pilot.click(offset=(lines[y].index(beginning) + 2, y))
            await driver.settle()
            assert driver.ring.caption == beginning[2:]
            assert f"▶ {beginning[2:]}" in driver.text
