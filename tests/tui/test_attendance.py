"""One circle as leads and members see it."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from circle_tui.core.attendance import labels
from circle_tui.core.attendance.figures import read_range
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .held import met
from .reviewing import harbour, look, names
from .sitting import SIZES, make, sit


async def test_the_grid_as_a_picture(
    folder: Path, clock: ManualClock, snapshot: SnapshotAssertion
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        for width, height in SIZES:
            await sitting.resize(width, height)
            assert sitting.app.export_screenshot() == snapshot(name=f"{width}x{height}")


async def test_keys_move_the_cursor_over_meetings_and_cycles(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        for keys, meeting in (
            ((), "Meeting 9, 9 July 2026: 3 of 3 came. Cycle 2: 9 of 10, 90"),
            (("left",), "Meeting planned for 25 June 2026: cancelled. Cycle 2"),
            (("pageup", "pageup"), "Meeting 1, 5 March 2026: 3 of 3 came. Cycle 1: 19 of 20, 95"),
            (("pagedown",), "Meeting 7, "),
            (("home", "l", "l", "right", "right"), "Meeting 5, 30 April 2026: 4 of 4 came, and 1"),
            (("end",), "Meeting 9"),
        ):
            await sitting.press(*keys)
            assert meeting in sitting.text
        await sitting.press("right")
        assert sitting.said == "That is the last meeting."
        assert "Meeting 9" in sitting.text


async def test_o_reorders_the_members(folder: Path, clock: ManualClock) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        assert names(sitting)[4:8] == ["Lena", "Maya", "Priya", "Tom"]
        await sitting.press("o")
        assert names(sitting)[4:8] == ["Priya", "Tom", "Maya", "Lena"]
        assert "members by seat" in sitting.headline
        await sitting.press("o")
        assert names(sitting)[4:8] == ["Lena", "Maya", "Priya", "Tom"]


async def test_days_can_be_chosen_and_bad_ones_are_asked_for_again(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        await sitting.press("d")
        await sitting.type("the day before")
        await sitting.press("enter")
        assert sitting.asking
        assert sitting.said == "“the day before” is not a day: write it like 2026-03-05."
        await sitting.press("ctrl+u")
        await sitting.type("1 April 2026")
        await sitting.press("enter")
        await sitting.type("2026-03-01")
        await sitting.press("enter")
        assert sitting.said == "The last day lies before the first: give them the other way round."
        await sitting.press("ctrl+u")
        await sitting.type("2026-04-30")
        await sitting.press("enter")
        assert not sitting.asking
        assert "from 1 April 2026 until 30 April 2026" in sitting.headline
        shown = [" ".join(line.split()) for line in sitting.text.splitlines()]
        assert "Cycle 1: 9 of 10" in shown
        assert "Priya ● ● ●" in shown
        await sitting.press("d")
        assert "From which day? Enter alone keeps it; delete it for the first." in sitting.text
        await sitting.press("backspace", "enter")
        assert "Enter alone keeps it; delete it for all." in sitting.text
        await sitting.press("backspace", "enter")
        assert "Meeting 9" in sitting.text


async def test_days_that_stand_there_are_kept_by_enter_and_replaced_by_what_is_typed(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    within = read_range("2026-04-01", "2026-04-30")
    async with look(folder, clock=clock, within=within) as sitting:
        await sitting.press("d", "enter", "enter")
        assert "from 1 April 2026 until 30 April 2026" in sitting.headline
        await sitting.press("d")
        await sitting.type("2026-03-01")
        await sitting.press("enter")
        await sitting.paste("2026-06-30")
        assert sitting.typed == "2026-06-30"
        await sitting.press("enter")
        assert "from 1 March 2026 until 30 June 2026" in sitting.headline


async def test_what_was_amiss_with_an_answer_is_said_no_longer_than_it_is_true(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        await sitting.press("d")
        await sitting.type("soon")
        await sitting.press("enter")
        assert "is not a day" in sitting.said
        await sitting.press("ctrl+u")
        await sitting.type("2026-04-01")
        await sitting.press("enter")
        assert sitting.said == ""
        await sitting.type("later")
        await sitting.press("enter")
        assert "is not a day" in sitting.said
        await sitting.press("escape")
        assert sitting.said == ""


async def test_letters_are_letters_while_days_are_typed_and_escape_leaves(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        await sitting.press("d")
        await sitting.type("o")
        assert sitting.typed == "o"
        await sitting.press("escape")
        assert not sitting.asking
        assert "members by name" in sitting.headline


async def test_guests_have_a_row_where_there_are_any_and_it_gives_way_first(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        rows = [line.split() for line in sitting.text.splitlines() if "guests" in line]
        assert rows == [["guests", "+1"]]
        await sitting.resize(80, 11)
        assert "guests" not in sitting.text
        assert "came " in sitting.text
        await sitting.resize(80, 24)
        await sitting.press("d")
        await sitting.type("2026-05-01")
        await sitting.press("enter", "enter")
        assert "guests" not in sitting.text


async def test_help_says_what_the_signs_mean_also_where_there_is_no_legend(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock, size=(60, 34)) as sitting:
        await sitting.press("question_mark")
        shown = [" ".join(line.split()) for line in sitting.text.splitlines()]
        for sign, word in labels.SIGNS:
            assert any(f"{sign} {word}" in line for line in shown), word


async def test_members_see_exactly_what_leads_see(folder: Path, clock: ManualClock) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as leads:
        shown = leads.text.splitlines()[1:]
    async with look(folder, clock=clock, as_members=True) as members:
        assert "as members see it" in members.headline
        assert members.text.splitlines()[1:] == shown


async def test_r_at_home_shows_the_same_and_escape_goes_back(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as leads:
        shown = leads.text
    async with sit(folder, clock) as sitting:
        await sitting.press("r")
        assert sitting.at == "Attendance"
        *above, keys = sitting.text.splitlines()
        assert above == shown.splitlines()[:-1]
        assert keys.startswith(" esc Back ")
        await sitting.press("d")
        await sitting.type("2026-05-01")
        await sitting.press("enter", "enter")
        assert "from 1 May 2026" in sitting.headline
        await sitting.press("escape")
        assert sitting.at == "Home"


async def test_r_at_home_says_why_a_file_cannot_be_read_any_more(
    folder: Path, clock: ManualClock
) -> None:
    file = met(folder, clock, 1)
    async with sit(folder, clock) as sitting:
        file.path.write_text("{")
        await sitting.press("r")
        assert sitting.at == "Home"
        assert sitting.said.endswith("could not be read: it is damaged.")


async def test_a_trading_pair_has_nothing_to_review(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, "Maya, Tom", format_key="trading-pair")
    async with sit(folder, clock) as sitting:
        await sitting.press("r")
        assert sitting.at == "Home"


async def test_behind_the_only_circle_there_is_nothing(folder: Path, clock: ManualClock) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        assert "esc" not in sitting.text
        await sitting.press("escape")
        assert sitting.at == "Attendance"
        assert sitting.said == "There is nothing behind this: q leaves."
        await sitting.press("q")
        assert sitting.ended


@pytest.mark.parametrize("name", ["[red]Ann", "Bob[/]", "[@click=app.quit]x", "漢" * 20])
async def test_names_are_shown_as_they_are(folder: Path, clock: ManualClock, name: str) -> None:
    file = met(folder, clock, 1, members=f"{name}, Tom", name=name)
    assert CircleFile(file.path).read().circle.name == name
    async with look(file.path, clock=clock) as sitting:
        assert name[:4] in "".join(sitting.text.split())
        assert sitting.headline[-1] == name
