"""Between meetings: which circle, what it says of itself, and who may write to it."""

import subprocess
import sys
from pathlib import Path

import pytest

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.store.lock import CircleLock
from circle_tui.tui.widgets.lines import StatusLine

from .sitting import everything, make, meeting, sit


async def test_one_circle_opens_at_once(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Home"
        assert sitting.headline[0] == "Harbour"


async def test_several_circles_are_chosen_from(folder: Path, clock: ManualClock) -> None:
    for name in ("Quay", "Harbour", "Pier"):
        make(folder, clock, name=name)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Choose"
        assert all(name in sitting.text for name in ("Harbour", "Pier", "Quay"))
        await sitting.press("down", "j", "k", "enter")
        assert sitting.at == "Home"
        assert sitting.headline[0] == "Pier"
        await sitting.press("o")
        assert sitting.at == "Choose"
        # The cursor is on the one they come from, and esc goes back to it.
        await sitting.press("escape")
        assert sitting.headline[0] == "Pier"
        await sitting.press("o", "down", "enter")
        assert sitting.headline[0] == "Quay"


async def test_a_circle_with_a_meeting_under_way_is_told_from_the_others(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, name="Quay")
    with meeting(make(folder, clock), clock) as live:
        live.execute(commands.begin)
    async with sit(folder, clock) as sitting:
        harbour, quay = (
            next(line for line in sitting.text.splitlines() if name in line)
            for name in ("Harbour", "Quay")
        )
        assert harbour.replace("Harbour", "").split() != quay.replace("Quay", "").split()
        await sitting.press("enter")
        assert sitting.phase is Phase.READY


DAMAGED = {
    "no JSON": "{",
    "another program's": '{"fruit": {"1": {"name": "apple"}}}',
    "a newer schema": '{"circle": {"1": {"schema": 99, "name": "Later"}}}',
    "empty": "",
    "a list": "[1, 2]",
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
async def test_a_damaged_circle_says_so_and_cannot_be_opened(
    folder: Path, clock: ManualClock, content: str
) -> None:
    make(folder, clock, name="Quay")
    (folder / "harbour.json").write_text(content)
    before = everything(folder)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Choose"
        assert "harbour" in sitting.text
        while "›" not in next(row for row in sitting.text.splitlines() if "harbour" in row):
            await sitting.press("down")
        assert sitting.line.endswith(".")
        await sitting.press("enter")
        assert sitting.at == "Choose"
        assert sitting.app.opened is None
        await sitting.press("down", "enter")
        assert sitting.headline[0] == "Quay"
    assert everything(folder) == before


async def test_a_damaged_circle_alone_is_shown_and_n_sets_up_another(
    folder: Path, clock: ManualClock
) -> None:
    (folder / "harbour.json").write_text("{")
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Choose"
        await sitting.press("enter", "n")
        assert sitting.at == "FirstRun"
        await sitting.press("escape")
        assert sitting.at == "Choose"


async def test_a_folder_that_is_a_file_is_said(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "file").write_text("")
    async with sit(tmp_path / "file", clock) as sitting:
        assert sitting.at == "Choose"
        assert "not a folder" in sitting.said
        await sitting.press("enter")
        assert sitting.at == "Choose"


async def test_a_circle_that_vanished_meanwhile_is_said(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, name="Quay")
    gone = make(folder, clock)
    async with sit(folder, clock) as sitting:
        gone.path.unlink()
        await sitting.press("enter")
        assert sitting.at == "Choose"
        assert sitting.said


async def test_a_new_circle_says_when_who_and_which_key(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        assert "Thursday 5 March, 10:00" in sitting.text
        assert "Maya" in sitting.text
        assert "nter" in sitting.line
        await sitting.press("enter")
        assert sitting.at == "Gathering"


async def test_another_terminal_has_it_and_this_one_only_reads(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    other = CircleLock(file.lock_path)
    other.acquire()
    before = everything(folder)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Home"
        assert "another terminal" in sitting.line
        await sitting.press("enter")
        assert sitting.at == "Home"
        assert "another terminal" in sitting.said
        assert everything(folder) == before
        other.release()
        await sitting.press("enter")
        assert sitting.at == "Gathering"


async def test_another_process_has_it_and_is_named(folder: Path, clock: ManualClock) -> None:
    file = make(folder, clock)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib; from circle_tui.store.lock import CircleLock;"
            "lock = CircleLock(pathlib.Path(sys.argv[1])); lock.acquire();"
            "print('held', flush=True); sys.stdin.read()",
            str(file.lock_path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        async with sit(folder, clock) as sitting:
            assert f"process {holder.pid}" in sitting.line
            await sitting.press("enter")
            assert sitting.app.live is None
        holder.kill()
    assert not file.journal_path.exists()


async def test_a_parked_meeting_elsewhere_is_not_taken_over(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    with meeting(file, clock) as live:
        live.execute(commands.begin)
    other = CircleLock(file.lock_path)
    other.acquire()
    before = file.journal_path.read_bytes()
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        assert sitting.app.live is None
    assert file.journal_path.read_bytes() == before
    other.release()


async def test_escape_at_the_gathering_goes_home_and_keeps_what_was_marked(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "space")
        marked = sitting.meeting
        await sitting.press("escape")
        assert sitting.at == "Home"
        assert file.journal_path.exists()
        assert "under way" in sitting.text
        await sitting.press("enter")
        assert sitting.meeting == marked


async def test_a_gathering_that_nobody_touched_leaves_nothing(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "escape")
        assert sitting.at == "Home"
        assert not file.journal_path.exists()
        await sitting.press("enter", "q")
        assert sitting.ended
    assert not file.journal_path.exists()
    assert {path.suffix for path in folder.iterdir()} == {".json", ".lock"}


async def test_a_journal_that_cannot_be_read_is_said_and_can_be_set_aside(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    file.journal_path.write_bytes(b"no journal at all" * 100)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Home"
        assert "damaged" in sitting.line
        await sitting.press("enter")
        assert sitting.at == "Home"
        await sitting.press("x")
        assert not file.journal_path.exists()
        await sitting.press("enter")
        assert sitting.at == "Gathering"
    assert (folder / "harbour.dropped").exists()


async def test_leaving_home_lets_go_of_the_circle(folder: Path, clock: ManualClock) -> None:
    file = make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("q")
        assert sitting.ended
        CircleLock(file.lock_path).acquire()


async def test_what_is_said_on_several_lines_gets_them_and_gives_them_back(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock, (40, 12)) as sitting:
        saying = sitting.app.screen.query_one(StatusLine)
        assert saying.size.height == 1
        sitting.app.screen.flash("a word " * 9)  # type: ignore[attr-defined]
        await sitting.settle()
        assert saying.size.height == 2
        sitting.app.screen.flash("a word " * 90)  # type: ignore[attr-defined]
        await sitting.settle()
        assert saying.size.height == 3
        saying.clear()
        await sitting.settle()
        assert saying.size.height == 1
