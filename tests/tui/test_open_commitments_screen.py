"""What is open, how it came about, what was kept, by keys; and the wins in their owner's turn."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import commitments
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui.widgets.rows import Rows

from .app_driver import ANY_SIZE, AppDriver, create_circle, execute_all, meeting_under_way, run_app

TURN = (commands.start, commands.finish, commands.end_responses)
DAY = timedelta(days=1)
CALL, PLAN, READ = "I call the client", "I write the plan", "I read the book"


@pytest.fixture
def file(folder: Path, clock: ManualClock) -> CircleFile:
    """A circle of two, met once: Tom, in the first seat, promised two things and Maya one."""
    file = create_circle(folder, clock, "Tom, Maya")
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin)
        execute_all(
            live, *TURN, (commands.promise, CALL), (commands.promise, PLAN), commands.end_turn
        )
        execute_all(
            live,
            *TURN,
            (commands.promise, READ),
            commands.end_turn,
            closing_commands.keep_date,
            closing_commands.close,
        )
        live.finish()
    clock.move(DAY)
    return file


def met_again(file: CircleFile, clock: ManualClock) -> None:
    """A second meeting: Maya kept hers, Tom missed one and makes it smaller."""
    clock.move(timedelta(weeks=2) - DAY)
    with meeting_under_way(file, clock) as live:
        execute_all(
            live, commands.begin, *TURN, (commands.answer, "c3", Outcome.KEPT), commands.end_turn
        )
        execute_all(live, *TURN, (commands.answer, "c1", Outcome.MISSED))
        execute_all(live, (commands.say_what_got_in_the_way, "he was ill"))
        execute_all(
            live, (commands.reset, Reset.SMALLER, "I write to the client"), commands.end_turn
        )
        execute_all(live, closing_commands.keep_date, closing_commands.close)
        live.finish()
    clock.move(DAY)


def amend(file: CircleFile, state: CircleState) -> None:
    file.save(state)


async def type_over(driver: AppDriver, text: str) -> None:
    """Type into the open field, over what is in it."""
    await driver.press("end", "ctrl+u")
    await driver.type_without_waiting(text)
    await driver.press("enter")


def chosen(driver: AppDriver) -> str:
    """The row with the cursor, without its owner's name."""
    (line,) = [line for line in driver.text.splitlines() if "›" in line]
    words = re.split("  +", line.strip(" ›│"))
    return "  ".join(words[1:] if words[0] in ("Tom", "Maya") else words)


def still_open(file: CircleFile) -> list[str]:
    return [each.text for each in commitments.open_commitments(file.read())]


def kept(file: CircleFile) -> tuple[object, ...]:
    """All that the file says about commitments."""
    state = file.read()
    return state.records, state.changes, state.wins


# Looking


async def test_what_is_open_stands_beside_the_names_in_seat_order(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("c")
        assert driver.screen_name == "OpenCommitments"
        listed = driver.text.split("Open commitments")[-1]
        places = [listed.index(each) for each in ("Tom", CALL, PLAN, "Maya", READ)]
        assert places == sorted(places)
        assert chosen(driver) == CALL
        await driver.press("j", "down")
        assert chosen(driver) == READ
        await driver.press("down", "k")
        assert chosen(driver) == READ
        await driver.press("escape")
        assert driver.screen_name == "Home"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["enter", "right"])
