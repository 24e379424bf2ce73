"""The speaker's commitments, by keys: how each ended, how it goes on, and what is new."""

from pathlib import Path

import pytest

from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .sitting import Sitting, make, meeting, sit, taken

MINE = ("I call the client", "I write the plan", "I rest on Sunday")
THEIRS = "I read the book"
TURN = (commands.start, commands.finish, commands.end_responses)


@pytest.fixture
def file(folder: Path, clock: ManualClock) -> CircleFile:
    """A circle of two whose first meeting left three commitments of Tom's and one of Maya's."""
    file = make(folder, clock, "Maya, Tom")
    with meeting(file, clock) as live:
        taken(live, commands.begin, *TURN, (commands.promise, THEIRS), commands.end_turn)
        taken(live, *TURN, *((commands.promise, words) for words in MINE), commands.end_turn)
        taken(live, closing_commands.keep_date, closing_commands.close)
        live.finish()
    return file


async def to_toms(sitting: Sitting) -> None:
    """From home to the commitments of Tom, who opens the second meeting."""
    await sitting.press("enter", "enter", "enter", "n", "n")
    assert sitting.at == "Commitments"
    assert sitting.speaker == "Tom"


def outcomes(sitting: Sitting) -> list[tuple[str, str]]:
    return [(each.id, str(each.outcome)) for each in sitting.meeting.answered]


async def test_a_key_answers_one_and_goes_on_to_the_next(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press("k", "p", "x")
        assert outcomes(sitting) == [("c2", "kept"), ("c3", "partly"), ("c4", "released")]
        await sitting.press("k")
        assert len(outcomes(sitting)) == 3


async def test_the_cursor_chooses_another_one(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press("up", "k")
        assert outcomes(sitting) == [("c4", "kept")]
        await sitting.press("down", "p")
        assert outcomes(sitting)[1:] in ([("c2", "partly")], [("c3", "partly")])


async def test_a_missed_one_is_reset_in_three_keys_when_its_words_stay(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press("m", "enter", "a")
        (answered,) = sitting.meeting.answered
        assert (answered.id, answered.outcome) == ("c2", Outcome.MISSED)
        assert (answered.reset, answered.got_in_the_way) == (Reset.AGAIN, "")
        (made,) = sitting.meeting.made
        assert (made.id, made.text) == (answered.becomes, MINE[0])
        assert sitting.app.focused is None
        await sitting.press("k")
        assert outcomes(sitting)[1] == ("c3", "kept")


@pytest.mark.parametrize(
    ("keys", "typed", "how", "words"),
    [
        (("s",), " once", Reset.SMALLER, MINE[0] + " once"),
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
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press("m")
        await sitting.type("ill, and quite xkmp?")
        await sitting.press("enter", *keys)
        if typed is not None:
            await sitting.type(typed)
            await sitting.press("enter")
        (answered,) = sitting.meeting.answered
        assert answered.got_in_the_way == "ill, and quite xkmp?"
        assert answered.reset is how
        assert [made.text for made in sitting.meeting.made] == ([words] if words else [])


async def test_a_missed_one_leaves_no_other_key_until_it_is_reset(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press("m", "enter")
        before = sitting.meeting
        await sitting.press("enter", "k", "p", "m", "x", "c", "n", "up", "space")
        assert sitting.meeting == before
        assert not sitting.asking
        assert sitting.said


async def test_escape_from_what_got_in_the_way_takes_the_m_back(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        before = sitting.meeting
        await sitting.press("m")
        await sitting.type("ill")
        await sitting.press("escape")
        assert sitting.meeting == before
        assert not sitting.asking


async def test_a_changed_one_goes_on_with_new_words(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press("c")
        assert sitting.typed == MINE[0]
        await sitting.type(" on Monday")
        await sitting.press("enter")
        (answered,) = sitting.meeting.answered
        (made,) = sitting.meeting.made
        assert (answered.outcome, answered.becomes) == (Outcome.CHANGED, made.id)
        assert made.text == MINE[0] + " on Monday"


async def test_escape_leaves_a_field_without_an_act(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        before = sitting.meeting
        for key in ("c", "n"):
            await sitting.press(key)
            assert sitting.asking
            await sitting.type("words")
            await sitting.press("escape")
            assert not sitting.asking
            assert sitting.app.focused is None
            assert sitting.meeting == before
        await sitting.press("m", "enter", "s", "escape")
        assert sitting.turn.missed is not None
        await sitting.press("l")
        assert sitting.turn.missed is None


async def test_a_new_one_is_typed_and_every_letter_is_a_letter(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    words = "I quit kneading? maximum :pace + unwind"
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press("n")
        await sitting.type(words)
        assert sitting.typed == words
        await sitting.press("enter")
        assert [made.text for made in sitting.meeting.made] == [words]
        assert words in sitting.text
        assert not sitting.meeting.answered


@pytest.mark.parametrize("key", ["n", "m"])
async def test_the_arrow_keys_leave_what_is_being_typed(
    file: CircleFile, folder: Path, clock: ManualClock, key: str
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press(key)
        await sitting.type("ill, and tired")
        await sitting.press("up", "down", "down")
        assert sitting.asking
        assert sitting.typed == "ill, and tired"


async def test_letters_that_arrive_together_with_the_n_are_letters_too(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.burst("nkeep it small")
        assert sitting.typed == "keep it small"
        assert not sitting.meeting.answered


async def test_lines_pasted_at_once_become_one(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press("n")
        await sitting.paste("I write\r\nthe plan\n\n\tin one page")
        await sitting.press("enter")
        assert [made.text for made in sitting.meeting.made] == ["I write the plan in one page"]


@pytest.mark.parametrize("words", ["w" * 281, "漢" * 141, ""])
async def test_what_cannot_be_taken_stays_in_the_field(
    file: CircleFile, folder: Path, clock: ManualClock, words: str
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        before = sitting.meeting
        await sitting.press("n")
        await sitting.paste(words)
        await sitting.press("enter")
        assert sitting.meeting == before
        assert sitting.said
        assert sitting.asking
        assert sitting.typed == words
        await sitting.press("escape", "n")
        await sitting.paste("w" * 280)
        await sitting.press("enter")
        assert len(sitting.meeting.made) == 1


async def test_words_too_long_for_what_got_in_the_way_stay_too(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press("m")
        await sitting.paste("w" * 300)
        await sitting.press("enter")
        assert sitting.typed == "w" * 300
        assert sitting.said
        await sitting.press(*["backspace"] * 20, "enter")
        assert sitting.turn.missed is not None
        assert sitting.turn.missed.words == "w" * 280


async def test_a_refused_change_leaves_the_old_words_open(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        before = sitting.meeting
        await sitting.press("c", "ctrl+u", "enter")
        assert sitting.meeting == before
        assert sitting.asking


async def test_enter_ends_the_turn_and_leaves_open_what_was_not_answered(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press("k", "enter")
        assert sitting.phase is Phase.READY
        assert sitting.speaker == "Maya"
        assert len(sitting.meeting.open_commitments_of("m2")) == 2


async def test_a_promise_made_and_taken_back_is_gone_from_the_journal(
    file: CircleFile, folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await to_toms(sitting)
        await sitting.press("n")
        await sitting.type("a secret wish")
        await sitting.press("enter")
        assert b"a secret wish" in b"".join(
            path.read_bytes() for path in folder.glob("harbour.live*")
        )
        await sitting.press("u")
        assert not sitting.meeting.made
        await sitting.press("q")
    assert b"a secret wish" not in b"".join(path.read_bytes() for path in folder.iterdir())
