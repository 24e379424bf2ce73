"""Many circles as their leads see them."""

import os
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from circle_tui.core.attendance.figures import ALL_DATES
from circle_tui.core.circle.circle import Rhythm
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui.review_app import ReviewApp, _WasRead
from circle_tui.tui.review_messages import RangeRequested

from .held import hold, met, with_changes
from .reviewing import ABSENT, harbour, look, names, read
from .sitting import SIZES, make


def several(folder: Path, clock: ManualClock) -> None:
    """Harbour, a quiet one, one that has not met, a weekly one, and two files of nobody's."""
    early = ManualClock(clock.now())
    quiet = met(folder, early, 1, name="Quiet")
    hold(quiet, early, *ABSENT)
    hold(quiet, early, *ABSENT)
    weekly = met(folder, ManualClock(clock.now()), 1, name="Allotment")
    with_changes(weekly, rhythm=Rhythm(1, "week"))
    make(folder, clock, name="Beginners")
    harbour(folder, clock)
    (folder / "shopping.json").write_text('{"milk": 2}')
    (folder / "torn.json").write_text('{"circle": {"1"')


async def test_the_list_as_a_picture(
    folder: Path, clock: ManualClock, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(folder, clock)
    monkeypatch.chdir(folder.parent)
    async with look(Path("sessions"), clock=clock) as sitting:
        for width, height in SIZES:
            await sitting.resize(width, height)
            assert sitting.app.export_screenshot() == snapshot(name=f"{width}x{height}")


async def test_each_circle_has_a_row_and_each_file_that_cannot_be_read_a_line(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(folder, clock)
    monkeypatch.chdir(folder.parent)
    async with look(Path("sessions"), clock=clock) as sitting:
        shown = [" ".join(line.split()) for line in sitting.text.splitlines()]
        assert "circle ? attendance held next" in shown
        assert "› Allotment █ 1 of 1 was due 19 Mar 2026" in shown
        assert "Beginners none yet was due 5 Mar 2026" in shown
        assert "Harbour █ ▇ 9 of 10 23 Jul 2026, 10:00" in shown
        assert "Quiet ? ▇ 3 of 3 was due 16 Apr 2026" in shown
        assert (
            "sessions/shopping.json could not be read: it holds no circle of circle-tui's." in shown
        )
        assert "sessions/torn.json could not be read: it is damaged." in shown
        assert "4 circles" in sitting.headline


async def test_below_stands_more_of_the_circle_under_the_cursor(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with look(folder, clock=clock) as sitting:
        await sitting.press("down", "down")
        assert sitting.line == "Harbour, fortnightly. Cycle 2: 9 of 10 came."
        await sitting.press("down")
        assert sitting.line.endswith("What would make it easier to be here?")
        await sitting.press("end")
        assert sitting.line.endswith("torn.json could not be read: it is damaged.")
        await sitting.press("enter")
        assert sitting.said.endswith("torn.json could not be read: it is damaged.")


async def test_enter_goes_into_a_circle_and_escape_comes_back_to_it(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with look(folder, clock=clock) as sitting:
        await sitting.press("down", "down", "enter")
        assert sitting.at == "Attendance"
        assert sitting.headline[-1] == "Harbour"
        assert sitting.text.splitlines()[-1].startswith(" esc Back ")
        await sitting.press("escape")
        assert sitting.at == "Review"
        assert sitting.line.startswith("Harbour")


async def test_a_slash_leaves_those_whose_names_hold_the_letters(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with look(folder, clock=clock) as sitting:
        await sitting.press("slash")
        await sitting.type("BO")
        assert names(sitting)[3:4] == ["Harbour"]
        assert sitting.asking
        await sitting.press("enter")
        assert "with “BO”" in sitting.headline
        await sitting.press("slash", "backspace", "backspace")
        await sitting.type("zzz")
        assert sitting.line == "No circle has “zzz” in its name: / looks for another."
        await sitting.press(*["backspace"] * 3, "enter")
        assert "4 circles" in sitting.headline


async def test_escape_clears_a_filter_before_it_says_that_nothing_is_behind(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with look(folder, clock=clock) as sitting:
        await sitting.press("slash")
        await sitting.type("har")
        await sitting.press("enter", "slash")
        await sitting.type("qui")
        assert sitting.typed == "qui"
        await sitting.press("enter", "escape")
        assert "4 circles" in sitting.headline
        assert "with “qui”" not in sitting.headline
        assert sitting.said == ""
        assert sitting.line.startswith("Quiet")
        await sitting.press("escape")
        assert sitting.said == "There is nothing behind this: q leaves."


async def test_the_cursor_stays_on_its_circle_whatever_the_order_and_the_days(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with look(folder, clock=clock) as sitting:
        for _ in range(3):
            await sitting.press("s")
            assert sitting.line.startswith("Allotment")
        await sitting.press("down", "down", "down", "s")
        assert sitting.line.startswith("Quiet")
        await sitting.press("s", "s", "d")
        await sitting.type("2026-05-01")
        await sitting.press("enter", "enter")
        await read(sitting)
        assert sitting.line.startswith("Quiet")


async def test_circles_of_one_name_say_where_they_lie(folder: Path, clock: ManualClock) -> None:
    for place in ("c1/two", "c2/two", "c2/one"):
        where = folder / place
        make(where.parent, clock, name=where.name).path.rename(where.with_suffix(".json"))
        file = CircleFile(where.with_suffix(".json"))
        with_changes(file, name="Twin" if place < "c2/p" else "TWIN")
    make(folder, clock, name="Alone")
    async with look(folder, clock=clock) as sitting:
        assert [name.strip() for name in names(sitting)[3:7]] == [
            "Alone",
            "Twin (c1/two)",
            "Twin (c2/one)",
            "TWIN (c2/two)",
        ]


async def test_what_has_no_column_is_said_of_the_chosen_circle(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with look(folder, clock=clock, size=(40, 20)) as sitting:
        await sitting.press("down", "down")
        said = "Harbour. Held: 9 of 10. Next: 23 Jul 2026, 10:00. Cycle 2: 9 of 10 came."
        assert sitting.line == said
        await sitting.press("down")
        said = "Quiet. Held: 3 of 3. Was due 16 Apr 2026. What would make it easier to be here?"
        assert sitting.line.startswith(said)
        assert "to be here?" in " ".join(sitting.text.split())
        await sitting.resize(60, 20)
        assert sitting.line.startswith("Quiet. Was due 16 Apr 2026. What")
        await sitting.resize(80, 20)
        assert sitting.line.startswith("Quiet, fortnightly. Cycle 1")


async def test_s_lists_the_circles_in_the_next_order(folder: Path, clock: ManualClock) -> None:
    several(folder, clock)
    orders = {}
    async with look(folder, clock=clock) as sitting:
        for _ in range(4):
            orders[sitting.headline[-1]] = names(sitting)[3:7]
            await sitting.press("s")
        assert sitting.headline[-1] == "by date"
    assert orders["by date"] == ["Beginners", "Allotment", "Quiet", "Harbour"]
    assert orders["by name"] == orders["by rhythm"] == sorted(orders["by date"])


async def test_other_days_are_read_anew_for_all_and_kept_inside_a_circle(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with look(folder, clock=clock) as sitting:
        await sitting.press("d")
        await sitting.type("2026-05-01")
        await sitting.press("enter", "enter")
        await read(sitting)
        shown = [" ".join(line.split()) for line in sitting.text.splitlines()]
        assert "Harbour █ ▇ 4 of 5 23 Jul 2026, 10:00" in shown
        assert "Quiet ? none was due 16 Apr 2026" in shown
        await sitting.press("down", "down", "enter")
        assert "from 1 May 2026" in sitting.headline


async def test_a_folder_without_circles_says_what_to_do(folder: Path, clock: ManualClock) -> None:
    async with look(folder, clock=clock) as sitting:
        assert sitting.at == "Review"
        assert sitting.line.startswith("There is no circle here")
        await sitting.press("enter", "down", "s", "home")
        assert not sitting.ended


async def test_a_single_file_that_cannot_be_read_is_a_line(
    folder: Path, clock: ManualClock
) -> None:
    async with look(folder / "gone.json", clock=clock) as sitting:
        assert sitting.at == "Review"
        assert sitting.line.endswith("gone.json could not be read: there is nothing of that name.")


async def test_a_long_list_says_what_lies_above_and_below(folder: Path, clock: ManualClock) -> None:
    for number in range(30):
        make(folder, clock, name=f"Circle {number:02}")
    async with look(folder, clock=clock) as sitting:
        assert "↓ 12 more" in sitting.text
        await sitting.press("end")
        assert "↑ 12 more" in sitting.text
        assert names(sitting)[-4] == "Circle 29"
        await sitting.press("pageup", "pageup")
        assert "↑" in sitting.text
        assert "↓" in sitting.text


async def test_a_bar_says_how_far_a_long_reading_is_and_goes_when_it_ends(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with look(folder, clock=clock) as sitting:
        assert not sitting.app.screen.query("#progress")
        sitting.app.screen.progress(30, 100)  # type: ignore[attr-defined]
        await sitting.settle()
        assert "30%" in sitting.text
        sitting.app.screen.progress(60, 100)  # type: ignore[attr-defined]
        await sitting.settle()
        assert "60%" in sitting.text
        sitting.app.screen.end_reading()  # type: ignore[attr-defined]
        await sitting.settle()
        assert not sitting.app.screen.query("#progress")


async def test_circles_beyond_a_screenful_are_read_beside_the_screen(
    folder: Path, clock: ManualClock
) -> None:
    first = make(folder, clock, name="Circle 000").path
    for number in range(1, 60):
        told = first.read_text().replace("Circle 000", f"Circle {number:03}")
        (folder / f"copy-{number}.json").write_text(told)
    async with look(folder, clock=clock) as sitting:
        assert "60 circles" in sitting.headline
        await sitting.press("end")
        assert "Circle 059" in names(sitting)


async def test_what_an_earlier_reading_still_brings_is_not_shown_twice(
    folder: Path, clock: ManualClock
) -> None:
    several(folder, clock)
    async with look(folder, clock=clock) as sitting:
        app = sitting.app
        assert isinstance(app, ReviewApp)
        earlier = app._reading
        app.post_message(RangeRequested(ALL_DATES))
        app.post_message(_WasRead(earlier, app._list._circles))  # type: ignore[union-attr]
        await read(sitting)
        assert "4 circles" in sitting.headline


async def test_nothing_is_written_by_looking(folder: Path, clock: ManualClock) -> None:
    several(folder, clock)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    async with look(folder, clock=clock) as sitting:
        await sitting.press("down", "down", "enter", "left", "escape", "q")
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights bind no administrator")
async def test_a_folder_without_rights_is_a_line(folder: Path, clock: ManualClock) -> None:
    several(folder, clock)
    closed = folder / "closed"
    closed.mkdir(mode=0)
    async with look(folder, clock=clock) as sitting:
        assert "closed could not be read: you have no right to read it." in sitting.text
