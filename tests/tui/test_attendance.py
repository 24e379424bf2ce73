"""One circle as leads and members see it."""

from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from circle_tui.core.attendance import labels
from circle_tui.core.attendance.figures import read_range
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .held import hold, met
from .reviewing import ABSENT, harbour, look, names
from .sitting import SIZES, make, sit

PERCENT = "\N{NO-BREAK SPACE}%"


async def test_the_grid_as_a_picture(
    folder: Path, clock: ManualClock, snapshot: SnapshotAssertion
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        for width, height in SIZES:
            await sitting.resize(width, height)
            assert sitting.app.export_screenshot() == snapshot(name=f"{width}x{height}")


async def test_every_member_meeting_and_count_stands_in_the_grid(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        shown = [" ".join(line.split()) for line in sitting.text.splitlines()]
        assert "Cycle 1: 19 of 20 Cycle 2: 9 of 10" in shown
        assert "1 2 3 4 5 ↻ 6 7 8 × 9" in shown
        assert "Lena - - - - ● ↻ ● ● ● × ●" in shown
        assert "Maya ● ● ● ○ ● ↻ ● ● ● × ●" in shown
        assert "Priya ● ● ● ● ● ↻ ● · ● × ●" in shown
        # Whoever left before a day that was cancelled was not expected on it.
        assert "Tom ● ● ◐ ● ◐ ↻ ● ● - - -" in shown
        assert "came 3 3 3 2 4 4 3 3 3" in shown
        assert "of 3 3 3 3 4 4 4 3 3" in shown


async def test_the_cursor_tells_of_one_meeting_and_its_cycle(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        assert (
            f"Meeting 9, 9 July 2026: 3 of 3 came. Cycle 2: 9 of 10, 90{PERCENT}." in sitting.text
        )
        await sitting.press("left")
        assert "Meeting planned for 25 June 2026: cancelled. Cycle 2" in sitting.text
        await sitting.press("pageup", "pageup")
        assert (
            f"Meeting 1, 5 March 2026: 3 of 3 came. Cycle 1: 19 of 20, 95{PERCENT}." in sitting.text
        )
        await sitting.press("pagedown")
        assert "Meeting 7, " in sitting.text
        await sitting.press("home", "right", "right", "right", "right")
        assert "Meeting 5, 30 April 2026: 4 of 4 came, and 1 guest." in sitting.text
        await sitting.press("right")
        planned = "Meeting planned for 14 May 2026"
        rebooked = "cancelled, rebooked within 48 hours, for 1 June 2026."
        assert f"{planned}: {rebooked}" in " ".join(sitting.text.split())
        await sitting.press("end")
        assert "Meeting 9" in sitting.text
        await sitting.press("right")
        assert sitting.said == "That is the last meeting."
        await sitting.press("home", "left")
        assert sitting.said == "That is the first meeting."


async def test_members_stand_by_name_or_by_seat_and_in_no_other_order(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        assert names(sitting)[4:8] == ["Lena", "Maya", "Priya", "Tom"]
        await sitting.press("o")
        assert names(sitting)[4:8] == ["Priya", "Tom", "Maya", "Lena"]
        assert "members by seat" in sitting.headline
        await sitting.press("o")
        assert names(sitting)[4:8] == ["Lena", "Maya", "Priya", "Tom"]


async def test_openings_and_what_took_place_are_a_sentence_each(
    folder: Path, clock: ManualClock
) -> None:
    harbour(folder, clock)
    async with look(folder, clock=clock) as sitting:
        assert "Openings are evenly shared: each went to whoever there" in sitting.text
        assert "Meetings held: 9 of 10 planned. Next meeting: 23 July 2026, 10:00" in sitting.text
        assert "A question to the circle" not in sitting.text


async def test_two_absences_in_a_row_are_one_question_to_the_circle_that_names_nobody(
    folder: Path, clock: ManualClock
) -> None:
    file = met(folder, clock, 1)
    hold(file, clock, *ABSENT)
    hold(file, clock, *ABSENT)
    async with look(folder, clock=clock) as sitting:
        shown = " ".join(sitting.text.split())
        question = "A question to the circle: What would make it easier to be here?"
        assert question in shown


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


async def test_days_without_a_meeting_say_so(folder: Path, clock: ManualClock) -> None:
    harbour(folder, clock)
    within = read_range("2020-01-01", "2020-12-31")
    async with look(folder, clock=clock, within=within) as sitting:
        assert "No meeting took place in these days." in sitting.text
        assert "No meeting was opened in these days." in sitting.text
        assert names(sitting)[2:5] == ["Lena", "Maya", "Priya"]
        await sitting.press("right")
        assert sitting.said == "There is no meeting to look at: d chooses other days."


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


async def test_a_cycle_that_days_cut_says_so(folder: Path, clock: ManualClock) -> None:
    harbour(folder, clock)
    within = read_range("2026-03-01", "2026-03-31")
    async with look(folder, clock=clock, within=within) as sitting:
        assert "Cycle 1 (part of it): 6 of 6" in sitting.text


async def test_a_circle_that_never_met_is_not_told_of_other_days(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with look(folder, clock=clock) as sitting:
        await sitting.press("left")
        assert sitting.said == "There is no meeting to look at."


async def test_a_pair_that_trades_has_its_members_and_one_sentence(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, "Maya, Tom", format_key="trading-pair")
    async with look(folder, clock=clock) as sitting:
        assert names(sitting)[2:4] == ["Maya", "Tom"]
        assert "It has no meetings: its members trade recordings." in sitting.text
        assert "taken place" not in sitting.text
        assert "opened" not in sitting.text


async def test_a_circle_that_has_not_met_yet_says_so(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with look(folder, clock=clock) as sitting:
        assert "No meeting has taken place yet." in sitting.text
        assert names(sitting)[2:7] == ["Lena", "Maya", "Priya", "Sam", "Tom"]
        assert "Next meeting: 5 March 2026, 10:00 (Europe/London)." in " ".join(
            sitting.text.split()
        )


async def test_a_date_that_passed_without_a_meeting_is_said(
    folder: Path, clock: ManualClock
) -> None:
    met(folder, clock, 1)
    clock.move(timedelta(weeks=5))
    async with look(folder, clock=clock) as sitting:
        assert "The next meeting was due on 19 March 2026." in sitting.text


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