async def test_a_chain_is_shown_oldest_first_and_left_again(
    file: CircleFile, folder: Path, clock: ManualClock, key: str
) -> None:
    met_again(file, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("c", "down")
        assert chosen(driver) == "I write to the client"
        await driver.press(key)
        parts = (
            "Tom: how it came about",
            "5 March, first made",
            CALL,
            "What got in the way: he was ill",
            "19 March, made smaller",
            "I write to the client",
            "open, due at the next meeting",
        )
        places = [driver.text.rindex(part) for part in parts]
        assert places == sorted(places)
        assert "missed" not in driver.text
        await driver.resize(40, 12)
        assert PLAN not in driver.text
        await driver.resize(80, 24)
        await driver.press("left" if key == "right" else key)
        assert chosen(driver) == "I write to the client"
        await driver.press(key, "escape")
        assert driver.screen_name == "OpenCommitments"
        assert PLAN in driver.text


# Changing


async def test_other_words_make_a_link_of_the_chain_and_undo_takes_it_back(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("c", "e")
        assert driver.prompt_value == CALL
        await type_over(driver, "I ring the client, tab y x")
        assert not driver.prompt_open
        assert chosen(driver) == "I ring the client, tab y x"
        assert sorted(still_open(file)) == sorted([PLAN, READ, "I ring the client, tab y x"])
        await driver.press("enter")
        history = driver.text.split("how it came about")[1]
        assert history.index(CALL) < history.index("6 March, changed")
        await driver.press("escape", "u")
        assert sorted(still_open(file)) == sorted([CALL, PLAN, READ])
        await driver.press("u")
        assert driver.flashed == "There's nothing to undo."


@pytest.mark.full
async def test_what_was_done_on_another_screen_is_named_when_it_is_taken_back(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("c", "x", "y", "escape", "v", "w", "escape", "p", "a")
        for name in (
            "Tom being away",
            "the first covenant",
            "whether Tom's commitment is daily",
            "letting go of Tom's commitment",
        ):
            await driver.press("u")
            assert driver.flashed == f"Undone: {name}. U to redo."


async def test_words_that_are_refused_stay_in_the_field_and_esc_leaves_it(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("c", "e", "enter")
        assert driver.flashed == "That's what it says already."
        assert driver.prompt_open
        await driver.press("tab")
        assert "open" in driver.headline
        await driver.press("escape")
        assert not driver.prompt_open
        assert driver.screen_name == "OpenCommitments"
    assert CALL in still_open(file)


async def test_one_is_released_by_a_key_and_brought_back_by_undo(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("c", "down", "x")
        assert PLAN not in driver.text
        assert "u brings it back" in driver.flashed
        assert PLAN not in still_open(file)
        await driver.press("u")
        assert PLAN in driver.text
        assert PLAN in still_open(file)


async def test_one_becomes_daily_and_the_command_that_asks_for_it_is_named(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("c", "y")
        assert "circle-tui today Tom" in driver.flashed
        assert "daily" in chosen(driver)
        await driver.press("y")
        assert "daily" not in chosen(driver)


async def test_where_another_terminal_has_the_circle_it_says_so_and_changes_nothing(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    other = CircleService(file, clock)
    before = kept(file)
    try:
        async with run_app(folder, clock) as driver:
            await driver.press("c")
            assert "open in another terminal" in driver.status
            await driver.press("x")
            assert "open in another terminal" in driver.flashed
    finally:
        other.close()
    assert kept(file) == before


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", ANY_SIZE)
async def test_open_commitments_are_drawn_at_every_size_with_words_like_markup_and_long_ones(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    file = create_circle(folder, clock, "Tom[/], 山田 花子, [red]Bo[/red]")
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin)
        for words in ("[@click=app.quit]go[/]", "読む" * 70, "x" * 280):
            execute_all(live, *TURN, (commands.promise, words), commands.end_turn)
        execute_all(live, closing_commands.keep_date, closing_commands.close)
        live.finish()
    amend(file, commitments.set_due(file.read(), clock.now(), "c3", "1 February 2027"))
    async with run_app(folder, clock, size) as driver:
        await driver.press("c", *["down", "enter", "down", "down", "up", "escape", "tab", "tab"])
        await driver.press("t", "escape", "y", "e", "escape")
        await driver.resize(80, 24)
        assert "Tom[/]" in driver.text
        await driver.resize(40, 12)


@pytest.mark.full
async def test_a_long_chain_can_be_read_to_its_end(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    state = file.read()
    last = "c1"
    for at in range(9):
        state = commitments.renegotiate(state, clock.now(), last, f"Version {at}")
        last = state.changes[-1].becomes or ""
    amend(file, state)
    async with run_app(folder, clock, (40, 12)) as driver:
        await driver.press("c", "down", "enter")
        assert "Version 8" not in driver.text
        await driver.press(*["down"] * 40)
        assert "Version 8" in driver.text
        assert "open, due" in driver.text
        await driver.press(*["up"] * 40)
        assert "first made" in driver.text


async def test_the_cursor_stays_in_view_however_long_the_list_is(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    state = file.read()
    one = state.records[0].made[0]
    made = [replace(one, id=f"c{n}", text=f"Number {n}") for n in range(9, 60)]
    records = (replace(state.records[0], made=(*state.records[0].made, *made)),)
    amend(file, replace(state, records=records))
    async with run_app(folder, clock, (40, 12)) as driver:
        await driver.press("c", *["down"] * 30)
        assert "Number" in chosen(driver)
        assert driver.app.screen.query_one(Rows).size.height <= 10


# The owner's turn


def with_wins(file: CircleFile, clock: ManualClock) -> None:
    """Tom's first one is daily; he won on a Friday, a Monday and a Thursday, and long ago."""
    state = commitments.set_daily(file.read(), clock.now(), "c1")
    meets = clock.now() - DAY + timedelta(weeks=2)  # Thursday 19 March.
    for days in (6, 3, 0, 9):
        state = commitments.record_win(state, meets - days * DAY, "c1", True)
    amend(file, state)
    clock.moment = meets


@pytest.mark.full
async def test_the_weeks_wins_are_celebrated_in_their_owners_turn_alone(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    with_wins(file, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter", "enter", "n", "n")
        assert driver.speaker == "Maya"
        assert "this week" not in driver.text
        await driver.press("enter", "enter", "n", "n")
        assert driver.speaker == "Tom"
        assert "this week: Friday, Monday, Thursday" in driver.text
        await driver.press("down")
        assert "this week" not in driver.text
        await driver.press("up", "k")
        assert "this week" not in driver.text
