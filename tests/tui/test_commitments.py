"""The speaker's commitments, by keys: how each ended, how it goes on, and what is new."""

from pathlib import Path

import pytest

from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .app_driver import (
    TO_COMMITMENTS,
    TO_RESPONSES,
    AppDriver,
    add_first_meeting,
    begin_round,
    create_circle,
    execute_all,
    meeting_under_way,
    run_app,
)

MINE = ("I call the client", "I write the plan", "I rest on Sunday")
THEIRS = "I read the book"
TURN = (commands.start, commands.finish, commands.end_responses)


@pytest.fixture
def file(folder: Path, clock: ManualClock) -> CircleFile:
    """A circle of two whose first meeting left three commitments of Tom's and one of Maya's.

    The second one has come to those of Tom, who opens it.
    """
    file = create_circle(folder, clock, "Maya, Tom")
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin, *TURN, (commands.promise, THEIRS), commands.end_turn)
        execute_all(live, *TURN, *((commands.promise, words) for words in MINE), commands.end_turn)
        execute_all(live, closing_commands.keep_date, closing_commands.close)
        live.finish()
    begin_round(file, clock, *TO_COMMITMENTS)
    return file


def outcomes(driver: AppDriver) -> list[tuple[str, str]]:
    return [(each.id, str(each.outcome)) for each in driver.meeting.answered]


async def test_a_missed_one_is_reset_in_three_keys_when_its_words_stay(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("m", "enter", "a")
        (answered,) = driver.meeting.answered
        assert (answered.id, answered.outcome) == ("c2", Outcome.MISSED)
        assert (answered.reset, answered.got_in_the_way) == (Reset.AGAIN, "")
        (made,) = driver.meeting.made
        assert (made.id, made.text) == (answered.becomes, MINE[0])
        assert driver.app.focused is None
        await driver.press("k")
        assert outcomes(driver)[1] == ("c3", "kept")


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("keys", "typed", "how", "words"),
    [
        (("s", "end"), " once", Reset.SMALLER, MINE[0] + " once"),
        (("d",), "I write to them", Reset.DIFFERENT, "I write to them"),
        (("l",), None, Reset.LET_GO, None),
    ],
)
async def test_what_got_in_the_way_may_be_said_and_it_may_go_on_otherwise(
    file: CircleFile,
    folder: Path,
    clock: ManualClock,
    keys: tuple[str, ...],
    typed: str | None,
    how: Reset,
    words: str | None,
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("m")
        await driver.type("ill, and quite xkmp?")
        await driver.press("enter", *keys)
        if typed is not None:
            await driver.type(typed)
            await driver.press("enter")
        (answered,) = driver.meeting.answered
        assert answered.got_in_the_way == "ill, and quite xkmp?"
        assert answered.reset is how
        assert [made.text for made in driver.meeting.made] == ([words] if words else [])


@pytest.mark.full
async def test_a_changed_one_goes_on_with_new_words(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("c")
        assert driver.prompt_value == MINE[0]
        await driver.press("end")
        await driver.type(" on Monday")
        await driver.press("enter")
        (answered,) = driver.meeting.answered
        (made,) = driver.meeting.made
        assert (answered.outcome, answered.becomes) == (Outcome.CHANGED, made.id)
        assert made.text == MINE[0] + " on Monday"


@pytest.mark.full
async def test_escape_leaves_a_field_without_an_act(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        before = driver.meeting
        for key in ("c", "n"):
            await driver.press(key)
            assert driver.prompt_open
            await driver.type("words")
            await driver.press("escape")
            assert not driver.prompt_open
            assert driver.app.focused is None
            assert driver.meeting == before
        await driver.press("m", "enter", "s", "escape")
        assert driver.turn.missed is not None
        await driver.press("x")
        assert driver.turn.missed is None


async def test_a_new_one_is_typed_and_every_letter_is_a_letter(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    words = "I quit kneading? maximum :pace + unwind"
    async with run_app(folder, clock) as driver:
        await driver.press("n")
        await driver.type(words)
        assert driver.prompt_value == words
        await driver.press("enter")
        assert [made.text for made in driver.meeting.made] == [words]
        assert words in driver.text
        assert not driver.meeting.answered


@pytest.mark.parametrize("key", ["n", "m"])
async def test_the_arrow_keys_leave_what_is_being_typed(
    file: CircleFile, folder: Path, clock: ManualClock, key: str
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press(key)
        await driver.type("ill, and tired")
        await driver.press("up", "down", "down")
        assert driver.prompt_open
        assert driver.prompt_value == "ill, and tired"


async def test_letters_that_arrive_together_with_the_n_are_letters_too(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.type_without_waiting("nkeep it small")
        assert driver.prompt_value == "keep it small"
        assert not driver.meeting.answered


async def test_lines_pasted_at_once_become_one(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("n")
        await driver.paste("I write\r\nthe plan\n\n\tin one page")
        await driver.press("enter")
        assert [made.text for made in driver.meeting.made] == ["I write the plan in one page"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("key", "left"), [("ctrl+u", "de"), ("ctrl+k", "abc")])
async def test_one_key_empties_a_field_before_or_after_the_cursor_over_all_its_rows(
    file: CircleFile, folder: Path, clock: ManualClock, key: str, left: str
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("n")
        await driver.paste("abc" + "w" * 200 + "de")
        if key == "ctrl+u":
            await driver.press("left", "left", key)
        else:
            await driver.press(*["up"] * 3, "home", *["right"] * 3, key)
        assert driver.prompt_value == left


@pytest.mark.sampled(1)
@pytest.mark.parametrize("words", ["w" * 281, "漢" * 141, ""])
async def test_what_cannot_be_taken_stays_in_the_field(
    file: CircleFile, folder: Path, clock: ManualClock, words: str
) -> None:
    async with run_app(folder, clock) as driver:
        before = driver.meeting
        await driver.press("n")
        await driver.paste(words)
        await driver.press("enter")
        assert driver.meeting == before
        assert driver.flashed
        assert driver.prompt_open
        assert driver.prompt_value == words
        await driver.press("ctrl+u")
        await driver.paste("w" * 280)
        await driver.press("enter")
        assert len(driver.meeting.made) == 1


@pytest.mark.full
async def test_words_too_long_for_what_got_in_the_way_stay_too(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("m")
        await driver.paste("w" * 300)
        await driver.press("enter")
        assert driver.prompt_value == "w" * 300
        assert driver.flashed
        await driver.press(*["backspace"] * 20, "enter")
        assert driver.turn.missed is not None
        assert driver.turn.missed.words == "w" * 280


async def test_a_refused_change_leaves_the_old_words_open(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        before = driver.meeting
        await driver.press("c", "ctrl+u", "enter")
        assert driver.meeting == before
        assert driver.prompt_open


async def test_a_promise_made_and_taken_back_is_gone_from_the_journal(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("n")
        await driver.type("a secret wish")
        await driver.press("enter")
        assert b"a secret wish" in b"".join(
            path.read_bytes() for path in folder.glob("harbour.live*")
        )
        await driver.press("u")
        assert not driver.meeting.made
        await driver.press("q")
    assert b"a secret wish" not in b"".join(path.read_bytes() for path in folder.iterdir())


@pytest.mark.full
async def test_one_passed_over_with_enter_is_said_to_be_left_open_where_one_is_then(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("k", "k", "enter")
        assert driver.screen_name == "Share"
        assert driver.flashed == f"Left open: “{MINE[2]}”. u goes back to it."
        await driver.press("u")
        assert driver.screen_name == "Commitments"
        await driver.press("k", "enter")
        assert "open" not in driver.flashed


LONG = (
    "I call the printer about the paper, ask for three offers, and then write to all of you which "
    "one I would take and why"
)


def read(driver: AppDriver) -> str:
    """What is read on the page, over its lines and without the frames of its cards."""
    return " ".join(driver.text_of("Page").replace("│", " ").split())


async def test_long_commitments_are_whole_wherever_they_are_listed(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock, "Maya, Tom")
    add_first_meeting(file, "I rest on Sunday", LONG)
    begin_round(file, clock, *TO_COMMITMENTS)
    async with run_app(folder, clock, (110, 34)) as driver:
        assert LONG in read(driver)
        await driver.press("k", "k", "n")
        await driver.type(LONG)
        await driver.press("enter", "escape")
        assert read(driver).count(LONG) >= 2


async def test_long_commitments_are_whole_in_the_closing(folder: Path, clock: ManualClock) -> None:
    file = create_circle(folder, clock, "Maya, Tom")
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin, *TURN, (commands.promise, LONG), commands.end_turn)
        execute_all(live, *TURN, commands.end_turn)
    async with run_app(folder, clock, (110, 34)) as driver:
        assert driver.screen_name == "Closing"
        assert LONG in read(driver)


async def test_a_question_stands_once_on_the_page_while_it_is_answered(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock, "Maya, Tom")
    add_first_meeting(file, "I rest on Sunday")
    begin_round(file, clock, *TO_COMMITMENTS)
    async with run_app(folder, clock) as driver:
        await driver.press("m")
        assert driver.prompt_open
        assert read(driver).count("got in the way") == 1
        await driver.press("enter", "x", "n")
        assert driver.prompt_open
        assert read(driver).count("will you do") == 1
        await driver.press("escape")
        assert "n to add one" in read(driver)


@pytest.mark.parametrize("size", [(80, 24), (110, 34), (200, 50)], ids=str)
async def test_the_large_name_keeps_its_row_from_the_responses_to_an_open_field(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    file = create_circle(folder, clock)
    add_first_meeting(file, "I call the client", "I rest on Sunday")
    begin_round(file, clock, *TO_RESPONSES)
    async with run_app(folder, clock, size) as driver:
        rows = {driver.app.screen.query_one("#who").region.y}
        for keys in (("t",), ("enter",), ("n",), ("escape", "m"), ("enter",), ("a", "k"), ("n",)):
            await driver.press(*keys)
            rows.add(driver.app.screen.query_one("#who").region.y)
            assert not driver.text_of("SteadyPage > .-above").strip()
        assert driver.screen_name == "Commitments"
        assert len(rows) == 1
